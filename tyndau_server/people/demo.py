"""The made-up persons of the demonstration, one a role.

In: a role, the studies that are served. Out: the person, made when first asked for. No address of
theirs can exist (RFC 2606), and they have no password: they come in by a click, where the setting
``TYNDAU_DEMO`` allows it, and nowhere else.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction

from tyndau_server.audit import log
from tyndau_server.people.models import Membership, Person, Role

ADMINISTRATOR = "administrator"
NAMES: Mapping[str, str] = {
    Role.SOCIOLOGIST: "Айгүл Мысалова",
    Role.HEAD: "Серік Үлгібаев",
    Role.SUPERVISOR: "Дәурен Үлгібаев",
    Role.INTERVIEWER: "Әсел Мысалова",
    Role.MODERATOR: "Қарлығаш Үлгібаева",
    Role.CUSTOMER: "Нұрлан Мысалов",
    Role.READER: "Ғалия Үлгібаева",
    ADMINISTRATOR: "Өмір Мысалов",
}
_CODE = "demo"


def made_up(role: str, studies: Iterable[str]) -> Person:
    """Return the made-up person of a role, with a part in every study.

    Parameters
    ----------
    role : str
        One of `NAMES`.
    studies : iterable of str
        Slugs of the studies that are served.

    Returns
    -------
    Person
        The person.
    """
    administrator = role == ADMINISTRATOR
    with transaction.atomic():
        person, made = Person.objects.get_or_create(
            email=f"{role}@demo.invalid",
            defaults={"name": NAMES[role], "administrator": administrator},
        )
        if made:
            person.set_unusable_password()
            person.save()
        for slug in () if administrator else studies:
            _, new = Membership.objects.get_or_create(
                person=person, study=slug, ended=None,
                defaults={"role": role, "code": _CODE if role == Role.INTERVIEWER else ""},
            )  # fmt: skip
            if new:
                log.write("demo.entered", actor=None, study=slug, subject=person.name)
    return person
