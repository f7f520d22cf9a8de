"""The part of a volume that says what the study is and how its tables are read.

In: a study and its tables. Out: one `Section`: the facts of the study, then what each sign and row
means that stands in one of the tables.
"""

from collections.abc import Iterable, Iterator, Sequence

from tyndau.base.languages import N_, Message, Sayable
from tyndau.reporting.editions import MASTER, Edition, data_line
from tyndau.reporting.facts import identity, inference_fact, study_facts
from tyndau.reporting.model import HIDDEN, Fact, Facts, Heading, Paragraph, Section
from tyndau.study.model import Study
from tyndau.study.standards import Thresholds
from tyndau.tabulation.side_by_side import SideBySide
from tyndau.tabulation.table import Method, Table

_TAB = N_("About")
_TITLE = N_("About this volume")
_HOW_TO_READ = N_("How to read the tables")
_BASE = N_("Base")
_BASE_MEANS = N_(
    "The number of respondents who were asked the question; percentages are of them. Who they "
    "are stands above each table. Those who were asked and gave no answer stay in the base."
)
_EFFECTIVE = N_("Effective base")
_EFFECTIVE_MEANS = N_(
    "The number of respondents in an unweighted sample of equal precision: what unequal weights "
    "leave of the base. That answers from one point resemble each other is not in it; intervals "
    "and tests count it."
)
_LETTERS = N_("A, B, C …")
_LETTERS_MEAN = N_(
    "Each column has its letter within its group. A letter beside a value: the value is "
    "significantly higher than in the column of that letter ({level}% confidence)."
)
_ARROWS_MEAN = N_(
    "The value is significantly higher (▲) or lower (▼) than among all other respondents in the "
    "table's base ({level}% confidence)."
)
_NO_SIGN = N_("No letter, no arrow")
_NO_SIGN_MEANS = N_(
    "No difference was found. That does not prove that there is none: the base may be too small "
    "to see it."
)
_LOW_MEANS = N_("Base from {hide} to {mark} (or as low an effective base): read with caution.")
_TOO_LOW_MEANS = N_(
    "Base under {hide} (or as low an effective base): the column is not tested; its "
    "figures are indicative only."
)
_HIDDEN_MEANS = N_(
    "Not shown, so that nobody is recognised: the cell holds fewer than {people} people, or the "
    "base of its column is under {hide}, or the number would let a reader compute such a cell. "
    "Columns of fewer than {people} people are left out. In this edition all numbers are rounded "
    "as they are printed, in every file."
)
_LETTERS_BESIDE = N_(
    "Each column has its letter. A letter beside a value: the value is significantly higher than "
    "in the column of that letter ({level}% confidence)."
)
_ARROWS_BESIDE = N_(
    "The value is significantly higher (▲) or lower (▼) than in the wave before ({level}% "
    "confidence)."
)
_PEOPLE = N_(
    "Fewer than {hide} respondents: the column is not tested, and its figures are numbers of "
    "people."
)
_SAMPLES = N_("Samples")
_SAMPLES_MEAN = N_(
    "Each column is a sample of its own. A difference between two of them is that of two "
    "independent estimates: its variance is the sum of theirs."
)
_DEVIATION = N_("Standard deviation")
_DEVIATION_MEANS = N_("How far the answers lie from their mean; it is no error of the sample.")
_NETS = N_("Answers together")
_NETS_MEAN = N_(
    "A row in bold type: the share of those who gave any of several answers; whoever gave two of "
    "them counts once."
)
_INDEX = N_("Index")
_INDEX_MEANS = N_(
    "The percentage of the column in hundredths of the total's: 100 is the same, 120 a fifth more. "
    "It is not tested."
)
_NESTED = N_("Nested columns")
_NESTED_MEAN = N_(
    "Under heads of two or more levels the letters begin anew: columns are compared within the "
    "head right above them."
)
_PERCENTAGES = N_("Percentages")
_PERCENTAGES_MEAN = N_(
    "Shown as whole numbers, so that a column may add to 99 or 101; the cells hold unrounded "
    "values. A dash (–) means that nobody gave the answer, a zero that fewer than half a percent "
    "did; an empty cell has no base."
)
_PERCENTAGES_ROUNDED = N_(
    "Whole numbers, so that a column may add to 99 or 101. A dash (–) means that nobody gave the "
    "answer, a zero that fewer than half a percent did; an empty cell has no base."
)
_SEVERAL = N_("Several answers")
_SEVERAL_MEAN = N_("Where several answers were possible, a column may add to more than 100 %.")
_MEAN = N_("Mean")
_MEAN_MEANS = N_(
    "The average of the answers' scores, with two decimals; answers without a score, such as "
    '"don\'t know", are left out of it and of its base.'
)
_METHOD = N_("Method")


def about(
    study: Study,
    population: str,
    subtitle: Sayable,
    tables: Sequence[Table],
    wave: str,
    revision: int,
    rows: int,
    edition: Edition = MASTER,
    weights: Sequence[Sayable] = (),
) -> Section:
    """Make the section about the volume.

    Parameters
    ----------
    study : Study
        What was designed.
    population : str
        Name of one of the study's forms.
    subtitle : Text, Message or str
        What kind of document it opens.
    tables : sequence of Table
        The tables; what holds for one of them is explained.
    wave : str
        Name of the wave.
    revision : int
        The wave's revision, from 1.
    rows : int
        Interviews in the wave.
    edition : {"master", "restricted", "public"}, optional
        For whom it is.
    weights : sequence of Text, Message or str, optional
        How the weights of the revision were made (`tyndau.reporting.weights_said`).

    Returns
    -------
    Section
        Facts of the study, then how the tables are read.
    """
    methods = [table.method for table in tables]
    weighted = any(method.weighted for method in methods)
    data = data_line(wave, revision, edition)
    return Section(
        key="about",
        tab=Message(_TAB),
        title=Message(_TITLE),
        blocks=(
            Heading(study.title),
            Paragraph(subtitle),
            Facts(tuple(study_facts(study, [population], weighted, data, rows, weights))),
            Heading(Message(_HOW_TO_READ), 2),
            Facts((*reading(tables, study.thresholds), *_shown(tables, index=study.index))),
            *_method(methods),
        ),
    )


