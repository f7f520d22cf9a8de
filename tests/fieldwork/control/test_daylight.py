"""Sunset, held against another program."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tyndau.fieldwork.control.daylight import sunset

# What astral 3.2 gives for an observer at height 0, UTC. It computes the refraction of air in
# another way; both hold to about a minute.
ASTRAL = [
    (42.9, 71.37, "2026-03-20T13:26:10"),
    (42.9, 71.37, "2026-06-21T14:56:33"),
    (42.9, 71.37, "2026-12-21T11:42:40"),
    (51.17, 71.43, "2026-06-21T15:33:04"),
    (51.17, 71.43, "2026-10-05T12:43:30"),
    (43.24, 76.9, "2026-12-21T11:19:22"),
]


@pytest.mark.parametrize(("latitude", "longitude", "at"), ASTRAL)
def test_sunset_is_that_of_astral_to_half_a_minute(latitude, longitude, at) -> None:
    expected = datetime.fromisoformat(at).replace(tzinfo=UTC)
    found = sunset(expected.date(), latitude, longitude)
    assert found is not None
    assert abs(found - expected) < timedelta(seconds=30)


def test_where_the_sun_does_not_set_there_is_no_sunset() -> None:
    assert sunset(date(2026, 6, 21), 70.0, 30.0) is None
    assert sunset(date(2026, 12, 21), 70.0, 30.0) is None
