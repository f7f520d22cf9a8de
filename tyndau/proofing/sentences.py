"""The sentences of findings: one function for each kind of thing that proofing finds.

In: wrong bases, located cells, signals left over, repeats, unknown names. Out: `Finding`s. To
report something new, add its template and a function here.
"""

from collections.abc import Sequence
from fractions import Fraction

from tyndau.base.languages import N_, Message
from tyndau.proofing.bases import WrongBase
from tyndau.proofing.findings import Finding, FindingKind, Severity
from tyndau.proofing.locate import Likely, Located
from tyndau.proofing.published import TOTAL, PublishedTable, Response
from tyndau.proofing.reading import Misfit, Reading, Signal, written
from tyndau.proofing.repeats import Repeat

_BASE = N_('Table {table}, column "{column}": the base {printed} is printed, {likely} is likely.')
_BASES = N_(
    "Table {table}: the bases are not those of its question: {printed} is printed for the total, "
    "{likely} is likely."
)
_BASES_UNKNOWN = N_("Table {table}: the bases are not those of its question: {printed} is printed.")
_BASES_SUM = N_("Table {table}: the columns' bases do not add to the base of the total.")
_LIKELY_BASES = N_("Likely bases: {bases}.")
_CELL = N_(
    'Table {table}, column "{column}", answer "{answer}": {printed} % is printed, {likely} % is '
    "likely."
)
_CELL_UNKNOWN = N_(
    'Table {table}, column "{column}", answer "{answer}": {printed} % is printed and cannot be '
    "right."
)
_SUM = N_('Table {table}, column "{column}": the answers add to {printed} %.')
_TOTAL = N_(
    "Table {table}: the columns contradict the total in several answers ({count}); which cells are "
    "wrong does not follow."
)
_TOTAL_ONE = N_(
    'Table {table}, answer "{answer}": the columns contradict the total; which cell is wrong does '
    "not follow."
)
_ANSWER = N_('"{answer}": {message}')
_MORE_CELLS = N_("{count} more cells of this table differ from the study's wave.")
_TOTALS = N_('The total of "{answer}" is not the same in tables {tables}.')
_REPEATED = N_("Table {table} is printed twice: again as table {second}.")
_WAVE = N_(
    'Table {table}, column "{column}", answer "{answer}": {printed} % is printed, the study\'s '
    "wave has {likely} %."
)
_MISFIT = N_(
    'Table {table}, column "{column}": {figures} % cannot come from {printed} people; the figures '
    "fit a base of {likely}."
)
_MISFIT_UNKNOWN = N_(
    'Table {table}, column "{column}": {figures} % cannot come from {printed} people.'
)
_MISFIT_ALSO = N_("In tables {tables} the figures of this column fit a base of {base} too.")
_UNKNOWN = N_("Table {table} is checked on itself alone: the study does not know {names}.")
_KIND = N_(
    "Table {table} is published as a question of kind {printed}, the study asks {question} as "
    "{asked}; it is checked as the study asks it."
)
_SINGLE = N_("one answer")
_MULTI = N_("several answers")
_PEOPLE = N_(
    'Table {table}, column "{column}", answer "{answer}": {printed} % is no whole number of people.'
)


def _finding(
    severity: Severity,
    kind: FindingKind,
    template: str,
    table: PublishedTable,
    evidence: Sequence[Message],
    *,
    column: str = "",
    code: str = "",
    printed: Fraction | None = None,
    likely: Fraction | None = None,
    weight: float = 0.0,
    **words: object,
) -> Finding:
    values: dict[str, object] = {"table": table.number, **words}
    if column:
        values["column"] = table.columns[column].label
    if code:
        values["answer"] = table.answers[code]
    for name, number in (("printed", printed), ("likely", likely)):
        if number is not None:
            values[name] = written(number)
    return Finding(
        severity, kind, Message(template, values), tuple(evidence),
        table.number, table.question, table.banner, column, code,
        None if printed is None else float(printed),
        None if likely is None else float(likely),
        float(weight),
    )  # fmt: skip


