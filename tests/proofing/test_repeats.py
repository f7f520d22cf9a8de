"""Tables that are printed twice."""

from tyndau.proofing import Finding, describe, examine

TRUST = """
1 trust single sex
answer | total | men | women
base   | 200   | 90* | 110
yes    | 52    | 50  | 54
no     | 33    | 40  | 27
maybe  | 15    | 10  | 19
"""
RADIO = """
2 radio single sex
answer | total | men | women
base   | 200   | 90* | 110
daily  | 40    | 50  | 32
weekly | 40    | 30  | 48
never  | 20    | 20  | 20
"""


def repeats(proof) -> list[Finding]:
    return [finding for finding in proof.findings if finding.kind == "repeated"]


def said(finding: Finding) -> str:
    return " ".join(sentence.say("en") for sentence in describe(finding))


def test_different_tables_are_none(made) -> None:
    assert repeats(examine(made(TRUST + "\n" + RADIO))) == []


def test_the_same_cells_under_two_numbers(made) -> None:
    (found,) = repeats(examine(made(TRUST + "\n" + TRUST.replace("1 trust", "7 trust"))))
    assert (found.severity, found.table) == ("slip", "1")
    assert said(found) == (
        "Table 1 is printed twice: again as table 7. "
        'Both are of the question "trust" by "sex". All 9 percentages are the same. '
        "All bases are the same."
    )


def test_the_same_number_twice(made) -> None:
    (found,) = repeats(examine(made(TRUST + "\n" + RADIO + "\n" + TRUST)))
    assert "again as table 1." in said(found)


def test_the_same_table_directly_below_itself(made) -> None:
    (found,) = repeats(examine(made(TRUST + "\n" + TRUST)))
    assert "All 9 percentages are the same." in said(found)


def test_a_repetition_with_other_bases(made) -> None:
    again = TRUST.replace("1 trust", "7 trust").replace("90* | 110", "80* | 120")
    (found,) = repeats(examine(made(TRUST + "\n" + again)))
    assert (
        "The bases differ: 200, 90, 110 in the first, 200, 80, 120 in the second printing."
        in said(found)
    )


def test_one_question_and_banner_with_other_figures(made) -> None:
    again = TRUST.replace("1 trust", "7 trust").replace("| 10  | 19", "| 11  | 18")
    (found,) = repeats(examine(made(TRUST + "\n" + again)))
    assert "2 of 9 percentages differ." in said(found)


def test_a_table_pasted_under_the_next_title(made) -> None:
    pasted = TRUST.replace("1 trust", "2 radio")
    (found,) = repeats(examine(made(TRUST + "\n" + pasted)))
    assert 'The first is of "trust", the second of "radio"' in said(found)


def test_small_tables_may_be_the_same_by_chance(made) -> None:
    small = """
    1 trust single sex
    answer | total | men  | women
    base   | 2000  | 1000 | 1000
    yes    | 50    | 50   | 50
    no     | 50    | 50   | 50
    """
    assert repeats(examine(made(small + "\n" + small.replace("1 trust", "2 radio")))) == []


def test_three_printings_are_two_repetitions(made) -> None:
    volume = "\n".join(TRUST.replace("1 trust", f"{number} trust") for number in (1, 5, 9))
    assert [said(f).split(".")[0] for f in repeats(examine(made(volume)))] == [
        "Table 1 is printed twice: again as table 5",
        "Table 1 is printed twice: again as table 9",
    ]


def test_questions_that_everybody_answered_alike_are_not_one_table_twice(made) -> None:
    places = " | ".join(f"place{n}" for n in range(9))
    agreed = f"""
answer | total | {places}
base   | 900 | {" | ".join(["100"] * 9)}
yes    | 100 | {" | ".join(["100"] * 9)}
no     | 0   | {" | ".join(["0"] * 9)}
"""

    volume = f"1 consent single place{agreed}\n2 lives single place{agreed}"
    assert repeats(examine(made(volume))) == []
