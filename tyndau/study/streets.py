"""A street of a point, as the sheet ``streets`` of the workbook names it.

In: nothing; `tyndau.study.sheets.streets` makes it. Out: `Street`, which counts its own houses. It
knows numbers of doors and nothing of who lives behind them.
"""

from dataclasses import dataclass

from tyndau.base.languages import Text


@dataclass(frozen=True, slots=True)
class Street:
    """A street of a point, or a stretch of one; where its houses are known, they are dwellings.

    Attributes
    ----------
    point : str
        Code of the point.
    name : Text
        What it is called.
    first, last : int
        Lowest and highest number of its houses; 0 where the street alone is named.
    side : str
        Which of them: one of `tyndau.study.schema.HOUSE_SIDES`.
    flats : int
        How many flats each house has; 0 where a house is one dwelling.
    """

    point: str
    name: Text
    first: int = 0
    last: int = 0
    side: str = "all"
    flats: int = 0

    @property
    def houses(self) -> range:
        """The numbers of its houses, in ascending order."""
        if not self.first:
            return range(0)
        if self.side == "all":
            return range(self.first, self.last + 1)
        begin = self.first + (self.first % 2 != (self.side == "odd"))
        return range(begin, self.last + 1, 2)

    @property
    def dwellings(self) -> int:
        """How many doors there are."""
        return len(self.houses) * max(1, self.flats)
