"""Bases: which printed ones cannot be right, and which hold instead."""

from dataclasses import replace

import pytest

from tyndau.proofing import Expected, Finding, describe, examine

# Everybody: 200; those who appealed: 50 (20 men, 30 women; 10 young, 25 middle, 15 old).
VOLUME = """
1 trust single sex
answer | total | men | women
base   | 200   | 90* | 110
yes    | 52    | 50  | 54
no     | 48    | 50  | 46

2 trust single age
answer | total | young | middle | old
base   | 200   | 40*   | 100    | 60*
yes    | 52    | 75    | 47     | 45
no     | 48    | 25    | 53     | 55

3 result single sex
answer | total | men  | women
base   | 50*   | 20*  | 30*
solved | 48    | 60   | 40
not    | 52    | 40   | 60

4 result single age
answer | total | young | middle | old
base   | 50*   | 10*   | 25*    | 15*
solved | 48    | 60    | 48     | 40
not    | 52    | 40    | 52     | 60

5 result single place
answer | total | town | village
base   | 50*   | 25*  | 25*
solved | 48    | 44   | 52
not    | 52    | 56   | 48

6 helped single sex
answer | total | men  | women
base   | 50*   | 20*  | 30*
yes    | 54    | 45   | 60
no     | 46    | 55   | 40
"""


def expected(volume) -> dict[int, Expected]:
    """Return what a wave that agrees with the clean volume expects."""
    return {
        index: Expected(
            base={code: column.base for code, column in table.columns.items()},
            size={},
            percent={cell: float(percent) for cell, percent in table.percent.items()},
        )
        for index, table in enumerate(volume.tables)
    }


@pytest.fixture(params=["print alone", "with the wave"])
def proofed(request, made):
    """Proof a changed volume, on itself and against the wave of the clean one."""

    def proof(changes: dict[str, str]) -> tuple[Finding, ...]:
        wave = expected(made(VOLUME)) if request.param == "with the wave" else {}
        return examine(made(VOLUME, changes), wave).findings

    return proof


def said(finding: Finding) -> str:
    return " ".join(sentence.say("en") for sentence in describe(finding))


def test_a_clean_volume_has_no_finding(proofed) -> None:
    assert proofed({}) == ()


def test_a_base_larger_than_its_column(proofed) -> None:
    (found,) = proofed({"| 50*   | 10* ": "| 50*   | 70* "})
    assert (found.severity, found.kind, found.table, found.column) == ("slip", "base", "4", "young")
    assert (found.printed, found.likely) == (70, 10)
    assert "The other columns leave 10 of the 50 people of the total." in said(found)
    assert "Only 40 people of this column were interviewed at all (table 2)." in said(found)


def test_the_bases_of_everybody_over_a_question_put_to_some_are_one_finding(proofed) -> None:
    (found,) = proofed({"50*   | 20*  | 30*\nsolved": "200   | 90*  | 110\nsolved"})
    assert (found.severity, found.kind, found.table) == ("slip", "bases", "3")
    assert (found.column, found.printed, found.likely) == ("total", 200, 50)
    assert "The same question is over 50 people in tables 4, 5." in said(found)
    assert "The table prints the bases of the tables put to everybody (such as table 1)." in said(
        found
    )
    assert "Likely bases: total 50, men 20, women 30." in said(found)


def test_figures_are_read_by_the_right_bases(proofed) -> None:
    # 60 -> 6 is found though the table's bases are wrong as well.
    bases, figure = proofed({
        "50*   | 20*  | 30*\nsolved": "200   | 90*  | 110\nsolved",
        "solved | 48    | 60   | 40": "solved | 48    | 6    | 40",
    })  # fmt: skip
    assert (bases.kind, bases.table) == ("bases", "3")
    assert (figure.kind, figure.column, figure.code, figure.likely) == ("cell", "men", "solved", 60)


def test_the_base_of_a_total(proofed) -> None:
    (found,) = proofed({"50*   | 10*   | 25*": "500   | 10*   | 25*"})
    assert (found.severity, found.kind, found.table) == ("slip", "base", "4")
    assert (found.column, found.printed, found.likely) == ("total", 500, 50)


