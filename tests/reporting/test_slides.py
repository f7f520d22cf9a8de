"""Slides as their presenter finds them: charts that open their data, every label whole."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pptx
import pytest
from openpyxl import load_workbook
from pptx.chart.chart import Chart as NativeChart
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn

from tyndau.base.errors import UserError
from tyndau.base.languages import Text, say
from tyndau.reporting.model import Chart, Document, Heading, Listing, Section
from tyndau.reporting.slides import write_slides

from .made_up_report import made_up_report
from .paper import as_pdf, latin_words, pages_of, words_of

SIMULATED = {"kk": "МОДЕЛЬДЕНГЕН ДЕРЕКТЕР", "ru": "СМОДЕЛИРОВАННЫЕ ДАННЫЕ"}


@pytest.fixture(scope="module", params=["kk", "ru"])
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Document, Path]:
    path = tmp_path_factory.mktemp(request.param) / "slides.pptx"
    document = made_up_report(banner=True)
    write_slides(document, request.param, path)
    return request.param, document, path


def _drawn(document: Document) -> dict[str, Chart]:
    blocks = [block for section in document.sections for block in section.blocks]
    return {block.kind: block for block in blocks if isinstance(block, Chart)}


def _native(path: Path) -> Iterator[NativeChart]:
    for slide in pptx.Presentation(str(path)).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                yield shape.chart


def _texts(slide: object) -> list[str]:
    return [one.text or "" for one in slide._element.iter(qn("a:t"))]  # type: ignore[attr-defined]


def _one(document: Document, *blocks: object) -> Document:
    section = Section("one", "1", "Раздел", (Heading("Раздел", 2), *blocks))  # type: ignore[arg-type]
    return replace(document, sections=(section,))


def test_every_chart_is_native_and_opens_its_data(made: tuple[str, Document, Path]) -> None:
    language, document, path = made
    natives = list(_native(path))
    drawn = _drawn(document)
    # Small multiples are a chart a panel.
    assert len(natives) == len(drawn) - 1 + len(drawn["panels"].series)
    values = {
        round(value, 6)
        for chart in drawn.values()
        for series in chart.series
        for value in series.values
        if value is not None
    }
    found = set()
    for native in natives:
        book = load_workbook(io.BytesIO(native.part.chart_workbook.xlsx_part.blob))
        (sheet,) = book.worksheets
        assert sheet.title in {"kk": "Диаграмма_деректері", "ru": "Данные_диаграммы"}[language]
        assert all(
            reference.text.startswith(f"{sheet.title}!")
            for reference in native._chartSpace.iter(qn("c:f"))
        )
        for plot in native.plots:
            for column, series in enumerate(plot.series, start=2):
                for row, value in enumerate(series.values, start=2):
                    cell = sheet.cell(row, column).value
                    if isinstance(cell, str):
                        assert cell.startswith("=MAX(")
                    else:
                        assert cell == value
                        found.add(round(value, 6) if value is not None else None)
    assert values <= found


def test_bars_of_a_scale_diverge_from_one_middle(made: tuple[str, Document, Path]) -> None:
    _, document, path = made
    chart = _drawn(document)["diverging"]
    native = list(_native(path))[1]
    series = list(native.plots[0].series)
    sides = ["before", *(one.side for one in chart.series if one.side != "aside"), "between"]
    middles, ends = set(), set()
    for row in range(len(chart.categories)):
        values = [one.values[row] for one in series]
        left = sum(
            value * {"before": 1, "negative": 1, "neutral": 0.5}.get(side, 0)
            for value, side in zip(values, sides, strict=False)
        )
        middles.add(round(left, 6))
        ends.add(round(sum(values[: len(sides)]), 6))
    assert len(middles) == 1
    assert len(ends) == 1
    assert middles != {0}


def test_every_slide_says_what_it_must_in_one_language(made: tuple[str, Document, Path]) -> None:
    language, document, path = made
    show = pptx.Presentation(str(path))
    code = {"kk": "kk-KZ", "ru": "ru-RU"}[language]
    assert len(show.slides) > 8
    for slide in show.slides:
        assert SIMULATED[language] in _texts(slide)
        tags = {one.get("lang") for one in slide._element.iter(qn("a:rPr"))}
        assert tags == {code}
        assert not latin_words("\n".join(_texts(slide)))
    titles = [native.chart_title.text_frame.text for native in _native(path)]
    assert sum(SIMULATED[language] in title for title in titles) == len(_drawn(document))
    texts = {text for slide in show.slides for text in _texts(slide)}
    for chart in _drawn(document).values():
        assert say(chart.base, language) in texts
    assert show.core_properties.title == say(document.title, language)
    assert show.core_properties.language == code


def test_what_is_printed_stands_on_the_slide_and_is_whole(
    made: tuple[str, Document, Path],
) -> None:
    language, document, path = made
    pdf = as_pdf(path)
    words, (width, height) = words_of(pdf)
    assert width / height == pytest.approx(16 / 9, rel=0.01)
    assert not [word for word in words if word.left < 0 or word.right > width]
    assert not [word for word in words if word.top < 0 or word.bottom > height]
    said = re.sub(r"\s", "", "".join(pages_of(pdf)))
    for chart in _drawn(document).values():
        for label in (*chart.categories, *(one.label for one in chart.series)):
            for word in say(label, language).split():
                assert word in said, f"{word!r} of {say(label, language)!r}"


def test_pictures_have_words_for_those_who_do_not_see_them(
    made: tuple[str, Document, Path],
) -> None:
    for slide in pptx.Presentation(str(made[2])).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                assert len(shape._element.nvGraphicFramePr.cNvPr.get("descr", "")) > 40


def test_the_same_document_gives_the_same_bytes(made: tuple[str, Document, Path]) -> None:
    language, document, path = made
    again = path.with_name("again.pptx")
    write_slides(document, language, again)
    assert again.read_bytes() == path.read_bytes()


def test_what_does_not_fit_on_a_slide_goes_on_under_the_same_head(tmp_path: Path) -> None:
    chart = _drawn(made_up_report())["bars"]
    many = replace(
        chart,
        categories=tuple(Text("", f"{at}. {chart.categories[2].ru}") for at in range(30)),
        series=(replace(chart.series[0], values=tuple(float(at) for at in range(30))),),
        aside=frozenset({29}),
    )
    points = Listing(tuple(f"Вывод {at}: {chart.title.ru}" for at in range(20)))  # type: ignore[union-attr]
    path = tmp_path / "slides.pptx"
    write_slides(_one(made_up_report(), many), "ru", path)
    shown = [list(native.plots[0].categories) for native in _native(path)]
    assert len(shown) > 1
    assert [one.replace("\n", " ") for part in shown for one in part] == [
        one.ru for one in many.categories
    ]
    grey = [len(list(native._chartSpace.iter(qn("c:dPt")))) for native in _native(path)]
    assert grey == [0] * (len(shown) - 1) + [1]

    write_slides(_one(made_up_report(), points), "ru", path)
    slides = list(pptx.Presentation(str(path)).slides)[1:]
    assert len(slides) > 1
    assert all("Раздел" in _texts(slide) for slide in slides)
    told = [text for slide in slides for text in _texts(slide) if text.startswith("Вывод")]
    assert told == list(points.items)


def test_a_foundations_own_master_is_followed(tmp_path: Path) -> None:
    theirs = tmp_path / "template.pptx"
    write_slides(made_up_report(), "ru", theirs)
    show = pptx.Presentation(str(theirs))
    layout = next(one for one in show.slide_layouts if one.name == "Tyndau Chart")
    box = next(one for one in layout.placeholders if one.placeholder_format.idx == 13)
    box.left += 100_000
    picture = layout._element.cSld
    picture.get_or_add_bg()
    show.slide_master.background.fill.solid()
    show.slide_master.background.fill.fore_color.rgb = RGBColor(0xF4, 0xF0, 0xE6)
    show.save(str(theirs))

    path = tmp_path / "made.pptx"
    write_slides(made_up_report(), "kk", path, template=theirs)
    made = pptx.Presentation(str(path))
    assert str(made.slide_master.background.fill.fore_color.rgb) == "F4F0E6"
    frame = next(shape for slide in made.slides for shape in slide.shapes if shape.has_chart)
    assert frame.left == box.left
    # What stood in the template is gone.
    said = "\n".join(text for slide in made.slides for text in _texts(slide))
    assert "Осведомлённость" not in said
    assert "Тұрғындардың хабардарлығы" in said


def test_a_template_without_a_layout_is_refused_with_all_that_it_lacks(tmp_path: Path) -> None:
    template = tmp_path / "slides.pptx"
    pptx.Presentation().save(str(template))
    with pytest.raises(UserError) as caught:
        write_slides(made_up_report(), "ru", tmp_path / "made.pptx", template=template)
    problem = caught.value.problems[0]
    assert problem.kind.code == "report.missing-layout"
    for name in ("Tyndau Title", "Tyndau Divider", "Tyndau Text", "Tyndau Chart", "Tyndau Wide"):
        assert name in problem.what("en")
    assert not (tmp_path / "made.pptx").exists()


def test_a_template_that_is_no_presentation_is_refused(tmp_path: Path) -> None:
    template = tmp_path / "slides.pptx"
    template.write_bytes(b"PK not slides")
    with pytest.raises(UserError) as caught:
        write_slides(made_up_report(), "ru", tmp_path / "made.pptx", template=template)
    assert caught.value.problems[0].kind.code == "report.bad-template"
    assert not (tmp_path / "made.pptx").exists()
