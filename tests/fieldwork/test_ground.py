"""Where simulated interviews are made, by whom and with whom: as the workbook plans it."""

from dataclasses import replace

import numpy as np

from tyndau.base.languages import Text
from tyndau.fieldwork.simulation import Assumptions, simulate
from tyndau.fieldwork.simulation.ground import lay_ground
from tyndau.study import Study, prepare
from tyndau.study.model import Territory
from tyndau.study.plan import Point, Quota

from .names import TERRITORIES


def _places(count: int) -> list[Territory]:
    return [Territory(f"t{number}", Text()) for number in range(count)]


def test_every_territory_has_enough_points_and_two_interviewers_at_each() -> None:
    ground = lay_ground(_places(12), 2500, Assumptions(), np.random.default_rng(1))
    points = np.bincount(ground.point_territory)
    assert len(points) == 12
    assert points.min() >= 8
    assert len(ground.slot_point) == 2500
    honest = ~np.isin(ground.slot_interviewer, [
        one for one, way in ground.bad.items() if way == "one_point"
    ])  # fmt: skip
    for point in range(len(ground.point_territory)):
        assert len(set(ground.slot_interviewer[honest & (ground.slot_point == point)])) <= 2
    for one in range(ground.interviewers):
        places = set(ground.point_territory[ground.slot_point[ground.slot_interviewer == one]])
        assert len(places) > 3 or one in ground.bad


def test_interviews_are_made_at_the_points_of_the_workbook(fictional: Study) -> None:
    def point(code: str, place: str, interviews: int, instead: str = "") -> Point:
        return Point(code, place, Text(), "street", interviews, 3, instead)

    points = [point(f"p-{place}", place, 20) for place in TERRITORIES]
    points += [point("p-more", "t1", 10), point("p-spare", "t1", 20, "p-t1")]
    study = replace(fictional, points=tuple(points))
    simulated = simulate(study, 170, 3, assumptions=Assumptions(bad_per_interviewers=99))
    frame = prepare(study, "residents", simulated.frames["residents"])
    codes, counts = np.unique(frame["point"].values.astype(str), return_counts=True)
    found = dict(zip(codes.tolist(), counts.tolist(), strict=True))
    assert found == {"p-more": 10, **{f"p-{place}": 20 for place in TERRITORIES}}


def test_quotas_are_met_on_average(fictional: Study) -> None:
    def quotas(variable: str, **targets: int) -> list[Quota]:
        return [Quota("residents", "", variable, code, n) for code, n in targets.items()]

    study = replace(fictional, quotas=(
        *quotas("sex", female=300, male=700),
        *quotas("age_group", **{"a18_29": 700, "a30_59": 200, "a60": 100}),
        *quotas("employment", works=400, studies=100, retired=100, seeks=400),
    ))  # fmt: skip
    frame = prepare(study, "residents", simulate(study, 2000, 5).frames["residents"])
    female = frame["sex"].values == frame["sex"].variable.codes.index("female")
    assert 0.26 < female.mean() < 0.34
    age = frame["age"].values
    assert 0.66 < (age < 30).mean() < 0.74
    assert 0.07 < (age >= 60).mean() < 0.13
    work = frame["employment"]
    seeks = work.values == work.variable.codes.index("seeks")
    assert 0.3 < seeks.mean() < 0.5
    students = work.values == work.variable.codes.index("studies")
    assert age[students].max() <= 35
