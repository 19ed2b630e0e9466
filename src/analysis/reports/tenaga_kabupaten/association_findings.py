"""What report 04 can say of what goes with staff: models, their fit, who has nobody.

All of it is association: no finding here is a cause, and no text may call it one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.models import Fit
from analysis.reports.tenaga_kabupaten.associations import (
    LEAST_EVENTS,
    LEAST_PROVINCES,
    Absence,
    Associations,
    effects,
)
from analysis.reports.tenaga_kabupaten.characteristics import NAMES, NEAR, Surroundings
from analysis.reports.tenaga_kabupaten.level_findings import Scope
from analysis.reports.values import Named

_LISTED = 3
_TABLED = 5  # units at each end of the table of unusual ones
_TWICE = 2.0
_PER_TERM = 10  # events for each term, below which a logistic model is told to be rough


@dataclass(frozen=True)
class Effect:
    """What goes with one step more of a term: `change` is the ratio less one, with its limits.

    `clear` if both limits, as printed in whole percents, lie on one side of no difference.
    """

    term: str
    change: float
    low: float
    high: float
    clear: bool


@dataclass(frozen=True)
class Entwined:
    """The two terms that go together most, and their correlation."""

    first: str
    second: str
    correlation: float


@dataclass(frozen=True)
class Related:
    """What goes with the ratio of a profession.

    Attributes
    ----------
    scope : Scope
    fitted : bool
        There is a model; else all that follows `clusters` says nothing.
    least : int
        Provinces that models need.
    clusters : int
        Provinces there are.
    units : int
        Units in the model.
    level : float
        How often limits hold.
    near : float
        Distance, in km, that the nearest count as.
    effects : tuple of Effect
        All terms together.
    clear_alone, clear_together, clear_within : tuple of str
        Names of the terms that are clear one at a time, together, and inside provinces; the last is
        None without such a model.
    entwined : Entwined or None
        The terms that go together most.
    silent : tuple of str
        Units that report nobody though they have facilities, left out.
    parted : tuple of str
        Names of terms left out, with the units on their side, as nobody is there.
    empty : tuple of str
        Provinces without anybody, left out of the model inside provinces.
    """

    scope: Scope
    fitted: bool
    least: int
    clusters: int
    units: int
    level: float
    near: float
    effects: tuple[Effect, ...]
    clear_alone: tuple[str, ...]
    clear_together: tuple[str, ...]
    clear_within: tuple[str, ...] | None
    entwined: Entwined | None
    silent: tuple[str, ...]
    parted: tuple[str, ...]
    empty: tuple[str, ...]


@dataclass(frozen=True)
class Ways:
    """What the table of models shows: which professions, and how many have no logarithm."""

    scope: Scope
    fitted: bool
    other: str | None
    without: int
    level: float


@dataclass(frozen=True)
class Fitting:
    """How well the model fits, and why it is that one.

    Attributes
    ----------
    scope : Scope
    fitted : bool
    poisson : bool
        Counts vary as Poisson's law says, so that its model is the one chosen.
    pearson : float
        How many times as much they vary, all terms given.
    explained, explained_within : float or None
        Shares of the deviance; the second with a constant for each province.
    twice : float
        Share of the units of which observed and expected are less than a factor of two apart.
    below, above : tuple of Named
        Units with the least and the most beside what is expected: observed over expected.
    """

    scope: Scope
    fitted: bool
    poisson: bool
    pearson: float
    explained: float
    explained_within: float | None
    twice: float
    below: tuple[Named, ...]
    above: tuple[Named, ...]


@dataclass(frozen=True)
class Counts:
    """How counts vary: as Poisson's law says, or that many times as much."""

    scope: Scope
    poisson: bool
    pearson: float


@dataclass(frozen=True)
class Unusual:
    """How many units the table has at each end."""

    scope: Scope
    listed: int


@dataclass(frozen=True)
class Contrast:
    """Shares of units with nobody in the lowest and in the highest class of a term."""

    term: str
    lowest: float
    highest: float


@dataclass(frozen=True)
class Odds:
    """How many times as great the odds are with one step more of a term, with limits."""

    term: str
    ratio: float
    low: float
    high: float
    clear: bool


@dataclass(frozen=True)
class Missing:
    """Who has nobody of a profession.

    `kind` is that of the two professions which is missing in more units. `contrasts` compare the
    quarters of units with the least and the most of each term, or its two kinds; `odds` are of a
    logistic model, empty where there is none; `rough` if it has few events for each term.
    """

    kind: str
    without: int
    units: int
    contrasts: tuple[Contrast, ...]
    least: int
    odds: tuple[Odds, ...]
    parted: tuple[str, ...]
    rough: bool
    silent: tuple[str, ...]


