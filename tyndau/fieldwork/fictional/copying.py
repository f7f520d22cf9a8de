"""Writing the copy: workbook, forms and guides without real names, whole or not at all.

In: a study, where the copy is to lie. Out: the folder. It is built beside its place, searched for
every real name that the study or the list of known places has, and put there only if none is left.
What is not design (waves, results, prose about results, boundaries on the map) is not copied.
"""

import csv
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tyndau.base.errors import Place, refusal
from tyndau.base.languages import CONTENT_LANGUAGES, Text
from tyndau.fieldwork import problems
from tyndau.fieldwork.fictional.names import (
    Name,
    Renaming,
    proper_names,
    real_places,
    rename,
)
from tyndau.fieldwork.fictional.replacing import Replacer, real_name_in
from tyndau.fieldwork.simulation.items import place_question
from tyndau.study.model import Study
from tyndau.study.problems import CANNOT_WRITE, NOT_EMPTY

_WORKBOOK = "study.xlsx"
_TEXTS = {".md", ".txt", ".csv"}
_CODE = re.compile(r"[a-z][a-z0-9_]{3,}")
_QUOTED = re.compile(r"«[^»]+»")
_KAZAKH = frozenset("әғқңөұүһі")
# When nobody was asked anything, where the workbook has no dates yet.
_DATES = {"start": date(2026, 10, 1), "end": date(2026, 10, 21)}
_WORDED = {
    "points": ("name", {"kk": "{number}-нүкте", "ru": "Точка {number}"}),
    "streets": ("street", {"kk": "{number}-көше", "ru": "Улица {number}"}),
    "population": ("source", {"kk": "Ойдан шығарылған дерек", "ru": "Вымышленные данные"}),
}
_NOBODY = ("ойдан шығарылған ұйым", "вымышленная организация")
_NO_FOUNDATION = ("«Ойдан шығарылған қор»", "«Вымышленный фонд»")


