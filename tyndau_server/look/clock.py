"""By which clock pages tell the time that belongs to no study.

In: nothing. Out: `HERE`. What belongs to a study is told by the study's own clock.
"""

from zoneinfo import ZoneInfo

# Kazakhstan has had one time zone since 2024.
HERE = ZoneInfo("Asia/Almaty")
