"""What report 04 can say of place: whether neighbours are alike, and where."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.inequality.decomposition import LocalAutocorrelation
from analysis.inequality.decomposition.local_likeness import KINDS
from analysis.reports.tenaga_kabupaten.level_findings import Scope
from analysis.reports.tenaga_kabupaten.places import LOCAL_PERMUTATIONS, PERMUTATIONS, RATE, Places

CLEAR = 0.05  # p-value up to which neighbours are called alike
_NAMED_AT_MOST = 12


@dataclass(frozen=True)
class Likeness:
    """Moran's I of one value: `clear` if chance would seldom place values so."""

    estimate: float
    expected: float
    p_value: float
    clear: bool


@dataclass(frozen=True)
class Alike:
    """Whether neighbours are alike.

    `ratio`, `together` and `within` are of all units; None where there is no such model. `islands`
    units have no neighbour on land; `steady` if joining them to the nearest unit, or leaving them
    out, changes no answer. `tested` is False if there is nothing to test.
    """

    scope: Scope
    tested: bool
    ratio: Likeness | None
    together: Likeness | None
    within: Likeness | None
    islands: int
    steady: bool
    permutations: int


@dataclass(frozen=True)
class LeftSpots:
    """Where neighbours are alike in what the model of all traits leaves, and where they differ."""

    scope: Scope
    above: int  # above what the model expects, among others that are
    below: int
    apart: int
    rate: float


@dataclass(frozen=True)
class StandOut:
    """What the table of units that stand out holds: also those by what a model leaves, or not."""

    scope: Scope
    model: bool


@dataclass(frozen=True)
class Spots:
    """Where ratios are like those of neighbours, and where they stand out.

    Names are given up to a number that a sentence bears, else only how many there are.
    """

    scope: Scope
    tested: bool
    high: int
    low: int
    high_names: tuple[str, ...]
    low_names: tuple[str, ...]
    apart: tuple[str, ...]  # high among low ones, or low among high ones
    islands: int
    left: int | None  # units told of what the model leaves; None without a model
    rate: float
    permutations: int


def alike(found: Places | None, about: Scope) -> Alike:
    """Return whether neighbours are alike."""
    if found is None:
        return Alike(about, False, None, None, None, 0, True, PERMUTATIONS)
    tests = found.tests
    above = np.where(tests["estimate"] > tests["expected"], 1, -1)
    side = pd.Series(np.where(tests["p_value"] <= CLEAR, above, 0), tests.index)
    return Alike(
        scope=about,
        tested=True,
        ratio=_likeness(tests, "ratio"),
        together=_likeness(tests, "together"),
        within=_likeness(tests, "within"),
        islands=len(found.ratio.told("no_neighbour")),
        steady=bool((side.groupby(tests["what"]).nunique() == 1).all()),
        permutations=PERMUTATIONS,
    )


def spots(found: Places | None, names: pd.Series, about: Scope) -> Spots:
    """Return where neighbours are alike; `names` are those of the units, by code."""
    if found is None:
        return Spots(about, False, 0, 0, (), (), (), 0, None, RATE, LOCAL_PERMUTATIONS)
    told = {kind: names[names.index.isin(found.ratio.told(kind))].tolist() for kind in KINDS}
    left = None
    if found.left is not None:
        left = int((~found.left.units["kind"].isin(["not_told", "no_neighbour"])).sum())
    return Spots(
        about,
        True,
        high=len(told["high_high"]),
        low=len(told["low_low"]),
        high_names=_few(told["high_high"]),
        low_names=_few(told["low_low"]),
        apart=_few([*told["high_low"], *told["low_high"]]),
        islands=len(told["no_neighbour"]),
        left=left,
        rate=found.ratio.rate,
        permutations=found.ratio.permutations,
    )


def left_spots(found: LocalAutocorrelation, about: Scope) -> LeftSpots:
    """Return where neighbours are alike in what the model of all traits leaves."""
    counts = {kind: len(found.told(kind)) for kind in KINDS}
    apart = counts["high_low"] + counts["low_high"]
    return LeftSpots(about, counts["high_high"], counts["low_low"], apart, found.rate)


def _likeness(tests: pd.DataFrame, what: str) -> Likeness | None:
    rows = tests[(tests["what"] == what) & (tests["how"] == "all")]
    if rows.empty:
        return None
    values = (float(rows[name].iloc[0]) for name in ("estimate", "expected", "p_value"))
    estimate, expected, p_value = values
    return Likeness(estimate, expected, p_value, clear=p_value <= CLEAR)


def _few(names: list[str]) -> tuple[str, ...]:
    return tuple(names) if len(names) <= _NAMED_AT_MOST else ()
