"""The questionnaire on paper: that all of the form stands on it, and where its arrows lead."""

import re
from pathlib import Path

import pytest

from tyndau.base.languages import say
from tyndau.questionnaire import Form, read_form
from tyndau.questionnaire.keying import typed_codes
from tyndau.questionnaire.lines import lines
from tyndau.reporting.paper.build import build_sheet, unprintable
from tyndau.reporting.paper.model import Entry, Matrix, Sheet
from tyndau.reporting.pdf import write_sheet
from tyndau.study import load_study
from tyndau.study.model import Study

from .paper import latin_words, pages_of, structure_of, words_of

STUDIES = Path(__file__).parents[2] / "studies"
FORMS = [
    (study, form)
    for study in ("taraz-2026", "demo-city")
    for form in ("residents", "ngo", "experts", "satisfaction")
]
LANGUAGES = ("kk", "ru")

pytestmark = pytest.mark.requirement("T1", "C4")

ODD = """
| survey |
| | type | name | label::Қазақша (kk) | label::Русский (ru) | parameters | constraint | relevant |
| | select_multiple odd | odd | Қайсысы? | Какие? | randomize=true | | |
| | rank odd | order | Ретін айтыңыз | По порядку? | | | |
| | decimal | weight | Салмағы? | Вес? | | | |
| | integer | years | Неше жыл? | Сколько лет? | | . <= 1000 | |
| | date | day | Қай күні? | В какой день? | | | |
| | time | hour | Сағат нешеде? | В котором часу? | | | |
| | dateTime | moment | Қашан? | Когда? | | | |
| | acknowledge | seen | Көрдім | Прочитал | | | |
| | geopoint | where | Қай жерде? | Где? | | | |
| | text | late | Соңында | Под конец | | | ${years} > 5 |

| choices |
| | list_name | name | label::Қазақша (kk) | label::Русский (ru) | meaning |
| | odd | a | Бірінші | Первое | |
| | odd | b | Екінші | Второе | |
| | odd | none | Ештеңе | Ничего | none |
"""


@pytest.fixture(scope="module")
def studies() -> dict[str, Study]:
    return {name: load_study(STUDIES / name) for name in ("taraz-2026", "demo-city")}


def entries(sheet: Sheet) -> list[Entry]:
    """Return all questions and notes of a sheet, those in tables among them."""
    found: list[Entry] = []
    for part in sheet.parts:
        for one in part.entries:
            found.extend(one.rows if isinstance(one, Matrix) else (one,))
    return found


def flat(text: str) -> str:
    return " ".join(text.split())


def squeeze(text: str) -> str:
    """Return a text without what setting it in lines adds."""
    return re.sub(r"[\s\u00ad\"-]", "", text)


def made(form: Form, studies: dict[str, Study]) -> Sheet:
    return build_sheet(studies["taraz-2026"], form)


@pytest.mark.parametrize(("name", "form_name"), FORMS)
def test_every_question_and_answer_stands_there_once(
    name: str, form_name: str, studies: dict[str, Study]
) -> None:
    form = studies[name].forms[form_name]
    printed = entries(build_sheet(studies[name], form))
    assert [one.name for one in printed] == [line.question.name for line in lines(form)]
    shown = ("calculate", "hidden")
    assert len(printed) == sum(question.kind not in shown for question in form.questions)
    for one in printed:
        question = form[one.name]
        assert (one.wording, one.hint) == (question.label, question.hint)
        labels = [choice.category.label for choice in question.choices]
        assert [box.label for box in one.boxes] == labels
        assert [box.code for box in one.boxes] == list(typed_codes(question).values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "form_name"), FORMS)
def test_arrows_lead_on_to_what_stands_there(
    name: str, form_name: str, language: str, studies: dict[str, Study]
) -> None:
    printed = entries(build_sheet(studies[name], studies[name].forms[form_name]))
    numbers = [one.number for one in printed]
    notes = [say(one.wording, language) for one in printed if not one.number]
    arrows = 0
    for one in printed:
        said = [*one.remarks, *(note for box in one.boxes for note in box.notes)]
        for words in (say(each, language) for each in said):
            if "→" not in words:
                continue
            arrows += 1
            target = words.partition("→")[2].strip()
            if target.isdigit():
                assert int(target) in numbers
                assert int(target) > one.number
            else:
                begun = target.strip("«»").rstrip("…")
                assert any(flat(note).startswith(begun) for note in notes), target
        condition = say(one.condition, language)
        for number in re.findall(r"(?:вопрос |^|\s)(\d+)(?=-сұра|\s)", condition):
            assert int(number) in numbers
    assert arrows, "each of these forms lets somebody go"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form_name", ["residents", "experts"])
def test_the_pages_hold_all_of_it_within_their_margins(
    form_name: str, language: str, studies: dict[str, Study], tmp_path: Path
) -> None:
    study = studies["demo-city"]
    form = study.forms[form_name]
    path = tmp_path / "form.pdf"
    write_sheet(build_sheet(study, form), language, path)
    pages = pages_of(path)
    words, (width, height) = words_of(path)
    # Cells in the order of reading, running text by its tags: neither finds both whole.
    squeezed = squeeze("".join(word.text for word in words)) + squeeze(structure_of(path))
    for line in lines(form):
        question = line.question
        for text in (question.label, *(one.category.label for one in question.choices)):
            assert squeeze(text.say(language)) in squeezed, text
    assert form.version in pages[0]
    banner = {"kk": "МОДЕЛЬДЕНГЕН", "ru": "СМОДЕЛИРОВАННЫЕ"}[language]
    assert all(banner in page for page in pages)
    assert not {word for page in pages for word in latin_words(page)} - {
        "Instagram", "WhatsApp", "Telegram", "TikTok", "YouTube", "I", "II", "III",
    }  # fmt: skip
    assert all(word.left > 30 and word.right < width - 30 for word in words)
    assert all(word.top > 20 and word.bottom < height - 20 for word in words)
    headings = {flat(line.heading.say(language)) for line in lines(form) if line.heading.ru}
    for page in pages:
        body = [flat(row) for row in page.splitlines() if row.strip()]
        assert body[-2] not in headings, "a heading alone at the foot of a page"


