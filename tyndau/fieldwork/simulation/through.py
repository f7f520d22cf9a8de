"""Simulated interviews sent to a server, each as a phone sends it.

In: simulated frames, the study, a server as a phone knows it. Out: how many were taken, and why
others were not. The same interviews have the same numbers, so that sending them twice leaves one of
each.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import NAMESPACE_URL, uuid5

import numpy as np

from tyndau.base.frames import NO_CATEGORY, Column, Frame
from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress, silent
from tyndau.fieldwork import problems
from tyndau.fieldwork.openrosa import XForm, write_instance
from tyndau.study.model import Study

_SENDING = N_("Sending: {population}")
_EVERY = 20


class Server(Protocol):
    """A server as a phone knows it."""

    def forms(self) -> Mapping[str, XForm]:
        """Fetch the forms that are offered.

        Returns
        -------
        mapping of str to XForm
            By the form's id.
        """

    def send(self, xml: bytes) -> str:
        """Send an interview.

        Parameters
        ----------
        xml : bytes
            As `write_instance` writes it.

        Returns
        -------
        str
            Empty if it was taken, now or before; else what the server says to it.
        """


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of interviews that were sent.

    Attributes
    ----------
    taken : dict of str to int
        By population how many the server has.
    refused : tuple of (str, str)
        The number of each other interview, and what the server said to it.
    not_offered : tuple of str
        Populations whose form the phone does not get.
    """

    taken: Mapping[str, int]
    refused: tuple[tuple[str, str], ...]
    not_offered: tuple[str, ...]


def send_simulated(
    frames: Mapping[str, Frame], study: Study, server: Server, *, progress: Progress = silent
) -> Sent:
    """Send simulated interviews.

    Parameters
    ----------
    frames : mapping of str to Frame
        By population.
    study : Study
        The fictional study.
    server : Server
        From which a phone gets the study's forms.
    progress : Progress, optional
        Told of every twentieth interview.

    Returns
    -------
    Sent
        What became of them.

    Raises
    ------
    UserError
        ``fieldwork.not-offered`` if the phone gets no form of the study; those of ``server``.
    """
    offered = server.forms()
    ids = {name: study.forms[name].id for name in frames}
    forms = {name: offered[one] for name, one in ids.items() if one in offered}
    if not forms:
        raise problems.NOT_OFFERED.error(forms=list(ids.values()))
    total = sum(len(frames[name]) for name in forms)
    done, taken, refused = 0, dict.fromkeys(forms, 0), []
    for name, xform in forms.items():
        for key, answers in _interviews(frames[name], xform):
            if done % _EVERY == 0:
                title = Message(_SENDING, {"population": study.forms[name].title})
                progress(done, total, title)
            done += 1
            number = f"uuid:{uuid5(NAMESPACE_URL, f'{study.folder.resolve().name}/{name}/{key}')}"
            said = server.send(write_instance(xform, answers, instance_id=number))
            if said:
                refused.append((number, said))
            else:
                taken[name] += 1
    return Sent(taken, tuple(refused), tuple(name for name in frames if name not in forms))


def _interviews(frame: Frame, xform: XForm) -> Iterator[tuple[str, dict[str, str]]]:
    """Go through the rows: the key of each, and its answers by path."""
    texts = texts_of(frame, xform)
    for row, key in enumerate(frame.keys):
        yield str(key), {path: column[row] for path, column in texts.items() if column[row]}


def texts_of(frame: Frame, xform: XForm) -> dict[str, list[str]]:
    """Write simulated answers as phones do.

    Parameters
    ----------
    frame : Frame
        Simulated interviews, R rows.
    xform : XForm
        The form that they fill in.

    Returns
    -------
    dict of str to list of str
        By path of the form, what each row answers; empty where nothing was asked or said.
    """
    return {
        path: _texts(frame[name])
        for path in xform.paths("")
        if (name := path.rpartition("/")[2]) in frame
    }


def _texts(column: Column) -> list[str]:
    """Write a column as phones write answers; empty where nothing was asked or said."""
    kind, codes = column.variable.kind, np.array([*column.variable.codes, ""], dtype=object)
    if kind == "single":
        texts = [str(codes[value]) if value != NO_CATEGORY else "" for value in column.values]
    elif kind == "multiple":
        texts = [" ".join(codes[:-1][row]) for row in column.values]
    elif kind == "number":
        texts = ["" if math.isnan(value) else _number(float(value)) for value in column.values]
    else:
        texts = list(column.values)
    return [text if asked else "" for text, asked in zip(texts, column.asked, strict=True)]


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)
