"""Where the register of pay and the acts lie as files, and whether they are of today's register.

In: a study, its register. Out: paths below the data folder. Files are kept under a digest of all
that stands on them, so that the page offers none that says something else than the page itself.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from tyndau.base.languages import CONTENT_LANGUAGES
from tyndau.study import Study
from tyndau_server.control.owed import Owed

STEMS = ("register", "acts")
ENDINGS = ("docx", "pdf")
_NAMES = frozenset(
    f"{stem}-{code}.{ending}" for stem in STEMS for code in CONTENT_LANGUAGES for ending in ENDINGS
)


def folder_of_pay(slug: str) -> Path:
    """Return where the files of a study lie.

    Parameters
    ----------
    slug : str
        The study.

    Returns
    -------
    Path
        A folder, which need not be there.
    """
    return Path(settings.TYNDAU_DATA) / "pay" / slug


def folder_of_register(slug: str, study: Study, lines: Sequence[Owed]) -> Path:
    """Return where the files of a register lie.

    Parameters
    ----------
    slug, study : str, Study
        The study.
    lines : sequence of Owed
        Its register.

    Returns
    -------
    Path
        A folder, which need not be there.
    """
    said = (
        study.title, study.contractor, study.identity, study.languages, study.fictional,
        [(one.member.code, one.member.person.name, one.line, one.first, one.last) for one in lines],
    )  # fmt: skip
    return folder_of_pay(slug) / hashlib.sha256(repr(said).encode()).hexdigest()


def files_of_register(slug: str, study: Study | None, lines: Sequence[Owed]) -> dict[str, Path]:
    """Return the files of a register that are made.

    Parameters
    ----------
    slug, study : str, Study or None
        The study.
    lines : sequence of Owed
        Its register.

    Returns
    -------
    dict of str to Path
        By name of file.
    """
    if study is None or not lines:
        return {}
    folder = folder_of_register(slug, study, lines)
    return {path.name: path for path in folder.glob("*") if path.name in _NAMES}
