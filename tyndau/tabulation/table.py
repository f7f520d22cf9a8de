"""The table: one question by the columns of a banner, as numbers with their statistics.

In: nothing; `tyndau.tabulation.tabulate` fills it. Out: arrays with a row for each answer (and
mean) and a column for the total and each banner column. It holds no formatting and no rounding:
writers round, tests do not.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Variable
from tyndau.base.languages import N_, Message, Text
from tyndau.study.model import Inference, Thresholds

Mark = Literal["", "*", "**"]


_NO_INFERENCE = N_(
    "Percentages only: the respondents chose themselves, so that no errors, intervals or tests are "
    "computed."
)
_DESIGN = N_("Errors, intervals and tests follow the design of the probability sample.")
_MODEL = N_(
    "Errors, intervals and tests rest on the model stated in the study, conditional on quotas and "
    "points; they are not a margin of error."
)
_WEIGHTED = N_(
    "Percentages and means are weighted; bases count people, and the effective base is the size of "
    "an unweighted sample that says as much."
)
_UNWEIGHTED = N_("The data are not weighted.")
_STRATA = N_("Strata enter the errors.")
_NO_STRATA = N_("Strata do not enter the errors.")
_CLUSTERS = N_("Clusters (points) enter the errors: answers from one point resemble each other.")
_NO_CLUSTERS = N_("No clusters were named: each interview counts as drawn on its own.")
_POINTS_UNKNOWN = N_("Points were not recorded, so clustering does not enter the errors.")
_INTERVALS = N_(
    "{confidence} % intervals: Korn and Graubard's for percentages, Student's t for means."
)
_COMPARED = N_(
    "Letters: the cell is significantly higher than the columns of these letters in the same group "
    "of columns. Higher or lower than the rest: than all others in the base of the table."
)
_TESTS = N_(
    "Tests are two-sided t tests at {risk} %, without correction for their number: where nothing "
    "differs, about one comparison in {often} still comes out significant."
)
_MARKS = N_(
    "*: base from {hide} to {last}; **: base under {hide}. The smaller of the number of people and "
    "the effective base decides."
)
_MARKS_TESTED = N_(
    "*: base from {hide} to {last}; **: base under {hide}, not tested. The smaller of the number "
    "of people and the effective base decides."
)


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of a banner that come from one variable.

    Attributes
    ----------
    name : str
        The variable.
    title : Text
        What stands above its columns.
    """

    name: str
    title: Text


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """One column of a table.

    Attributes
    ----------
    group : int
        Index into the table's groups; -1 for the total.
    code : str
        The category's code, or ``total``.
    label : Text
        What stands above it.
    letter : str
        ``A``, ``B``, ... within its group; empty for the total.
    base : int
        People in the column who were asked, unweighted.
    weighted_base, effective_base : float
        Sum of their weights; Kish's (sum of w) squared over sum of w squared.
    mark : {"", "*", "**"}
        Low base by the study's thresholds; ``**`` columns are not tested.
    """

    group: int
    code: str
    label: Text
    letter: str
    base: int
    weighted_base: float
    effective_base: float
    mark: Mark


@dataclass(frozen=True, slots=True)
class RowHead:
    """One row of a table.

    Attributes
    ----------
    code : str
        The answer's code; ``mean`` for a mean; ``no_answer`` for those who left it empty.
    label : Text
        What stands before it.
    kind : {"answer", "mean", "no_answer"}
        Whether the row's values are percentages or a mean.
    """

    code: str
    label: Text
    kind: Literal["answer", "mean", "no_answer"]


