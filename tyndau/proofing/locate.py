"""Finding the cell at fault: one slip, all its evidence.

In: the signals of the print and of the wave. Out: `Located` cells, each with every signal that it
settles, and the signals left over. The cell that settles most signals is taken first and its
signals are used up, so that one slip is reported once and not once a check. A cell is accused by
two independent signals, or by a firm one that no other cell can settle; it must settle them all
with one figure. Which figure is likely is said only as far as evidence reaches.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tyndau.base.frames import MEANINGS, Category
from tyndau.base.languages import N_, Message, Number, Text
from tyndau.proofing.compare import Expected
from tyndau.proofing.intervals import (
    HUNDRED,
    PERCENTAGES,
    Interval,
    Misprint,
    misprint,
    whole_people,
)
from tyndau.proofing.published import TOTAL
from tyndau.proofing.reading import Reading, Signal, Spot, figure, written

_RANGE = N_("Figures from {low} to {high} would agree with the rest of the table.")
_ONLY = N_("Only {low} would agree with the rest of the table.")
_DIGIT: Mapping[Misprint, str] = {
    "lost": N_("{printed} is {likely} with a digit lost."),
    "added": N_("{printed} is {likely} with a digit too many."),
    "swapped": N_("{printed} is {likely} with two digits swapped."),
    "changed": N_("{printed} is {likely} with one digit changed."),
}
_OUTLIER = N_(
    "In the other columns everybody who named anything named {mentions} answers; as many here ask "
    "for about {estimate} %."
)
_TOTAL_UNSURE = N_(
    "Neither the total nor the wave decides the figure: other answers of this table contradict "
    "the total too."
)
_WHOLE = N_("In whole people only {figures} % of {base} lets the column add up.")

# Two signals accuse a cell; one does where nothing else can settle it.
_ENOUGH = 2


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """A cell at fault.

    Attributes
    ----------
    spot : (int, str, str)
        Table, answer, column.
    signals : tuple of Signal
        What it settles, the gravest first.
    """

    spot: Spot
    signals: tuple[Signal, ...]

    @property
    def firm(self) -> bool:
        """Whether rounding cannot explain it."""
        return any(signal.firm for signal in self.signals)

    @property
    def gap(self) -> Fraction:
        """How many people it is about."""
        return max(signal.gap for signal in self.signals)


def locate(
    signals: Iterable[Signal], readings: Sequence[Reading]
) -> tuple[list[Located], list[Signal]]:
    """Find the cells that settle the signals.

    Parameters
    ----------
    signals : iterable of Signal
        Of the print and of the wave.
    readings : sequence of Reading
        The tables.

    Returns
    -------
    tuple of (list of Located, list of Signal)
        The cells, best evidence first; the signals that accuse no single cell.
    """
    left = list(signals)
    found: list[Located] = []
    while True:
        by_spot: dict[Spot, list[Signal]] = defaultdict(list)
        for signal in left:
            for spot in signal.settles:
                by_spot[spot].append(signal)
        ranked = []
        for spot, around in by_spot.items():
            group, figures = _agreeing(spot, around)
            if _accused(group):
                printed = readings[spot[0]].table.percent[spot[1:]]
                digits = any(
                    misprint(figure(printed), figure(likely))
                    for likely in _grid(figures, readings[spot[0]].table.half)
                )
                rank = (len(group), digits, sum(signal.gap for signal in group))
                ranked.append((rank, spot, group))
        if not ranked:
            return found, left
        _, spot, group = max(ranked, key=lambda entry: entry[0])
        found.append(Located(spot, tuple(group)))
        left = [signal for signal in left if signal not in group]


def _agreeing(spot: Spot, signals: Sequence[Signal]) -> tuple[list[Signal], Interval]:
    """Return the signals that one figure in the cell settles, firm and grave ones first."""
    group: list[Signal] = []
    figures = PERCENTAGES
    for signal in sorted(signals, key=lambda signal: (not signal.firm, -signal.gap)):
        common = figures.meet(signal.settles[spot])
        if common:
            group.append(signal)
            figures = common
    return group, figures


def _accused(group: Sequence[Signal]) -> bool:
    firm = [signal for signal in group if signal.firm]
    if len(group) < _ENOUGH:
        return any(len(signal.settles) == 1 for signal in firm)
    # Where rounding may explain the contradiction, the wave must differ by more than one person.
    return bool(firm) or any(s.source == "wave" and s.gap > 1 for s in group)


def _grid(figures: Interval, half: Fraction) -> list[Fraction]:
    """Return the figures of an interval that can be printed."""
    step = 2 * half
    first, last = -(-figures.low // step), figures.high // step
    return [step * count for count in range(int(first), int(last) + 1)]


@dataclass(frozen=True, slots=True)
class Likely:
    """The figure that should have been printed.

    Attributes
    ----------
    figure : Fraction or None
        The figure; None where several are as likely.
    evidence : tuple of Message
        How it follows, beyond the signals.
    """

    figure: Fraction | None
    evidence: tuple[Message, ...]


def likely_figure(
    located: Located, reading: Reading, expected: Expected | None, *, total_unsure: bool
) -> Likely:
    """Say which figure should stand in a cell.

    Parameters
    ----------
    located : Located
        The cell and its signals.
    reading : Reading
        Its table.
    expected : Expected or None
        What the wave gives for the table, if it knows it.
    total_unsure : bool
        Whether other answers of the table contradict its total and no single cell settles them:
        then neither the total nor the wave is a witness for this table.

    Returns
    -------
    Likely
        The wave's figure where it agrees with the print; else the figure that one slip of a digit
        turned into the printed one, if one does; else the one that adds to 100.
    """
    _, code, column = located.spot
    half = reading.table.half
    evidence = []
    trusted = [s for s in located.signals if s.source != "wave"]
    if total_unsure and any(s.source == "total" for s in trusted):
        trusted = [s for s in trusted if s.source != "total"]
        evidence.append(Message(_TOTAL_UNSURE))
    figures = PERCENTAGES
    for signal in trusted:
        figures = figures.meet(signal.settles[located.spot]) or figures
    possible = [p for p in _grid(figures, half) if p != reading.table.percent[code, column]]
    if reading.whole and column not in reading.misfits:
        base = reading.base[column]
        possible = [p for p in possible if whole_people(base, p, half)]
    if possible and any(signal.firm for signal in trusted):
        words: dict[str, object] = {"low": written(possible[0]), "high": written(possible[-1])}
        evidence.append(Message(_RANGE if len(possible) > 1 else _ONLY, words))
    wave = _of_wave(possible, located, expected, half) if not total_unsure else []
    estimate = _remainder(reading, code, column)
    if estimate is None and not wave and not any(s.source == "total" for s in trusted):
        estimate, said = _by_mentions(reading, code, column, expected)
        evidence += said
    percent = reading.table.percent[code, column]
    chosen = _choose(wave, estimate) if wave else _choose_printed(possible, percent, estimate)
    if chosen is not None:
        slip = misprint(figure(percent), figure(chosen))
        if slip:
            words = {"printed": written(percent), "likely": written(chosen)}
            evidence.append(Message(_DIGIT[slip], words))
        evidence += _in_whole_people(reading, code, column, chosen)
    return Likely(chosen, tuple(evidence))


def _of_wave(
    possible: Sequence[Fraction], located: Located, expected: Expected | None, half: Fraction
) -> list[Fraction]:
    percent = expected.percent.get(located.spot[1:]) if expected else None
    if percent is None:
        return []
    return [p for p in possible if abs(float(p) - percent) <= float(half) + 1e-9]


def _choose(among: Sequence[Fraction], estimate: Fraction | None) -> Fraction:
    """Return the figure nearest to the estimate, or else to the middle of what is possible."""
    wanted = (among[0] + among[-1]) / 2 if estimate is None else estimate
    return min(among, key=lambda p: (abs(p - wanted), p))


def _choose_printed(
    possible: Sequence[Fraction], printed: Fraction, estimate: Fraction | None
) -> Fraction | None:
    """Choose by the print alone: a slip of one digit, then what the column asks for."""
    by_digit = [p for p in possible if misprint(figure(printed), figure(p))]
    among = by_digit or possible
    # Several figures as likely as each other are a range, not a figure.
    if not among or (estimate is None and len(among) > 1):
        return None
    return _choose(among, estimate)


def _remainder(reading: Reading, code: str, column: str) -> Fraction | None:
    """Return the figure that lets a column of a single response add to 100."""
    table = reading.table
    if table.kind != "single" or column in reading.partial:
        return None
    others = (table.percent[answer, column] for answer in table.answers if answer != code)
    return max(HUNDRED - sum(others), Fraction(0))


def _by_mentions(
    reading: Reading, code: str, column: str, expected: Expected | None
) -> tuple[Fraction | None, list[Message]]:
    """Return the figure by which people of the column give as many answers as others, and why."""
    table = reading.table
    if table.kind == "single":
        return None, []
    alone = expected.exclusive if expected else _exclusive_by_code(table.answers)
    if code in alone or column == TOTAL or not reading.size:
        return None, []
    named, gave = Fraction(0), Fraction(0)
    for other in table.parts:
        if other != column:
            size = reading.size[other]
            named += size * sum(table.percent[a, other] for a in table.answers if a not in alone)
            gave += size * (
                HUNDRED - sum(table.percent[a, other] for a in table.answers if a in alone)
            )
    if not gave:
        return None, []
    here = HUNDRED - sum(table.percent[a, column] for a in table.answers if a in alone)
    rest = sum(table.percent[a, column] for a in table.answers if a not in alone and a != code)
    estimate = named / gave * here - rest
    if estimate not in PERCENTAGES:
        return None, []
    words: dict[str, object] = {
        "mentions": Number(float(named / gave), 2),
        "estimate": round(estimate),
    }
    return estimate, [Message(_OUTLIER, words)]


def _exclusive_by_code(codes: Iterable[str]) -> frozenset[str]:
    categories = (Category(code, Text(), MEANINGS.get(code, "")) for code in codes)
    return frozenset(category.code for category in categories if category.exclusive)


def _in_whole_people(reading: Reading, code: str, column: str, chosen: Fraction) -> list[Message]:
    """Say so where whole people ask for another figure than the one that was chosen."""
    table = reading.table
    unsure = column in reading.misfits or column in reading.partial
    if table.kind != "single" or not reading.whole or unsure:
        return []
    low = high = Fraction(reading.base[column])
    for answer in table.answers:
        if answer != code:
            counts = reading.people(answer, column, whole=True)
            low, high = low - counts.high, high - counts.low
    own = whole_people(reading.base[column], chosen, table.half)
    asked = Interval(low, high) if low <= high else None
    if not asked or low.denominator != 1 or high.denominator != 1 or (own and own.meet(asked)):
        return []
    base = reading.base[column]
    figures = sorted({round(count * HUNDRED / base) for count in range(int(low), int(high) + 1)})
    return [Message(_WHOLE, {"figures": [str(f) for f in figures], "base": base})]


def nearest_figure(signal: Signal, half: Fraction) -> Fraction:
    """Return the figure that settles a signal of one cell, as it would be printed.

    Parameters
    ----------
    signal : Signal
        The signal.
    half : Fraction
        Half a unit of the last printed digit.

    Returns
    -------
    Fraction
        The figure; of two as near, the larger one.
    """
    (figures,) = signal.settles.values()
    return _grid(figures, half)[-1]
