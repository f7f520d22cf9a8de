"""The workbook as a reader prints it: through LibreOffice to PDF, looked at word by word.

Needs a font of Arial's measure too, which ``make test`` installs.
"""

import pytest

from tyndau.reporting.volume import build_volume
from tyndau.reporting.workbook import write_workbook
from tyndau.study.model import Study
from tyndau.tabulation import Table

from .paper import Word, as_pdf, words_of

pytestmark = pytest.mark.document
# The margin in which the footer stands, in points.
FOOT = 0.65 * 72


@pytest.fixture(scope="module", params=["ru", "kk"])
def printed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[Word], tuple[float, float]]:
    study: Study = request.getfixturevalue("module_study")
    tables: list[Table] = request.getfixturevalue("module_volume")
    path = tmp_path_factory.mktemp(request.param) / "tables.xlsx"
    document = build_volume(study, "residents", tables, wave="2023-spring", revision=1, rows=1671)
    write_workbook(document, request.param, path)
    return (request.param, *words_of(as_pdf(path)))


def test_no_number_overruns_its_cell(
    printed: tuple[str, list[Word], tuple[float, float]],
) -> None:
    _, words, _ = printed
    assert not [word for word in words if "##" in word.text]
    assert len([word for word in words if "%" in word.text]) > 300


def test_nothing_stands_outside_the_page_or_upon_something_else(
    printed: tuple[str, list[Word], tuple[float, float]],
) -> None:
    _, words, (width, height) = printed
    assert width > height, "pages lie on their side"
    by_page: dict[int, list[Word]] = {}
    for word in words:
        assert 0 < word.left < word.right < width, word
        assert word.top > 0, word
        # LibreOffice draws a chart that follows a page break on the page before too, hidden behind
        # the margin at the foot.
        if word.bottom < height - FOOT:
            by_page.setdefault(word.page, []).append(word)
    for page in by_page.values():
        for index, one in enumerate(page):
            for other in page[index + 1 :]:
                across = min(one.right, other.right) - max(one.left, other.left)
                down = min(one.bottom, other.bottom) - max(one.top, other.top)
                # Boxes hold the font's whole height, so lines touch; a third of a line is too much.
                tall = min(one.bottom - one.top, other.bottom - other.top)
                assert across < 1 or down < tall / 3, f"{one} upon {other}"


def test_every_label_is_printed_in_full(
    printed: tuple[str, list[Word], tuple[float, float]], module_volume: list[Table]
) -> None:
    language, words, _ = printed
    said = "".join(word.text for word in words)
    for table in module_volume:
        labels = [table.question.label, *(row.label for row in table.rows)]
        labels += [head.label for head in table.columns]
        for label in labels:
            for word in label.say(language).split():
                assert word in said, f"{word!r} of {label.say(language)!r} is cut"


def test_every_page_says_its_number_and_no_page_is_empty(
    printed: tuple[str, list[Word], tuple[float, float]],
) -> None:
    _, words, _ = printed
    pages = {word.page for word in words}
    assert pages == set(range(1, max(pages) + 1))
    for page in pages:
        assert len([word for word in words if word.page == page]) > 20
