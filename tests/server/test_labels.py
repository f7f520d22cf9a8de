"""Codes of quota cells said in words."""

from dataclasses import replace
from pathlib import Path

from tyndau.base.languages import Text
from tyndau.study import load_study
from tyndau_server.control.labels import Labels


def test_a_derived_variable_is_called_as_its_own_questionnaire_calls_it(real: Path) -> None:
    """Two questionnaires may derive a variable of the same name and mean other things by it."""
    study = load_study(real)
    own = next(one for one in study.derived if one.population == "residents")
    code = own.categories[0].category.code
    other = tuple(
        replace(one, category=replace(one.category, label=Text("басқа", "другое")))
        for one in own.categories
    )
    changed = replace(
        study, derived=(*study.derived, replace(own, population="other", categories=other))
    )
    assert Labels(changed, "residents").answer(own.name, code) == own.categories[0].category.label
    assert Labels(changed, "other").answer(own.name, code).ru == "другое"
