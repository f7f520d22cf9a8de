"""Comparing two entries of a sheet, and settling what differs.

In: a sheet that two people typed in. Out: `Difference`, field by field, and what holds. A word on a
difference may be changed until the interview is sent; each is in the log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from tyndau_server.audit import log
from tyndau_server.fieldwork.writing import writing
from tyndau_server.paper import problems
from tyndau_server.paper.fields import Field
from tyndau_server.paper.models import Entry, Settled, Sheet
from tyndau_server.people.models import Person


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people typed in otherwise.

    Attributes
    ----------
    field : Field
        Which.
    first, second : str
        What each of them typed, as texts of the form.
    settled : Settled or None
        What holds, where somebody said it.
    """

    field: Field
    first: str
    second: str
    settled: Settled | None


def both(sheet: Sheet) -> tuple[Entry, Entry] | None:
    """Return the two entries of a sheet.

    Parameters
    ----------
    sheet : Sheet
        The sheet.

    Returns
    -------
    tuple of (Entry, Entry) or None
        None where one is not finished.
    """
    entries = list(sheet.entries.exclude(finished=None).select_related("person").order_by("turn"))
    return (entries[0], entries[1]) if len(entries) == 2 else None


def differences(sheet: Sheet, fields: Sequence[Field]) -> tuple[Difference, ...]:
    """Return what two people typed in otherwise.

    Parameters
    ----------
    sheet : Sheet
        A sheet with two finished entries.
    fields : sequence of Field
        What is typed in, in order.

    Returns
    -------
    tuple of Difference
        In the order of the sheet; those that are settled too.

    Raises
    ------
    UserError
        If it was not typed in twice.
    """
    pair = both(sheet)
    if pair is None:
        raise problems.DIFFERENCES.error(number=sheet.number)
    settled = {one.field: one for one in sheet.settled.select_related("person")}
    first, second = (entry.values for entry in pair)
    return tuple(
        Difference(one, first.get(one.name, ""), second.get(one.name, ""), settled.get(one.name))
        for one in fields
        if first.get(one.name, "") != second.get(one.name, "")
    )


def settle(
    sheet: Sheet, found: Sequence[Difference], words: Mapping[str, str], *, by: Person
) -> None:
    """Say what holds where two entries differ.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    found : sequence of Difference
        What differs.
    words : mapping of str to str
        By name of field, what holds; fields that do not differ are passed over.
    by : Person
        Who says it, with the sheet at hand.

    Raises
    ------
    UserError
        If the interview was sent already.
    """
    open_ = {one.field.name for one in found}
    new = {name: text for name, text in words.items() if name in open_}
    with writing():
        if Sheet.objects.select_for_update().get(pk=sheet.pk).sent is not None:
            raise problems.FINISHED.error(number=sheet.number)
        for name, text in new.items():
            Settled.objects.update_or_create(
                sheet=sheet, field=name,
                defaults={"value": text, "person": by, "moment": timezone.now()},
            )  # fmt: skip
        if new:
            log.write(
                "paper.settled", actor=by, study=sheet.study, subject=sheet.instance_id,
                details={"sheet": sheet.number, "fields": sorted(new)},
            )  # fmt: skip


def settled_values(sheet: Sheet, fields: Sequence[Field]) -> dict[str, str]:
    """Return what holds of a sheet, when nothing differs any more.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    fields : sequence of Field
        What is typed in.

    Returns
    -------
    dict of str to str
        Texts of the form by name; what is empty is left out.

    Raises
    ------
    UserError
        If it was not typed in twice, or differences are left.
    """
    found = differences(sheet, fields)
    pair = both(sheet)
    if pair is None or any(one.settled is None for one in found):
        raise problems.DIFFERENCES.error(number=sheet.number)
    values = dict(pair[0].values)
    values |= {one.field.name: one.settled.value for one in found if one.settled}
    return {name: text for name, text in values.items() if text}
