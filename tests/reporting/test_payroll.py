"""The register of pay and the acts: what stands on them, a page an act, in Word as in PDF."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from tyndau.base.languages import Text
from tyndau.fieldwork.control.pay import Cut, register
from tyndau.reporting.payroll import Payee, Payroll, write_payroll
from tyndau.study import load_study
from tyndau.study.identity import Identity

from .paper import latin_words, pages_of

STUDIES = Path(__file__).parents[2] / "studies"
NAMES = {"01": "Құдайбергенова Нұрсәуле Әбдіманапқызы", "02": "Ли Ян", "03": "Шын Әміре"}
FIRST, LAST = date(2026, 11, 2), date(2026, 11, 20)
CUT = Cut("02", Decimal("400.50"), "Серікбаева Әсел", "Телефон жоғалды", date(2026, 11, 21))


def payroll(*cuts: Cut) -> Payroll:
    """Return what is paid to three interviewers, the last of whom made nothing."""
    lines = register({"01": 12, "02": 31, "03": 0}, Decimal("1050.50"), cuts).lines
    payees = tuple(
        Payee(one.interviewer, NAMES[one.interviewer], one, *((FIRST, LAST) * bool(one.accepted)))
        for one in lines
    )
    return Payroll(payees, Decimal("1050.50"), date(2026, 11, 28))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the text of each file by its name; pages stand apart by a form feed."""
    study = load_study(STUDIES / "demo-city")
    head = Text(kk="Әлімқұлова Гүлнәр", ru="Алимкулова Гульнар")
    study = replace(study, identity=Identity(bin="090140012345", head=head))
    folder = tmp_path_factory.mktemp("pay")
    return {path.name: _text(path) for path in write_payroll(study, payroll(CUT), folder)}


def _text(path: Path) -> str:
    if path.suffix == ".pdf":
        text = "\f".join(pages_of(path))
    else:
        document = docx.Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = " ".join([*(one.text for one in document.paragraphs), *cells])
    return "\f".join(" ".join(page.split()) for page in text.split("\f"))


def test_both_papers_are_there_for_word_and_as_pdf(made: dict[str, str]) -> None:
    assert set(made) == {
        f"{stem}-{code}.{ending}"
        for stem in ("register", "acts")
        for code in ("kk", "ru")
        for ending in ("docx", "pdf")
    }


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_register_adds_up(made: dict[str, str], ending: str) -> None:
    text = made[f"register-ru.{ending}"]
    for said in (
        "Ли Ян", "Шын Әміре", "12 606,00", "32 565,50", "32 165,00", "45 171,50", "Телефон жоғалды",
        "Серікбаева Әсел", "090140012345", "28 ноября 2026", "2 ноября 2026",
        "44 771,00 ₸ (сорок четыре тысячи семьсот семьдесят один тенге 00 тиын)",
    ):  # fmt: skip
        assert said in text
    assert "қырық төрт мың жеті жүз жетпіс бір теңге" in made[f"register-kk.{ending}"]


def test_an_act_is_a_page_of_whoever_has_accepted_interviews(made: dict[str, str]) -> None:
    first, second = made["acts-ru.pdf"].split("\f")
    for said in (NAMES["01"], "Алимкулова Гульнар", "№ ____", "12 606,00 ₸ (двенадцать тысяч"):
        assert said in first
    assert "Телефон жоғалды" not in first
    for said in ("Ли Ян, код 02", "1 050,50", "Телефон жоғалды", "Серікбаева Әсел", "400,50"):
        assert said in second
    assert "32 165,00 ₸ (тридцать две тысячи сто шестьдесят пять тенге 00 тиын)" in second
    assert "отыз екі мың бір жүз алпыс бес теңге" in made["acts-kk.docx"]
    assert NAMES["03"] not in "".join(made[name] for name in made if name.startswith("acts"))


def test_no_english_is_left_over(made: dict[str, str]) -> None:
    for name, text in made.items():
        assert not latin_words(text), name


def test_where_nothing_was_accepted_there_is_no_act(tmp_path: Path) -> None:
    nobody = Payroll((), Decimal(1), date(2026, 11, 28))
    made = write_payroll(load_study(STUDIES / "demo-city"), nobody, tmp_path, languages=["kk"])
    assert [path.name for path in made] == ["register-kk.docx", "register-kk.pdf"]
