"""How many interviews a precision needs, and what precision a number of interviews gives.

In: the half-width of an interval, the variance of the answer, the design effect, the population.
Out: `Size` with each step of the computation, or a half-width. It knows nothing of territories: a
territory is a population of its own. svy 0.35 (``SampleSize().estimate_prop``) takes the same
steps, but rounds each of them up, which adds up to deff + 1 interviews; here only the result is.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """How many interviews a precision needs.

    Attributes
    ----------
    n : int
        Interviews, rounded up.
    contacts : int
        People to be addressed for them, by the rate of response.
    simple : float
        Size of a simple random sample from an endless population.
    clustered : float
        The same times the design effect.
    corrected : float
        The same with the finite population correction; `n` is this, rounded up.
    half_width, variance, confidence, design_effect, response : float
        What it was computed from.
    population : float or None
        People there are; None where no correction was made.
    """

    n: int
    contacts: int
    simple: float
    clustered: float
    corrected: float
    half_width: float
    variance: float
    confidence: float
    design_effect: float
    response: float
    population: float | None


def share_variance(share: float) -> float:
    """Return the variance of an answer that a share of people give.

    Parameters
    ----------
    share : float
        From 0 to 1.

    Returns
    -------
    float
        ``p (1 - p)``; at most 0.25.
    """
    return share * (1 - share)


def cluster_effect(correlation: float, at_point: float) -> float:
    """Return the design effect of interviews that are made several at a point.

    Parameters
    ----------
    correlation : float
        Intra-class correlation of answers at a point, 0 to 1.
    at_point : float
        Interviews at a point, on average.

    Returns
    -------
    float
        ``1 + (b - 1) rho``.

    References
    ----------
    Kish, L. (1965). Survey Sampling. Wiley, formula 5.4.1.
    """
    return 1 + (at_point - 1) * correlation


def size_for(
    half_width: float,
    variance: float,
    *,
    confidence: float = 0.95,
    design_effect: float = 1.0,
    population: float | None = None,
    response: float = 1.0,
) -> Size:
    """Return how many interviews give an interval of a half-width.

    Parameters
    ----------
    half_width : float
        Of the interval, above 0, in the unit of the mean: 0.03 for three percentage points.
    variance : float
        Of the answer: `share_variance` of a share, the squared standard deviation for a mean.
    confidence : float, default 0.95
        Level of the interval.
    design_effect : float, default 1
        By how much clusters and weights raise the variance of the mean.
    population : float, optional
        People there are; without it, endlessly many.
    response : float, default 1
        Share of people addressed who give an interview, above 0.

    Returns
    -------
    Size
        With all steps.

    Notes
    -----
    ``n0 = z² v / e²``, ``n1 = deff n0``, ``n = n1 / (1 + (n1 - 1) / N)``: so n never exceeds N.
    Equals R's ``uniroot`` on ``qnorm(1 - alpha/2) * sqrt(deff * v / n * (N - n) / (N - 1)) - e``.

    References
    ----------
    Cochran, W. G. (1977). Sampling Techniques, 3rd ed. Wiley, formulas 4.1 and 4.2. Kish (1965),
    section 8.1.
    """
    from scipy.stats import norm

    quantile = float(norm.ppf((1 + confidence) / 2))
    simple = quantile**2 * variance / half_width**2
    clustered = simple * design_effect
    corrected = clustered
    if population is not None:
        corrected = clustered / (1 + (clustered - 1) / population)
    # Rounding errors of the last digit make no further interview.
    n = max(math.ceil(corrected - 1e-9), 1)
    contacts = math.ceil(n / response - 1e-9)
    asked = (half_width, variance, confidence, design_effect, response, population)
    return Size(n, contacts, simple, clustered, corrected, *asked)


def half_width_of(
    n: float,
    variance: float,
    *,
    confidence: float = 0.95,
    design_effect: float = 1.0,
    population: float | None = None,
) -> float:
    """Return the half-width of the interval that a number of interviews gives.

    Parameters
    ----------
    n : float
        Interviews, above 0.
    variance : float
        Of the answer, as for `size_for`.
    confidence : float, default 0.95
        Level of the interval.
    design_effect : float, default 1
        As for `size_for`.
    population : float, optional
        As for `size_for`.

    Returns
    -------
    float
        In the unit of the mean; 0 where everybody is asked.

    Notes
    -----
    ``z sqrt(deff v / n (N - n) / (N - 1))``: the inverse of `size_for`.

    References
    ----------
    Cochran (1977), formula 3.8.
    """
    from scipy.stats import norm

    quantile = float(norm.ppf((1 + confidence) / 2))
    left = 1.0
    if population is not None and population > 1:
        left = max(population - n, 0.0) / (population - 1)
    return quantile * math.sqrt(design_effect * variance / n * left)
