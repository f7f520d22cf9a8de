"""Samples that tests make: strata, clusters of two stages, weights, answers. All are simulated."""

import numpy as np

Columns = dict[str, np.ndarray]


def two_stages(seed: int = 7, *, strata: int = 4) -> Columns:
    """Make a sample of 4 strata, 3 to 6 clusters in each, 2 to 5 households in each, 2 to 4 people.

    Columns: stratum, cluster, house (told apart within its cluster only), sizes of strata in
    clusters (n1) and of clusters in households (n2), weight w, numbers y and z (y missing in one of
    twelve), answers a (3) and b (2), a group k of three, and one of two that cuts clusters, h.
    """
    random = np.random.default_rng(seed)
    rows = []
    cluster = 0
    for stratum in range(strata):
        drawn = int(random.integers(3, 7))
        size = drawn * int(random.integers(2, 5))
        for _ in range(drawn):
            cluster += 1
            lean = random.normal(0, 1)
            houses = int(random.integers(2, 6))
            of = houses * int(random.integers(2, 6))
            for house in range(houses):
                people = int(random.integers(2, 5))
                rows += [(stratum, cluster, house, size, of, lean)] * people
    stratum, cluster, house, n1, n2, lean = (np.array(one) for one in zip(*rows, strict=True))
    n = len(rows)
    y = np.round(10 + 3 * lean + random.normal(0, 2, n), 2)
    y[random.random(n) < 1 / 12] = np.nan
    return {
        "stratum": stratum.astype(int),
        "cluster": cluster.astype(int),
        "house": house.astype(int),
        "n1": n1.astype(float),
        "n2": n2.astype(float),
        "w": np.round(np.exp(random.normal(0, 0.5, n)) * 20, 3),
        "y": y,
        "z": np.round(5 + random.gamma(2, 2, n), 2),
        "a": (random.random(n) + 0.2 * lean > 0.4).astype(int)
        + (random.random(n) > 0.7).astype(int),
        "b": (random.random(n) + 0.1 * lean > 0.6).astype(int),
        "k": random.integers(0, 3, n),
        "h": random.integers(0, 2, n),
    }