@dataclass(frozen=True, slots=True)
class Method:
    """How errors and tests were computed; said under every table.

    Attributes
    ----------
    inference : {"design", "model", "none"}
        What the sample allows (DESIGN.md); ``none`` has no errors, intervals or tests.
    weighted, stratified, clustered : bool
        What entered.
    level : float
        Confidence level of intervals; tests are two-sided at 1 - level.
    thresholds : Thresholds
        Bases from which columns are tested and marked.
    """

    inference: Inference
    weighted: bool
    stratified: bool
    clustered: bool
    level: float = 0.95
    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def code(self) -> str:
        """Short name for files read by machines, such as ``design:t:weights+strata+clusters``."""
        if self.inference == "none":
            return "none"
        used = [
            name
            for name, on in (
                ("weights", self.weighted), ("strata", self.stratified),
                ("clusters", self.clustered),
            )
            if on
        ]  # fmt: skip
        return f"{self.inference}:t:{'+'.join(used) or 'srs'}"

    @property
    def notes(self) -> tuple[Message, ...]:
        """What a reader must know of the method, a sentence or two each."""
        limits: dict[str, object] = {
            "hide": self.thresholds.hide_below,
            "last": self.thresholds.mark_below - 1,
        }
        weighted = Message(_WEIGHTED if self.weighted else _UNWEIGHTED)
        if self.inference == "none":
            return (Message(_NO_INFERENCE), weighted, Message(_MARKS, limits))
        clusters = _CLUSTERS
        if not self.clustered:
            clusters = _POINTS_UNKNOWN if self.inference == "model" else _NO_CLUSTERS
        confidence: dict[str, object] = {"confidence": f"{100 * self.level:g}"}
        risk: dict[str, object] = {
            "risk": f"{100 * (1 - self.level):g}",
            "often": f"{1 / (1 - self.level):.0f}",
        }
        return (
            Message(_MODEL if self.inference == "model" else _DESIGN),
            weighted,
            Message(_STRATA if self.stratified else _NO_STRATA),
            Message(clusters),
            Message(_INTERVALS, confidence),
            Message(_COMPARED),
            Message(_TESTS, risk),
            Message(_MARKS_TESTED, limits),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One question by a banner. R rows, C columns; column 0 is the total.

    Attributes
    ----------
    question : Variable
        The question, with its base in words.
    groups : tuple of Group
        The banner's variables.
    columns : tuple of ColumnHead
        C heads, the total first.
    rows : tuple of RowHead
        R heads.
    percent : ndarray of float, shape (R, C)
        Percentages 0 to 100, or the mean in a mean's row; NaN where the base is empty.
    se, low, high : ndarray of float, shape (R, C)
        Standard error and confidence limits in percentage points (score points for a mean).
    base : ndarray of int, shape (R, C)
        Unweighted base of each cell (a mean's leaves out answers without a score).
    effective_base : ndarray of float, shape (R, C)
        Kish's effective base of each cell.
    versus_rest : ndarray of int8, shape (R, C)
        1 where significantly higher than the rest of the table's base, -1 lower, else 0.
    higher_than : ndarray of bool, shape (R, C, C)
        ``[r, a, b]`` where column a is significantly higher than column b of the same group.
    method : Method
        How it was computed.
    hidden : ndarray of bool, shape (R, C), or None
        Cells that an edition does not show (`tyndau.disclosure`): they hold no number any more.
        None where everything is shown.
    left_out : tuple of ColumnHead
        Columns that an edition does not show; they hold too few people.
    """

    question: Variable
    groups: tuple[Group, ...]
    columns: tuple[ColumnHead, ...]
    rows: tuple[RowHead, ...]
    percent: NDArray[np.float64]
    se: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    base: NDArray[np.int64]
    effective_base: NDArray[np.float64]
    versus_rest: NDArray[np.int8]
    higher_than: NDArray[np.bool_]
    method: Method
    hidden: NDArray[np.bool_] | None = None
    left_out: tuple[ColumnHead, ...] = ()

    def letters(self, row: int, column: int) -> str:
        """Return the letters of the columns that a cell is significantly higher than.

        Parameters
        ----------
        row, column : int
            Indices of the cell.

        Returns
        -------
        str
            Letters in order, such as ``AC``; empty if none. Spaces stand between them in groups
            that need letters such as AA.
        """
        group = self.columns[column].group
        double = any(len(head.letter) > 1 for head in self.columns if head.group == group)
        lower = np.flatnonzero(self.higher_than[row, column])
        return (" " if double else "").join(self.columns[other].letter for other in lower)
