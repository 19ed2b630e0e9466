"""What the findings on place are read from: whether neighbours are alike, and where.

Units without a neighbour on land count in three ways, so that the reader sees what they change:
`all` (in the mean and the spread, but beside nobody), `joined` (each beside the unit nearest to it)
and `without` (left out, and models fitted without them).
"""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis import inequality, models
from analysis.inequality.decomposition import LocalAutocorrelation
from analysis.inequality.decomposition.adjacency import Lists, joined_to_nearest, neighbours_among
from analysis.reports.tenaga_kabupaten.associations import Associations, associations
from analysis.reports.tenaga_kabupaten.characteristics import Surroundings

What = Literal["ratio", "together", "within"]
How = Literal["all", "joined", "without"]

PERMUTATIONS = 999
LOCAL_PERMUTATIONS = 9999
RATE = 0.05  # of false discoveries


@dataclass(frozen=True, eq=False)
class Places:
    """Whether neighbours are alike, and where.

    Attributes
    ----------
    tests : DataFrame
        One row for each value and way: `what` ("ratio", and what the models "together" and
        "within" provinces leave), `how`, `units`, `estimate` (Moran's I), `expected`, `se`,
        `p_value`.
    ratio : LocalAutocorrelation
        Where ratios are like those of neighbours, by `kode_kemendagri`.
    left : LocalAutocorrelation or None
        The same of what the model of all terms leaves.
    """

    tests: pd.DataFrame
    ratio: LocalAutocorrelation
    left: LocalAutocorrelation | None


def places(
    units: pd.DataFrame, around: Surroundings, found: Associations | None, *, seed: int
) -> Places | None:
    """Return whether neighbours are alike; None where nobody has one, or all ratios are equal.

    Parameters
    ----------
    units : DataFrame
        One row for each unit that reports, by `kode_kemendagri`.
    around : Surroundings
        What they are like; may have more units.
    found : Associations or None
        The models of the profession.
    seed : int
        Makes the placements repeatable.
    """
    beside = neighbours_among(around.neighbours, units.index)
    alone = [code for code, others in beside.items() if not others]
    if len(units) - len(alone) < 3 or units["rasio"].nunique() == 1:
        return None
    ways: dict[How, tuple[pd.DataFrame, Lists, Associations | None]] = {
        "all": (units, beside, found)
    }
    if alone:
        rest = units.drop(index=alone)
        nearest = joined_to_nearest(beside, around.distances().loc[units.index, units.index])
        ways |= {
            "joined": (units, nearest, found),
            "without": (
                rest,
                neighbours_among(beside, rest.index),
                None if found is None else associations(rest, around),
            ),
        }
    tests = [
        {"what": what, "how": how} | row
        for how, (rows, lists, fitted) in ways.items()
        for what, row in _tested(rows, lists, fitted, seed).items()
    ]
    left = None if found is None else found.together.units["residual"]
    return Places(
        pd.DataFrame(tests),
        _located(units["rasio"], beside, seed),
        None if left is None else _located(left, beside, seed),
    )


def _located(values: pd.Series, beside: Lists, seed: int) -> LocalAutocorrelation:
    return inequality.local_autocorrelation(
        values,
        neighbours_among(beside, values.index),
        rate=RATE,
        permutations=LOCAL_PERMUTATIONS,
        seed=seed,
    )


def _tested(
    units: pd.DataFrame, beside: Lists, found: Associations | None, seed: int
) -> dict[What, dict[str, float]]:
    fits: dict[What, models.Fit | None] = {"ratio": None, "together": None, "within": None}
    if found is not None:
        fits |= {"together": found.together, "within": found.within}
    tests: dict[What, dict[str, float]] = {}
    for what, fit in fits.items():
        if what != "ratio" and fit is None:
            continue
        values = units["rasio"] if fit is None else fit.units["residual"]
        test = inequality.spatial_autocorrelation(
            values,
            neighbours_among(beside, values.index),
            residual_of=None if fit is None else fit.columns,
            permutations=PERMUTATIONS,
            seed=seed,
        )
        tests[what] = {
            "units": len(values),
            "estimate": test.estimate,
            "expected": test.expected,
            "se": test.se,
            "p_value": test.p_value,
        }
    return tests
