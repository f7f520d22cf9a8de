"""k-anonymity of records: how many people share each combination of traits by which one is known.

In: a frame and its key variables. Out: `Anonymity`: the smallest classes, how many people stand in
classes that are too small, and what would help: which neighbouring categories to join, which
values to blank. `tyndau.disclosure.release` does it; here nothing is changed. A trait that is not
known is a category like any other, so that a blank hides nobody by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Frame

# How many of the smallest classes and of the best ways to coarsen are reported.
_LISTED = 10


@dataclass(frozen=True, slots=True)
class Class:
    """People who share all traits.

    Attributes
    ----------
    traits : tuple of str
        The code of each key variable; empty where it is not known.
    people : int
        How many.
    """

    traits: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Coarsening:
    """A way to make classes larger.

    Attributes
    ----------
    variable : str
        The key variable.
    codes : tuple of str
        Neighbouring categories to join; one category: its values are blanked where they are rare.
    relieved : int
        People who would no longer stand in a class that is too small.
    """

    variable: str
    codes: tuple[str, ...]
    relieved: int


@dataclass(frozen=True, slots=True)
class Anonymity:
    """How well traits hide people.

    Attributes
    ----------
    keys : tuple of str
        The key variables.
    wanted : int
        How many must share a combination of traits.
    k : int
        How many do at least; 0 without records.
    people : int
        Records.
    classes : int
        Different combinations.
    exposed : int
        People in classes of fewer than wanted.
    smallest : tuple of Class
        The smallest classes that are too small, at most ten.
    suggestions : tuple of Coarsening
        The best ways to coarsen, the best first; none where all classes are large enough.
    """

    keys: tuple[str, ...]
    wanted: int
    k: int
    people: int
    classes: int
    exposed: int
    smallest: tuple[Class, ...]
    suggestions: tuple[Coarsening, ...]


def k_anonymity(frame: Frame, keys: Sequence[str], *, k: int) -> Anonymity:
    """Find out how many people share each combination of traits.

    Parameters
    ----------
    frame : Frame
        The records.
    keys : sequence of str
        Single responses by which a person might be known.
    k : int
        How many people must share each combination, 2 at least.

    Returns
    -------
    Anonymity
        A report that changes nothing.

    References
    ----------
    .. [1] Sweeney, L. (2002). k-anonymity: a model for protecting privacy. *International Journal
       on Uncertainty, Fuzziness and Knowledge-based Systems* 10, 557-570.
    """
    codes = trait_codes(frame, keys)
    sizes = class_sizes(codes)
    combinations, counts = np.unique(codes, axis=0, return_counts=True)
    order = np.argsort(counts, kind="stable")
    exposed = int((sizes < k).sum())
    smallest = tuple(
        Class(_said(frame, keys, combinations[at]), int(counts[at]))
        for at in order[:_LISTED]
        if counts[at] < k
    )
    ways = sorted(coarsenings(frame, keys, k=k), key=lambda one: -one.relieved)
    return Anonymity(
        keys=tuple(keys),
        wanted=k,
        k=int(counts.min(initial=len(frame))) if len(frame) else 0,
        people=len(frame),
        classes=len(counts) if len(frame) else 0,
        exposed=exposed,
        smallest=smallest,
        suggestions=tuple(ways[:_LISTED]) if exposed else (),
    )


def trait_codes(frame: Frame, keys: Sequence[str]) -> NDArray[np.intp]:
    """Return the traits of each record as numbers.

    Parameters
    ----------
    frame : Frame
        The records.
    keys : sequence of str
        Single responses.

    Returns
    -------
    ndarray of int, shape (n, K)
        Index of each category; -1 where it is not known.
    """
    columns = [
        np.where(frame[name].answered, frame[name].values, -1).astype(np.intp) for name in keys
    ]
    return np.column_stack(columns) if columns else np.zeros((len(frame), 0), dtype=np.intp)


def class_sizes(codes: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return how many records share the traits of each.

    Parameters
    ----------
    codes : ndarray of int, shape (n, K)
        Traits.

    Returns
    -------
    ndarray of int, shape (n,)
        Itself among them.
    """
    _, inverse, counts = np.unique(codes, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(counts[inverse.reshape(-1)], dtype=np.intp)


def coarsenings(frame: Frame, keys: Sequence[str], *, k: int) -> Iterator[Coarsening]:
    """Go through ways to make classes larger by one step.

    Parameters
    ----------
    frame : Frame
        The records.
    keys : sequence of str
        Single responses.
    k : int
        How many must share a combination.

    Yields
    ------
    Coarsening
        Two neighbouring categories of a variable joined, or the rare values of one blanked, where
        it relieves somebody.
    """
    codes = trait_codes(frame, keys)
    rare = class_sizes(codes) < k
    exposed = int(rare.sum())
    for number, name in enumerate(keys):
        known = frame[name].variable.codes
        for first in range(len(known) - 1):
            tried = codes.copy()
            tried[tried[:, number] == first + 1, number] = first
            relieved = exposed - int((class_sizes(tried) < k).sum())
            if relieved > 0:
                yield Coarsening(name, known[first : first + 2], relieved)
        for at, code in enumerate(known):
            tried = codes.copy()
            tried[rare & (tried[:, number] == at), number] = -1
            relieved = exposed - int((class_sizes(tried) < k).sum())
            if relieved > 0:
                yield Coarsening(name, (code,), relieved)


def _said(frame: Frame, keys: Sequence[str], traits: NDArray[np.intp]) -> tuple[str, ...]:
    return tuple(
        frame[name].variable.codes[at] if at >= 0 else ""
        for name, at in zip(keys, traits, strict=True)
    )
