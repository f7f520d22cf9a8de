"""Where the papers of the field lie.

In: a study. Out: the path of a zip file below the data folder.
"""

from pathlib import Path

from django.conf import settings


def zip_of_papers(slug: str) -> Path:
    """Return where the papers of a study lie.

    Parameters
    ----------
    slug : str
        The study.

    Returns
    -------
    Path
        A zip file, which need not be there.
    """
    return Path(settings.TYNDAU_DATA) / "papers" / slug / "papers.zip"
