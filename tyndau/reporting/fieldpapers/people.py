"""Who interviews: from the workbook's sheet ``team``, or from a CSV file.

In: a study, or a file with the columns ``code``, ``name``, ``photo``, ``number``. Out: interviewers
with their photos read, or everything that is wrong with the list.
"""

from collections import Counter
from pathlib import Path

from tyndau.base.errors import Place, Problem, UserError, refusal
from tyndau.base.languages import N_, Message
from tyndau.interchange.csv import read_csv
from tyndau.interchange.table import RawTable
from tyndau.reporting.fieldpapers.model import Interviewer
from tyndau.reporting.problems import INTERVIEWER_ROW, NO_INTERVIEWERS, NO_PHOTO
from tyndau.study.identity import Member
from tyndau.study.model import Study

COLUMNS = ("code", "name", "photo", "number")
_NEEDED = ("code", "name")
_OUTSIDE = N_("it is not in the folder of the study")


def of_workbook(study: Study) -> tuple[Interviewer, ...]:
    """Take the interviewers of the workbook.

    Parameters
    ----------
    study : Study
        Photos stand in its folder.

    Returns
    -------
    tuple of Interviewer
        In the order of the sheet; may be empty.

    Raises
    ------
    UserError
        If photos cannot be read.
    """
    places = {one.code: Place("study.xlsx", "team", column="photo") for one in study.team}
    # Whoever fills in the workbook of a served study may not name other files of the server.
    inside = study.folder.resolve()
    outside = [
        NO_PHOTO.at(places[one.code], code=one.code, photo=one.photo, reason=Message(_OUTSIDE))
        for one in study.team
        if not (inside / one.photo).resolve().is_relative_to(inside)
    ]
    if outside:
        raise UserError(*outside)
    return _with_photos(study.team, study.folder, places)


def of_file(path: Path) -> tuple[Interviewer, ...]:
    """Take the interviewers of a CSV file.

    Parameters
    ----------
    path : Path
        The file; photos are named as seen from its folder.

    Returns
    -------
    tuple of Interviewer
        In the order of the file.

    Raises
    ------
    UserError
        If it cannot be read, lacks a column, names nobody, lacks or repeats a code, or if photos
        cannot be read.
    """
    table = read_csv(path)
    if missing := [name for name in _NEEDED if name not in table.columns]:
        raise NO_INTERVIEWERS.error(Place(file=str(path)), columns=missing)
    rows = [_row(table, row) for row in range(len(table))]
    twice = {code for code, count in Counter(row["code"] for row in rows).items() if count > 1}
    found = [
        INTERVIEWER_ROW.at(table.place(at))
        for at, row in enumerate(rows)
        if not row["code"]
        or not row["name"]
        or row["code"] in twice
        or not (row["number"].isdecimal() or not row["number"])
    ]
    if found:
        raise UserError(*found)
    members = tuple(
        Member(row["code"], row["name"], row["photo"], int(row["number"] or 0) or None)
        for row in rows
    )
    places = {row["code"]: table.place(at, "photo") for at, row in enumerate(rows)}
    return _with_photos(members, path.parent, places)


def _row(table: RawTable, row: int) -> dict[str, str]:
    given = {name: table.columns[name] for name in COLUMNS if name in table.columns}
    cells = {name: column.levels[column.index[row]].strip() for name, column in given.items()}
    return {name: cells.get(name, "") for name in COLUMNS}


def _with_photos(
    members: tuple[Member, ...], folder: Path, places: dict[str, Place]
) -> tuple[Interviewer, ...]:
    found: list[Problem] = []
    people: list[Interviewer] = []
    for one in members:
        photo = None
        if one.photo:
            try:
                photo = (folder / one.photo).read_bytes()
            except OSError as error:
                values = {"code": one.code, "photo": one.photo, "reason": refusal(error)}
                found.append(NO_PHOTO.at(places[one.code], **values))
        people.append(Interviewer(one.code, one.name, photo, one.number))
    if found:
        raise UserError(*found)
    return tuple(people)
