"""What the findings on what goes with staff are read from: the models of a profession.

Models need many provinces, as their errors are told from what varies between provinces: with fewer
than `LEAST_PROVINCES` none is fitted. Units that report nobody of any profession though they have
facilities are left out of all, as their zero most likely is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from analysis import models
from analysis.errors import DomainError
from analysis.models import Fit, Overdispersion
from analysis.reports.tenaga_kabupaten import spread
from analysis.reports.tenaga_kabupaten.characteristics import STEPS, Surroundings
from analysis.reports.tenaga_kabupaten.inputs import Supply
from analysis.reports.tenaga_kabupaten.parameters import TenagaKabupaten

LEAST_PROVINCES = 20
LEAST_EVENTS = 20  # units with none, and units with some, for a model of who has none
LEAVES_DOUBT = 0.05  # p-value from which counts may vary as Poisson's law says


@dataclass(frozen=True, eq=False)
class Associations:
    """The models of one profession.

    Where the units do not allow a model, it is None, or not among the others: it has no finite
    effects, or a term that one province alone tells of.

    Attributes
    ----------
    dispersion : Overdispersion
        Whether counts vary more than Poisson's law says, all terms given.
    alone : DataFrame
        The effects (as of `Fit.effects`) of models with one term each.
    together : Fit
        All terms in one model.
    within : Fit or None
        The same inside provinces.
    other_ways : mapping of str to Fit
        All terms in one model, by family; among them the one chosen.
    parted : tuple of str
        Terms without a finite effect, left out with the units on their side.
    empty_provinces : tuple of str
        Provinces without anybody, left out of `within`.
    without : int
        Units with nobody, left out of the log-linear model.
    """

    dispersion: Overdispersion
    alone: pd.DataFrame
    together: Fit
    within: Fit | None
    other_ways: Mapping[str, Fit]
    parted: tuple[str, ...]
    empty_provinces: tuple[str, ...]
    without: int


@dataclass(frozen=True, eq=False)
class Absence:
    """Who has nobody of a profession.

    Attributes
    ----------
    shares : DataFrame
        As from `models.shares_by_class`, of values in units of everyday.
    together : Fit or None
        Logistic model; None too if fewer than `LEAST_EVENTS` units have none, or have some.
    parted : tuple of str
        Terms left out with the units on their side, of which all or none have nobody.
    """

    shares: pd.DataFrame
    together: Fit | None
    parted: tuple[str, ...]


def reporting(
    data: Supply, compared: pd.DataFrame | None, p: TenagaKabupaten
) -> tuple[dict[str, pd.DataFrame], tuple[str, ...]]:
    """Return the units that report, for one profession or two, and the names of those that do not.

    Parameters
    ----------
    data : Supply
        What the report works on.
    compared : DataFrame or None
        Its units with the staff of the other profession, as `findings.compared` returns them.
    p : TenagaKabupaten
        Parameters of the report.

    Returns
    -------
    dict of str to DataFrame
        By what the profession is called, its own first: one row for each unit, by
        `kode_kemendagri`.
    tuple of str
        Names of the units that report nobody of any profession though they have facilities.
    """
    quiet = spread.silent(data.units, data.kinds)
    frames = {data.titles[p.profession]: data.units}
    if compared is not None and p.compared_with is not None:
        frames[data.titles[p.compared_with]] = compared
    return {
        kind: frame[~quiet.loc[frame.index]].set_index("kode_kemendagri")
        for kind, frame in frames.items()
    }, tuple(data.units.loc[quiet, "nama"])


def scarcest(supplies: Mapping[str, pd.DataFrame]) -> str:
    """Return the profession that most units have nobody of, the first of several."""
    without = {kind: int((units["tenaga"] == 0).sum()) for kind, units in supplies.items()}
    return max(without, key=lambda kind: without[kind])


def associations(units: pd.DataFrame, around: Surroundings) -> Associations | None:
    """Return the models of a profession, or None where they cannot be fitted.

    Parameters
    ----------
    units : DataFrame
        One row for each unit that reports, by `kode_kemendagri`: `tenaga`, `penduduk`,
        `kode_provinsi`, `provinsi`.
    around : Surroundings
        What they are like; may have more units.
    """
    terms = _varied(around.terms.loc[units.index])
    kept, parted = overlapping(units["tenaga"] > 0, terms, "count")
    units, terms = units[kept], terms.loc[kept].drop(columns=list(parted))
    if units["kode_provinsi"].nunique() < LEAST_PROVINCES:
        return None
    ways = {
        family: fit
        for family in ("poisson", "negative_binomial")
        if (fit := _counted(units, terms, family)) is not None
    }
    if len(ways) < 2:
        return None
    dispersion = models.overdispersion(ways["poisson"])
    chosen = "poisson" if dispersion.p_value > LEAVES_DOUBT else "negative_binomial"
    alone = [_counted(units, terms[[term]], chosen) for term in terms]
    staffed = units.groupby("kode_provinsi")["tenaga"].transform("sum") > 0
    some = units["tenaga"] > 0
    linear = _logged(units[some], terms[some])
    return Associations(
        dispersion=dispersion,
        alone=pd.concat([effects(fit) for fit in alone if fit is not None]),
        together=ways[chosen],
        within=_counted(units[staffed], terms[staffed], chosen, within=True),
        other_ways=ways if linear is None else ways | {"log_linear": linear},
        parted=parted,
        empty_provinces=tuple(dict.fromkeys(units.loc[~staffed, "provinsi"])),
        without=int((~some).sum()),
    )


def absence(units: pd.DataFrame, around: Surroundings) -> Absence:
    """Return who has nobody; parameters as of `associations`."""
    none = units["tenaga"] == 0
    shares = models.shares_by_class(none, around.values.loc[units.index])
    terms = _varied(around.terms.loc[units.index])
    kept, parted = overlapping(none, terms, "event")
    left, terms = none[kept], terms.loc[kept].drop(columns=list(parted))
    clusters = units.loc[kept, "kode_provinsi"]
    if (
        min(left.sum(), (~left).sum()) < LEAST_EVENTS
        or clusters.nunique() < LEAST_PROVINCES
        or models.parting_terms(left, terms, kind="event")
    ):
        return Absence(shares, None, parted)
    try:
        return Absence(shares, models.event_model(left, terms, clusters), parted)
    except DomainError:  # a term that one province alone tells of, or that others make up
        return Absence(shares, None, parted)


def effects(fit: Fit) -> pd.DataFrame:
    """Return the effects of a model for the steps that the report tells of."""
    known = fit.coefficients.index
    return fit.effects({term: size for term, size in STEPS.items() if term in known})


def overlapping(
    some_of_it: pd.Series, terms: pd.DataFrame, kind: Literal["event", "count"]
) -> tuple[pd.Series, tuple[str, ...]]:
    """Return the units, and the terms left out, with which a model has finite effects.

    A term of two kinds that parts units with and without is left out, and with it the units of the
    kind that all have it, or none has. A term of many values that does is not: there is no model.
    """
    kept = pd.Series(data=True, index=terms.index)
    left_out: list[str] = []
    while some_of_it[kept].any() and not some_of_it[kept].all():
        rest = terms.loc[kept].drop(columns=left_out)
        of_two = [term for term in rest if set(rest[term]) == {0.0, 1.0}]
        parting = models.parting_terms(some_of_it[kept], rest, kind=kind)
        found = [term for term in parting if term in of_two]
        if not found:
            break
        for term in found:
            for value in (0.0, 1.0):
                side = kept & (terms[term] == value)
                some = some_of_it[side]
                if not some.any() or (kind == "event" and some.all()):
                    kept &= ~side
            left_out.append(term)
    return kept, tuple(left_out)


def _varied(terms: pd.DataFrame) -> pd.DataFrame:
    return terms.loc[:, terms.nunique() > 1]


def _counted(
    units: pd.DataFrame, terms: pd.DataFrame, family: Any, *, within: bool = False
) -> Fit | None:
    """Return a model of counts; None where no finite effects exist or errors cannot be told."""
    try:
        return models.count_model(
            units["tenaga"],
            units["penduduk"],
            terms,
            units["kode_provinsi"],
            family=family,
            within=within,
        )
    except DomainError:
        return None


def _logged(units: pd.DataFrame, terms: pd.DataFrame) -> Fit | None:
    try:
        return models.log_linear_model(
            units["tenaga"], units["penduduk"], terms, units["kode_provinsi"]
        )
    except DomainError:
        return None
