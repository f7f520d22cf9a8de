"""When the sun sets at a place on a day.

In: a day, latitude and longitude. Out: the moment in UTC. The equations are those of the Solar
Calculator of NOAA's Global Monitoring Laboratory, after Meeus, Astronomical Algorithms (1998); they
hold to about a minute between the polar circles, which is more than a rule of work needs. The
package that does the same (astral) had its last release in 2022, so that it is not worth a
dependency.
"""

from datetime import UTC, date, datetime, time, timedelta
from math import acos, cos, degrees, radians, sin, tan
from typing import Final

# The centre of the sun at sunset: its radius and the refraction of air below the horizon, degrees.
_HORIZON: Final = 90.833
_NOON_2000: Final = datetime(2000, 1, 1, 12, tzinfo=UTC)
_MINUTES_A_DEGREE: Final = 4.0


def sunset(day: date, latitude: float, longitude: float) -> datetime | None:
    """Return when the sun sets.

    Parameters
    ----------
    day : date
        The day at the place, by its solar noon.
    latitude, longitude : float
        Degrees, north and east positive.

    Returns
    -------
    datetime or None
        In UTC; None where the sun does not set or does not rise that day.

    References
    ----------
    NOAA Global Monitoring Laboratory, Solar Calculation Details, gml.noaa.gov/grad/solcalc.
    """
    midnight = datetime.combine(day, time(0), UTC)
    # The sun is first taken where it stands in the evening, then where it stands at its setting.
    minutes = 1080.0 - _MINUTES_A_DEGREE * longitude
    for _ in range(2):
        declination, equation = _sun(midnight + timedelta(minutes=minutes))
        cosine = cos(radians(_HORIZON)) / (cos(radians(latitude)) * cos(declination)) - tan(
            radians(latitude)
        ) * tan(declination)
        if not -1 <= cosine <= 1:
            return None
        angle = degrees(acos(cosine))
        minutes = 720 - _MINUTES_A_DEGREE * (longitude - angle) - equation
    return midnight + timedelta(minutes=minutes)


def _sun(moment: datetime) -> tuple[float, float]:
    """Return the sun's declination in radians and the equation of time in minutes."""
    century = (moment - _NOON_2000) / timedelta(days=36525)
    longitude = radians((280.46646 + century * (36000.76983 + century * 0.0003032)) % 360)
    anomaly = radians(357.52911 + century * (35999.05029 - 0.0001537 * century))
    eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century)
    centre = (
        sin(anomaly) * (1.914602 - century * (0.004817 + 0.000014 * century))
        + sin(2 * anomaly) * (0.019993 - 0.000101 * century)
        + sin(3 * anomaly) * 0.000289
    )
    node = radians(125.04 - 1934.136 * century)
    apparent = longitude + radians(centre - 0.00569 - 0.00478 * sin(node))
    seconds = 21.448 - century * (46.815 + century * (0.00059 - century * 0.001813))
    tilt = radians(23 + (26 + seconds / 60) / 60 + 0.00256 * cos(node))
    sine = sin(tilt) * sin(apparent)
    half = tan(tilt / 2) ** 2
    equation = degrees(
        half * sin(2 * longitude)
        - 2 * eccentricity * sin(anomaly)
        + 4 * eccentricity * half * sin(anomaly) * cos(2 * longitude)
        - half**2 / 2 * sin(4 * longitude)
        - 1.25 * eccentricity**2 * sin(2 * anomaly)
    )
    return (radians(90) - acos(sine)), _MINUTES_A_DEGREE * equation
