"""Outcome rates: how many of those addressed took part, in all and by point, interviewer or hour.

In: outcomes of contacts by the words of `tyndau.fieldwork.control.dispositions`. Out: `Tally`,
counts by class, and rates by the formulas of AAPOR (Standard Definitions, 10th edition, 2023). For
people met in the street there is no list of whom one might have met: cooperation and refusal speak
of those addressed alone. Response rates need a frame and are refused without one. Rates are shares
of what happened, so that none has an interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tyndau.fieldwork import problems
from tyndau.fieldwork.control.dispositions import CLASSES, DISPOSITIONS
from tyndau.study.standards import Inference


@dataclass(frozen=True, slots=True)
class Tally:
    """Contacts counted by class of outcome.

    Attributes
    ----------
    complete, partial : int
        Interviews, I and P.
    refused : int
        Refusals and break-offs, R.
    no_contact : int
        Eligible, but nobody was reached, NC.
    other : int
        Eligible and reached, but no interview for another reason, O.
    unknown_household, unknown_other : int
        Not known whether eligible, UH and UO.
    not_eligible : int
        Known not to be eligible, NE.
    """

    complete: int = 0
    partial: int = 0
    refused: int = 0
    no_contact: int = 0
    other: int = 0
    unknown_household: int = 0
    unknown_other: int = 0
    not_eligible: int = 0

    @property
    def reached(self) -> int:
        """Eligible people with whom somebody spoke: (I + P) + R + O."""
        return self.complete + self.partial + self.refused + self.other

    @property
    def eligible(self) -> int:
        """All known to be eligible: (I + P) + (R + NC + O)."""
        return self.reached + self.no_contact

    @property
    def unknown(self) -> int:
        """All of whom this is not known: UH + UO."""
        return self.unknown_household + self.unknown_other


@dataclass(frozen=True, slots=True)
class Cooperation:
    """How people took it when they were addressed; each is None where nobody was.

    Attributes
    ----------
    n : int
        Eligible people with whom somebody spoke, the base of ``coop1`` and ``refusal``.
    coop1 : float or None
        Minimum cooperation rate, COOP1 = I / ((I + P) + R + O).
    coop3 : float or None
        The same without those who could not take part, COOP3 = I / ((I + P) + R).
    refusal : float or None
        R / ((I + P) + R + O): the refusal rate REF3 among those reached.
    """

    n: int
    coop1: float | None
    coop3: float | None
    refusal: float | None


@dataclass(frozen=True, slots=True)
class Response:
    """Response rates of a sample from a frame; each is None where nothing was tried.

    Attributes
    ----------
    n : int
        All cases of the sample but those known not to be eligible.
    e : float
        Share of the cases of unknown eligibility that is taken to be eligible.
    rr1, rr2 : float or None
        Complete interviews, and partial ones too, of all cases that may be eligible.
    rr3, rr4 : float or None
        The same where of the unknown cases the share ``e`` counts.
    rr5, rr6 : float or None
        The same where no unknown case counts: the highest that the rate can be.
    """

    n: int
    e: float
    rr1: float | None
    rr2: float | None
    rr3: float | None
    rr4: float | None
    rr5: float | None
    rr6: float | None


def tallies(outcomes: Sequence[str], groups: Sequence[str]) -> dict[str, Tally]:
    """Count contacts by class within groups.

    Parameters
    ----------
    outcomes : sequence of str, length n
        Words of `DISPOSITIONS`.
    groups : sequence of str, length n
        The group of each contact: a point, an interviewer, an hour, a day.

    Returns
    -------
    dict of str to Tally
        By group, in their order.

    Raises
    ------
    UserError
        ``fieldwork.unknown-outcome`` if a word is none of them.
    """
    if not outcomes:
        return {}
    words, at = np.unique(np.asarray(outcomes, dtype=str), return_inverse=True)
    unknown = sorted(set(words.tolist()) - set(DISPOSITIONS))
    if unknown:
        raise problems.UNKNOWN_OUTCOME.error(values=unknown, known=list(DISPOSITIONS))
    names, group = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    kinds = np.array([CLASSES.index(DISPOSITIONS[word].kind) for word in words])
    counts = np.bincount(group * len(CLASSES) + kinds[at], minlength=len(names) * len(CLASSES))
    by_group = counts.reshape(len(names), len(CLASSES)).tolist()
    return {name: Tally(*row) for name, row in zip(names.tolist(), by_group, strict=True)}


def tally(outcomes: Sequence[str]) -> Tally:
    """Count contacts by class.

    Parameters
    ----------
    outcomes : sequence of str
        Words of `DISPOSITIONS`.

    Returns
    -------
    Tally
        All of them together.

    Raises
    ------
    UserError
        ``fieldwork.unknown-outcome`` if a word is none of them.
    """
    return tallies(outcomes, [""] * len(outcomes)).get("", Tally())


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def cooperation(counted: Tally) -> Cooperation:
    """Return cooperation and refusal among those addressed.

    Parameters
    ----------
    counted : Tally
        Contacts.

    Returns
    -------
    Cooperation
        Shares from 0 to 1; a sample without a frame has these and no response rate.

    References
    ----------
    AAPOR (2023), Standard Definitions, 10th edition: cooperation rates 1 and 3, refusal rate 3.
    """
    asked = counted.complete + counted.partial + counted.refused
    return Cooperation(
        n=counted.reached,
        coop1=_share(counted.complete, counted.reached),
        coop3=_share(counted.complete, asked),
        refusal=_share(counted.refused, counted.reached),
    )


def eligibility(counted: Tally) -> float:
    """Estimate which share of the cases of unknown eligibility is eligible.

    Parameters
    ----------
    counted : Tally
        Contacts.

    Returns
    -------
    float
        Their share among the cases of which it is known; 1, the most careful, where none is.

    References
    ----------
    AAPOR (2023), Standard Definitions, 10th edition: the estimate e of the proportional
    allocation, as in the AAPOR Outcome Rate Calculator 4.0 (2016).
    """
    share = _share(counted.eligible, counted.eligible + counted.not_eligible)
    return 1.0 if share is None else share


def response(counted: Tally, inference: Inference, *, e: float | None = None) -> Response:
    """Return response rates, where there is a frame.

    Parameters
    ----------
    counted : Tally
        All cases of the sample, those that were never tried included.
    inference : {"design", "model", "none"}
        What the sample of the study allows.
    e : float, optional
        Share of the unknown cases that is eligible, 0 to 1; `eligibility` where it is not given.

    Returns
    -------
    Response
        Shares from 0 to 1.

    Raises
    ------
    UserError
        ``fieldwork.no-frame`` if the sample is not drawn from a frame.

    References
    ----------
    AAPOR (2023), Standard Definitions, 10th edition: response rates 1 to 6.
    """
    if inference != "design":
        raise problems.NO_FRAME.error(inference=inference)
    share = eligibility(counted) if e is None else e
    whole, both = counted.complete, counted.complete + counted.partial
    widest = counted.eligible + counted.unknown
    likely = counted.eligible + share * counted.unknown
    return Response(
        n=widest,
        e=share,
        rr1=_share(whole, widest),
        rr2=_share(both, widest),
        rr3=_share(whole, likely),
        rr4=_share(both, likely),
        rr5=_share(whole, counted.eligible),
        rr6=_share(both, counted.eligible),
    )
