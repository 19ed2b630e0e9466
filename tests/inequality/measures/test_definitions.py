"""Every measure of the registry against its definition, written out person by person.

A definition takes the values of persons, in any order, and is written as slowly and plainly as it
reads, with its options in numbers: what the package computes from sorted, weighted and centred
arrays must come to the same. A new measure enters here under its name.
"""

import itertools
import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from statistics import fmean, geometric_mean, pstdev, pvariance

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, given, settings

from analysis.inequality.measures import MEASURES
from analysis.inequality.measures.measure import unbind

Persons = Sequence[float]

DEFINITIONS: dict[str, Callable[[Persons], float]] = {}


def definition(function):
    DEFINITIONS[function.__name__] = function
    return function


@definition
def gini(x: Persons) -> float:
    return absolute_gini(x) / fmean(x)


@definition
def absolute_gini(x: Persons) -> float:
    return fmean(abs(a - b) for a in x for b in x) / 2


@definition
def extended_gini_3(x: Persons) -> float:
    """What the least of three persons drawn with replacement lacks of the mean (Yitzhaki 1983)."""
    return 1 - fmean(min(three) for three in itertools.product(x, repeat=3)) / fmean(x)


@definition
def hoover(x: Persons) -> float:
    """The share of the total that those above the mean have above it."""
    return sum(value - fmean(x) for value in x if value > fmean(x)) / sum(x)


@definition
def coefficient_of_variation(x: Persons) -> float:
    return pstdev(x) / fmean(x)


@definition
def variance_of_logs(x: Persons) -> float:
    return pvariance([math.log(value) for value in x])


@definition
def theil_t(x: Persons) -> float:
    """Entropy of equal shares less that of the shares as they are."""
    shares = [value / sum(x) for value in x]
    return math.log(len(x)) + sum(share * math.log(share) for share in shares)


@definition
def theil_l(x: Persons) -> float:
    """Logarithm of the arithmetic over the geometric mean."""
    return math.log(fmean(x) / geometric_mean(x))


@definition
def generalized_entropy_2(x: Persons) -> float:
    return pvariance(x) / fmean(x) ** 2 / 2


@definition
def atkinson_0_5(x: Persons) -> float:
    return 1 - fmean(math.sqrt(value) for value in x) ** 2 / fmean(x)


@definition
def atkinson_1(x: Persons) -> float:
    return 1 - geometric_mean(x) / fmean(x)


@definition
def herfindahl(x: Persons) -> float:
    return sum((value / sum(x)) ** 2 for value in x)


@definition
def palma(x: Persons) -> float:
    """Tenfold, so that both groups are whole persons."""
    ascending = sorted([*x] * 10)
    return sum(ascending[-len(x) :]) / sum(ascending[: 4 * len(x)])


@definition
def quintile_share_ratio(x: Persons) -> float:
    """A border is the mean of the two persons about a share that is reached exactly."""
    ascending = sorted(x)

    def border(fifths: int) -> float:
        last, remainder = divmod(fifths * len(x), 5)
        return ascending[last] if remainder else fmean(ascending[last - 1 : last + 1])

    top = sum(value for value in x if value > border(4))
    return top / sum(value for value in x if value <= border(1))


@definition
def quantile_ratio(x: Persons) -> float:
    ascending = sorted(x)
    return ascending[math.ceil(9 * len(x) / 10) - 1] / ascending[math.ceil(len(x) / 10) - 1]


@definition
def max_min_ratio(x: Persons) -> float:
    return max(x) / min(x)


@definition
def normalized_herfindahl(x: Persons) -> float:
    return (herfindahl(x) - 1 / len(x)) / (1 - 1 / len(x))


@definition
def equivalent_number(x: Persons) -> float:
    return sum(x) ** 2 / sum(value**2 for value in x)


@definition
def equally_distributed_equivalent_0_5(x: Persons) -> float:
    return fmean(math.sqrt(value) for value in x) ** 2


@definition
def mean_difference_from_mean(x: Persons) -> float:
    return fmean(abs(value - fmean(x)) for value in x)


@definition
def disparity_index(x: Persons) -> float:
    return mean_difference_from_mean(x) / fmean(x)


@definition
def mean_difference_from_best(x: Persons) -> float:
    return fmean(max(x) - value for value in x)


@definition
def attributable_risk(x: Persons) -> float:
    return max(x) - fmean(x)


@definition
def attributable_fraction(x: Persons) -> float:
    return max(x) / fmean(x) - 1


@definition
def lorenz_asymmetry(x: Persons) -> float:
    """Share of people and of the total below the mean, as the R package ineq writes it."""
    mean = Fraction(int(sum(x)), len(x))
    ascending = [Fraction(int(value)) for value in sorted(x)]
    below = [value for value in ascending if value < mean]
    equal = [value for value in ascending if value == mean]
    low = Fraction(len(below), len(x)) + sum(below) / sum(ascending)
    if equal:
        high = low + Fraction(len(equal), len(x)) + sum(equal) / sum(ascending)
        return float((low + high) / 2)
    following = ascending[len(below)]
    part = (mean - below[-1]) / (following - below[-1])
    return float(low + part / len(x) + part * following / sum(ascending))


every_measure = pytest.mark.parametrize("name", MEASURES)

# Units with values per head and whole people; no share of people is reached exactly by rounding.
VALUES = [3.0, 1.0, 7.0, 4.0, 3.0, 12.0]
PEOPLE = [3, 4, 2, 5, 1, 2]


def test_every_measure_is_defined_here():
    assert set(DEFINITIONS) == set(MEASURES)


@pytest.mark.parametrize("name", [name for name, row in MEASURES.items() if row.counts == "people"])
def test_units_of_people_are_their_persons(name):
    persons = np.repeat(VALUES, PEOPLE).tolist()
    found = MEASURES[name].function(VALUES, PEOPLE)
    assert found == pytest.approx(DEFINITIONS[name](persons), rel=1e-12)


@every_measure
@settings(max_examples=50, derandomize=True, deadline=None)
@given(persons=st.lists(st.integers(1, 60).map(float), min_size=1, max_size=12))
def test_persons_alone_need_no_weights(name, persons):
    assume(len(persons) >= MEASURES[name].fewest)
    found = MEASURES[name].function(persons, None)
    assert found == pytest.approx(DEFINITIONS[name](persons), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    "row", [row for row in MEASURES.values() if row.functional], ids=lambda row: row.name
)
def test_the_closed_form_behind_inference_is_the_measure(row):
    functional = row.functional(**unbind(row.function)[1])
    order = np.argsort(VALUES)
    ascending, people = np.array(VALUES)[order], np.array(PEOPLE, dtype=float)[order]
    found = functional.reweighted(functional.prepared(ascending), people[None, :].copy())
    persons = np.repeat(VALUES, PEOPLE).tolist()
    assert found[0] == pytest.approx(DEFINITIONS[row.name](persons), rel=1e-12)
