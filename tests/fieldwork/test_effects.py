"""The correlations that are declared are those that the interviews have."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from tyndau.base.frames import Frame
from tyndau.fieldwork.simulation import Assumptions, simulate
from tyndau.study import Study, prepare

from .names import BATTERY

ITEMS = (*BATTERY, "plain", "protest")


def _latent_correlation(joint: float, share: float) -> float:
    """Return the latent correlation at which two answers are both high so often."""
    cut = norm.ppf(share)
    grid = np.linspace(-0.1, 0.4, 51)
    found = [multivariate_normal.cdf([cut, cut], cov=[[1, rho], [rho, 1]]) for rho in grid]
    return float(np.interp(joint, found, grid))


def _estimate(frames: list[Frame]) -> dict[str, float]:
    """Estimate the shares of territory, point and interviewer from pairs of respondents."""
    found = [_of_item(frame, name) for frame in frames for name in ITEMS]
    return {key: float(np.mean([one[key] for one in found])) for key in found[0]}


def _of_item(frame: Frame, name: str) -> dict[str, float]:
    codes = frame[name].variable.codes
    score = np.array([int(code) if code.isdigit() else 0 for code in codes])[frame[name].values]
    rows = score > 0
    high = score[rows] >= 4
    place, point, who = (
        np.unique(frame[one].values[rows].astype(str), return_inverse=True)[1]
        for one in ("territory", "point", "interviewer")
    )
    groups = {
        "t": place,
        "p": point,
        "wp": who * len(point) + point,
        "wt": who * len(point) + place,
    }
    # Of each respondent: how many others share a group, and how many of these answered high.
    size, others = {}, {}
    for key, ids in groups.items():
        index = np.unique(ids, return_inverse=True)[1]
        size[key] = np.bincount(index)[index]
        others[key] = np.bincount(index, weights=high)[index]

    def joint(*signed: tuple[int, str]) -> float:
        number = sum(sign * size[key] for sign, key in signed)
        both = sum(sign * others[key] for sign, key in signed)
        met = number > 0
        together = float((high[met] * both[met] / number[met]).mean())
        return _latent_correlation(together, float(high[met].mean()))

    # Others who share the territory alone; the point too; the interviewer, but not the point.
    territory = joint((1, "t"), (-1, "p"), (-1, "wt"), (1, "wp"))
    with_point = joint((1, "p"), (-1, "wp"))
    with_interviewer = joint((1, "wt"), (-1, "wp"))
    return {
        "territory": territory,
        "point": with_point - territory,
        "interviewer": with_interviewer - territory,
    }


def _honest(study: Study, interviews: int, seed: int, assumptions: Assumptions) -> Frame:
    simulated = simulate(study, interviews, seed, assumptions=assumptions)
    bad = simulated.record["populations"]["residents"]["bad_interviewers"]
    frame = prepare(study, "residents", simulated.frames["residents"])
    return frame.where(~np.isin(frame["interviewer"].values, list(bad)))


def test_declared_correlations_are_found_again(fictional: Study) -> None:
    """Tolerance: three times the spread of the mean over seeds, by twelve other seeds."""
    assumptions = Assumptions(elsewhere=0.0)
    frames = [_honest(fictional, 6000, seed, assumptions) for seed in (11, 12, 13)]
    found = _estimate(frames)
    assert found["territory"] == pytest.approx(assumptions.territory, abs=0.015)
    assert found["point"] == pytest.approx(assumptions.point, abs=0.015)
    assert found["interviewer"] == pytest.approx(assumptions.interviewer, abs=0.015)


def test_without_declared_correlations_there_are_none(fictional: Study) -> None:
    nothing = Assumptions(territory=0.0, point=0.0, interviewer=0.0)
    found = _estimate([_honest(fictional, 6000, 21, nothing)])
    assert found["territory"] == pytest.approx(0.0, abs=0.01)
    assert found["point"] == pytest.approx(0.0, abs=0.015)


def test_items_of_a_battery_go_together(fictional: Study) -> None:
    frame = _honest(fictional, 4000, 31, Assumptions())
    scores = np.stack([frame[name].values for name in BATTERY], axis=1).astype(float)
    within = np.corrcoef(scores.T)[np.triu_indices(len(BATTERY), 1)]
    assert 0.25 < within.mean() < 0.45


def test_new_and_remote_territories_are_worse_off(fictional: Study) -> None:
    frame = _honest(fictional, 4000, 41, Assumptions())
    scores = np.stack([frame[name].values for name in BATTERY], axis=1).mean(axis=1)
    by_place = np.array([scores[frame["territory"].values == at].mean() for at in range(8)])
    assert by_place[7] < by_place[:6].min()
    assert np.ptp(by_place) > 0.3