def copy_to_fictional_city(study: Study, folder: Path) -> Text:
    """Write a copy of a study on a city that does not exist.

    Parameters
    ----------
    study : Study
        A study of a real place.
    folder : Path
        Where the copy is to lie; must not exist, or be an empty folder.

    Returns
    -------
    Text
        Name of the made-up city.

    Raises
    ------
    UserError
        ``fieldwork.real-name`` if a real name would be left; ``study.not-empty`` if something lies
        there already; ``study.cannot-write`` if the disk refuses. Then nothing is left behind.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise NOT_EMPTY.error(path=str(folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".fictional-") as scratch:
            built = Path(scratch) / "study"
            city = _write(study, built)
            if folder.exists():
                folder.rmdir()
            shutil.move(built, folder)
    except OSError as error:
        raise CANNOT_WRITE.error(path=str(folder), reason=refusal(error)) from error
    return city


def _write(study: Study, folder: Path) -> Text:
    words = "\n".join(_all_texts(study.folder))
    renamings = list(rename(_names(study, words)))
    city = renamings[0].made_up.text
    codes = _codes(study, renamings)
    replacer = Replacer(renamings, codes, _phrases(study))
    for path in _design(study.folder):
        target = folder / replacer.text(str(path.relative_to(study.folder)), "ru")
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix in _TEXTS:
            text = path.read_text("utf-8")
            named = ".".join(path.relative_to(study.folder).parts)
            target.write_text(replacer.text(text, _language(named, text)), "utf-8")
        else:
            book = load_workbook(path)
            _rewrite(book, replacer.text)
            if path.name == _WORKBOOK:
                _make_fictional(book, city)
                _fill(book)
            book.save(target)
    _search(folder, [one.real for one in renamings] + list(real_places()))
    return city


def _design(folder: Path) -> list[Path]:
    """Return the files of a study that are its design."""
    inside = [path for name in ("forms", "guides") for path in sorted((folder / name).rglob("*"))]
    return [folder / _WORKBOOK] + [
        path
        for path in inside
        if path.is_file()
        and (path.suffix in _TEXTS or path.suffix == ".xlsx")
        and not path.name.startswith((".", "~$"))
    ]


def _all_texts(folder: Path) -> Iterator[str]:
    for path in _design(folder):
        if path.suffix in _TEXTS:
            yield path.read_text("utf-8")
        else:
            for sheet in load_workbook(path, read_only=False).worksheets:
                yield from (text for _, _, text in _cells(sheet))


def _names(study: Study, words: str) -> Iterator[tuple[Name, bool]]:
    """Go through the real names of a study: the city first, then regions, then territories."""
    found = [name for name in real_places() if real_name_in(words, [name])]
    title = f"{study.title.kk} {study.title.ru}"
    found.sort(key=lambda name: not real_name_in(title, [name]))
    if not found:
        found = [Name(Text(study.folder.name, study.folder.name), "")]
    for name in found:
        yield name, True
    known = {name.text for name in found}
    for label in _labels(study).values():
        for text in proper_names(label):
            if text not in known:
                yield Name(text, ""), False


def _labels(study: Study) -> dict[str, Text]:
    """Return what territories and answers about the place are called, by code."""
    labels = {territory.code: territory.name for territory in study.territories}
    for form in study.forms.values():
        name = place_question(study, form)
        for choice in form[name].choices if name else ():
            if not choice.category.meaning:
                labels.setdefault(choice.category.code, choice.category.label)
    return labels


def _codes(study: Study, renamings: list[Renaming]) -> dict[str, str]:
    """Give territories with a name new codes."""
    made_up = {one.real.text: one.made_up.code for one in renamings}
    codes: dict[str, str] = {}
    for code, label in _labels(study).items():
        named = [made_up[text] for text in proper_names(label) if text in made_up]
        if named and _CODE.fullmatch(code):
            new = named[0]
            while new in codes.values():
                new += "_2"
            codes[code] = new
    return codes


def _phrases(study: Study) -> dict[str, tuple[str, str]]:
    """Return what the parties are called: whole, and in quotation marks as foundations are."""
    parties = (study.customer, study.contractor)
    quoted = [
        phrase
        for party in parties
        for language in CONTENT_LANGUAGES
        for phrase in _QUOTED.findall(getattr(party, language))
    ]
    said = [getattr(one, at) for one in (*parties, study.sponsor) for at in CONTENT_LANGUAGES]
    return {**dict.fromkeys(filter(None, said), _NOBODY), **dict.fromkeys(quoted, _NO_FOUNDATION)}


def _cells(sheet: Worksheet) -> Iterator[tuple[int, int, str]]:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                yield cell.row, cell.column, cell.value


def _rewrite(book: Workbook, replace: Callable[[str, str], str]) -> None:
    for sheet in book.worksheets:
        sheet.title = replace(sheet.title, "ru")[:31]
        heads = {column: text for row, column, text in _cells(sheet) if row == 1}
        for row, column, text in list(_cells(sheet)):
            sheet.cell(row, column).value = replace(text, _language(heads.get(column, ""), text))


def _language(head: str, text: str) -> str:
    """Return the language of a text: by the heading of its column, else by its letters."""
    words = set(re.split(r"[\W_]+", head.casefold()))
    if words & {"kk", "қазақша"}:
        return "kk"
    if words & {"ru", "русский"}:
        return "ru"
    return "kk" if _KAZAKH & set(text.casefold()) else "ru"


def _make_fictional(book: Workbook, city: Text) -> None:
    """Say in the sheet ``study`` that the city is made up, and put nobody in the parties' place."""
    sheet = next(one for one in book.worksheets if one.title.casefold() == "study")
    heads = {str(cell.value).strip().casefold(): cell.column for cell in sheet[1] if cell.value}
    rows = {
        str(sheet.cell(row, heads["key"]).value).strip().casefold(): row
        for row in range(2, sheet.max_row + 1)
    }
    for said in _said():
        for language in CONTENT_LANGUAGES:
            if said["key"] in rows and language in heads:
                text = said[language].format(city=getattr(city, language))
                sheet.cell(rows[said["key"]], heads[language]).value = text
    for key, day in _DATES.items():
        if key in rows and sheet.cell(rows[key], heads["value"]).value is None:
            sheet.cell(rows[key], heads["value"]).value = day
    # A made-up city lies nowhere.
    for key in {"latitude", "longitude"} & rows.keys():
        sheet.cell(rows[key], heads["value"]).value = None
    row = rows.get("fictional", sheet.max_row + 1)
    sheet.cell(row, heads["key"]).value = "fictional"
    sheet.cell(row, heads["value"]).value = "yes"


def _said() -> Iterator[dict[str, str]]:
    """Go through what a copy says of itself in place of real parties."""
    source = files("tyndau.fieldwork.fictional") / "data" / "said-of-the-study.csv"
    yield from csv.DictReader(source.read_text("utf-8").splitlines())


def _fill(book: Workbook) -> None:
    """Word anew what holds real names that no list knows: points are markets and streets."""
    for sheet in book.worksheets:
        if sheet.title.casefold() not in _WORDED:
            continue
        column_name, texts = _WORDED[sheet.title.casefold()]
        heads = {str(cell.value).strip().casefold(): cell.column for cell in sheet[1] if cell.value}
        for row in range(2, sheet.max_row + 1):
            for language, words in texts.items():
                column = heads.get(f"{column_name}_{language}")
                if column and sheet.cell(row, column).value:
                    sheet.cell(row, column).value = words.format(number=row - 1)


def _search(folder: Path, names: list[Name]) -> None:
    """Refuse a copy in which a real name is left."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        shown = str(path.relative_to(folder))
        for sheet, row, text in _texts(path):
            name = real_name_in(text, names)
            if name:
                place = Place(file=shown, sheet=sheet, row=row)
                raise problems.REAL_NAME.error(place, name=name, text=text[:200])


def _texts(path: Path) -> Iterator[tuple[str, int, str]]:
    yield "", 0, path.name
    if path.suffix in _TEXTS:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            yield "", number, line
        return
    for sheet in load_workbook(path).worksheets:
        yield sheet.title, 0, sheet.title
        for row, _, text in _cells(sheet):
            yield sheet.title, row, text
