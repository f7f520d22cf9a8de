"""The papers of the field: what stands on them, what is left to fill in, that nothing is cut."""

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from tyndau.base.errors import Problem, UserError
from tyndau.base.languages import Text
from tyndau.questionnaire import read_form
from tyndau.reporting.fieldpapers import Assignment, Interviewer, PapersResult, write_papers
from tyndau.reporting.fieldpapers.cards import cards_of
from tyndau.reporting.photo_child import SIZE
from tyndau.reporting.photos import prepare_photo
from tyndau.study import Street, load_study
from tyndau.study.identity import Identity
from tyndau.study.model import Study

from .paper import latin_words, pages_of, words_of

STUDIES = Path(__file__).parents[2] / "studies"
LONG = "Құдайбергенова Нұрсәуле Әбдіманапқызы"
NAMES = (
    LONG,
    "Ғабдұллаұлы Жәңгірхан-Мұхаммед Өмірсейітұлы",
    "Ли Ян",
    "Константинопольская-Преображенская Александра Владиславовна",
    "Шын Әміре",
)
KNOWN = Identity(
    bin="090140012345",
    address=Text(kk="Тараз қаласы, Төле би даңғылы, 1-үй", ru="г. Тараз, пр. Толе би, дом 1"),
    head=Text(kk="Әлімқұлова Гүлнәр Өмірбекқызы", ru="Алимкулова Гульнар Омирбековна"),
    coordinator=Text(kk="Сейітова Мәдина", ru="Сеитова Мадина"),
    coordinator_phone="+7 700 000 00 01",
    safety_phone="+7 700 000 00 02",
    withdraw_until=date(2026, 11, 21),
)

# Codes of interviewers and points.
CODE = re.compile(r"i0\d$|[a-z\d]+-([a-z]?\d+)?$")

pytestmark = pytest.mark.requirement("C3")


def photo(kind: str = "JPEG", size: tuple[int, int] = (600, 800), turned: bool = False) -> bytes:
    """Return a photo with a red top; turned, as phones store what was taken upright."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0], size[1] // 2))
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (42.0, 54.0, 0.0)
    if turned:
        image = image.rotate(90, expand=True)
        exif[0x0112] = 6
    made = io.BytesIO()
    image.save(made, kind, exif=exif)
    return made.getvalue()


PEOPLE = tuple(
    Interviewer(f"i{at:02}", name, photo() if at in (1, 3) else None)
    for at, name in enumerate(NAMES, 1)
)


@pytest.fixture(scope="module")
def studies() -> dict[str, Study]:
    return {name: load_study(STUDIES / name) for name in ("taraz-2026", "demo-city")}


@pytest.fixture(scope="module")
def made(
    studies: dict[str, Study], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, PapersResult]:
    """Return the papers of both studies; Taraz has no dates and names no coordinator."""
    return {
        name: write_papers(study, PEOPLE, tmp_path_factory.mktemp(name) / "papers")
        for name, study in studies.items()
    }


@pytest.fixture(scope="module")
def filled(studies: dict[str, Study], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the text of the papers of a study whose workbook says everything, by file."""
    study = replace(studies["demo-city"], identity=KNOWN, sampling=None)
    result = write_papers(study, PEOPLE[:1], tmp_path_factory.mktemp("filled") / "papers")
    return {path.name: flat("\n".join(pages_of(path))) for path in result.files}


def flat(text: str) -> str:
    return " ".join(text.split())


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", text)


def text_of(result: PapersResult, name: str) -> str:
    return flat("\n".join(pages_of(result.folder / name)))


def test_each_paper_is_there_in_both_languages(made: dict[str, PapersResult]) -> None:
    papers = ("letters", "identity", "slips", "cards-residents", "safety")
    wanted = {f"{paper}-{at}.pdf" for paper in papers for at in ("kk", "ru")} | {"badges.pdf"}
    assert {path.name for path in made["taraz-2026"].files} == wanted
    points = {f"points-{one.code}-{at}.pdf" for one in PEOPLE for at in ("kk", "ru")}
    assert {path.name for path in made["demo-city"].files} == wanted | points


