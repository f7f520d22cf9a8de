"""The numbers that the field is counted in, and their sums.

In: nothing; the worker writes lines of `TALLY`. Out: `Sums`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Interviews that count, accepted, waiting for a decision, returned; finished ones that were
# rejected; over quota; minutes of those that count and how many tell them; people who were screened
# out, refused in the form, broke off, whatever was decided of it.
TALLY = (
    "done", "accepted", "waiting", "returned", "rejected", "over", "minutes", "timed",
    "not_eligible", "refused", "interrupted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of lines.

    Attributes
    ----------
    done, accepted, waiting, returned, rejected, over, minutes, timed : int
        As of `TALLY`.
    not_eligible, refused, interrupted : int
        As of `TALLY`.
    """

    done: int = 0
    accepted: int = 0
    waiting: int = 0
    returned: int = 0
    rejected: int = 0
    over: int = 0
    minutes: int = 0
    timed: int = 0
    not_eligible: int = 0
    refused: int = 0
    interrupted: int = 0

    @classmethod
    def of(cls, lines: Iterable[Sequence[int]]) -> "Sums":
        """Add lines up.

        Parameters
        ----------
        lines : iterable of sequence of int
            Each with the numbers of `TALLY`.

        Returns
        -------
        Sums
            Of all of them.
        """
        columns = list(zip(*lines, strict=True))
        return cls(*map(sum, columns)) if columns else cls()

    @property
    def arrived(self) -> int:
        """How many arrived in all: those that count, rejected ones, and who gave no interview."""
        decided = self.accepted + self.waiting + self.returned + self.rejected
        return decided + self.not_eligible + self.refused + self.interrupted

    @property
    def length(self) -> int | None:
        """How many minutes an interview took on average; None where nobody knows."""
        return round(self.minutes / self.timed) if self.timed else None
