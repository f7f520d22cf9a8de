"""The register of pay."""

from datetime import date
from decimal import Decimal

import pytest

from tyndau.base.errors import UserError
from tyndau.fieldwork.control.pay import Cut, register

DAY = date(2026, 10, 20)


def _cut(
    amount: str, interviewer: str = "i1", person: str = "Head", reason: str = "three in a row"
) -> Cut:
    return Cut(interviewer, Decimal(amount), person, reason, DAY)


def test_pay_is_accepted_interviews_by_the_rate() -> None:
    paid = register({"i2": 130, "i1": 118}, 1600.0)
    assert [(one.interviewer, str(one.owed)) for one in paid.lines] == [
        ("i1", "188800.00"), ("i2", "208000.00"),
    ]  # fmt: skip
    assert (paid.accepted, str(paid.owed)) == (248, "396800.00")


def test_a_rate_of_a_workbook_stays_what_was_written_and_rows_add_up() -> None:
    paid = register({f"i{at}": 3 for at in range(7)}, 0.1)
    assert str(paid.owed) == "2.10"
    assert str(register({"i1": 3}, "10.005").earned) == "30.03"


def test_a_cut_is_taken_off_and_stays_with_its_reason() -> None:
    paid = register({"i1": 10}, 1000, [_cut("1500.50"), _cut("100")])
    (line,) = paid.lines
    assert (str(line.earned), str(line.cut), str(line.owed)) == ("10000.00", "1600.50", "8399.50")
    assert [one.reason for one in line.cuts] == ["three in a row"] * 2
    assert paid.owed == paid.earned - paid.cut


@pytest.mark.parametrize(
    "cut", [_cut("5", person=" "), _cut("5", reason=""), _cut("0"), _cut("-5")]
)
def test_a_cut_without_amount_person_or_reason_is_refused(cut: Cut) -> None:
    with pytest.raises(UserError) as raised:
        register({"i1": 10}, 1000, [cut])
    assert raised.value.problems[0].kind.code == "fieldwork.cut-undocumented"


def test_nobody_owes_for_having_worked() -> None:
    with pytest.raises(UserError) as raised:
        register({"i1": 1}, 1000, [_cut("1000.01"), _cut("1", interviewer="i9")])
    assert [one.kind.code for one in raised.value.problems] == ["fieldwork.cut-too-large"] * 2
