"""Who may ask for which route: the one table of permissions, as data.

In: nothing. Out: `MATRIX`, a row a route, by the route's name. `tyndau_server.people.gate` asks it
of every request and a test visits every route as every role. Whoever adds a route adds its row
here; without one, nobody gets in. Whose interviews a supervisor sees is narrowed by
`tyndau_server.fieldwork.seen`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tyndau_server.people.models import Role

Scope = Literal["everybody", "token", "person", "administrator", "study"]

HEAD, SOCIOLOGIST, SUPERVISOR = Role.HEAD, Role.SOCIOLOGIST, Role.SUPERVISOR
INTERVIEWER, MODERATOR = Role.INTERVIEWER, Role.MODERATOR
CUSTOMER, READER = Role.CUSTOMER, Role.READER

ALL = frozenset(Role)
OFFICE = frozenset({HEAD, SOCIOLOGIST})
FIELD = frozenset({SOCIOLOGIST, SUPERVISOR})
# The head does all but look into data; an interviewer's phone needs no pages of results.
RESULTS = frozenset({HEAD, SOCIOLOGIST, CUSTOMER, READER})


@dataclass(frozen=True, slots=True)
class Row:
    """Who may ask for a route.

    Attributes
    ----------
    scope : {"everybody", "token", "person", "administrator", "study"}
        ``everybody``, signed in or not; ``token``, whoever has the token that stands in the
        address; ``person``, whoever is signed in; ``administrator`` of the server; ``study``, by
        the role in the study that the address names. In another study nobody may anything.
    roles : frozenset of Role
        For ``study``: which roles.
    administrator : bool
        For ``study``: whether the server's administrator may, without a role in the study.
    half : bool
        Whether it is open before the second factor was shown.
    """

    scope: Scope
    roles: frozenset[Role] = frozenset()
    administrator: bool = False
    half: bool = False


def _study(roles: frozenset[Role], *, administrator: bool = False) -> Row:
    return Row("study", roles, administrator)


MATRIX: Mapping[str, Row] = {
    # Ways in
    "welcome": Row("everybody"),
    "sign-in": Row("everybody"),
    "sign-out": Row("everybody"),
    "demo": Row("everybody"),
    "scheme": Row("everybody"),
    "link": Row("everybody"),
    "second-factor": Row("person", half=True),
    "second-factor-new": Row("person", half=True),
    # Programs that watch the server
    "health": Row("everybody"),
    "health-ready": Row("everybody"),
    # Phones, by the token in the address
    "form": Row("token"),
    "form-boot": Row("token"),
    "form-worker": Row("token"),
    "form-app": Row("token"),
    "form-sealed": Row("token"),
    "form-reports": Row("token"),
    "form-sent": Row("token"),
    "form-sent-one": Row("token"),
    "openrosa-form-list": Row("token"),
    "openrosa-submission": Row("token"),
    "openrosa-form": Row("token"),
    "openrosa-manifest": Row("token"),
    "openrosa-media": Row("token"),
    # Residents, by the secret of a link in the address
    "link-page": Row("token"),
    "link-boot": Row("token"),
    "link-worker": Row("token"),
    "link-sealed": Row("token"),
    "link-unfinished": Row("token"),
    "link-form": Row("token"),
    "link-media": Row("token"),
    # Oneself
    "account": Row("person"),
    "account-password": Row("person"),
    "account-sessions": Row("person"),
    "account-codes": Row("person"),
    # The server
    "persons": Row("administrator"),
    "person": Row("administrator"),
    "person-active": Row("administrator"),
    "person-administrator": Row("administrator"),
    "person-link": Row("administrator"),
    "administrator-link-revoke": Row("administrator"),
    # All studies
    "index": Row("person"),
    "new-study": Row("administrator"),
    "bundles": Row("administrator"),
    "bundle-take-in": Row("administrator"),
    # A study
    "study": _study(ALL, administrator=True),
    "progress": _study(ALL, administrator=True),
    "build": _study(frozenset({SOCIOLOGIST})),
    "jobs": _study(OFFICE, administrator=True),
    "retry": _study(frozenset({SOCIOLOGIST})),
    # Its design
    "design": _study(OFFICE),
    "design-version": _study(OFFICE),
    "design-go-back": _study(OFFICE),
    "design-file": _study(OFFICE),
    "design-compare": _study(OFFICE),
    "design-upload": _study(OFFICE),
    "design-staged": _study(OFFICE),
    "design-take-over": _study(OFFICE),
    "design-staged-file": _study(OFFICE),
    # All of it, interviews too, as one file
    "bundle": _study(frozenset({SOCIOLOGIST})),
    "bundle-make": _study(frozenset({SOCIOLOGIST})),
    "bundle-file": _study(frozenset({SOCIOLOGIST})),
    # Its results
    "table": _study(RESULTS),
    "chart": _study(RESULTS),
    "file": _study(RESULTS),
    # The field: single interviews are seen by sociologist and supervisor alone
    "submissions": _study(FIELD),
    "submission": _study(FIELD),
    "submission-xml": _study(FIELD),
    "submission-decide": _study(FIELD),
    "attachment": _study(FIELD),
    "quarantine": _study(FIELD),
    "quarantined": _study(FIELD),
    "quarantined-settle": _study(FIELD),
    "quarantined-bytes": _study(FIELD),
    "withdrawals": _study(FIELD),
    "withdraw": _study(FIELD),
    "unsent": _study(FIELD),
    "links": _study(frozenset({SOCIOLOGIST})),
    "links-make": _study(frozenset({SOCIOLOGIST})),
    "links-close": _study(frozenset({SOCIOLOGIST})),
    "link-poster": _study(frozenset({SOCIOLOGIST})),
    "sheets": _study(FIELD),
    "sheet-begin": _study(FIELD),
    "sheet-entry": _study(FIELD),
    "sheet": _study(FIELD),
    "sheet-send": _study(FIELD),
    "sheet-remove": _study(FIELD),
    "sheets-print": _study(FIELD),
    "sheets-file": _study(FIELD),
    "instruments": _study(frozenset({SOCIOLOGIST}), administrator=True),
    "instrument-issue": _study(frozenset({SOCIOLOGIST}), administrator=True),
    "instrument-upload": _study(frozenset({SOCIOLOGIST}), administrator=True),
    "instrument-act": _study(frozenset({SOCIOLOGIST}), administrator=True),
    "instrument-xform": _study(frozenset({SOCIOLOGIST}), administrator=True),
    "instrument-media": _study(frozenset({SOCIOLOGIST}), administrator=True),
    "export": _study(frozenset({SOCIOLOGIST})),
    "freeze": _study(frozenset({SOCIOLOGIST})),
    # Running the field; who takes the whole plan over sees all of it
    "field": _study(FIELD),
    "field-live": _study(FIELD),
    "alerts": _study(FIELD),
    "alert": _study(FIELD),
    "alert-settle": _study(FIELD),
    "alerts-together": _study(FIELD),
    "alerts-settle": _study(FIELD),
    "questions": _study(FIELD),
    "question": _study(FIELD),
    "question-answer": _study(FIELD),
    "assignments": _study(FIELD),
    "assignments-plan": _study(frozenset({SOCIOLOGIST})),
    "assignments-day": _study(FIELD),
    "assignment-add": _study(FIELD),
    "assignments-end": _study(FIELD),
    "assignments-substitute": _study(FIELD),
    # Aggregates alone: no interviewer, no point, no interview
    "field-progress": _study(frozenset({HEAD, SOCIOLOGIST, CUSTOMER})),
    # What interviewers are owed: numbers of accepted interviews alone
    "pay": _study(OFFICE),
    "pay-print": _study(OFFICE),
    "pay-file": _study(OFFICE),
    "cut-make": _study(OFFICE),
    "cut-revoke": _study(OFFICE),
    # What interviewers take along; a supervisor has the papers of the own ones. Whoever may not see
    # interviews sees on the page who has a photo, and faces on the badges that are printed alone.
    "papers": _study(OFFICE | FIELD, administrator=True),
    "papers-print": _study(OFFICE | FIELD, administrator=True),
    "papers-file": _study(OFFICE | FIELD, administrator=True),
    "photos-upload": _study(FIELD),
    "photo": _study(FIELD),
    "photo-remove": _study(FIELD),
    # The team
    "team": _study(OFFICE, administrator=True),
    "invite": _study(OFFICE, administrator=True),
    "interviewer": _study(OFFICE, administrator=True),
    "member": _study(OFFICE, administrator=True),
    "member-end": _study(OFFICE, administrator=True),
    "member-link": _study(frozenset({HEAD}), administrator=True),
    "link-revoke": _study(OFFICE, administrator=True),
    # Who hears of a lost phone first is the supervisor, who is narrowed to the own interviewers
    "phone": _study(OFFICE | {SUPERVISOR}, administrator=True),
    "token": _study(OFFICE | {SUPERVISOR}, administrator=True),
    "token-revoke": _study(OFFICE | {SUPERVISOR}, administrator=True),
    "audit": _study(OFFICE),
}
