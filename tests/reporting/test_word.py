"""The report in Word: fields, styles, language, on Tyndau's template or a foundation's own."""

import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from tyndau.base.errors import UserError
from tyndau.base.languages import say
from tyndau.reporting.model import Chart, CrossTable, Document, Heading
from tyndau.reporting.printed import chart_caption, table_caption
from tyndau.reporting.word import write_word

from .made_up_report import made_up_report
from .paper import as_pdf, latin_words, pages_of

CONTENTS = {"kk": "Мазмұны", "ru": "Содержание"}
SIMULATED = {"kk": "МОДЕЛЬДЕНГЕН ДЕРЕКТЕР", "ru": "СМОДЕЛИРОВАННЫЕ ДАННЫЕ"}


@pytest.fixture(scope="module", params=["kk", "ru"])
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Document, Path]:
    path = tmp_path_factory.mktemp(request.param) / "report.docx"
    document = made_up_report(banner=True)
    write_word(document, request.param, path)
    return request.param, document, path


@pytest.fixture(scope="module")
def printed(made: tuple[str, Document, Path]) -> tuple[str, Document, list[str]]:
    return made[0], made[1], pages_of(as_pdf(made[2]))


def _paragraphs(path: Path, style: str) -> list[str]:
    return [one.text for one in docx.Document(str(path)).paragraphs if one.style.name == style]


def test_every_heading_and_caption_is_there_in_its_style(made: tuple[str, Document, Path]) -> None:
    language, document, path = made
    blocks = [block for section in document.sections for block in section.blocks]
    for level in (1, 2):
        expected = [
            say(block.text, language)
            for block in blocks
            if isinstance(block, Heading) and block.level == level
        ]
        assert _paragraphs(path, f"Heading {level}") == expected
    captions = _paragraphs(path, "Caption")
    for block in blocks:
        if isinstance(block, Chart):
            assert chart_caption(block, language) in captions
        if isinstance(block, CrossTable):
            assert table_caption(block, language) in captions


def test_word_counts_captions_pages_and_contents_itself(made: tuple[str, Document, Path]) -> None:
    with zipfile.ZipFile(made[2]) as package:
        text = package.read("word/document.xml").decode()
        foot = "".join(
            package.read(name).decode() for name in package.namelist() if "footer" in name
        )
    assert text.count("SEQ ") == 8
    assert "TOC \\o" in text
    assert text.count("PAGEREF") >= 6
    assert "PAGE" in foot


def test_the_file_is_in_the_language_of_its_reader(made: tuple[str, Document, Path]) -> None:
    language, document, path = made
    word = docx.Document(str(path))
    code = {"kk": "kk-KZ", "ru": "ru-RU"}[language]
    languages = {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))}
    assert languages == {code}
    assert word.core_properties.language == code
    assert word.core_properties.title == say(document.title, language)


def test_pages_say_what_they_must_in_one_language(
    printed: tuple[str, Document, list[str]],
) -> None:
    language, _, pages = printed
    assert len(pages) > 6
    assert [SIMULATED[language] in page for page in pages] == [True] * len(pages)
    assert not latin_words("\n".join(pages))


def test_contents_name_the_pages_on_which_headings_stand(
    printed: tuple[str, Document, list[str]],
) -> None:
    language, document, pages = printed
    contents = next(page for page in pages if CONTENTS[language] in page)
    heads = [
        say(block.text, language)
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Heading) and len(say(block.text, language)) < 60
    ]
    told = 0
    for head in heads:
        entry = re.search(rf"^\s*{re.escape(head)}\W+(\d+)\s*$", contents, re.MULTILINE)
        assert entry, f"{head!r} is not in the contents"
        page = int(entry[1])
        assert any(
            re.search(rf"^\s*{re.escape(head)}\s*$", pages[at - 1], re.MULTILINE)
            for at in (page, page + 1)
            if at <= len(pages)
        ), f"{head!r} does not stand on page {page}"
        told += 1
    assert told >= 5


def test_pictures_have_words_for_those_who_do_not_see_them(
    made: tuple[str, Document, Path],
) -> None:
    word = docx.Document(str(made[2]))
    properties = [one for one in word.element.body.iter() if one.tag.endswith("}docPr")]
    assert len(properties) == 5
    assert all(len(one.get("descr", "")) > 40 for one in properties)


def test_the_same_document_gives_the_same_bytes(made: tuple[str, Document, Path]) -> None:
    language, document, path = made
    again = path.with_name("again.docx")
    write_word(document, language, again)
    assert again.read_bytes() == path.read_bytes()


def test_a_foundations_own_template_is_followed(tmp_path: Path) -> None:
    theirs = tmp_path / "report.docx"
    write_word(made_up_report(), "ru", theirs)
    word = docx.Document(str(theirs))
    word.styles["Heading 1"].font.color.rgb = RGBColor(0x12, 0x80, 0x34)
    word.styles["Body Text"].font.size = Pt(13)
    word.sections[0].header.paragraphs[0].text = "Фонд «Пример»"
    word.save(str(theirs))

    path = tmp_path / "made.docx"
    write_word(made_up_report(), "kk", path, template=theirs)
    made = docx.Document(str(path))
    assert str(made.styles["Heading 1"].font.color.rgb) == "128034"
    assert made.styles["Body Text"].font.size == Pt(13)
    assert "Фонд «Пример»" in [one.text for one in made.sections[0].header.paragraphs]
    # What stood in the template is gone.
    assert "Осведомлённость населения" not in "\n".join(one.text for one in made.paragraphs)
    assert "Тұрғындардың хабардарлығы" in "\n".join(one.text for one in made.paragraphs)


def test_a_template_without_a_style_is_refused_with_all_that_it_lacks(tmp_path: Path) -> None:
    template = tmp_path / "report.docx"
    word = docx.Document()
    word.styles.add_style("Tyndau Note", WD_STYLE_TYPE.PARAGRAPH)
    word.save(str(template))
    path = tmp_path / "made.docx"
    with pytest.raises(UserError) as caught:
        write_word(made_up_report(), "ru", path, template=template)
    problem = caught.value.problems[0]
    assert problem.kind.code == "report.missing-style"
    assert "Tyndau Lead" in problem.what("en")
    assert "Tyndau Note" not in problem.what("en")
    assert not path.exists()


def test_a_template_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    template = tmp_path / "report.docx"
    template.write_bytes(b"PK not a document")
    with pytest.raises(UserError) as caught:
        write_word(made_up_report(), "ru", tmp_path / "made.docx", template=template)
    assert caught.value.problems[0].kind.code == "report.bad-template"
    assert not (tmp_path / "made.docx").exists()
