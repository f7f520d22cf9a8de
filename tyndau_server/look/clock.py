"""Moments as pages tell them: by a study's clock, or by that of the country.

In: moments in UTC. Out: words, and `HERE`, the clock of pages that belong to no study.
"""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

# Kazakhstan has had one time zone since 2024.
HERE = ZoneInfo("Asia/Almaty")


def said_at(moment: datetime | None, zone: tzinfo) -> str:
    """Write a moment by a clock.

    Parameters
    ----------
    moment : datetime or None
        In UTC.
    zone : tzinfo
        Of the study.

    Returns
    -------
    str
        Such as ``28.11.2026, 14:05``; empty where there is none.
    """
    return f"{moment.astimezone(zone):%d.%m.%Y, %H:%M}" if moment else ""
