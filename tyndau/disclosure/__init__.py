"""Disclosure: what must not be known from published tables and records, and is not.

In: tables as they were counted and the people that they were counted from; records and the traits
by which a person might be known. Out: tables without what is hidden, with an audit by linear
programmes (`hide`), and records in which k people share each combination of traits (`release`).
Thresholds, suppression and audit share the relations between cells (`link`) and nothing else, so
that the one holds the other to account.
"""

from tyndau.disclosure.audit import Audit, audit, subtract
from tyndau.disclosure.hide import Hidden, hide
from tyndau.disclosure.k_anonymity import Anonymity, Coarsening, k_anonymity
from tyndau.disclosure.of_tables import Linked, Quoted, link
from tyndau.disclosure.people import People
from tyndau.disclosure.relations import Relations, relate
from tyndau.disclosure.release import Release, Step, release
from tyndau.disclosure.suppress import Suppression, suppress
from tyndau.disclosure.thresholds import Rules

__all__ = [
    "Anonymity",
    "Audit",
    "Coarsening",
    "Hidden",
    "Linked",
    "People",
    "Quoted",
    "Relations",
    "Release",
    "Rules",
    "Step",
    "Suppression",
    "audit",
    "hide",
    "k_anonymity",
    "link",
    "relate",
    "release",
    "subtract",
    "suppress",
]