def from_base(wrong: WrongBase, table: PublishedTable) -> Finding:
    """Make the finding of a wrong base.

    Parameters
    ----------
    wrong : WrongBase
        The base, with its evidence.
    table : PublishedTable
        Its table.

    Returns
    -------
    Finding
        A slip.
    """
    if not wrong.column:
        gap = abs(sum(table.columns[c].base for c in table.parts) - table.total_base)
        return _finding("slip", "bases-sum", _BASES_SUM, table, wrong.evidence, weight=gap)
    printed = table.columns[wrong.column].base
    base = wrong.likely.get(wrong.column)
    likely = None if base is None else Fraction(base)
    weight = max((abs(n - table.columns[c].base) for c, n in wrong.likely.items()), default=printed)
    evidence = list(wrong.evidence)
    if not wrong.whole_table:
        return _finding(
            "slip", "base", _BASE, table, evidence, column=wrong.column,
            printed=Fraction(printed), likely=likely, weight=weight,
        )  # fmt: skip
    if len(wrong.likely) > 1:
        bases = [f"{table.columns[c].label} {n}" for c, n in wrong.likely.items()]
        evidence.append(Message(_LIKELY_BASES, {"bases": bases}))
    return _finding(
        "slip", "bases", _BASES if base is not None else _BASES_UNKNOWN, table, evidence,
        column=TOTAL, printed=Fraction(printed), likely=likely, weight=weight,
    )  # fmt: skip


def from_cell(
    located: Located, likely: Likely, table: PublishedTable, *, slip: bool, seen: Sequence[Signal]
) -> Finding:
    """Make the finding of a cell at fault.

    Parameters
    ----------
    located : Located
        The cell and the signals that it settles.
    likely : Likely
        The figure that should stand there.
    table : PublishedTable
        Its table.
    slip : bool
        Whether the evidence is strong.
    seen : sequence of Signal
        Signals on this cell that it does not settle, said with the others.

    Returns
    -------
    Finding
        A slip, or a minor finding.
    """
    _, code, column = located.spot
    evidence = [signal.message for signal in (*located.signals, *seen)]
    return _finding(
        "slip" if slip else "minor", "cell", _CELL if likely.figure is not None else _CELL_UNKNOWN,
        table, [*evidence, *likely.evidence], column=column, code=code,
        printed=table.percent[code, column], likely=likely.figure, weight=float(located.gap),
    )  # fmt: skip


def from_sum(signal: Signal, table: PublishedTable) -> Finding:
    """Make the finding of a column that does not add to 100 though no cell is at fault alone.

    Parameters
    ----------
    signal : Signal
        The contradiction.
    table : PublishedTable
        Its table.

    Returns
    -------
    Finding
        A slip.
    """
    printed = sum(table.percent[code, signal.column] for code in table.answers)
    return _finding(
        "slip", "sum", _SUM, table, [signal.message], column=signal.column,
        printed=Fraction(printed), weight=float(signal.gap),
    )  # fmt: skip


def from_totals(signals: Sequence[Signal], table: PublishedTable, *, more: int) -> Finding:
    """Make the finding of a table whose columns do not make up its total.

    Parameters
    ----------
    signals : sequence of Signal
        One for each contradictory answer.
    table : PublishedTable
        The table.
    more : int
        How many of its cells differ from the wave.

    Returns
    -------
    Finding
        A slip.
    """
    one = len(signals) == 1
    evidence = [
        signal.message if one else Message(
            _ANSWER, {"answer": table.answers[signal.code], "message": signal.message}
        )
        for signal in signals
    ]  # fmt: skip
    if more:
        evidence.append(Message(_MORE_CELLS, {"count": more}))
    return _finding(
        "slip", "total", _TOTAL_ONE if one else _TOTAL, table, evidence, count=len(signals),
        code=signals[0].code if one else "",
        weight=float(max(signal.gap for signal in signals)),
    )  # fmt: skip


def from_banners(signal: Signal, tables: Sequence[PublishedTable]) -> Finding:
    """Make the finding of a total that several banners print differently.

    Parameters
    ----------
    signal : Signal
        The contradiction, with a cell in each table.
    tables : sequence of PublishedTable
        The volume.

    Returns
    -------
    Finding
        A slip.
    """
    numbers = [tables[index].number for index, _, _ in signal.settles]
    return _finding(
        "slip", "totals", _TOTALS, tables[signal.table], [signal.message], column=TOTAL,
        code=signal.code, weight=float(signal.gap), tables=numbers,
    )  # fmt: skip


