"""Weights of a wave by the steps of the workbook: who gets one, and what each step does."""

from dataclasses import replace

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.base.frames import NO_CATEGORY, Frame
from tyndau.base.languages import Text
from tyndau.study import Territory, prepare
from tyndau.waves import read_wave
from tyndau.weighting import Made, diagnose, make_weights, rake
from tyndau.weighting.figures import read_figures

from .conftest import Town
from .test_raking import problem


def weighed(town: Town) -> Made:
    """Return the weights of the town's wave."""
    study, frame = town.wave()
    return make_weights(study, "residents", frame)


def shares(town: Town, made: Made, name: str) -> dict[str, float]:
    """Return the weighted totals of a variable among the respondents."""
    study = town.study()
    column = prepare(study, "residents", read_wave(study.folder, "w").frames["residents"])[name]
    return {
        code: float(made.weights[column.values == at].sum())
        for at, code in enumerate(column.variable.codes)
    }


def refused(town: Town) -> tuple[str, str]:
    """Return code and words of the error that weighing ends in."""
    with pytest.raises(UserError) as caught:
        weighed(town)
    return problem(caught)


def test_without_steps_respondents_are_raked_to_all_figures(town: Town) -> None:
    made = weighed(town)
    people = sum(one["consent"] == "yes" for one in town.answers)
    assert len(made.weights) == people < 300
    assert made.default
    assert [done.step.step for done in made.done] == ["base", "rake"]
    assert made.weights.sum() == pytest.approx(10_000)
    assert shares(town, made, "territory") == pytest.approx(town.figures["", "territory"])
    assert shares(town, made, "group") == pytest.approx(town.figures["", "group"])
    # Base weights are people by interviews of the territory.
    of_north = sum(one["territory"] == "north" and one["consent"] == "yes" for one in town.answers)
    assert made.base.max() > made.base.min()
    assert np.isclose(made.base, 2000 / of_north).sum() == of_north


def test_who_refused_to_say_keeps_the_share_of_the_base_weights(town: Town) -> None:
    town.steps = [{"step": "base"}, {"step": "rake"}]
    made = weighed(town)
    found = shares(town, made, "sex")
    before = Made(made.keys, made.base, made.base, None, (), False, (), ())
    share = shares(town, before, "sex")["refused"] / 10_000
    assert 0 < share < 0.1
    assert found["refused"] == pytest.approx(share * 10_000)
    assert found["female"] == pytest.approx(5200 * (1 - share))
    assert found["male"] == pytest.approx(4800 * (1 - share))


def test_figures_by_territory_are_reached_in_each(town: Town) -> None:
    del town.figures["", "sex"]
    town.figures |= {
        ("north", "sex"): {"female": 1100, "male": 900},
        ("centre", "sex"): {"female": 2500, "male": 2500},
        ("south", "sex"): {"female": 1600, "male": 1400},
    }
    for one in town.answers:
        one["sex"] = one["sex"].replace("refused", "male")
    town.steps = [{"step": "rake"}]
    made = weighed(town)
    study = town.study()
    (margin,) = [one for one in made.margins if one.name == "sex / territory"]
    reached = np.bincount(margin.codes, made.weights, minlength=len(margin.totals))
    assert reached[margin.known] == pytest.approx([1100, 900, 2500, 2500, 1600, 1400])
    assert study.weighting[0].step == "rake"


def test_a_partial_margin_fixes_what_is_known_and_leaves_the_rest(town: Town) -> None:
    town.figures["", "territory"] = {"north": 2500}
    town.steps = [{"step": "rake"}]
    made = weighed(town)
    assert shares(town, made, "territory")["north"] == pytest.approx(2500)
    assert made.weights.sum() == pytest.approx(10_000)


def test_the_sum_of_partial_figures_may_not_exceed_the_whole(town: Town) -> None:
    town.figures["", "territory"] = {"north": 9000, "centre": 2000}
    code, words = refused(town)
    assert code == "table.margins-disagree"
    assert "territory" in words and "11,000" in words


def test_margins_that_disagree_are_named_with_their_dates(town: Town) -> None:
    town.figures["", "group"] = {"18-39": 4600, "40+": 5500}
    town.days["", "group"] = "2021-09-01"
    code, words = refused(town)
    assert code == "table.margins-disagree"
    for word in ("sex", "group", "10,000", "10,100", "2026-01-01", "2021-09-01", "scale_to"):
        assert word in words


def test_margins_that_disagree_can_be_scaled_to_one_that_is_named(town: Town) -> None:
    town.figures["", "group"] = {"18-39": 4500, "40+": 4500}
    town.steps = [{"step": "rake", "scale_to": "territory"}]
    made = weighed(town)
    assert made.weights.sum() == pytest.approx(10_000)
    assert shares(town, made, "group") == pytest.approx({"18-39": 5000, "40+": 5000})
    town.steps = [{"step": "rake", "scale_to": "group"}]
    made = make_weights(town.study(), "residents", town.wave(revise=True)[1])
    assert made.weights.sum() == pytest.approx(9_000)


