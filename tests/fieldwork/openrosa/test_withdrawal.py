"""The code on a slip: one on phone and server, and read as people type it."""

import pytest

from tyndau.fieldwork.openrosa import read_code, withdrawal_code

# The example that the browser form is held to as well.
EXAMPLE = "uuid:00000000-0000-4000-8000-000000000000"


def test_it_works() -> None:
    assert withdrawal_code(EXAMPLE) == "JJHB-HM94"
    assert read_code("JJHB-HM94") == "JJHB-HM94"


@pytest.mark.parametrize(
    "typed",
    ["jjhbhm94", " JJHB HM94 ", "jjhb – hm94", "JJНВ-НМ94", "jjһв-һм94", "J J H B.H M 9 4"],
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert read_code(typed) == "JJHB-HM94"


def test_what_looks_alike_is_one_symbol() -> None:
    assert read_code("OОIІ-lL10") == "0011-1110"
    assert read_code("АВСЕ-НКМР") == "ABCE-HKMP"
    assert read_code("ТХУҮ-0000") == "TXYY-0000"


@pytest.mark.parametrize("typed", ["", "JJHB-HM9", "JJHB-HM944", "JJHB-HMU4", "ЖЖЖЖ-ЖЖЖЖ", EXAMPLE])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_codes_of_many_interviews_have_one_shape_and_differ() -> None:
    codes = [withdrawal_code(f"uuid:{number}") for number in range(5_000)]
    assert len(set(codes)) == len(codes)
    assert all(read_code(code) == code for code in codes)
