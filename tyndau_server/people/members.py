"""The team of a study: interviewers added, roles changed and ended.

In: who decides, of whom, what. Out: memberships, with an entry in the log for each. What one may
decide is asked of `tyndau_server.people.rank` here, not only in a view.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from tyndau_server.audit import log
from tyndau_server.people import photos, problems, rank
from tyndau_server.people.models import Membership, Person, Role


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides in a study.

    Attributes
    ----------
    person : Person
        Who.
    study : str
        The study's slug.
    membership : Membership or None
        What the person is there; None for an administrator without a part in it.
    """

    person: Person
    study: str
    membership: Membership | None

    def require(self, role: str) -> None:
        """Refuse a role that is not theirs to give.

        Parameters
        ----------
        role : str
            One of `Role`.

        Raises
        ------
        UserError
            If it is not.
        """
        if role not in rank.givable(self.person, self.membership):
            raise problems.NOT_YOURS.error()

    def may(self, other: Membership) -> bool:
        """Tell whether they may change or end what another one is.

        Parameters
        ----------
        other : Membership
            Of the same study.

        Returns
        -------
        bool
            Whether.
        """
        return rank.may_decide_of(self.person, self.membership, other)


def add_interviewer(
    decider: Decider,
    *,
    name: str,
    code: str,
    forms: Sequence[str],
    territories: Sequence[str],
    language: str = "",
) -> Membership:
    """Add an interviewer, who needs no e-mail.

    Parameters
    ----------
    decider : Decider
        Who adds.
    name, code : str, str
        As the interviewer is known, and stands in the data.
    forms, territories : sequence of str
        Populations and codes of territories; empty for all.
    language : str, default ""
        In which phones are answered; empty for what a phone itself asks for.

    Returns
    -------
    Membership
        The interviewer's.

    Raises
    ------
    UserError
        If it is not theirs to decide, or another interviewer has the code.
    """
    decider.require(Role.INTERVIEWER)
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                person=Person.objects.create(name=name, language=language),
                study=decider.study,
                role=Role.INTERVIEWER,
                code=code,
                forms=list(forms),
                territories=list(territories),
            )
            _write("member.added", decider.person, membership, _state(membership))
    except IntegrityError as error:
        raise problems.CODE_TAKEN.error(got=code) from error
    return membership


def change(
    decider: Decider,
    other: Membership,
    *,
    role: str,
    code: str = "",
    forms: Sequence[str] = (),
    territories: Sequence[str] = (),
    language: str | None = None,
) -> None:
    """Change what a person is in a study; nothing is written where nothing changes.

    Parameters
    ----------
    decider : Decider
        Who decides.
    other : Membership
        Of whom.
    role : str
        The new role; an interviewer stays one, and nobody else becomes one, since these have
        no account.
    code : str, default ""
        Of an interviewer.
    forms, territories : sequence of str, default ()
        Of an interviewer or a supervisor; empty for all.
    language : str or None, default None
        In which an interviewer's phones are answered; None leaves it as it is.

    Raises
    ------
    UserError
        If it is not theirs to decide, the study would lose its last head, or the code is taken.
    """
    if (role == Role.INTERVIEWER) != (other.role == Role.INTERVIEWER) or not decider.may(other):
        raise problems.NOT_YOURS.error()
    decider.require(role)
    before = _state(other)
    kept = {"role": role, "code": code, "forms": list(forms), "territories": list(territories)}
    spoken = other.person.language if language is None else language
    after = kept | {"language": spoken}
    if after == before:
        return
    try:
        with transaction.atomic():
            if role != Role.HEAD:
                rank.keep_a_head(other)
            changed = Membership.objects.filter(pk=other.pk, ended=None).update(**kept)
            if changed:
                Person.objects.filter(pk=other.person_id).update(language=spoken)
                _write("member.changed", decider.person, other, {"before": before, "after": after})
    except IntegrityError as error:
        raise problems.CODE_TAKEN.error(got=code) from error


def end(decider: Decider, other: Membership) -> None:
    """End what a person is in a study; the account and what it did stay, an own photo goes.

    Parameters
    ----------
    decider : Decider
        Who decides.
    other : Membership
        Of whom; its phones come in no more.

    Raises
    ------
    UserError
        If it is not theirs to decide, or the study would lose its last head.
    """
    if not decider.may(other):
        raise problems.NOT_YOURS.error()
    with transaction.atomic():
        rank.keep_a_head(other)
        if Membership.objects.filter(pk=other.pk, ended=None).update(ended=timezone.now()):
            _write("member.ended", decider.person, other, {"role": other.role})
            photos.erase_photo(other)


def _state(membership: Membership) -> dict[str, object]:
    return {
        "role": str(membership.role),
        "code": membership.code,
        "forms": list(membership.forms),
        "territories": list(membership.territories),
        "language": membership.person.language,
    }


def _write(action: str, by: Person, other: Membership, details: dict[str, object]) -> None:
    log.write(action, actor=by, study=other.study, subject=other.person.name, details=details)