def test_bases_that_do_not_add_up_where_none_is_likelier(made) -> None:
    text = """
    1 trust single sex
    answer | total | men  | women
    base   | 2000  | 1000 | 1450
    yes    | 50    | 50   | 50
    no     | 50    | 50   | 50
    """
    (found,) = examine(made(text)).findings
    assert (found.severity, found.kind) == ("slip", "bases-sum")
    assert "The columns' bases add to 2450, the total's base is 2000." in said(found)


def test_a_base_off_by_one_from_the_wave_is_counted(made) -> None:
    wave = expected(made(VOLUME))
    base = {**wave[2].base, "men": 21, "women": 29}
    wave[2] = Expected(base, {}, wave[2].percent)
    (found,) = examine(made(VOLUME), wave).findings
    assert (found.severity, found.kind) == ("minor", "base-one")
    assert "2 bases differ from the study's wave by one person: tables 3." in said(found)


def test_a_base_off_by_one_that_does_not_add_up_is_a_slip(made) -> None:
    volume = made(VOLUME, {"| 50*   | 10*   | 25*": "| 50*   | 11*   | 25*"})
    found = examine(volume, expected(made(VOLUME))).findings
    assert [(f.severity, f.kind, f.column, f.likely) for f in found] == [
        ("slip", "base", "young", 10)
    ]


def test_routing_is_named_where_the_wave_says_it(made) -> None:
    volume = made(VOLUME, {"| 50*   | 10* ": "| 50*   | 70* "})
    (found,) = examine(volume, expected(made(VOLUME))).findings
    assert (
        "Routing puts the question to 50 people of the wave in all, 10 of them in this column."
        in said(found)
    )


def test_the_wave_says_which_of_two_bases_is_off_by_one(made) -> None:
    text = """
    1 trust single sex
    answer | total | men | women
    base   | 1000  | 499 | 501
    yes    | 50    | 50  | 50
    no     | 50    | 50  | 50
    """
    volume = made(text, {"499": "500"})
    (found,) = examine(volume, expected(made(text))).findings
    assert (found.severity, found.column, found.likely) == ("slip", "men", 499)


def test_a_column_in_which_the_wave_has_nobody(made) -> None:
    volume = made(VOLUME)
    wave = expected(volume)
    wave[5] = Expected({"total": 50, "men": 0, "women": 50}, {}, wave[5].percent)
    found = examine(volume, wave).findings
    assert [(f.kind, f.table, f.column, f.likely) for f in found] == [
        ("base", "6", "men", 0),
        ("base", "6", "women", 50),
    ]


SIDE_BY_SIDE = """
1 trust single main
answer | total | men | women | young | older
base   | 200   | 90* | 110   | 40*   | 160
yes    | 52    | 50  | 54    | 75    | 46
no     | 48    | 50  | 46    | 25    | 54

2 helped single main
answer | total | men  | women | young | older
base   | 50*   | 20*  | 30*   | 10*   | 40*
yes    | 54    | 45   | 60    | 60    | 53
no     | 46    | 55   | 40    | 40    | 48
"""


def test_variables_that_stand_side_by_side_hold_everybody_more_than_once(made) -> None:
    volume = made(SIDE_BY_SIDE)
    assert examine(volume).slips == ()
    (alone,) = made(SIDE_BY_SIDE.split("\n\n")[0]).tables
    bases = {code: column.base for code, column in alone.columns.items()}
    percent = {cell: float(printed) for cell, printed in alone.percent.items()}
    known = {0: Expected(bases, {}, percent)}
    assert examine(replace(volume, tables=(alone,)), known).slips == ()
    wrong = made(SIDE_BY_SIDE, {"| 90* | 110   |": "| 99* | 110   |"})
    (slip,) = examine(replace(wrong, tables=wrong.tables[:1]), known).slips
    assert (slip.kind, slip.column, slip.likely) == ("base", "men", 90)