def test_a_category_nobody_has_is_refused_with_what_to_do(town: Town) -> None:
    for one in town.answers:
        one["territory"] = one["territory"].replace("south", "centre")
    code, words = refused(town)
    assert code == "table.margin-nobody"
    assert "south → centre" in words and "derived" in words


def test_no_figures_say_what_is_needed(town: Town) -> None:
    town.figures.clear()
    code, words = refused(town)
    assert code == "table.no-margins"
    assert "source" in words


def test_open_links_get_no_weights(town: Town) -> None:
    town.sheets["study"][2][1] = "none"
    assert refused(town)[0] == "table.weights-without-model"


def test_a_population_of_open_links_gets_none_where_others_do(town: Town) -> None:
    rows = town.sheets["study"]
    for row in rows:
        row.append("population" if row is rows[0] else None)
    rows.append(["inference", "none", None, None, "residents"])
    assert refused(town)[0] == "table.weights-without-model"


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ({"step": "rake", "variables": "age"}, "table.no-such-margin"),
        ({"step": "rake", "variables": "sex", "scale_to": "group"}, "table.no-such-margin"),
        ({"step": "base", "variables": "consent"}, "table.base-variable"),
        ({"step": "calibrate_linear", "lower": 0.99, "upper": 1.01}, "table.calibration-unreached"),
    ],
)
def test_a_step_that_cannot_be_made_is_refused(town: Town, step, code) -> None:
    town.steps = [step]
    assert refused(town)[0] == code


def test_weights_that_linear_calibration_makes_negative_are_refused(town: Town) -> None:
    town.figures["", "sex"] = {"female": 9800, "male": 200}
    town.figures["", "group"] = {"18-39": 9600, "40+": 400}
    town.steps = [{"step": "calibrate_linear", "variables": "sex group"}]
    code, words = refused(town)
    assert code == "table.weight-turned-negative"
    assert "calibrate_raking" in words
    town.steps = [{"step": "calibrate_raking", "variables": "sex group"}]
    study = town.study()
    made = make_weights(study, "residents", town.wave(revise=True)[1])
    assert made.weights.min() > 0


def test_figures_that_cannot_be_used_are_refused(town: Town) -> None:
    study, frame = town.wave()
    columns = {name: one for name, one in frame.columns.items() if name != "sex"}
    elsewhere = (Territory("elsewhere", Text("Басқа", "Другое")),)
    by_territory = {("north", "sex"): {"female": 1100, "male": 900}}
    for figures, changed, rows, code in (
        ({("", "media"): {"yes": 10_000}}, {}, frame, "table.margin-kind"),
        ({("", "sex"): {"female": 5200, "male": 4800}}, {}, Frame(frame.keys, columns),
         "table.no-margin-column"),
        (by_territory, {}, frame, "table.no-population-total"),
        (by_territory, {"territories": elsewhere}, frame, "table.no-place-question"),
        ({("town", "sex"): {"female": 5200, "male": 4800}, **by_territory}, {}, frame,
         "table.margin-overlap"),
    ):  # fmt: skip
        town.figures = figures
        with pytest.raises(UserError) as caught:
            make_weights(replace(town.study(), **changed), "residents", rows)
        assert problem(caught)[0] == code
    assert study.margins


def test_figures_of_the_territory_that_holds_all_are_those_of_the_whole(town: Town) -> None:
    town.figures = {("town", "sex"): {"female": 5200, "male": 4800}}
    town.steps = [{"step": "rake"}]
    made = weighed(town)
    assert [one.name for one in made.margins] == ["sex"]
    assert made.weights.sum() == pytest.approx(10_000)


def test_figures_by_territory_must_add_up_to_the_territory(town: Town) -> None:
    town.figures["north", "group"] = {"18-39": 1000, "40+": 1100}
    code, words = refused(town)
    assert code == "table.margins-disagree"
    for word in ("2,000", "2,100", "north", "group / territory"):
        assert word in words
    town.steps = [{"step": "rake", "scale_to": "territory"}]
    made = make_weights(town.study(), "residents", town.wave(revise=True)[1])
    (margin,) = [one for one in made.margins if one.name == "group / territory"]
    reached = np.bincount(margin.codes[margin.codes >= 0], made.weights[margin.codes >= 0])
    assert reached[:2] == pytest.approx([2000 * 10 / 21, 2000 * 11 / 21])


def test_figures_by_territory_are_scaled_to_a_whole_of_another_variable(town: Town) -> None:
    town.figures = {
        ("", "sex"): {"female": 5200, "male": 4800},
        ("north", "group"): {"18-39": 900, "40+": 1100},
        ("centre", "group"): {"18-39": 2000, "40+": 2000},
        ("south", "group"): {"18-39": 1000, "40+": 1000},
    }
    assert refused(town)[0] == "table.margins-disagree"
    town.steps = [{"step": "rake", "scale_to": "sex"}]
    made = make_weights(town.study(), "residents", town.wave(revise=True)[1])
    assert shares(town, made, "territory") == pytest.approx(
        {"north": 2500, "centre": 5000, "south": 2500}
    )


