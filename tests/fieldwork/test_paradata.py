"""The log of an interview tells how it was made, however badly it ended."""

from datetime import UTC, datetime

import pytest

from tyndau.fieldwork.paradata import read_audit

START = 1_793_500_000_000
HEAD = "event,node,start,end,latitude,longitude,accuracy,old-value,new-value,user,change-reason"


def line(
    event: str, node: str, start: float, end: float | None = None, rest: str = ",,,,,,"
) -> str:
    ends = "" if end is None else str(round(START + end * 1000))
    return f"{event},{node},{round(START + start * 1000)},{ends},{rest}"


WHOLE = [
    HEAD,
    line("form start", "", 0),
    line("question", "/data/age", 0, 5, ',,,"","40",Әлия,'),
    line("group questions", "/data/g/person[1]/home", 5, 15.5),
    line("constraint error", "/data/g/person[1]/home", 15.5),
    line("language", "", 15.5, None, ",,,kk,ru,Әлия,"),
    line("question", "/data/age", 16, 18, ',,,"40","41, ""жас""",Әлия,"қате, түзету"'),
    line("form exit", "", 18),
    line("form resume", "", 1000),
    line("question", "/data/last", 1000, 1010, ',,,"","бірінші жол\nекінші, жол",Әлия,'),
    line("end screen", "", 1010, 1012),
    line("form finalize", "", 1012),
]


def audit(lines: list[str], newline: str = "\n"):
    return read_audit(newline.join([*lines, ""]).encode())


def test_it_works() -> None:
    log = audit(WHOLE)
    assert (len(log), log.damaged) == (11, 0)
    first = log.events[1]
    assert (first.event, first.node, first.user) == ("question", "age", "Әлия")
    assert first.start == datetime.fromtimestamp(START / 1000, UTC)
    assert first.seconds == 5
    assert (log.events[2].node, log.events[2].path) == ("g/person[1]/home", "g/person/home")
    changed = log.events[5]
    assert (changed.old_value, changed.new_value) == ("40", '41, "жас"')
    assert changed.change_reason == "қате, түзету"
    assert log.events[8].new_value == "бірінші жол\nекінші, жол"
    assert [event.event for event in log] == [row.split(",")[0] for row in WHOLE[1:]]


def test_minutes_are_those_in_which_somebody_looked_at_the_form() -> None:
    assert audit(WHOLE).minutes * 60 == pytest.approx(5 + 10.5 + 2 + 10 + 2)
    twice = [HEAD, line("question", "/d/a", 0, 10), line("question", "/d/b", 4, 12)]
    assert audit(twice).minutes * 60 == pytest.approx(12)


def test_questions_have_their_seconds_over_all_visits() -> None:
    assert audit(WHOLE).durations() == {"age": 7.0, "g/person[1]/home": 10.5, "last": 10.0}


def test_steps_back_are_counted_one_by_one() -> None:
    assert audit(WHOLE).steps_back == 1
    visits = [line("question", f"/d/{name}", n, n + 1) for n, name in enumerate("abcdcbabcd")]
    assert audit([HEAD, *visits]).steps_back == 3
    assert audit([HEAD, *visits[:4]]).steps_back == 0


def test_changes_of_language_are_told_where_they_are_logged() -> None:
    moment = datetime.fromtimestamp(START / 1000 + 15.5, UTC)
    assert audit(WHOLE).languages() == ((moment, "ru"),)


def test_short_and_strange_headings_are_read() -> None:
    plain = ["event,node,start,end", f"question,/d/a,{START},{START + 1000}"]
    assert audit(plain).durations() == {"a": 1.0}
    strange = [
        "start,battery,event,node,end", f"{START},85,question,/d/a,{START + 2000}",
    ]  # fmt: skip
    assert audit(strange).durations() == {"a": 2.0}
    assert len(audit(WHOLE, "\r\n")) == len(audit(WHOLE))
    assert len(read_audit(b"\xef\xbb\xbf" + "\n".join(WHOLE).encode())) == 11


def test_damaged_lines_are_counted_and_passed_over() -> None:
    bad = [
        line("question", "/data/x", 20, 21, ',,,"","open'),
        "question,/data/x",
        "question,/data/x,soon,later,,,,,,,",
        f"question,/data/x,{START}99999,,,,,,,,",
        line("question", "/data/x", 22, 23, ",,,,,,,,,,,,"),
        "\0\0\0",
    ]
    log = audit([*WHOLE[:5], *bad, *WHOLE[5:]])
    assert log.damaged == len(bad)
    assert log.events == audit(WHOLE).events


def test_a_log_that_breaks_off_keeps_what_it_has() -> None:
    content = "\n".join(WHOLE[:4]).encode() + b"\nquestion,/data/a,17935"
    assert (len(read_audit(content)), read_audit(content).damaged) == (3, 1)
    cut = "\n".join(WHOLE).encode()[:-5]
    assert len(read_audit(cut)) >= 10


@pytest.mark.parametrize("content", [b"", b"\n", b"photo", b"\xff\xd8\xff\xe0" * 100, b'"' * 1001])
def test_what_is_no_log_has_no_events(content: bytes) -> None:
    log = read_audit(content)
    assert len(log) == 0
    assert (log.minutes, log.steps_back, log.durations(), log.languages()) == (0, 0, {}, ())


def test_a_clock_that_was_set_back_takes_no_time_away() -> None:
    back = [HEAD, line("question", "/d/a", 0, 10), line("question", "/d/b", 100, 50)]
    assert audit(back).durations() == {"a": 10.0, "b": 0.0}
    assert audit(back).minutes * 60 == pytest.approx(10)
