"""Checks of the published volume against itself.

In: tables with the bases that hold for them (`Reading`). Out: `Signal`s: contradictions, which
`tyndau.proofing.locate` weighs together. To add a check, return signals of a new source.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from tyndau.base.languages import N_, Message
from tyndau.proofing.intervals import (
    HUNDRED,
    NOTHING,
    PERCENTAGES,
    Interval,
    share,
    whole_people,
)
from tyndau.proofing.published import TOTAL
from tyndau.proofing.reading import Reading, Signal, Spot, written

# Whether the columns and the total allow one number of people only, or several.
_APART = {
    (False, False): N_(
        "The columns hold {low} to {high} people who gave the answer; the printed total allows "
        "{total_low} to {total_high}."
    ),
    (True, False): N_(
        "The columns hold {low} people who gave the answer; the printed total allows {total_low} "
        "to {total_high}."
    ),
    (False, True): N_(
        "The columns hold {low} to {high} people who gave the answer; the printed total allows "
        "{total_low} only."
    ),
    (True, True): N_(
        "The columns hold {low} people who gave the answer; the printed total allows {total_low} "
        "only."
    ),
}
_SUM = N_("The column adds to {sum} %; rounding allows {low} to {high} %.")
_SUM_PEOPLE = {
    False: N_("Counted in whole people the column holds {low} to {high}; its base is {base}."),
    True: N_("Counted in whole people the column holds {low}; its base is {base}."),
}
_FEW = N_("Answers in the column add to {sum} %; in all other columns to {least} % or more.")
_NOBODY = N_("No whole number of people out of {base} is {percent} %.")
_PERCENT = N_("{percent} %")
_BANNERS = N_("The total of the same question is {others} in tables {tables}.")


def total_signals(reading: Reading) -> list[Signal]:
    """Find answers whose total cannot come from the columns.

    Parameters
    ----------
    reading : Reading
        A table; columns need not hold everybody: those in none may have answered anything.

    Returns
    -------
    list of Signal
        One for each contradictory answer.

    Notes
    -----
    With bases n_c and printed p_c ± h, the total count lies between Σ n_c (p_c − h) / 100 and
    Σ n_c (p_c + h) / 100; the printed total allows N (p ± h) / 100. They must meet.
    """
    if not reading.size:
        return []
    parts = reading.table.parts
    rest = reading.size[TOTAL] - sum(reading.size[column] for column in parts)
    # Weighted bases are sums of floats: what is left over by their error is nobody.
    if rest < -Fraction(1, 1000):
        return []
    nowhere = Interval(Fraction(0), max(rest, Fraction(0)))
    found = []
    for code in reading.table.answers:
        for whole in (False, True) if reading.whole and not reading.misfits else (False,):
            counts = {c: reading.people(code, c, whole=whole) for c in reading.table.columns}
            total = counts.pop(TOTAL)
            together = sum(counts.values(), nowhere)
            if together.gap(total) > 0:
                settles = _settle_row(reading, code, counts, together, total)
                message = _apart(together, total)
                found.append(
                    Signal("total", reading.index, code, "", settles, together.gap(total),
                           not whole, message)
                )  # fmt: skip
                break
    return found


def _apart(together: Interval, total: Interval) -> Message:
    columns, printed = _ends(together, "low", "high"), _ends(total, "total_low", "total_high")
    single = (columns["low"] == columns["high"], printed["total_low"] == printed["total_high"])
    return Message(_APART[single], {**columns, **printed})


def _ends(interval: Interval, low: str, high: str) -> dict[str, object]:
    """Return an interval's ends in whole people, outwards where none is inside."""
    least, most = -(-interval.low // 1), interval.high // 1
    if least > most:
        least, most = most, least
    return {low: least, high: most}


def _settle_row(
    reading: Reading,
    code: str,
    counts: Mapping[str, Interval],
    together: Interval,
    total: Interval,
) -> dict[Spot, Interval]:
    wanted = {TOTAL: together}
    for column, own in counts.items():
        low, high = together.low - own.low, together.high - own.high
        wanted[column] = Interval(total.low - high, total.high - low)
    settles = {}
    for column, need in wanted.items():
        scale = HUNDRED / reading.size[column]
        figures = _figures(Interval(need.low * scale, need.high * scale), reading.table.half)
        if figures:
            settles[reading.spot(code, column)] = figures
    return settles


def _figures(exact: Interval, half: Fraction) -> Interval | None:
    """Return the printed figures that stand for exact percentages."""
    return Interval(exact.low - half, exact.high + half).meet(PERCENTAGES)


def sum_signals(reading: Reading) -> list[Signal]:
    """Find columns of a single response that do not add to 100.

    Parameters
    ----------
    reading : Reading
        A table; of columns in which the print leaves answers out, only those over 100 are found.

    Returns
    -------
    list of Signal
        One for each contradictory column.

    Notes
    -----
    k figures, each rounded by at most h, add to 100 ± k·h; a printed 0 was not rounded up from
    less than nothing, so that its part of the slack is one-sided. In whole people the bounds of
    the counts must hold the base.
    """
    table = reading.table
    if table.kind != "single":
        return []
    shares = {
        column: {code: share(table.percent[code, column], table.half) for code in table.answers}
        for column in table.columns
    }
    sums = {column: sum(cells.values(), NOTHING) for column, cells in shares.items()}
    found = []
    for column, cells in shares.items():
        partial = column in reading.partial
        if sums[column].low > HUNDRED or (sums[column].high < HUNDRED and not partial):
            printed = sum((table.percent[code, column] for code in table.answers), Fraction(0))
            slack = Interval(
                HUNDRED - sums[column].high + printed, HUNDRED - sums[column].low + printed
            )
            settles = {}
            for code, own in cells.items():
                low, high = sums[column].low - own.low, sums[column].high - own.high
                least = Fraction(0) if partial else HUNDRED - high
                figures = _figures(Interval(least, max(least, HUNDRED - low)), table.half)
                if figures:
                    settles[reading.spot(code, column)] = figures
            gap = sums[column].gap(Interval(HUNDRED, HUNDRED)) * reading.base[column] / HUNDRED
            words: dict[str, object] = {
                "sum": written(printed),
                "low": written(slack.low),
                "high": written(slack.high),
            }
            found.append(
                Signal("sum", reading.index, "", column, settles, gap, True, Message(_SUM, words))
            )
        elif reading.whole and column not in reading.misfits:
            found += _whole_sum(reading, column, partial=partial)
    return found


def _whole_sum(reading: Reading, column: str, *, partial: bool) -> list[Signal]:
    counts = {code: reading.people(code, column, whole=True) for code in reading.table.answers}
    together = sum(counts.values(), NOTHING)
    base = Fraction(reading.base[column])
    if together.low <= base and (partial or together.high >= base):
        return []
    settles = {}
    for code, own in counts.items():
        low, high = together.low - own.low, together.high - own.high
        least = Fraction(0) if partial else (base - high) * HUNDRED / base
        most = max(least, (base - low) * HUNDRED / base)
        figures = _figures(Interval(least, most), reading.table.half)
        if figures:
            settles[reading.spot(code, column)] = figures
    words: dict[str, object] = {**_ends(together, "low", "high"), "base": int(base)}
    gap = together.gap(Interval(base, base))
    message = Message(_SUM_PEOPLE[words["low"] == words["high"]], words)
    return [Signal("sum", reading.index, "", column, settles, gap, False, message)]


def mention_signals(reading: Reading) -> list[Signal]:
    """Find columns of a multiple response whose answers add to less than 100 where no other does.

    Where everybody gives an answer or a "don't know", the answers of a column add to 100 or more.
    That everybody did is not printed, so that this helps to find the cell and accuses nobody.

    Parameters
    ----------
    reading : Reading
        A table.

    Returns
    -------
    list of Signal
        One at most.
    """
    table = reading.table
    if table.kind != "multi" or len(table.parts) < 2:
        return []
    sums = {
        column: sum((share(table.percent[c, column], table.half) for c in table.answers), NOTHING)
        for column in table.columns
    }
    short = [column for column, total in sums.items() if total.high < HUNDRED]
    if len(short) != 1 or short == [TOTAL]:
        return []
    column = short[0]
    printed = {c: sum(table.percent[code, c] for code in table.answers) for c in table.columns}
    settles = {}
    for code in table.answers:
        least = HUNDRED - sums[column].high + table.percent[code, column]
        settles[reading.spot(code, column)] = Interval(min(least, HUNDRED), HUNDRED)
    words: dict[str, object] = {
        "sum": written(Fraction(printed.pop(column))),
        "least": written(Fraction(min(printed.values()))),
    }
    gap = (HUNDRED - sums[column].high) * reading.base[column] / HUNDRED
    return [
        Signal("mentions", reading.index, "", column, settles, gap, False, Message(_FEW, words))
    ]


def people_signals(reading: Reading) -> list[Signal]:
    """Find single figures that no whole number of people out of the base gives.

    Parameters
    ----------
    reading : Reading
        A table; columns with several such figures are misfits of the base, not of a cell.

    Returns
    -------
    list of Signal
        One for each such cell.
    """
    if not reading.whole:
        return []
    found = []
    for (code, column), percent in reading.table.percent.items():
        base = reading.base[column]
        if column in reading.misfits or whole_people(base, percent, reading.table.half):
            continue
        message = Message(_NOBODY, {"base": base, "percent": written(percent)})
        settles = {reading.spot(code, column): PERCENTAGES}
        gap = Fraction(1, 2)
        found.append(Signal("people", reading.index, code, column, settles, gap, False, message))
    return found


def banner_signals(readings: Sequence[Reading]) -> list[Signal]:
    """Find totals of one question and answer that differ between banners.

    Parameters
    ----------
    readings : sequence of Reading
        All tables of the volume.

    Returns
    -------
    list of Signal
        One for each total that most other tables contradict, or, where there is no majority, one
        for the lot, with a cell in each table.
    """
    totals: dict[tuple[str, str, int, Fraction], list[Reading]] = defaultdict(list)
    for reading in readings:
        for code in reading.table.answers:
            key = (reading.table.question, code, reading.base[TOTAL], reading.table.half)
            totals[key].append(reading)
    found = []
    for (_, code, _, _), group in totals.items():
        printed = {reading.index: reading.table.percent[code, TOTAL] for reading in group}
        counts = Counter(printed.values()).most_common()
        if len(counts) < 2:
            continue
        value, times = counts[0]
        if 2 * times > len(group):
            odd = [reading for reading in group if printed[reading.index] != value]
            right = [reading for reading in group if printed[reading.index] == value]
            found += [_odd_total([reading], right, code, [value]) for reading in odd]
        else:
            found.append(_odd_total(group, group, code, [value for value, _ in counts]))
    return found


def _odd_total(
    doubted: Sequence[Reading], others: Sequence[Reading], code: str, values: Sequence[Fraction]
) -> Signal:
    span = Interval(min(values), max(values))
    first = doubted[0]
    words: dict[str, object] = {
        "others": [Message(_PERCENT, {"percent": written(value)}) for value in values],
        "tables": [reading.table.number for reading in others],
    }
    gap = max(abs(first.table.percent[code, TOTAL] - value) for value in values)
    return Signal(
        "banners", first.index, code, TOTAL,
        {reading.spot(code, TOTAL): span for reading in doubted},
        gap * first.base[TOTAL] / HUNDRED, True, Message(_BANNERS, words),
    )  # fmt: skip
