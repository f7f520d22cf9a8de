"""What became of each person or door that an interviewer addressed: final codes of AAPOR.

In: the outcomes by which interviewers note their contacts. Out: `DISPOSITIONS`: for each, the final
disposition code, its class in the outcome rates and its name. A new outcome is a line here.

Codes are those of in-person surveys of households (AAPOR, Standard Definitions, 10th edition, 2023;
9th edition, 2016, Table 2). The Standard Definitions have no table for people met in the street.
Passers-by are coded by the same list, as if each of them were a household of one: who refuses
before the screening counts as a refusal (2.11), as if eligible, which makes cooperation look lower
and never higher than it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from tyndau.base.languages import N_, Message

# Classes of the outcome rates: complete and partial interviews, refusals and break-offs, no
# contact, other eligible ones, unknown whether a household, unknown otherwise, not eligible.
Class = Literal["I", "P", "R", "NC", "O", "UH", "UO", "NE"]
CLASSES: Final[tuple[Class, ...]] = ("I", "P", "R", "NC", "O", "UH", "UO", "NE")

# An interview with fewer of its questions answered was broken off, with more is complete: one of
# the rules that the Standard Definitions offer; a study says which one it uses.
BROKEN_OFF_BELOW, COMPLETE_ABOVE = 0.5, 0.8


@dataclass(frozen=True, slots=True)
class Disposition:
    """A final disposition.

    Attributes
    ----------
    code : str
        The code of AAPOR.
    kind : {"I", "P", "R", "NC", "O", "UH", "UO", "NE"}
        Its class in the outcome rates.
    name : Message
        Its name.
    dwellings : bool
        Whether it is of doors alone and never of a passer-by.
    """

    code: str
    kind: Class
    name: Message
    dwellings: bool = False


def _door(code: str, kind: Class, name: str) -> Disposition:
    return Disposition(code, kind, Message(name), dwellings=True)


DISPOSITIONS: Final[Mapping[str, Disposition]] = {
    "complete": Disposition("1.1", "I", Message(N_("complete interview"))),
    "partial": Disposition("1.2", "P", Message(N_("partial interview"))),
    "refusal": Disposition("2.11", "R", Message(N_("refusal"))),
    "break_off": Disposition("2.12", "R", Message(N_("broken off"))),
    "no_access": _door("2.23", "NC", N_("no access to the building")),
    "not_home": _door("2.24", "NC", N_("nobody at home")),
    "away": _door("2.25", "NC", N_("respondent away or busy")),
    "unable": Disposition("2.32", "O", Message(N_("physically or mentally unable"))),
    "language": Disposition("2.33", "O", Message(N_("language barrier"))),
    "other": Disposition("2.36", "O", Message(N_("other, eligible"))),
    "not_tried": _door("3.11", "UH", N_("not attempted")),
    "unsafe": _door("3.17", "UH", N_("out of reach or unsafe")),
    "not_found": _door("3.18", "UH", N_("address not found")),
    "not_screened": Disposition("3.21", "UO", Message(N_("not screened"))),
    "out_of_sample": Disposition("4.10", "NE", Message(N_("not in the sample"))),
    "no_dwelling": _door("4.50", "NE", N_("not a dwelling")),
    "vacant": _door("4.60", "NE", N_("vacant dwelling")),
    "not_eligible": Disposition("4.70", "NE", Message(N_("nobody eligible"))),
    "quota_filled": Disposition("4.80", "NE", Message(N_("quota filled"))),
}


def outcome_of_interview(answered: float) -> str:
    """Return the outcome of an interview that was begun.

    Parameters
    ----------
    answered : float
        Share of the questions that applied which were answered, 0 to 1; "don't know" and "refused"
        are answers.

    Returns
    -------
    str
        ``complete``, ``partial`` or ``break_off``.
    """
    if answered < BROKEN_OFF_BELOW:
        return "break_off"
    return "complete" if answered > COMPLETE_ABOVE else "partial"
