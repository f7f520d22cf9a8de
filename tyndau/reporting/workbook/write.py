"""Writing a document as a workbook: its sheets, their links, the file.

In: a document, a language, a path. Out: the file, whole or not at all. Sheets stand in the order of
the sections, the contents after the first; each is set by what its section holds.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tyndau.base.errors import Place, refusal
from tyndau.base.languages import N_, Message, Sayable, say
from tyndau.reporting.model import (
    CrossTable,
    Document,
    Facts,
    Heading,
    Paragraph,
    Section,
    spans,
)
from tyndau.reporting.problems import NOT_WRITTEN
from tyndau.reporting.workbook.chart import write_chart
from tyndau.reporting.workbook.cross import write_cross_table
from tyndau.reporting.workbook.layout import lay_out
from tyndau.reporting.workbook.sheet import Frame, Sheet, place
from tyndau.reporting.workbook.styles import (
    BODY,
    FACT,
    FACT_VALUE,
    FONT,
    HEADING,
    LABEL_TEXT,
    LINK,
    NOTE,
    SECTION_BASE,
    SECTION_LINK,
    SECTION_TITLE,
    SUBHEADING,
    TABLE_LINK,
    TITLE,
    Styles,
)

_CONTENTS = N_("Contents")
_BACK = N_("← Contents")
_PAGE = N_("Page {page} of {pages}")
_TABLE = N_("Table {number}")

# Pixels.
_FACT_WIDTHS = [240, 780]
_CONTENTS_WIDTHS = [130, 520, 370]

# Heading and link back: they stay in sight, as do the labels.
_FROZEN_ROWS = 2
# Longest name of a sheet in Excel, and what may not stand in one.
_LONGEST_TAB = 31
_NOT_IN_TAB = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
_UNDATED = date(2000, 1, 1)


def write_workbook(document: Document, language: str, path: Path) -> None:
    """Write a document as an Excel workbook.

    The same document in the same language gives the same bytes. The file is built beside its place
    and moved there when it is whole.

    Parameters
    ----------
    document : Document
        What to write.
    language : str
        ``kk``, ``ru`` or ``en``.
    path : Path
        The file, ending in ``.xlsx``; one that stands there is replaced.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    book = Workbook(
        part, {"default_format_properties": {"font_name": FONT, "font_size": 10}, "in_memory": True}
    )
    try:
        _fill(book, document, language)
        book.close()
        part.replace(path)
    except (FileCreateError, OSError) as error:
        reason = error.args[0] if isinstance(error, FileCreateError) else error
        cause = refusal(reason) if isinstance(reason, OSError) else str(reason)
        raise NOT_WRITTEN.error(Place(file=str(path)), reason=cause) from error
    finally:
        part.unlink(missing_ok=True)


def _fill(book: Workbook, document: Document, language: str) -> None:
    _describe(book, document, language)
    styles = Styles(book, language)
    contents = Message(_CONTENTS).say(language)
    wanted = [say(section.tab, language) for section in document.sections]
    names = tab_names([*wanted[:1], contents, *wanted[1:]])
    opening, overview, *others = (book.add_worksheet(name) for name in names)
    worksheets = [opening, *others]
    tabs = [worksheet.get_name() for worksheet in worksheets]
    places: dict[int, str] = {}
    back = place(overview.get_name(), 0)
    for section, worksheet in zip(document.sections, worksheets, strict=True):
        frame = _frame(document, section.tab, language)
        places |= _write_section(book, worksheet, styles, section, back, frame)
    _write_contents(overview, styles, document, tabs, places)
    opening.activate()


def _describe(book: Workbook, document: Document, language: str) -> None:
    dated = document.dated or _UNDATED
    book.set_properties(
        {
            "title": say(document.title, language),
            "subject": say(document.subtitle, language),
            "author": say(document.author, language),
            "created": datetime(dated.year, dated.month, dated.day, tzinfo=UTC),
        }
    )


