"""Tables that are printed twice.

In: the printed tables. Out: pairs that repeat each other: one question by one banner printed
twice, with the same figures or not, or the same figures under two questions, as when a table was
pasted under the next title. Small tables may agree by chance and are left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tyndau.base.languages import N_, Message
from tyndau.proofing.published import PublishedTable

_SAME_TITLE = N_('Both are of the question "{question}" by "{banner}".')
_SAME_CELLS = N_("All {count} percentages are the same.")
_OTHER_CELLS = N_("{count} of {of} percentages differ.")
_SAME_BASES = N_("All bases are the same.")
_OTHER_BASES = N_("The bases differ: {first} in the first, {second} in the second printing.")
_OTHER_TITLE = N_(
    'The first is of "{first}", the second of "{second}": one of them has the other\'s figures.'
)

# Fewer figures may be the same in two questions by chance; 0 and 100 tell nothing of a question.
_TOO_FEW = 8


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two printings that repeat each other.

    Attributes
    ----------
    first, second : int
        Indices of the tables, in print order.
    evidence : tuple of Message
        What is the same and what is not.
    """

    first: int
    second: int
    evidence: tuple[Message, ...]


def find_repeats(tables: Sequence[PublishedTable]) -> list[Repeat]:
    """Find tables that are printed twice.

    Parameters
    ----------
    tables : sequence of PublishedTable
        The volume.

    Returns
    -------
    list of Repeat
        Each later printing once, with the earliest one that it repeats.
    """
    found = []
    for second, table in enumerate(tables):
        for first, earlier in enumerate(tables[:second]):
            evidence = _same(earlier, table)
            if evidence:
                found.append(Repeat(first, second, evidence))
                break
    return found


def _same(first: PublishedTable, second: PublishedTable) -> tuple[Message, ...]:
    same_title = (first.question, first.banner) == (second.question, second.banner)
    same_cells = list(first.columns) == list(second.columns) and list(
        first.percent.values()
    ) == list(second.percent.values())
    if not same_title:
        titles: dict[str, object] = {"first": first.question, "second": second.question}
        telling = sum(0 < percent < 100 for percent in first.percent.values()) >= _TOO_FEW
        cells = Message(_SAME_CELLS, {"count": len(first.percent)})
        return (cells, Message(_OTHER_TITLE, titles)) if same_cells and telling else ()
    title = Message(_SAME_TITLE, {"question": first.question, "banner": first.banner})
    return title, _compare_cells(first, second), _compare_bases(first, second)


def _compare_cells(first: PublishedTable, second: PublishedTable) -> Message:
    both = [cell for cell in first.percent if cell in second.percent]
    differing = sum(first.percent[cell] != second.percent[cell] for cell in both)
    if differing:
        return Message(_OTHER_CELLS, {"count": differing, "of": len(both)})
    return Message(_SAME_CELLS, {"count": len(both)})


def _compare_bases(first: PublishedTable, second: PublishedTable) -> Message:
    bases = [
        [table.columns[column].base for column in first.columns if column in second.columns]
        for table in (first, second)
    ]
    if bases[0] == bases[1]:
        return Message(_SAME_BASES)
    return Message(_OTHER_BASES, {"first": bases[0], "second": bases[1]})