def about_beside(
    study: Study,
    populations: Sequence[str],
    subtitle: Sayable,
    tables: Sequence[SideBySide],
    in_time: bool,
) -> Section:
    """Make the section about a volume of samples side by side.

    Parameters
    ----------
    study : Study
        What was designed.
    populations : sequence of str
        Whose answers stand in it.
    subtitle : Text, Message or str
        What kind of document it opens.
    tables : sequence of SideBySide
        The tables, one at least.
    in_time : bool
        Whether the samples are waves.

    Returns
    -------
    Section
        How the tables are read, then the method.
    """
    methods = [method for table in tables for method in table.methods]
    tested = next((table.methods[0] for table in tables if any(table.tested)), None)
    hide, mark = study.thresholds.hide_below, study.thresholds.mark_below
    hides = any(table.hidden is not None for table in tables)
    facts = [
        Fact(Message(_SAMPLES), Message(_SAMPLES_MEAN)),
        Fact(Message(_BASE), Message(_BASE_MEANS)),
        Fact(Message(_PERCENTAGES), Message(_PERCENTAGES_ROUNDED if hides else _PERCENTAGES_MEAN)),
    ]
    if any(method.weighted for method in methods):
        facts.insert(2, Fact(Message(_EFFECTIVE), Message(_EFFECTIVE_MEANS)))
    if tested:
        level: dict[str, object] = {"level": round(tested.comparing.level * 100)}
        facts.append(Fact(Message(_LETTERS), Message(_LETTERS_BESIDE, level)))
        if in_time:
            facts.append(Fact("▲ ▼", Message(_ARROWS_BESIDE, level)))
        facts.append(Fact(Message(_NO_SIGN), Message(_NO_SIGN_MEANS)))
    facts.append(Fact("*", Message(_LOW_MEANS, {"hide": hide, "mark": mark - 1})))
    facts.append(Fact("**", Message(_TOO_LOW_MEANS if hides else _PEOPLE, {"hide": hide})))
    if hides:
        facts.append(_hiding(study.thresholds))
    return Section(
        key="about",
        tab=Message(_TAB),
        title=Message(_TITLE),
        blocks=(
            Heading(study.title),
            Paragraph(subtitle),
            Facts((*identity(study), inference_fact(study, populations))),
            Heading(Message(_HOW_TO_READ), 2),
            Facts(tuple(facts)),
        ),
    )  # fmt: skip


def _shown(tables: Sequence[Table], *, index: bool) -> Iterator[Fact]:
    """Explain the rows and columns that some tables have."""
    kinds = {head.kind for table in tables for head in table.rows}
    if "net" in kinds:
        yield Fact(Message(_NETS), Message(_NETS_MEAN))
    if "sd" in kinds:
        yield Fact(Message(_DEVIATION), Message(_DEVIATION_MEANS))
    if index:
        yield Fact(Message(_INDEX), Message(_INDEX_MEANS))
    if any(head.within for table in tables for head in table.columns):
        yield Fact(Message(_NESTED), Message(_NESTED_MEAN))


def reading(tables: Sequence[Table], thresholds: Thresholds) -> Iterator[Fact]:
    """Go through what a reader of tables must know.

    Parameters
    ----------
    tables : sequence of Table
        The tables; what holds for one of them is explained.
    thresholds : Thresholds
        From which base numbers are tested and marked.

    Yields
    ------
    Fact
        A sign or a term and what it means.
    """
    methods = [table.method for table in tables]
    yield Fact(Message(_BASE), Message(_BASE_MEANS))
    if any(method.weighted for method in methods):
        yield Fact(Message(_EFFECTIVE), Message(_EFFECTIVE_MEANS))
    hides = any(table.hidden is not None for table in tables)
    whole = _PERCENTAGES_ROUNDED if hides else _PERCENTAGES_MEAN
    yield Fact(Message(_PERCENTAGES), Message(whole))
    yield Fact(Message(_SEVERAL), Message(_SEVERAL_MEAN))
    yield Fact(Message(_MEAN), Message(_MEAN_MEANS))
    tested = next((method for method in methods if method.inference != "none"), None)
    if tested:
        level: dict[str, object] = {"level": round(tested.comparing.level * 100)}
        yield Fact(Message(_LETTERS), Message(_LETTERS_MEAN, level))
        yield Fact("▲ ▼", Message(_ARROWS_MEAN, level))
        yield Fact(Message(_NO_SIGN), Message(_NO_SIGN_MEANS))
    hide, mark = thresholds.hide_below, thresholds.mark_below
    yield Fact("*", Message(_LOW_MEANS, {"hide": hide, "mark": mark - 1}))
    yield Fact("**", Message(_TOO_LOW_MEANS, {"hide": hide}))
    if hides:
        yield _hiding(thresholds)


def _hiding(thresholds: Thresholds) -> Fact:
    limits: dict[str, object] = {
        "hide": thresholds.hide_below,
        "people": thresholds.people_below,
    }
    return Fact(HIDDEN, Message(_HIDDEN_MEANS, limits))


def _method(methods: Sequence[Method]) -> Iterable[Heading | Paragraph]:
    if methods:
        yield Heading(Message(_METHOD), 2)
        yield from (Paragraph(note) for note in methods[0].notes)
