"""Reading cells of a table: answers with their meaning, values as they are printed.

In: a table. Out: rows, categories and values. What counts as an answer without a meaning of its own
is decided here, for answers and for columns alike.
"""

from tyndau.base.frames import MEANINGS, Category, Meaning
from tyndau.reporting.volume import MEAN_DECIMALS
from tyndau.tabulation.table import Table


def answers(table: Table) -> list[tuple[int, Category]]:
    """Return the rows that are answers, with their categories.

    Parameters
    ----------
    table : Table
        The table.

    Returns
    -------
    list of (int, Category)
        In the order of the questionnaire.
    """
    by_code = {category.code: category for category in table.question.categories}
    return [
        (row, by_code[head.code]) for row, head in enumerate(table.rows) if head.kind == "answer"
    ]


def meaning(category: Category) -> Meaning:
    """Return what kind of answer a category is.

    Parameters
    ----------
    category : Category
        Of a question or of a derived variable, whose categories have no meaning but their code.

    Returns
    -------
    str
        As in `tyndau.base.frames.Meaning`.
    """
    return category.meaning or MEANINGS.get(category.code, "")


def mean_row(table: Table) -> int | None:
    """Return the row of the mean, if the table has one.

    Parameters
    ----------
    table : Table
        The table.

    Returns
    -------
    int or None
        Its index.
    """
    return next((row for row, head in enumerate(table.rows) if head.kind == "mean"), None)


def at(table: Table, row: int, column: int) -> float:
    """Return a value, unrounded.

    Parameters
    ----------
    table : Table
        The table.
    row, column : int
        The cell.

    Returns
    -------
    float
        A percentage 0 to 100, or a mean.
    """
    return float(table.percent[row, column])


def hidden(table: Table, row: int, column: int) -> bool:
    """Tell whether an edition does not show a cell.

    Parameters
    ----------
    table : Table
        The table.
    row, column : int
        The cell.

    Returns
    -------
    bool
        True where it holds no number for that reason.
    """
    return table.hidden is not None and bool(table.hidden[row, column])


def printed(table: Table, row: int, column: int) -> float:
    """Return a value as readers see it.

    Parameters
    ----------
    table : Table
        The table.
    row, column : int
        The cell.

    Returns
    -------
    float
        Rounded to whole percent, or to the decimals of a mean; NaN where there is none.
    """
    decimals = 0 if table.rows[row].is_share else MEAN_DECIMALS
    return round(at(table, row, column), decimals)
