"""What the server itself sees in the field: silent phones, promises beyond a quota.

In: what phones said, settled quotas, the time. Out: `Found`. The rules of work at points are asked
by `tyndau_server.control.rules`.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.timezone import is_aware

from tyndau.base.languages import N_, Message
from tyndau_server.control.alerts import Found
from tyndau_server.control.facts import Population, cell_name
from tyndau_server.control.labels import Labels
from tyndau_server.control.models import Assignment
from tyndau_server.control.settling import Settlement
from tyndau_server.people.models import Token

# An interviewer without a network for three days loses nothing, and somebody should ask.
SILENT = timedelta(hours=48)

_SILENT_WORDS = N_(
    "A phone has not been heard of for {hours} hours; interviews that waited: {unsent}."
)
_CALL = N_("Call the interviewer: without a network a phone keeps all; a lost one is shut out.")
_PROMISED = N_("More interviews are promised than wanted, by {count}: {cell}.")
_TAKE_BACK = N_("End or change assignments of those interviewers before they use it.")


def watch(population: Population, settlement: Settlement, moment: datetime) -> Iterator[Found]:
    """Find what somebody should look at.

    Parameters
    ----------
    population : Population
        Whose field.
    settlement : Settlement
        Its quotas.
    moment : datetime
        Now, in UTC.

    Yields
    ------
    Found
        Silent phones of those who have something to do; cells with more promised than wanted.
    """
    assert is_aware(moment)
    for table, settled in zip(settlement.tables, settlement.settled, strict=True):
        for cell in range(table.cells):
            if settled.broken[cell]:
                name = cell_name(table, cell)
                facts = {"count": int(settled.broken[cell]), "cell": name}
                label = Labels(population.study, population.name).cell(name)
                yield Found(
                    "promises-exceed", f"promises-exceed {name}", facts=facts,
                    sentence=Message(_PROMISED, {**facts, "cell": label}),
                    step=Message(_TAKE_BACK),
                )  # fmt: skip
    at_work = Assignment.objects.filter(
        study=population.slug, population=population.name, ended=None
    ).values("membership")
    tokens = Token.objects.filter(membership__in=at_work, revoked=None)
    for token in tokens.select_related("report"):
        report = getattr(token, "report", None)
        last = max(filter(None, (token.used, report.moment if report else None)), default=None)
        if last is not None and moment - last > SILENT:
            hours = int((moment - last).total_seconds() // 3600)
            facts = {"hours": hours, "unsent": report.unsent if report else 0}
            key = f"phone-silent {token.pk} {last:%Y-%m-%dT%H:%M}"
            yield Found(
                "phone-silent", key, membership=token.membership_id, facts=facts,
                sentence=Message(_SILENT_WORDS, facts), step=Message(_CALL),
            )  # fmt: skip
