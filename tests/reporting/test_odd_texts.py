"""Texts as people paste them: no writer stumbles over them, and what can be read is kept."""

import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pptx
import pytest
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from tyndau.base.languages import Text
from tyndau.reporting.charts.canvas import measured
from tyndau.reporting.charts.draw import draw
from tyndau.reporting.model import Chart, Document, Heading, Listing, Paragraph, Section
from tyndau.reporting.pdf import write_pdf
from tyndau.reporting.slides import write_slides
from tyndau.reporting.slides.charts import rows_that_fit
from tyndau.reporting.word import write_word

from .made_up_report import made_up_report
from .paper import pages_of

# A line end and hyphens of Word, a null, signs that XML uses, a letter that no font has.
PASTED = "Таза\x0bсу \x00& «<су>» әлеу\x1fметтік қоғамдық\x1eсаяси \ue123"
KEPT = "Таза су & «<су>» әлеуметтік қоғамдық-саяси"


def _chart(document: Document, kind: str = "bars") -> Chart:
    blocks = [block for section in document.sections for block in section.blocks]
    return next(block for block in blocks if isinstance(block, Chart) and block.kind == kind)


@pytest.fixture
def odd() -> Document:
    plain = made_up_report()
    chart = _chart(plain)
    section = Section(
        "one", "1", "Раздел",
        (
            Heading(PASTED),
            Paragraph(PASTED),
            replace(chart, categories=(Text(PASTED, PASTED), *chart.categories[1:])),
        ),
    )  # fmt: skip
    long = Text(PASTED + " ұзын атау" * 60, PASTED + " длинное название" * 60)
    return replace(plain, title=long, author=long, footer=PASTED, sections=(section,))


def test_word_keeps_what_can_be_read(odd: Document, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    write_word(odd, "kk", path)
    word = docx.Document(str(path))
    assert any(one.text.startswith(KEPT) for one in word.paragraphs)
    assert len(word.core_properties.title) == 255


def test_pdf_keeps_what_can_be_read(odd: Document, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    write_pdf(odd, "kk", path)
    assert KEPT in " ".join("".join(pages_of(path)).split())


def test_slides_keep_what_can_be_read(odd: Document, tmp_path: Path) -> None:
    path = tmp_path / "slides.pptx"
    write_slides(odd, "kk", path)
    show = pptx.Presentation(str(path))
    said = [
        shape.text_frame.text
        for slide in show.slides
        for shape in slide.shapes
        if shape.has_text_frame
    ]
    assert any(text.startswith(KEPT) for text in said)
    assert len(show.core_properties.title) == 255


def test_a_label_without_syllables_is_cut_into_lines() -> None:
    address = "https://example.org/" + "abcdefghij" * 20
    chart = _chart(made_up_report())
    chart = replace(chart, categories=(Text("", address), *chart.categories[1:]))
    canvas = draw(chart, "ru", 642, "")
    texts = [one["text"] for one in canvas._texts]
    assert "".join(texts).count("abcdefghij") >= 10
    assert max(measured(text) for text in texts) < 642 * 0.45
    for mark in canvas._bars:
        assert mark["x"] <= mark["x2"] <= 642


def test_numbers_of_a_list_go_on_over_slides(tmp_path: Path) -> None:
    points = tuple(f"{'Длинная рекомендация города. ' * 18}" for _ in range(9))
    section = Section("one", "1", "Р", (Heading("Р", 2), Listing(points, numbered=True)))
    path = tmp_path / "slides.pptx"
    write_slides(replace(made_up_report(), sections=(section,)), "ru", path)
    starts = []
    for slide in list(pptx.Presentation(str(path)).slides)[1:]:
        numbers = [one.get("startAt") for one in slide._element.iter() if "buAutoNum" in one.tag]
        assert len(set(numbers)) == 1
        starts.append((int(numbers[0]), len(numbers)))
    assert len(starts) > 1
    assert [first for first, _ in starts] == [
        1 + sum(count for _, count in starts[:at]) for at in range(len(starts))
    ]


def test_a_chart_is_divided_until_each_part_fits(tmp_path: Path) -> None:
    chart = _chart(made_up_report())
    long = chart.categories[2]
    labels = tuple(Text("", f"{at}") for at in range(15)) + (long,) * 12
    many = replace(
        chart,
        categories=labels,
        series=(replace(chart.series[0], values=(5.0,) * 27),),
        aside=frozenset(),
    )
    section = Section("one", "1", "Р", (Heading("Р", 2), many))
    path = tmp_path / "slides.pptx"
    write_slides(replace(made_up_report(), sections=(section,)), "ru", path)
    shown = 0
    for slide in list(pptx.Presentation(str(path)).slides)[1:]:
        (frame,) = [shape for shape in slide.shapes if shape.has_chart]
        count = len(list(frame.chart.plots[0].categories))
        part = replace(many, categories=labels[shown : shown + count])
        box = (frame.left, frame.top, frame.width, frame.height)
        assert rows_that_fit(part, box, "ru") == count
        shown += count
    assert shown == 27


def test_a_scale_that_nobody_answered_is_drawn_empty(tmp_path: Path) -> None:
    chart = _chart(made_up_report(), "diverging")
    nothing = tuple(None for _ in chart.categories)
    empty = replace(chart, series=tuple(replace(one, values=nothing) for one in chart.series))
    assert not [mark for mark in draw(empty, "kk", 642, "")._bars if mark["x2"] > 642]
    section = Section("one", "1", "Р", (Heading("Р", 2), empty))
    path = tmp_path / "slides.pptx"
    write_slides(replace(made_up_report(), sections=(section,)), "kk", path)
    (frame,) = [shape for shape in pptx.Presentation(str(path)).slides[1].shapes if shape.has_chart]
    assert frame.chart.value_axis.maximum_scale > 0


def test_sections_of_a_template_do_not_name_slides_that_are_gone(tmp_path: Path) -> None:
    theirs = tmp_path / "template.pptx"
    write_slides(made_up_report(), "ru", theirs)
    show = pptx.Presentation(str(theirs))
    show.part._element.append(
        parse_xml(
            f"<p:extLst {nsdecls('p')}><p:ext uri='{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}'>"
            "<p14:sectionLst xmlns:p14='http://schemas.microsoft.com/office/powerpoint/2010/main'>"
            "<p14:section name='1' id='{00000000-0000-0000-0000-000000000001}'><p14:sldIdLst>"
            "<p14:sldId id='256'/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>"
        )
    )
    show.save(str(theirs))
    path = tmp_path / "made.pptx"
    write_slides(made_up_report(), "kk", path, template=theirs)
    assert b"sectionLst" not in zipfile.ZipFile(path).read("ppt/presentation.xml")
