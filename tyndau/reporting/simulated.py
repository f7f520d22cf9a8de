"""That what a document shows is simulated: said in one place, for every writer and file.

In: a study. Out: the words that stand on each page, sheet, slide and picture of a study whose city
is made up, and the name of a file that has no room for words. Of a study of a real place nothing is
said. It decides nothing by the data: a fictional study may hold no other.
"""

from tyndau.base.languages import N_, Message, Sayable
from tyndau.study.model import Study

_SIMULATED = N_("SIMULATED DATA")
_IN_NAMES = "SIMULATED"


def banner(study: Study) -> Sayable:
    """Say that a study's data are simulated, for `Document.banner`.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    Message or str
        The words; empty where the study's city is real.
    """
    return Message(_SIMULATED) if study.fictional else ""


def file_name(study: Study, stem: str, suffix: str) -> str:
    """Name a file that holds nothing but data, such as the cells as CSV.

    Parameters
    ----------
    study : Study
        The study.
    stem, suffix : str
        The name without its ending, and the ending with its dot.

    Returns
    -------
    str
        ``tables-SIMULATED.csv`` where the study's city is made up, else ``tables.csv``.
    """
    return f"{stem}-{_IN_NAMES}{suffix}" if study.fictional else f"{stem}{suffix}"
