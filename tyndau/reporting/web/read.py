"""Reading a volume for pages back into blocks of the report model.

In: the folder that `tyndau.reporting.web.write` wrote. Out: `WebVolume`, whose texts are pairs and
whose numbers are unrounded. It reads one format; a file of another version is treated as absent, so
that a page asks for a new build instead of showing half of an old one.
"""

import json
from pathlib import Path
from typing import Any

from tyndau.base.languages import Text
from tyndau.reporting.model import CrossCell, CrossColumn, CrossRow, CrossTable, Fact
from tyndau.reporting.web.volume import FORMAT, TABLES, Picture, WebQuestion, WebVolume


def read_web(folder: Path) -> WebVolume | None:
    """Read a population's volume.

    Parameters
    ----------
    folder : Path
        Where ``tables.json`` lies.

    Returns
    -------
    WebVolume or None
        The volume; None if there is none that this version reads.
    """
    try:
        plain = json.loads((folder / TABLES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        return None
    return WebVolume(
        title=_text(plain["title"]),
        subtitle=_text(plain["subtitle"]),
        footer=_text(plain["footer"]),
        banner=_text(plain["banner"]),
        reading=tuple(Fact(_text(name), _text(value)) for name, value in plain["reading"]),
        questions=tuple(_question(question) for question in plain["questions"]),
    )


def _question(plain: dict[str, Any]) -> WebQuestion:
    picture = plain["picture"]
    return WebQuestion(
        key=plain["key"],
        title=_text(plain["title"]),
        chapter=_text(plain["chapter"]),
        notes=_texts(plain["notes"]),
        tables=tuple(_table(table) for table in plain["tables"]),
        picture=Picture(_text(picture["words"]), picture["files"]) if picture else None,
    )


def _table(plain: dict[str, Any]) -> CrossTable:
    return CrossTable(
        number=plain["number"],
        title=_text(plain["title"]),
        by=_texts(plain["by"]),
        base=_text(plain["base"]),
        columns=tuple(
            CrossColumn(_text(label), _text(group), letter, mark, _texts(within))
            for label, group, letter, mark, within in plain["columns"]
        ),
        rows=tuple(
            CrossRow(_text(label), tuple(map(_cell, cells)), kind, decimals)
            for label, kind, decimals, cells in plain["rows"]
        ),
        tested=plain["tested"],
        notes=_texts(plain["notes"]),
    )


def _cell(plain: Any) -> CrossCell:
    return CrossCell(*plain) if isinstance(plain, list) else CrossCell(plain)


def _text(plain: str | dict[str, str]) -> Text:
    return Text(plain, plain) if isinstance(plain, str) else Text(**plain)


def _texts(plain: list[Any]) -> tuple[Text, ...]:
    return tuple(_text(text) for text in plain)