def test_what_is_not_known_of_some_keeps_its_share_within_each_territory(town: Town) -> None:
    study, frame = town.wave()
    rows = prepare(study, "residents", frame)
    lost = rows["territory"].values.copy()
    lost[:20] = NO_CATEGORY
    place = replace(rows["territory"], values=lost)
    (part,) = read_figures(
        replace(
            study,
            margins=tuple(
                replace(one, territory=code, people=people)
                for code in ("north", "centre", "south")
                for one in study.margins[:2]
                for people in [3000 if one.code == "female" else 2000]
            ),
        ),
        "residents",
        Frame(rows.keys, {**rows.columns, "territory": place}),
    )
    weights = np.ones(len(rows))
    margin = part.margin(weights)
    # All that is wanted adds up to the figures: known, unknown sex, unknown territory.
    assert np.nansum(margin.totals) == pytest.approx(15_000)
    assert margin.totals[-1] == pytest.approx(15_000 * 20 / len(rows))
    found = rake(weights, [margin]).weights
    assert found[:20].sum() == pytest.approx(15_000 * 20 / len(rows))


def test_the_column_of_design_weights_is_the_base(town: Town) -> None:
    town.sheets["study"].append(["weight", "chance", None, None])
    town.steps = [{"step": "base"}]
    made = weighed(town)
    assert made.base.max() / made.base.min() == pytest.approx(0.05 / 0.02)
    assert made.done[0].adjustment.arguments["by"] == "chance"


def test_base_weights_may_come_from_probabilities(town: Town) -> None:
    town.steps = [{"step": "base", "variables": "chance"}, {"step": "rake", "variables": "sex"}]
    made = weighed(town)
    ratio = made.base.max() / made.base.min()
    assert ratio == pytest.approx(0.05 / 0.02)
    assert made.base.sum() == pytest.approx(10_000)


def test_respondents_speak_for_those_of_their_territory_who_refused(town: Town) -> None:
    for number, one in enumerate(town.answers):
        if one["territory"] == "north" and number % 2:
            one |= dict.fromkeys(("sex", "age", "media", "chance"), "") | {"consent": "no"}
    town.figures = {("", "sex"): town.figures["", "sex"]}
    town.steps = [
        {"step": "base"},
        {
            "step": "nonresponse",
            "variables": "territory",
            "condition": "${consent} = 'no'",
            "lower": 20,
        },
    ]
    made = weighed(town)
    rates = made.done[1].adjustment.facts["response_rates"]
    assert rates["north"] < rates["centre"]
    # Everybody who was addressed has the same base weight; respondents carry their class.
    addressed = sum(one["territory"] == "north" for one in town.answers)
    assert shares(town, made, "territory")["north"] == pytest.approx(10_000 * addressed / 300)
    assert len(made.weights) == sum(one["consent"] == "yes" for one in town.answers)


def test_every_way_of_calibrating_reaches_the_totals(town: Town) -> None:
    study, frame = town.wave()
    for step, low, high in (
        ("calibrate_linear", 0.2, 4),
        ("calibrate_raking", None, None),
        ("calibrate_logit", 0.2, 4),
        ("poststratify", None, None),
    ):
        one = {"step": step, "lower": low, "upper": high}
        town.steps = [{**one, "variables": "group"} if step == "poststratify" else one]
        made = make_weights(town.study(), "residents", frame)
        assert shares(town, made, "group") == pytest.approx(town.figures["", "group"])
        assert made.calibration is not None
        np.testing.assert_allclose(made.calibration.metric, made.base)
    assert study.inference == "model"


def test_trimming_counts_in_multiples_of_the_mean(town: Town) -> None:
    town.steps = [{"step": "rake"}, {"step": "trim", "lower": 0.6, "upper": 1.5}]
    made = weighed(town)
    mean = made.weights.mean()
    assert made.weights.max() <= 1.5 * mean * (1 + 1e-12)
    assert made.weights.min() >= 0.6 * mean * (1 - 1e-12)
    assert made.done[-1].adjustment.facts["trimmed"] > 0
    assert made.beyond == 0
    # The calibration is that of the raking: its weights are those before trimming.
    assert made.calibration is not None
    assert not np.allclose(made.calibration.weights, made.weights)


def test_what_a_later_step_undoes_of_trimming_is_counted(town: Town) -> None:
    town.steps = [{"step": "trim", "lower": 0.7, "upper": 1.3}, {"step": "rake"}]
    made = weighed(town)
    mean = made.base.mean()
    outside = (made.weights < 0.7 * mean) | (made.weights > 1.3 * mean)
    assert 0 < made.beyond == outside.sum()


def test_steps_are_those_of_the_functions(town: Town) -> None:
    town.steps = [{"step": "rake"}]
    study, frame = town.wave()
    made = make_weights(study, "residents", frame)
    figures = read_figures(study, "residents", prepare(study, "residents", frame))
    again = rake(made.base, [one.margin(made.base) for one in figures])
    np.testing.assert_allclose(again.weights, made.weights, rtol=1e-12)
    assert made.done[-1].diagnostics == diagnose(made.weights)