def related(
    found: Associations | None,
    around: Surroundings,
    units: pd.DataFrame,
    silent: tuple[str, ...],
    about: Scope,
) -> Related:
    """Return what goes with the ratio; `units` are those that report, by `kode_kemendagri`."""
    fit = None if found is None else found.together
    within = None if found is None else found.within
    terms = [] if fit is None else list(fit.coefficients.index)
    return Related(
        scope=about,
        fitted=fit is not None,
        least=LEAST_PROVINCES,
        clusters=units["kode_provinsi"].nunique() if fit is None else fit.clusters,
        units=len(units) if fit is None else len(fit.units),
        level=0.0 if fit is None else fit.level,
        near=NEAR,
        effects=() if fit is None else as_effects(effects(fit)),
        clear_alone=() if found is None else _clear(found.alone),
        clear_together=() if fit is None else _clear(effects(fit)),
        clear_within=None if within is None else _clear(effects(within)),
        entwined=None if fit is None else _entwined(around.terms.loc[fit.units.index, terms]),
        silent=silent,
        parted=() if found is None else tuple(NAMES[term] for term in found.parted),
        empty=() if found is None or within is None else found.empty_provinces,
    )


def ways(fitted: Mapping[str, Associations | None], about: Scope) -> Ways:
    """Return what the table of models shows; `fitted` by profession, that of the report first."""
    known = {kind: found for kind, found in fitted.items() if found is not None}
    own = known.get(about.kind)
    return Ways(
        about,
        own is not None,
        next((kind for kind in known if kind != about.kind), None),
        0 if own is None else own.without,
        max((found.together.level for found in known.values()), default=0.0),
    )


def fitting(found: Associations | None, names: pd.Series, about: Scope) -> Fitting:
    """Return how well the model fits; `names` are those of the units, by `kode_kemendagri`."""
    if found is None:
        return Fitting(about, False, False, 0.0, 0.0, None, 0.0, (), ())
    fit = found.together
    times = fit.units["observed"] / fit.units["expected"]
    ends = unusual(fit, _LISTED)
    below, above = ends[: len(ends) // 2], ends[len(ends) // 2 :]
    return Fitting(
        scope=about,
        fitted=True,
        poisson=fit.family == "poisson",
        pearson=found.dispersion.pearson,
        explained=fit.deviance_explained,
        explained_within=None if found.within is None else found.within.deviance_explained,
        twice=float(times.between(1.0 / _TWICE, _TWICE, inclusive="neither").mean()),
        below=tuple(Named(str(names[code]), float(times[code])) for code in below),
        above=tuple(Named(str(names[code]), float(times[code])) for code in above[::-1]),
    )


def unusual(fit: Fit, many: int = _TABLED) -> list[str]:
    """Return the units furthest below what the model expects, and then those furthest above."""
    ordered = fit.units["residual"].sort_values(kind="stable").index
    many = min(many, len(ordered) // 2)
    return [*ordered[:many], *ordered[len(ordered) - many :]]


def missing(found: Absence, kind: str, units: pd.DataFrame, silent: tuple[str, ...]) -> Missing:
    """Return who has nobody of a profession; `units` are those that report."""
    rows = found.shares.groupby("term", sort=False)["share"].agg(["first", "last", "size"])
    several = rows[rows["size"] > 1]
    fit = found.together
    events = 0 if fit is None else int(fit.units["observed"].sum())
    fewest = 0 if fit is None else min(events, len(fit.units) - events)
    return Missing(
        kind=kind,
        without=int((units["tenaga"] == 0).sum()),
        units=len(units),
        contrasts=tuple(
            Contrast(*row)
            for row in zip(several.index, several["first"], several["last"], strict=True)
        ),
        least=LEAST_EVENTS,
        odds=() if fit is None else _odds(effects(fit)),
        parted=() if fit is None else tuple(NAMES[term] for term in found.parted),
        rough=fit is not None and fewest < _PER_TERM * len(fit.coefficients),
        silent=silent,
    )


def as_effects(table: pd.DataFrame) -> tuple[Effect, ...]:
    """Return rows of `Fit.effects` as findings, in their order."""
    columns = (table[name].tolist() for name in ("ratio", "low", "high"))
    return tuple(
        Effect(str(term), ratio - 1.0, low - 1.0, high - 1.0, _is_clear(low, high))
        for term, ratio, low, high in zip(table.index, *columns, strict=True)
    )


def _odds(table: pd.DataFrame) -> tuple[Odds, ...]:
    return tuple(
        Odds(each.term, each.change + 1.0, each.low + 1.0, each.high + 1.0, each.clear)
        for each in as_effects(table)
    )


def _is_clear(low: float, high: float) -> bool:
    ends = round(100 * (low - 1.0)), round(100 * (high - 1.0))
    return min(ends) > 0 or max(ends) < 0


def _clear(table: pd.DataFrame) -> tuple[str, ...]:
    return tuple(NAMES[each.term] for each in as_effects(table) if each.clear)


def _entwined(terms: pd.DataFrame) -> Entwined | None:
    if terms.shape[1] < 2:
        return None
    values = terms.corr().to_numpy()
    upper = np.triu(np.abs(values), 1)
    i, j = np.unravel_index(upper.argmax(), upper.shape)
    names = [NAMES[str(term)] for term in terms.columns]
    return Entwined(names[int(i)], names[int(j)], float(values[i, j]))