@pytest.mark.parametrize("name", ["taraz-2026", "demo-city"])
def test_nothing_is_cut_and_every_file_has_its_title(
    name: str, made: dict[str, PapersResult]
) -> None:
    for path in made[name].files:
        words, (width, height) = words_of(path)
        assert words, path
        assert all(word.left > 15 and word.right < width - 15 for word in words), path.name
        assert all(word.top > 12 and word.bottom < height - 12 for word in words), path.name
        told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
        assert re.search(r"Title: +\S", told)
        assert "Tagged:          yes" in told
        latin = latin_words("\n".join(pages_of(path))) - {"eGov", "study@example.org"}
        assert not {word for word in latin if not CODE.match(word)}, path.name


def test_nothing_is_cut_from_a_piece_however_much_stands_on_it(
    studies: dict[str, Study], tmp_path: Path
) -> None:
    long = "Қоғамдық-саяси және әлеуметтік-экономикалық зерттеулерді үйлестіру орталығы "
    study = replace(
        studies["demo-city"],
        title=Text(kk=long * 2, ru=long * 2),
        contractor=Text(kk=long + "А", ru=long + "Б"),
        customer=Text(kk=long, ru=long),
        identity=replace(KNOWN, coordinator=Text(kk=long, ru=long)),
        sampling=None,
    )
    people = [replace(PEOPLE[0], code=f"i{at:02}", name=NAMES[3]) for at in range(4)]
    result = write_papers(study, people, tmp_path / "papers", languages=["kk"])
    for page in pages_of(result.folder / "letters-kk.pdf"):
        assert "Мөр орны" in page, "the stamp stands beside what it is for"
    for name, (wide, high), pieces in (
        ("badges.pdf", (74, 105), 4),
        ("slips-kk.pdf", (96, 90), 6),
    ):
        words, (width, height) = words_of(result.folder / name)
        wide, high = wide / 25.4 * 72, high / 25.4 * 72
        left, top = (width - 2 * wide) / 2, (height - pieces / 2 * high) / 2
        # The telephone stands last: one in each piece, away from its edge.
        phones = [word for word in words if word.text.startswith("+7")]
        places = {((word.left - left) // wide, (word.top - top) // high) for word in phones}
        assert len(places) == len(phones) == pieces, name
        for word in words:
            row = (word.top - top) // high
            assert word.bottom < top + (row + 1) * high - 5, (name, word.text)


def test_papers_of_a_made_up_city_say_so_on_each_piece(made: dict[str, PapersResult]) -> None:
    for path in made["demo-city"].files:
        language = "ru" if path.stem.endswith("-ru") else "kk"
        banner = {"kk": "МОДЕЛЬДЕНГЕН ДЕРЕКТЕР", "ru": "СМОДЕЛИРОВАННЫЕ ДАННЫЕ"}[language]
        pieces = {"badges": len(PEOPLE), "slips": 6}.get(path.stem.partition("-")[0])
        text = flat("\n".join(pages_of(path)))
        assert text.count(banner) == (pieces or len(pages_of(path))), path.name
    for path in made["taraz-2026"].files:
        assert "ДАННЫЕ" not in "".join(pages_of(path))


def test_badges_stand_four_a_page_in_both_languages(made: dict[str, PapersResult]) -> None:
    path = made["demo-city"].folder / "badges.pdf"
    pages = pages_of(path)
    assert [page.count("Вымышленный фонд") for page in pages] == [4, 1]
    assert [page.count("Ойдан шығарылған қор") for page in pages] == [4, 1]
    words, _ = words_of(path)
    squeezed = squeeze("".join(word.text for word in words))
    for one in PEOPLE:
        for part in one.name.split():
            assert squeeze(part) in squeezed
        assert one.code in squeezed
    text = flat("\n".join(pages))
    assert "1 октября 2026 г. — 21 октября 2026 г." in text
    assert text.count("Фото 3 × 4 см") == 3, "whoever has no photo has a frame"
    listed = subprocess.run(
        ["pdfimages", "-list", path], capture_output=True, text=True, check=True
    ).stdout
    assert len(re.findall(rf"image +{SIZE[0]} +{SIZE[1]}", listed)) == 2


def test_photos_stand_upright_and_hold_nothing_but_the_picture() -> None:
    for given in (photo(turned=True), photo("PNG"), photo(size=(800, 600))):
        prepared = prepare_photo(given, "i01")
        assert isinstance(prepared, bytes)
        picture = Image.open(io.BytesIO(prepared))
        assert picture.size == SIZE
        assert not picture.getexif()
        top, bottom = picture.getpixel((177, 20)), picture.getpixel((177, 450))
        assert isinstance(top, tuple)
        assert isinstance(bottom, tuple)
        assert top[0] > 200 > 50 > top[2]
        assert bottom[2] > 200 > 50 > bottom[0]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (b"", "bad-photo"), (b"no photo", "bad-photo"), (photo()[:300], "bad-photo"),
        (photo("GIF"), "bad-photo"), (photo("PNG", size=(12_000, 6_000)), "large-photo"),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_one_clear_error(
    given: bytes, code: str, studies: dict[str, Study], tmp_path: Path
) -> None:
    people = [Interviewer("i01", LONG, given), Interviewer("i02", "Ли Ян", photo())]
    with pytest.raises(UserError) as caught:
        write_papers(studies["taraz-2026"], people, tmp_path / "papers")
    (problem,) = caught.value.problems
    assert problem.kind.code == f"report.{code}"
    assert problem.values["code"] == "i01"
    assert not (tmp_path / "papers").exists()


def test_a_fact_that_is_missing_is_a_line_and_never_made_up(
    made: dict[str, PapersResult],
) -> None:
    identity = text_of(made["taraz-2026"], "identity-ru.pdf")
    for fact in ("БИН", "Адрес", "Руководитель", "Координатор, телефон", "Полевые работы"):
        assert re.search(rf"{fact} _{{10,}}", identity), fact
    letters = text_of(made["taraz-2026"], "letters-kk.pdf")
    assert len(re.findall(r"Далалық жұмыс _{10,}", letters)) == len(PEOPLE)
    slips = text_of(made["taraz-2026"], "slips-ru.pdf")
    assert len(re.findall(r"отзыва ответов: _{10,}", slips)) == 6
    for path in made["taraz-2026"].files:
        assert not re.search(r"\d{6,}|\+7", "".join(pages_of(path))), path.name


def test_facts_of_the_workbook_stand_where_lines_were(filled: dict[str, str]) -> None:
    identity = filled["identity-ru.pdf"]
    for fact in ("БИН 090140012345", "г. Тараз, пр. Толе би, дом 1", "+7 700 000 00 01"):
        assert fact in identity
    assert "Алимкулова Гульнар Омирбековна" in identity
    assert "__" not in identity
    assert filled["letters-kk.pdf"].count("___ ") <= 1, "the date alone is written by hand"
    assert "Сейітова Мәдина, +7 700 000 00 01" in filled["letters-kk.pdf"]
    assert filled["badges.pdf"].count("+7 700 000 00 01") == 1
    assert filled["slips-ru.pdf"].count("21 ноября 2026 г.") == 6
    assert "+7 700 000 00 02" in filled["safety-kk.pdf"]


def test_a_letter_names_its_bearer_and_the_code_is_its_number(
    made: dict[str, PapersResult],
) -> None:
    pages = pages_of(made["demo-city"].folder / "letters-ru.pdf")
    assert len(pages) == len(PEOPLE)
    for one, page in zip(PEOPLE, pages, strict=True):
        page = flat(page)
        assert f"№ {one.code}" in page
        assert squeeze(f"{one.name}, код {one.code}") in squeeze(page)
        assert "Вымышленный заказчик города Самалжал" in page
        assert "Место печати" in page
        assert "подпись" in page


def test_slips_say_how_to_withdraw(made: dict[str, PapersResult]) -> None:
    for language, words in (
        ("kk", ("Сіздің код:", "жауаптарыңыз өшіріледі", "Орындаушы: Ойдан шығарылған қор")),
        ("ru", ("Ваш код:", "ваши ответы удалят", "Исполнитель: Вымышленный фонд")),
    ):
        path = made["demo-city"].folder / f"slips-{language}.pdf"
        squeezed = squeeze("".join(word.text for word in words_of(path)[0]))
        for said in words:
            assert squeeze(said) in squeezed, said
        assert flat("\n".join(pages_of(path))).count(words[0]) == 6


def test_the_safety_sheet_says_whom_to_call_and_the_hours(made: dict[str, PapersResult]) -> None:
    for language, hours, rest in (
        ("kk", "Күніне 8 сағаттан, үзіліссіз 2 сағаттан", "15 минут"),
        ("ru", "Не больше 8 часов в день и 2 часов подряд", "15 минут"),
    ):
        text = text_of(made["taraz-2026"], f"safety-{language}.pdf")
        assert hours in text
        assert rest in text
        for number in ("112", "102", "103", "101"):
            assert f" {number} " in text
        assert len(pages_of(made["taraz-2026"].folder / f"safety-{language}.pdf")) == 2


def test_a_scale_of_several_questions_is_one_card(made: dict[str, PapersResult]) -> None:
    path = made["taraz-2026"].folder / "cards-residents-ru.pdf"
    pages = [flat(page) for page in pages_of(path)]
    assert [re.findall(r"Карточка № (\d)", page) for page in pages] == [[n] for n in "123456"]
    words, size = words_of(path)
    assert [round(edge / 72 * 25.4) for edge in size] == [148, 210], "A5"
    assert "Немного хуже" in pages[0]
    assert "Вопросы 10, 12–13, 57" in pages[0]
    for unsaid in ("Затрудняюсь", "Отказ"):
        assert not any(unsaid in page for page in pages)
    assert max(word.bottom - word.top for word in words) > 20, "in large letters"


CARDS = """
| survey |
| | type | name | label | hint | appearance |
| | select_one agree | first | Первый? | Карточка № 3. | |
| | select_one agree | second | Второй? | Покажите карточку. | show-card |
| | select_multiple media | third | Третий? | | minimal show-card |
| | select_one agree | fourth | Четвёртый? | Зачитайте. | likert |
| | select_one media | fifth | Пятый? | Сверьтесь с картой границ. | |
{more}
| choices |
| | list_name | name | label | meaning |
| | agree | yes | Да | |
| | agree | no | Нет | |
| | agree | dont_know | Не знаю | dont_know |
| | media | tv | Телевидение | |
| | media | none | Ниоткуда | none |
"""


def test_cards_come_from_hints_and_from_the_appearance() -> None:
    cards = cards_of(read_form(CARDS.format(more=""), "md"))
    found = {one.number: ([each.ru for each in one.answers], one.questions) for one in cards}
    assert found == {3: (["Да", "Нет"], (1, 2)), 4: (["Телевидение", "Ниоткуда"], (3,))}


def test_one_number_for_two_lists_is_refused() -> None:
    more = "| | select_one media | sixth | Шестой? | Дайте карточку № 3. | |"
    with pytest.raises(UserError) as caught:
        cards_of(read_form(CARDS.format(more=more), "md"))
    (problem,) = caught.value.problems
    assert problem.kind.code == "report.card-twice"
    assert problem.values["questions"] == ["first", "sixth"]


def test_a_long_list_goes_on_overleaf(studies: dict[str, Study], tmp_path: Path) -> None:
    rows = "\n".join(f"| | many | a{n} | Очень длинный ответ номер {n}, {'слово ' * 12} | |"
                     for n in range(40))  # fmt: skip
    form = read_form(
        "| survey |\n| | type | name | label | appearance |\n"
        "| | select_one many | one | Что? | show-card |\n"
        f"| choices |\n| | list_name | name | label | meaning |\n{rows}\n",
        "md",
    )
    study = replace(studies["taraz-2026"], forms={"long": form}, sampling=None)
    source = studies["taraz-2026"].forms["residents"].path
    study = replace(study, forms={"long": replace(form, path=source)})
    result = write_papers(study, (), tmp_path / "papers", languages=["ru"])
    pages = pages_of(result.folder / "cards-long-ru.pdf")
    assert len(pages) > 1
    text = flat("\n".join(pages))
    assert all(f"номер {n}," in text for n in range(40))


def test_the_plan_of_the_sample_is_the_point_plan(made: dict[str, PapersResult]) -> None:
    text = text_of(made["demo-city"], "points-i01-ru.pdf")
    assert f"{LONG}, i01" in text
    assert "Интервьюер № 1" in text
    assert not made["demo-city"].problems


def test_without_a_plan_point_plans_are_left_out_and_it_is_said(
    made: dict[str, PapersResult],
) -> None:
    (problem,) = made["taraz-2026"].problems
    assert problem.kind.code == "report.no-point-plans"
    assert problem.kind.severity == "warning"


def test_what_was_assigned_goes_before_the_plan(studies: dict[str, Study], tmp_path: Path) -> None:
    study = studies["demo-city"]
    first, second = study.points[:2]
    person = Interviewer(
        "i01", LONG, assignments=(
            Assignment(second.code, 4, date(2026, 10, 3), "17:00", "19:00", "i02"),
            Assignment(first.code, 6, date(2026, 10, 2), "12:00", "14:00", "i02"),
            Assignment("elsewhere", 2),
        ),
    )  # fmt: skip
    result = write_papers(study, [person], tmp_path / "papers", languages=["ru"])
    text = text_of(result, "points-i01-ru.pdf")
    assert "Интервью 12 " in text
    assert text.index("пятница, 2 октября") < text.index("суббота, 3 октября")
    assert text.index("суббота, 3 октября") < text.index("день не назначен")
    assert "12:00–14:00" in text
    assert squeeze(first.name.ru) in squeeze(text)
    assert "elsewhere" in text
    assert "i02" in text


def test_two_who_were_sent_to_a_point_share_its_list_where_the_plan_lets_it_begin(
    studies: dict[str, Study], tmp_path: Path
) -> None:
    study = studies["demo-city"]
    point = replace(study.points[0], code="d1", kind="dwelling", step=3)
    street = Street("d1", Text("Абай көшесі", "улица Абая"), 101, 160)
    folder = tmp_path / "study"
    for path in ("study.xlsx", *(form.path for form in study.forms.values())):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(study.folder / path, folder / path)
    study = replace(study, folder=folder, points=(point,), streets=(street,))
    sent = (Assignment("d1", 8),)
    people = [Interviewer(code, LONG, assignments=sent) for code in ("i02", "i01")]

    def doors(code: str) -> list[int]:
        result = write_papers(study, people, tmp_path / "papers", languages=["ru"])
        text = text_of(result, f"points-{code}-ru.pdf")
        assert "после контроля его уничтожают" in flat(text)
        return sorted(int(one) for one in re.findall(r"\b1\d\d\b", text.partition("101–160")[2]))

    assert doors("i01") == list(range(103, 161, 6)), "nothing is planned: the third is the first"
    assert doors("i02") == list(range(106, 161, 6))
    (folder / "sample").mkdir()
    route = {"start": 1, "step": 3, "side": "left"}
    territory = {"points": [{"code": "d1", "route": route}], "substitutes": []}
    record = {"population": "residents", "territories": [territory]}
    (folder / "sample" / "sample.json").write_text(json.dumps(record), "utf-8")
    assert doors("i01") == list(range(101, 161, 6)), "made anew, since the plan came"
    (folder / "sample" / "sample.json").write_text("{", "utf-8")
    assert doors("i01") == list(range(103, 161, 6))


def test_codes_that_repeat_are_refused(studies: dict[str, Study], tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write_papers(studies["taraz-2026"], [PEOPLE[0], PEOPLE[0]], tmp_path / "papers")
    codes = [problem.kind.code for problem in caught.value.problems]
    assert codes == ["report.interviewer-twice"]
    assert all(isinstance(problem, Problem) for problem in caught.value.problems)


def test_the_same_gives_the_same_and_is_not_done_twice(
    studies: dict[str, Study], tmp_path: Path
) -> None:
    study = studies["taraz-2026"]
    folder = tmp_path / "papers"
    assert write_papers(study, PEOPLE[:1], folder).made
    assert not write_papers(study, PEOPLE[:1], folder).made
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert LONG.encode() not in first["steps.json"]
    (folder / "mine.txt").write_text("x", "utf-8")
    other = replace(PEOPLE[0], name="Ли Ян")
    assert write_papers(study, [other], folder).made
    assert (folder / "badges.pdf").read_bytes() != first["badges.pdf"]
    assert (folder / "mine.txt").exists()
    assert write_papers(study, PEOPLE[:1], folder).made
    assert (folder / "badges.pdf").read_bytes() == first["badges.pdf"]
