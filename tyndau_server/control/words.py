"""Alerts in words: what was found, and what a person should do next.

In: the rule of an alert and its facts. Out: sentences. Each is a reason to look, never a verdict. A
rule of the field that is new adds its words here.
"""

from collections.abc import Mapping
from typing import Any

from tyndau.base.languages import N_, Message, Sayable

# By rule: what was found, with placeholders of its facts; what to do.
RULES: Mapping[str, tuple[str, str]] = {
    "phone-silent": (
        N_("A phone has not been heard of for {hours} hours; interviews that waited: {unsent}."),
        N_("Call the interviewer: without a network a phone keeps all; a lost one is shut out."),
    ),
    "promises-exceed": (
        N_("More interviews are promised than wanted, by {count}: {cell}."),
        N_("End or change assignments of those interviewers before they use it."),
    ),
}


def what(rule: str, facts: Mapping[str, Any]) -> Sayable:
    """Say what was found.

    Parameters
    ----------
    rule : str
        The rule.
    facts : mapping
        What its sentence is made of.

    Returns
    -------
    Message or str
        The sentence; the rule's name for one of a later version.
    """
    return Message(RULES[rule][0], facts) if rule in RULES else rule


def next_step(rule: str) -> Sayable:
    """Say what to do.

    Parameters
    ----------
    rule : str
        The rule.

    Returns
    -------
    Message or str
        The sentence; empty for a rule of a later version.
    """
    return Message(RULES[rule][1]) if rule in RULES else ""
