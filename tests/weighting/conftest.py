"""A simulated sample with unequal base weights, clusters in strata and two margins that it misses."""

from dataclasses import asdict, dataclass

import numpy as np
import pytest

from tyndau.weighting import Margin, make_margin


@dataclass(frozen=True)
class Sample:
    """Rows of a simulated sample; all codes begin at 0."""

    weight: np.ndarray
    sex: np.ndarray
    age: np.ndarray
    place: np.ndarray
    income: np.ndarray
    stratum: np.ndarray
    cluster: np.ndarray

    @property
    def table(self) -> dict[str, np.ndarray]:
        """The sample as R takes it."""
        return asdict(self)


SEX = np.array([5200.0, 4800.0])
AGE = np.array([2500.0, 3100.0, 2600.0, 1800.0])
PLACE = np.array([4000.0, 3500.0, 2500.0])


@pytest.fixture(scope="session")
def sample() -> Sample:
    """Return 600 simulated rows: 3 strata of 8 clusters."""
    random = np.random.default_rng(20261)
    n = 600
    cluster = random.integers(0, 24, n)
    return Sample(
        weight=np.round(np.exp(random.normal(2.8, 0.4, n)), 4),
        sex=(random.random(n) < 0.4).astype(int),
        age=random.choice(4, n, p=[0.35, 0.3, 0.2, 0.15]),
        place=cluster // 8,
        income=np.round(np.exp(random.normal(3, 0.5, n)), 2),
        stratum=cluster // 8,
        cluster=cluster,
    )


@pytest.fixture(scope="session")
def margins(sample: Sample) -> list[Margin]:
    """Return three margins of 10,000 people."""
    return [
        make_margin("sex", sample.sex, SEX, categories=("female", "male")),
        make_margin("age", sample.age, AGE, categories=("18-29", "30-44", "45-59", "60+")),
        make_margin("place", sample.place, PLACE, categories=("north", "centre", "south")),
    ]
