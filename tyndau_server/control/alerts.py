"""Alerts: raised when a rule of the field finds something, gone when it finds it no more.

In: what the rules found now. Out: rows of `Alert`. An alert is known by its key, so that it is
raised once however often the field is counted; one that a person settled stays settled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tyndau.base.languages import INTERFACE_LANGUAGES, Sayable, say
from tyndau_server.control.models import Alert

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a person should look at.

    Attributes
    ----------
    rule, key : str
        Which rule; what makes it the same when it is found again.
    membership : int
        Of whom it speaks; 0 for nobody.
    point : str
        Where; empty for nowhere.
    day : date or None
        When.
    facts : dict
        What was found, as plain values.
    sentence, step : Message
        The same in words; what to do next.
    """

    rule: str
    key: str
    membership: int = 0
    point: str = ""
    day: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    sentence: Sayable = ""
    step: Sayable = ""

    def told(self) -> dict[str, Any]:
        """Return what is kept.

        Returns
        -------
        dict
            The facts, and by language ``said`` and ``next``.
        """
        return {
            **self.facts,
            "said": {code: say(self.sentence, code) for code in INTERFACE_LANGUAGES},
            "next": {code: say(self.step, code) for code in INTERFACE_LANGUAGES},
        }


def write_alerts(study: str, population: str, found: Iterable[Found], moment: datetime) -> None:
    """Write what the rules found, and what they find no more.

    Parameters
    ----------
    study, population : str
        Of which field.
    found : iterable of Found
        All that is found now.
    moment : datetime
        Now.
    """
    now = {f"{population} {one.key}"[:255]: one for one in found}
    known = {one.key: one for one in Alert.objects.filter(study=study, population=population)}
    new = [
        Alert(
            study=study, population=population, rule=one.rule, key=key,
            membership_id=one.membership or None, point=one.point, day=one.day,
            facts=one.told(), raised=moment,
        )
        for key, one in now.items()
        if key not in known
    ]  # fmt: skip
    Alert.objects.bulk_create(new, batch_size=_AT_ONCE)
    changed = [alert for key, alert in known.items() if _changes(alert, now.get(key), moment)]
    Alert.objects.bulk_update(changed, ["facts", "gone"], batch_size=_AT_ONCE)


def _changes(alert: Alert, found: Found | None, moment: datetime) -> bool:
    """Bring an alert that nobody settled to what is found now; tell whether that changed it."""
    if alert.settled is not None:
        return False
    facts = found.told() if found else alert.facts
    gone = None if found else alert.gone or moment
    if (facts, gone) == (alert.facts, alert.gone):
        return False
    alert.facts, alert.gone = facts, gone
    return True
