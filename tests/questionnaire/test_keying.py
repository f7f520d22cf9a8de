"""The codes that are printed beside answers, and typed in."""

import pytest

from tyndau.questionnaire import read_form
from tyndau.questionnaire.keying import typed_codes


@pytest.mark.parametrize(
    ("kind", "choices", "typed"),
    [
        ("select_one", ["4", "3", "1", "dont_know"], ["4", "3", "1", "98"]),
        ("select_one", ["roads", "water", "dont_know", "refused"], ["1", "2", "98", "99"]),
        ("select_one", ["none", "1_5", "11"], ["1", "2", "3"]),
        ("select_multiple", ["tv", "none", "98", "dont_know"], ["1", "97", "2", "98"]),
        ("select_multiple", ["98", "97", "none", "dont_know"], ["98", "97", "1", "2"]),
        ("select_one", ["01", "1"], ["1", "2"]),
        ("select_one", [f"c{n}" for n in range(120)] + ["dont_know"],
         [str(n) for n in range(1, 121)] + ["998"]),
    ],
)  # fmt: skip
def test_codes_are_short_and_customary(kind: str, choices: list[str], typed: list[str]) -> None:
    rows = "\n".join(f"| | list | {code} | {code} |" for code in choices)
    form = read_form(
        "| survey |\n| | type | name | label |\n"
        f"| | {kind} list | q | Вопрос |\n\n"
        f"| choices |\n| | list_name | name | label |\n{rows}\n",
        "md",
    )
    codes = typed_codes(form["q"])
    assert list(codes) == choices
    assert list(codes.values()) == typed
