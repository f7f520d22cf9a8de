"""Making a study on the server, from the template of the package.

In: a slug, titles, who makes it. Out: a folder among the studies, with its first version; it
appears whole or not at all.
"""

import re
import tempfile
from pathlib import Path

import openpyxl
from django.db import transaction
from django.utils import timezone

from tyndau.base.errors import refusal
from tyndau.base.languages import Text
from tyndau.study import new_study
from tyndau.study.load import WORKBOOK
from tyndau.study.versions import settle
from tyndau_server.audit import log
from tyndau_server.people.models import Person
from tyndau_server.studies import problems
from tyndau_server.studies.served import root, served

SLUG = re.compile(r"[a-z](?:[a-z0-9]|-(?!-)){0,61}[a-z0-9]")


def require_free(slug: str) -> Path:
    """See that a study of this name can be made.

    Parameters
    ----------
    slug : str
        Its short name, for addresses and the folder.

    Returns
    -------
    Path
        Where it is to lie.

    Raises
    ------
    UserError
        If the name cannot stand in addresses or is taken, or there is no folder of studies.
    """
    folder = root()
    if folder is None:
        raise problems.NO_ROOT.error()
    if not SLUG.fullmatch(slug):
        raise problems.BAD_SLUG.error(slug=slug)
    if slug in served() or (folder / slug).exists():
        raise problems.STUDY_EXISTS.error(slug=slug)
    return folder / slug


def make_study(slug: str, title: Text, *, by: Person) -> Path:
    """Make a study.

    Parameters
    ----------
    slug : str
        Its short name.
    title : Text
        Its title, in one language at least.
    by : Person
        Who makes it.

    Returns
    -------
    Path
        Its folder.

    Raises
    ------
    UserError
        If it cannot be made; then nothing is left behind.
    """
    target = require_free(slug)
    if not (title.kk.strip() or title.ru.strip()):
        raise problems.NO_TITLE.error()
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-") as scratch:
            built = Path(scratch) / slug
            new_study(built)
            _entitle(built / WORKBOOK, title)
            settle(built, moment=timezone.now(), who=str(by))
            built.rename(target)
    except OSError as error:
        if target.exists():  # somebody made it at the same moment
            raise problems.STUDY_EXISTS.error(slug=slug) from error
        raise problems.STUDY_NOT_MADE.error(reason=refusal(error)) from error
    with transaction.atomic():
        log.write("study.made", actor=by, study=slug, details={"kk": title.kk, "ru": title.ru})
    return target


def _entitle(path: Path, title: Text) -> None:
    book = openpyxl.load_workbook(path)
    rows = book["study"].iter_rows()
    headings = {str(cell.value): at for at, cell in enumerate(next(rows))}
    row = next(row for row in rows if row[headings["key"]].value == "title")
    row[headings["kk"]].value = title.kk.strip()
    row[headings["ru"]].value = title.ru.strip()
    book.save(path)
