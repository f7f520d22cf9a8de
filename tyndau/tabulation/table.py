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
from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message, Text
from tyndau.study.model import Filter
from tyndau.study.schema import NESTED
from tyndau.study.standards import Comparing, Inference, Thresholds

Mark = Literal["", "*", "**"]
RowKind = Literal["answer", "no_answer", "net", "mean", "sd"]


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
    "Tests are two-sided t tests at {risk} %. A group of columns is looked at only where a test of "
    "the whole group (Rao and Scott) finds a difference, and its comparisons are corrected for "
    "their number (Benjamini and Hochberg): where nothing differs, about one group in {often} "
    "still shows something."
)
_TESTS_AS_BEFORE = N_(
    "Tests are two-sided t tests at {risk} % on effective bases, as in tables of before: they "
    "leave out that answers from one point resemble each other, and are not corrected for their "
    "number."
)
_SECOND = N_("Small letters: the same at {risk} %.")
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
    """The columns of a banner that come from one variable, or from one nested in others.

    Attributes
    ----------
    name : str
        The variable; of nested columns the variables from the outermost on, such as ``sex*age``.
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
        The category's code, or ``total``; of a nested column all codes, such as ``female*18-24``.
    label : Text
        What stands above it.
    letter : str
        ``A``, ``B``, ... among the columns that it is compared with; empty for the total.
    base : int
        People in the column who were asked, unweighted.
    weighted_base, effective_base : float
        Sum of their weights; Kish's (sum of w) squared over sum of w squared.
    mark : {"", "*", "**"}
        Low base by the study's thresholds; ``**`` columns are not tested.
    within : tuple of Text
        Of a nested column the answers that it is nested in, the outermost first. Columns of one
        group within the same answers are compared with each other.
    """

    group: int
    code: str
    label: Text
    letter: str
    base: int
    weighted_base: float
    effective_base: float
    mark: Mark
    within: tuple[Text, ...] = ()

    @property
    def named(self) -> Text:
        """What it is called away from the columns beside it: ``Women, 18-24`` if nested."""
        said = {
            code: ", ".join(part.say(code) for part in (*self.within, self.label))
            for code in CONTENT_LANGUAGES
        }
        return Text(**said) if self.within else self.label

    @property
    def answer(self) -> str:
        """The code of its own answer, without those that it is nested in."""
        return self.code.rpartition(NESTED)[2]


@dataclass(frozen=True, slots=True)
class RowHead:
    """One row of a table.

    Attributes
    ----------
    code : str
        The answer's or net's code; ``no_answer`` for those who left it empty; ``mean``, ``sd``.
    label : Text
        What stands before it.
    kind : {"answer", "no_answer", "net", "mean", "sd"}
        Whether the row's values are percentages (the first three), a mean or a standard deviation.
    """

    code: str
    label: Text
    kind: RowKind

    @property
    def is_share(self) -> bool:
        """Whether its values are percentages."""
        return self.kind not in ("mean", "sd")


@dataclass(frozen=True, slots=True)
class Method:
    """How errors and tests were computed; said under every table.

    Attributes
    ----------
    inference : {"design", "model", "none"}
        What the sample allows (DESIGN.md); ``none`` has no errors, intervals or tests.
    weighted, stratified, clustered : bool
        What entered.
    comparing : Comparing
        How differences are tested, at which level.
    thresholds : Thresholds
        Bases from which columns are tested and marked.
    sample_notes : tuple of Message
        What the sample was planned to allow, the line that sums it up first; last in `notes`.
    """

    inference: Inference
    weighted: bool
    stratified: bool
    clustered: bool
    comparing: Comparing = field(default_factory=Comparing)
    thresholds: Thresholds = field(default_factory=Thresholds)
    sample_notes: tuple[Message, ...] = ()

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
        tests = "quantum" if self.comparing.method == "quantum" else "t"
        return f"{self.inference}:{tests}:{'+'.join(used) or 'srs'}"

    @property
    def tests(self) -> tuple[Message, ...]:
        """How differences are tested; nothing where the sample allows no tests."""
        if self.inference == "none":
            return ()
        level, second = self.comparing.level, self.comparing.second_level
        risk: dict[str, object] = {"risk": _percent(1 - level), "often": f"{1 / (1 - level):.0f}"}
        tests = Message(_TESTS if self.comparing.method == "design" else _TESTS_AS_BEFORE, risk)
        if second is None:
            return (tests,)
        return tests, Message(_SECOND, {"risk": _percent(1 - second)})

    @property
    def notes(self) -> tuple[Message, ...]:
        """What a reader must know of the method, a sentence or two each."""
        limits: dict[str, object] = {
            "hide": self.thresholds.hide_below,
            "last": self.thresholds.mark_below - 1,
        }
        weighted = Message(_WEIGHTED if self.weighted else _UNWEIGHTED)
        if self.inference == "none":
            return (Message(_NO_INFERENCE), weighted, Message(_MARKS, limits), *self.sample_notes)
        clusters = _CLUSTERS
        if not self.clustered:
            clusters = _POINTS_UNKNOWN if self.inference == "model" else _NO_CLUSTERS
        confidence: dict[str, object] = {"confidence": f"{100 * self.comparing.level:g}"}
        return (
            Message(_MODEL if self.inference == "model" else _DESIGN),
            weighted,
            Message(_STRATA if self.stratified else _NO_STRATA),
            Message(clusters),
            Message(_INTERVALS, confidence),
            Message(_COMPARED),
            *self.tests,
            Message(_MARKS_TESTED, limits),
            *self.sample_notes,
        )


