"""Length of interviews: shortest and longest routes against all routes, walked one by one."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyndau.questionnaire import Form, interview_length, read_form
from tyndau.questionnaire import length as length_module
from tyndau.questionnaire.evaluation import evaluate
from tyndau.questionnaire.timing import WORDS_PER_MINUTE, question_seconds, words
from tyndau.questionnaire.values import Value, constant, to_booleans, to_strings


def _all_routes(form: Form, answers: dict[str, list[str]], language: str) -> dict[str, object]:
    """Walk through the form once for each combination of answers, a question at a time."""
    seconds, complete, routes = [], [], set()
    for given_answers in product(*answers.values()):
        chosen = dict(zip(answers, given_answers, strict=True))
        scope: dict[str, Value] = {}
        total, route = 0.0, []
        for question in form.questions:
            is_asked = question.route is None or bool(
                to_booleans(evaluate(question.route.tree, scope, 1))[0]
            )
            value: Value = constant("", 1)
            if is_asked and question.name in chosen:
                value = constant(chosen[question.name], 1)
            elif is_asked and question.calculation is not None:
                value = to_strings(evaluate(question.calculation.tree, scope, 1))
            scope[question.name] = value
            if is_asked:
                total += question_seconds(question, language)
                if question.kind != "calculate":
                    route.append(question.name)
        seconds.append(total)
        routes.add(tuple(route))
        let_in = to_strings(scope.get("eligible", constant("yes", 1)))
        if let_in.levels[let_in.index[0]] == "yes":
            complete.append(total)
    return {
        "shortest": min(seconds) / 60,
        "longest": max(seconds) / 60,
        "shortest_complete": min(complete) / 60,
        "routes": len(routes),
    }


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_it_equals_all_routes_walked_one_by_one(council: Form, language: str) -> None:
    expected = _all_routes(
        council,
        {
            "seed": ["0.1", "0.9"],
            "age": ["5", "17", "18", "70"],
            "city": ["taraz", "other"],
            "q16": ["contact", "yes", "no"],
            "q11": ["visit", "write", "visit write", "nothing"],
        },
        language,
    )
    length = interview_length(council, language)
    assert length.exact and length.routes_exact
    assert length.shortest == pytest.approx(expected["shortest"])
    assert length.longest == pytest.approx(expected["longest"])
    assert length.shortest_complete == pytest.approx(expected["shortest_complete"])
    assert length.routes == expected["routes"]


def test_the_longest_route_is_said_in_answers(council: Form) -> None:
    decisions = interview_length(council, "ru").decisions
    answers = {decision.question: decision.answer.ru for decision in decisions}
    assert list(answers) == ["age", "city", "q16", "q11"]
    assert answers["city"] == "Тараз"
    assert answers["q16"] in ("Да, и как связаться", "Да")
    assert int(answers["age"]) >= 18
    assert decisions[2].wording.kk == "Кеңесті білесіз бе?"


def _form(routes: list[str], calculation: str) -> Form:
    rows = "".join(
        f"| | text | t{at} | {'слово ' * (at * 7 % 11 + 1)} | {route} | |\n"
        for at, route in enumerate(routes)
    )
    return read_form(
        "| survey |\n| | type | name | label | relevant | calculation |\n"
        "| | select_one abc | s | С | | |\n| | select_multiple abc | m | М | ${s} != 'c' | |\n"
        f"| | integer | n | Н | | |\n| | calculate | k | | | {calculation} |\n"
        + rows
        + "\n| choices |\n| | list_name | name | label | meaning |\n| | abc | a | А | |\n"
        "| | abc | b | Б | |\n| | abc | c | В | none |\n",
        "md",
    )


_ATOMS = st.sampled_from(
    [
        "${s} = 'a'", "${s} != 'b'", "selected(${m}, 'a')", "not(selected(${m}, 'c'))",
        "${n} > 3", "${n} >= 3 and ${n} < 10", "${k} = 'x'", "count-selected(${m}) >= 2",
        "${n} = 7", "${m} = ''", "${k} != 'x' or ${s} = 'c'",
    ]
)  # fmt: skip


@settings(max_examples=8)
@given(
    st.lists(_ATOMS, min_size=2, max_size=6),
    st.sampled_from(["if(${n} > 5, 'x', 'y')", "if(selected(${m}, 'b'), 'x', 'y')"]),
)
def test_random_routing_equals_all_routes(routes: list[str], calculation: str) -> None:
    form = _form(routes, calculation)
    answers = {
        "s": ["a", "b", "c"],
        "m": ["a", "b", "a b", "c"],
        "n": [str(number) for number in (0, 3, 4, 5, 6, 7, 8, 10, 12)],
    }
    expected = _all_routes(form, answers, "ru")
    length = interview_length(form, "ru")
    assert length.exact
    assert length.shortest == pytest.approx(expected["shortest"])
    assert length.longest == pytest.approx(expected["longest"])
    assert length.routes == expected["routes"]


def test_what_cannot_be_computed_gives_bounds() -> None:
    form = _form(["today() > '2026-01-01'", "${n} * 2 > ${n} + 4"], "if(${n} > 5, 'x', 'y')")
    length = interview_length(form, "ru")
    assert not length.exact
    assert length.longest >= _all_seconds(form) / 60 - 1e-9
    assert length.shortest < length.longest


def _all_seconds(form: Form) -> float:
    return sum(question_seconds(question, "ru") for question in form.questions)


def test_too_many_states_give_bounds_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(length_module, "MAX_STATES", 60)
    count = 12
    rows = "".join(f"| | select_one yn | q{n} | Вопрос | |\n" for n in range(count))
    rows += "".join(f"| | text | t{n} | Почему? | ${{q{n}}} = 'y' |\n" for n in range(count))
    form = read_form(
        "| survey |\n| | type | name | label | relevant |\n" + rows
        + "\n| choices |\n| | list_name | name | label |\n| | yn | y | Да |\n| | yn | n | Нет |\n",
        "md",
    )  # fmt: skip
    length = interview_length(form, "ru")
    assert not length.exact
    assert length.longest == pytest.approx(_all_seconds(form) / 60)
    asked_always = sum(question_seconds(form[f"q{n}"], "ru") for n in range(count))
    assert length.shortest == pytest.approx(asked_always / 60)


def test_reading_aloud_is_timed_by_language_and_by_what_is_read(council: Form) -> None:
    assert words("Скажите, **пожалуйста**, ${name}: «да» — или <b>нет</b>?") == 6
    question = council["q17"]
    # "Есть страничка?" with "Да" and "Нет"; "Не знаю" is not read out.
    assert question_seconds(question, "ru") == pytest.approx(4 * 60 / WORDS_PER_MINUTE["ru"] + 5)
    assert question_seconds(council["seed"], "ru") == 0


@pytest.mark.parametrize(
    ("appearance", "hint", "read"),
    [
        ("", "", True), ("minimal", "", False), ("", "Варианты не зачитывать", False),
        ("", "Нұсқаларын оқымаңыз", False), ("list-nolabel", "", False),
    ],
)  # fmt: skip
def test_options_are_not_read_where_the_form_says_so(
    appearance: str, hint: str, read: bool
) -> None:
    form = read_form(
        f"""
        | survey |
        | | type | name | label | hint | appearance |
        | | select_one l | q | Вопрос | {hint} | {appearance} |

        | choices |
        | | list_name | name | label |
        | | l | a | очень длинный ответ из многих слов |
        | | l | b | ещё один очень длинный ответ из слов |
        """,
        "md",
    )
    assert (question_seconds(form["q"], "ru") > 10) is read


def test_very_many_routes_are_counted_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(length_module, "MAX_ROUTES", 100)
    rows = "".join(
        f"| | text | t{n} | Почему? | ${{n}} = {n} or ${{s}} = 'a' |\n" for n in range(1, 3)
    )
    rows += "".join(
        f"| | integer | a{n} | Число? | |\n| | text | b{n} | Почему? | ${{a{n}}} > 5 |\n"
        for n in range(10)
    )
    form = read_form(
        "| survey |\n| | type | name | label | relevant |\n| | text | s | С | |\n"
        "| | integer | n | Н | |\n" + rows,
        "md",
    )
    length = interview_length(form, "ru")
    assert (length.routes, length.routes_exact, length.exact) == (100, False, True)
    assert length.longest == pytest.approx(_all_seconds(form) / 60)


def test_decimals_beyond_the_last_constant_are_a_route_too() -> None:
    form = read_form(
        """
        | survey |
        | | type | name | label | relevant |
        | | decimal | n | Число | |
        | | text | more | Почему? | ${n} > 2.5 |
        | | text | less | Почему? | ${n} < 2.5 |
        """,
        "md",
    )
    length = interview_length(form, "ru")
    assert length.routes == 3
    assert length.exact