def tab_names(wanted: Sequence[str]) -> list[str]:
    """Make names of sheets that Excel accepts, each different from the others.

    Parameters
    ----------
    wanted : sequence of str
        Names as they should be.

    Returns
    -------
    list of str
        At most 31 letters each, without ``[]:*?/\\'``; a repeated one gets a number.
    """
    names: list[str] = []
    taken: set[str] = set()
    for text in wanted:
        clean = text.translate(_NOT_IN_TAB).strip() or "_"
        name, count = clean[:_LONGEST_TAB], 1
        while name.casefold() in taken:
            count += 1
            name = f"{clean[: _LONGEST_TAB - len(str(count)) - 1]}~{count}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _frame(document: Document, about: Sayable, language: str) -> Frame:
    return Frame(
        left=say(document.title, language),
        right=say(document.subtitle, language),
        foot_left=f"{say(about, language)} · {say(document.footer, language)}",
        foot_right=Message(_PAGE, {"page": "&P", "pages": "&N"}).say(language),
        banner=say(document.banner, language),
    )


def _write_section(
    book: Workbook, worksheet: Worksheet, styles: Styles, section: Section, back: str, frame: Frame
) -> dict[int, str]:
    """Write a section into its sheet; return where each of its tables stands."""
    layout = lay_out(section.tables, styles.language)
    widths = layout.widths if section.tables else _FACT_WIDTHS
    sheet = Sheet(worksheet, styles, widths, frame.banner)
    places: dict[int, str] = {}
    for index, block in enumerate(section.blocks):
        if isinstance(block, CrossTable):
            if places:
                sheet.block()
            places[block.number] = place(worksheet.get_name(), sheet.row)
            shown = write_cross_table(sheet, block, layout)
            if block.chart and shown:
                write_chart(book, sheet, block, shown)
        elif isinstance(block, Facts):
            _write_facts(sheet, block)
        elif isinstance(block, Heading | Paragraph):
            _write_text(sheet, block)
        else:
            raise TypeError(f"a workbook sets no {type(block).__name__}")
        if not index:
            sheet.write(0, Message(_BACK), LINK, link=back)
            sheet.next()
    if section.tables:
        worksheet.freeze_panes(_FROZEN_ROWS + (1 if frame.banner else 0), 1)
    sheet.finish(frame, repeat=bool(section.tables))
    return places


def _write_text(sheet: Sheet, block: Heading | Paragraph) -> None:
    if isinstance(block, Heading):
        if block.level > 1:
            sheet.block()
            sheet.need(30)
        style = HEADING if block.level == 1 else SUBHEADING
    else:
        style = NOTE if block.style == "note" else BODY
    words = "".join(sheet.say(span.text) for span in spans(block.text))
    sheet.write(0, words, style, last=sheet.last)
    sheet.next()


def _write_facts(sheet: Sheet, block: Facts) -> None:
    for fact in block.facts:
        sheet.write(0, fact.name, FACT)
        sheet.write(1, fact.value, FACT_VALUE, last=sheet.last)
        sheet.next()


def _write_contents(
    worksheet: Worksheet,
    styles: Styles,
    document: Document,
    tabs: Sequence[str],
    places: dict[int, str],
) -> None:
    frame = _frame(document, Message(_CONTENTS), styles.language)
    sheet = Sheet(worksheet, styles, _CONTENTS_WIDTHS, frame.banner)
    sheet.write(0, Message(_CONTENTS), TITLE, last=sheet.last)
    sheet.next()
    for section, tab in zip(document.sections, tabs, strict=True):
        sheet.block()
        sheet.need(18)
        sheet.write(0, tab, SECTION_LINK, link=place(tab, 0))
        base = section.tables[0].base if section.tables else ""
        sheet.write(1, section.title, SECTION_TITLE)
        sheet.write(2, base, SECTION_BASE)
        sheet.next()
        for table in section.tables:
            target = places[table.number]
            sheet.write(0, Message(_TABLE, {"number": table.number}), TABLE_LINK, link=target)
            sheet.write(1, say(table.by, styles.language), LABEL_TEXT, last=sheet.last)
            sheet.next()
    sheet.finish(frame)