def test_what_holds_for_several_questions_is_said_once_before_them(
    studies: dict[str, Study],
) -> None:
    sheet = build_sheet(studies["taraz-2026"], studies["taraz-2026"].forms["residents"])
    printed = {one.name: one for one in entries(sheet)}
    assert say(printed["corruption_own"].condition, "ru").startswith("Вопросы 46–47 задаются: те,")
    assert printed["corruption_report"].condition == ""
    assert printed["corruption_report"].conditional
    (draw,) = sheet.draws
    assert [box.code for box in draw.boxes] == ["I", "II", "III"]
    assert "часть II" in say(printed["mediators"].condition, "ru")


def test_questions_with_the_same_answers_are_rows_of_a_table(studies: dict[str, Study]) -> None:
    sheet = build_sheet(studies["taraz-2026"], studies["taraz-2026"].forms["residents"])
    tables = [one for part in sheet.parts for one in part.entries if isinstance(one, Matrix)]
    rows = [[row.name for row in table.rows] for table in tables]
    assert next(names for names in rows if "effect_social" in names)[-1] == "effect_accord"
    services = next(table for table in tables if table.rows[0].name == "satisfied_tson")
    assert "«ЦОН»" in say(services.rows[0].condition, "ru")
    assert not any("protest_expected" in names for names in rows), "its answers lead elsewhere"


def test_an_answer_that_leads_elsewhere_is_in_no_table(studies: dict[str, Study]) -> None:
    form = read_form(
        """
        | survey |
        | | type | name | label | relevant |
        | | select_one yes_no | asked | Обращались? | |
        | | select_one yes_no | solved | Решили? | ${asked} = 'yes' |
        | | select_one yes_no | again | Обратитесь? | |
        | choices |
        | | list_name | name | label |
        | | yes_no | yes | Да |
        | | yes_no | no | Нет |
        """,
        "md",
    )
    asked, table = made(form, studies).parts[0].entries
    assert isinstance(asked, Entry)
    assert say(asked.boxes[1].notes, "ru") == "→ 3"
    assert isinstance(table, Matrix)
    assert [row.name for row in table.rows] == ["solved", "again"]


def test_every_kind_of_answer_has_its_room(studies: dict[str, Study], tmp_path: Path) -> None:
    form = read_form(ODD, "md", population="odd")
    sheet = made(form, studies)
    printed = {one.name: one for one in entries(sheet)}
    ways = {name: (one.way, one.size) for name, one in printed.items()}
    assert ways == {
        "odd": ("boxes", 0), "order": ("places", 0), "weight": ("lines", 1), "years": ("digits", 4),
        "day": ("date", 0), "hour": ("time", 0), "moment": ("moment", 0), "seen": ("tick", 0),
        "where": ("none", 0), "late": ("lines", 2),
    }  # fmt: skip
    said = {
        name: " ".join(say(one, "en") for one in each.remarks) for name, each in printed.items()
    }
    assert "Several answers" in said["odd"]
    assert "Read in turn from the tick" in said["odd"]
    assert "Only a phone" in said["where"]
    assert say(printed["odd"].boxes[2].notes, "en") == "(single)"
    assert said["years"] == ""
    for language in LANGUAGES:
        write_sheet(sheet, language, tmp_path / f"{language}.pdf")
        assert "1." in pages_of(tmp_path / f"{language}.pdf")[0]


def test_a_number_says_from_where_on_it_leads_elsewhere(studies: dict[str, Study]) -> None:
    form = read_form(
        """
        | survey |
        | | type | name | label | relevant |
        | | integer | years | Сколько лет? | |
        | | text | early | Почему? | ${years} < 3 |
        | | text | late | Как? | ${years} > 5 |
        """,
        "md",
    )
    years, early, _ = entries(made(form, studies))
    assert [say(one, "en") for one in years.remarks] == ["3 to 5 → end", "6 or more → 3"]
    assert say(early.condition, "ru") == "Задаётся: те, кто на вопрос 1 назвал число меньше 3."


def test_a_list_that_is_too_long_is_not_printed(studies: dict[str, Study]) -> None:
    rows = "\n".join(f"| | streets | s{n} | Улица {n} |" for n in range(101))
    form = read_form(
        "| survey |\n| | type | name | label |\n| | select_one streets | street | Улица? |\n\n"
        f"| choices |\n| | list_name | name | label |\n{rows}\n",
        "md",
    )
    (one,) = entries(made(form, studies))
    assert (one.way, one.size, one.boxes) == ("lines", 1, ())
    assert "101" in say(one.remarks, "ru")


def test_a_repeat_cannot_be_printed() -> None:
    form = read_form(
        "| survey |\n| | type | name | label |\n"
        "| | begin_repeat | people | Члены семьи |\n| | text | person | Имя? |\n"
        "| | end_repeat | | |\n",
        "md",
    )
    assert unprintable(form) == ("person",)