def from_wave(signal: Signal, likely: Fraction, table: PublishedTable, *, slip: bool) -> Finding:
    """Make the finding of a cell that the wave alone contradicts.

    Parameters
    ----------
    signal : Signal
        The difference.
    likely : Fraction
        The wave's figure as it would be printed.
    table : PublishedTable
        Its table.
    slip : bool
        Whether the difference stands out from the others of the volume.

    Returns
    -------
    Finding
        A slip, or a minor finding.
    """
    return _finding(
        "slip" if slip else "minor", "wave", _WAVE, table, [signal.message], column=signal.column,
        code=signal.code, printed=table.percent[signal.code, signal.column], likely=likely,
        weight=float(signal.gap),
    )  # fmt: skip


def from_misfit(
    column: str, misfit: Misfit, reading: Reading, *, fits: int | None, also: Sequence[str]
) -> Finding:
    """Make the finding of a column whose figures cannot come from its base.

    Parameters
    ----------
    column : str
        The column.
    misfit : Misfit
        The figures.
    reading : Reading
        Its table.
    fits : int or None
        The base that the column's figures fit.
    also : sequence of str
        Other tables in which the figures of this column fit the same base.

    Returns
    -------
    Finding
        A minor finding: the figures are near what the base allows.
    """
    table, base = reading.table, reading.base[column]
    figures = [written(table.percent[code, column]) for code in misfit.codes]
    evidence = [Message(_MISFIT_ALSO, {"base": fits, "tables": list(also)})] if also else []
    return _finding(
        "minor", "misfit", _MISFIT if fits else _MISFIT_UNKNOWN, table, evidence, column=column,
        printed=Fraction(base), likely=None if fits is None else Fraction(fits),
        weight=1.0 if fits is None else abs(fits - base), figures=figures,
    )  # fmt: skip


def from_people(signal: Signal, table: PublishedTable) -> Finding:
    """Make the finding of one figure that no whole number of people gives.

    Parameters
    ----------
    signal : Signal
        The contradiction.
    table : PublishedTable
        Its table.

    Returns
    -------
    Finding
        A minor finding.
    """
    return _finding(
        "minor", "people", _PEOPLE, table, [signal.message], column=signal.column,
        code=signal.code, printed=table.percent[signal.code, signal.column],
        weight=float(signal.gap),
    )  # fmt: skip


def from_repeat(repeat: Repeat, tables: Sequence[PublishedTable]) -> Finding:
    """Make the finding of a table that is printed twice.

    Parameters
    ----------
    repeat : Repeat
        The two printings.
    tables : sequence of PublishedTable
        The volume.

    Returns
    -------
    Finding
        A slip.
    """
    first, second = tables[repeat.first], tables[repeat.second]
    return _finding(
        "slip", "repeated", _REPEATED, first, repeat.evidence, second=second.number,
        weight=float(first.total_base),
    )  # fmt: skip


def of_unknown(table: PublishedTable, names: Sequence[str]) -> Finding:
    """Make the finding of names in the published file that the study does not know.

    Parameters
    ----------
    table : PublishedTable
        The table.
    names : sequence of str
        The question, banner, columns or answers that are not known.

    Returns
    -------
    Finding
        A minor finding.
    """
    return _finding("minor", "unknown", _UNKNOWN, table, (), names=list(names))


def of_kind(table: PublishedTable, asked: Response) -> Finding:
    """Make the finding of a question that the study asks otherwise than is published.

    Parameters
    ----------
    table : PublishedTable
        The table.
    asked : {"single", "multi"}
        How the study asks it.

    Returns
    -------
    Finding
        A minor finding.
    """
    words = {"single": Message(_SINGLE), "multi": Message(_MULTI)}
    values = {
        "table": table.number, "question": table.question, "printed": words[table.kind],
        "asked": words[asked],
    }  # fmt: skip
    return Finding(
        "minor", "kind", Message(_KIND, values), (), table.number, table.question, table.banner
    )