def _percent(share: float) -> str:
    return f"{100 * share:.3g}"


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
        Percentages 0 to 100, or the mean or standard deviation in their rows; NaN where the base is
        empty.
    se, low, high : ndarray of float, shape (R, C)
        Standard error and confidence limits in percentage points (score points for a mean; NaN for
        a standard deviation).
    degrees : ndarray of float, shape (R, C)
        Degrees of freedom of the standard errors.
    people : ndarray of int, shape (R, C)
        Respondents behind each percentage, unweighted; the base of a mean.
    base : ndarray of int, shape (R, C)
        Unweighted base of each cell (a mean's leaves out answers without a score).
    weighted_base, effective_base : ndarray of float, shape (R, C)
        Sum of weights and Kish's effective base of each cell.
    versus_rest : ndarray of int8, shape (R, C)
        1 where significantly higher than the rest of the table's base, -1 lower, else 0.
    higher_than : ndarray of bool, shape (R, C, C)
        ``[r, a, b]`` where column a is significantly higher than column b of the same group.
    weakly : ndarray of bool, shape (R, C, C)
        As ``higher_than`` at the second level, what holds at the first included; the same array
        where there is no second level.
    gates : ndarray of float, shape (G,)
        p value of the test of each group's columns as a whole; NaN where there is none.
    method : Method
        How it was computed.
    limit : Filter or None
        To whom of those who were asked the table is limited; None where to nobody less.
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
    degrees: NDArray[np.float64]
    people: NDArray[np.int64]
    base: NDArray[np.int64]
    weighted_base: NDArray[np.float64]
    effective_base: NDArray[np.float64]
    versus_rest: NDArray[np.int8]
    higher_than: NDArray[np.bool_]
    weakly: NDArray[np.bool_]
    gates: NDArray[np.float64]
    method: Method
    limit: Filter | None = None
    hidden: NDArray[np.bool_] | None = None
    left_out: tuple[ColumnHead, ...] = ()

    @property
    def limited(self) -> bool:
        """Whether it shows only some of those who were asked."""
        return self.limit is not None

    @property
    def among(self) -> Text:
        """To whom it is limited, in words; empty where to nobody less."""
        return self.limit.words if self.limit else Text()

    @property
    def index(self) -> NDArray[np.float64]:
        """Percentages in hundredths of the total's; float, shape (R, C).

        NaN for means and standard deviations, and where nobody in all gave the answer.
        """
        shares = np.array([head.is_share for head in self.rows], dtype=bool)[:, None]
        total = self.percent[:, :1]
        none = np.full(self.percent.shape, np.nan)
        answer: NDArray[np.float64] = np.divide(
            100 * self.percent, total, out=none, where=shares & (total > 0)
        )
        return answer

    def letters(self, row: int, column: int) -> str:
        """Return the letters of the columns that a cell is significantly higher than.

        Parameters
        ----------
        row, column : int
            Indices of the cell.

        Returns
        -------
        str
            Letters in order, such as ``AC``; empty if none. Those of the second level are small.
            Spaces stand between them in groups that need letters such as AA.
        """
        own = self.columns[column]
        double = any(
            len(head.letter) > 1
            for head in self.columns
            if (head.group, head.within) == (own.group, own.within)
        )
        lower = self.higher_than[row, column]
        letters = {int(other): self.columns[other].letter for other in np.flatnonzero(lower)}
        for other in np.flatnonzero(self.weakly[row, column] & ~lower):
            letters[int(other)] = self.columns[other].letter.lower()
        return (" " if double else "").join(letters[other] for other in sorted(letters))
