"""Which file of the study an uploaded file is: by its stamp, its name and what it holds.

In: the name that a browser gives and the bytes. Out: the file's path in the study, or what is
wrong. Names are cleaned first: a path before the name, signs of copies (``study (2).xlsx``), the
version in the names of our downloads. A path leads nowhere but into the design.
"""

import io
import re
import unicodedata
import zipfile
from pathlib import PurePosixPath

from tyndau.base.content import identify
from tyndau.base.errors import Place
from tyndau.questionnaire.sniff import MAX_BYTES
from tyndau.questionnaire.sniff import MAX_UNPACKED as FORM_UNPACKED
from tyndau.study.container import DAMAGE, MAX_FILE, MAX_PARTS, MAX_UNPACKED
from tyndau.study.load import FORMS, WORKBOOK
from tyndau.study.problems import BROKEN, LOCKED, NOT_A_WORKBOOK, TOO_LARGE
from tyndau.study.versions import BOUNDARIES, Stamp, is_design
from tyndau_server.studies import problems

MOST_BYTES = MAX_FILE
LONGEST_NAME = 150

_COPY = re.compile(
    r"(?:\s*\(\d{1,3}\)|\s*[-–—]\s*(?:копия|көшірме|copy)(?:\s*\(\d{1,3}\))?|\.v\d{1,6})+$",
    re.IGNORECASE,
)
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f:*?\"<>|]")
_GUIDE = re.compile(r".+\.(?:kk|ru)\.md", re.IGNORECASE)
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls"})
# What a questionnaire may name beside its questions: lists, pictures, sounds, boundaries.
_BESIDE_FORMS = frozenset(
    {".csv", ".png", ".jpg", ".jpeg", ".gif", ".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".geojson"}
)
_SURVEY = re.compile(rb'^(?:\xef\xbb\xbf)?[\s|"]*survey\b', re.IGNORECASE)
_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*\bname="([^"]*)"')
# Sheets are listed at the beginning of their part.
_START = 200_000
_WITH_MACROS = (b"vbaProject.bin", "_VBA_PROJECT".encode("utf-16-le"))


def clean_name(given: str) -> str:
    """Return the name of a file as it may stand in a study.

    Parameters
    ----------
    given : str
        As the browser gives it.

    Returns
    -------
    str
        Without folders and without signs that a disk refuses; ``file`` where nothing is left.
    """
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    name = _UNFIT.sub("", name).strip(" .~")
    stem, dot, suffix = name.rpartition(".")
    name = f"{(_COPY.sub('', stem) or stem).strip()}{dot}{suffix}"
    return name[-LONGEST_NAME:].strip(" .~") or "file"


def place_of(given: str, content: bytes, stamp: Stamp | None) -> str:
    """Tell which file of a study an uploaded file is.

    Parameters
    ----------
    given : str
        Its name as the browser gives it.
    content : bytes
        The whole file.
    stamp : Stamp or None
        The stamp of this study that it carries.

    Returns
    -------
    str
        The path in the study, such as ``forms/residents.xlsx``.

    Raises
    ------
    UserError
        If that is not clear, or the file cannot be one of a design.
    """
    place = Place(file=given)
    name = clean_name(given)
    suffix = PurePosixPath(name).suffix.lower()
    path = stamp.path if stamp else _by_name(name, suffix)
    if not stamp and suffix in _WORKBOOKS and _is_design_workbook(content):
        path = WORKBOOK
    if not path and _SURVEY.match(content[:200]):
        raise problems.FORM_AS_TEXT.error(place)
    if not path or not is_design(path):
        raise problems.UNKNOWN_FILE.error(place)
    if suffix == ".csv" and _SURVEY.match(content[:200]):
        raise problems.FORM_AS_TEXT.error(place)
    if suffix in _WORKBOOKS or path == WORKBOOK:
        _check_workbook(content, place, form=path != WORKBOOK)
        if stamp and path.startswith(f"{FORMS}/"):
            # Excel may have saved it under another type; the name follows what it is.
            path = f"{path.rpartition('.')[0]}{_suffix(content)}"
    return path


def _by_name(name: str, suffix: str) -> str:
    lower = name.lower()
    if lower in (WORKBOOK, BOUNDARIES):
        return lower
    if suffix in _WORKBOOKS or suffix in _BESIDE_FORMS:
        stem = name[: -len(suffix)]
        return f"{FORMS}/{stem}{suffix}" if stem.lower() != "study" else ""
    return f"guides/{name[:-6]}{lower[-6:]}" if _GUIDE.fullmatch(name) else ""


def _is_design_workbook(content: bytes) -> bool:
    """Tell by its sheets whether a workbook is the study's, whatever it is called."""
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            archive.open("xl/workbook.xml") as part,
        ):
            sheets = {found[1].lower() for found in _SHEET.finditer(part.read(_START))}
    except DAMAGE:
        return False
    return b"study" in sheets and b"survey" not in sheets


def _suffix(content: bytes) -> str:
    return ".xls" if identify(content).kind == "old-workbook" else ".xlsx"


def _check_workbook(content: bytes, place: Place, *, form: bool) -> None:
    """See that a file is a workbook that may be unpacked, before anything opens it."""
    found = identify(content)
    most, unpacked = (MAX_BYTES, FORM_UNPACKED) if form else (MAX_FILE, MAX_UNPACKED)
    if found.kind == "encrypted":
        raise LOCKED.error(place)
    if found.kind == "broken-archive":
        raise BROKEN.error(place, detail=found.words)
    if found.kind != "workbook" and not (form and found.kind == "old-workbook"):
        raise NOT_A_WORKBOOK.error(place, got=found.words)
    size = max(len(content) - most, found.unpacked - unpacked)
    if size > 0 or found.parts > MAX_PARTS:
        limit = unpacked // 2**20
        raise TOO_LARGE.error(place, size=max(found.unpacked // 2**20, 1), limit=limit)
    if any(mark in content for mark in _WITH_MACROS):
        raise problems.MACROS.error(place)


def checked_size(name: str, size: int) -> None:
    """Refuse a file that is larger than any of a design, before it is read.

    Parameters
    ----------
    name : str
        As the browser gives it.
    size : int
        In bytes.

    Raises
    ------
    UserError
        If it is too large.
    """
    if size > MOST_BYTES:
        limit = MOST_BYTES // 2**20
        raise problems.UPLOAD_TOO_LARGE.error(Place(file=name), size=-(-size // 2**20), limit=limit)
