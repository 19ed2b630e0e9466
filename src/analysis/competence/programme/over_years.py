r"""The cheapest programme over years: the hours of each year, and what posts ask for by a term.

With people on arcs as in `analysis.competence.programme.network_over_years`, whole, the programme
fulfils most of what is asked (hours of a person and year, and what a post asks of a person: each
counts one) that the places of each year, and its budget if there is one, allow; of all that fulfil
as much it costs least. Many plans cost as little: of these the one is taken whose dearest year is
cheapest,

.. math:: \min z, \qquad \sum_{a \in A_t} c_a x_a \le z \quad (t = 1, \dots, T), \qquad
          \sum_a c_a x_a \le C^*,

so that what a year costs is no accident of the solver, though this is proved to a thousandth only.
All are integer programs that HiGHS solves. Years are alike, so that the last bit of a proof could
take minutes: it stops where no programme is better by more than a hundred thousandth, and `most`
and `bound` say what is proved. Regions that share neither places nor a budget are planned, and
their years evened out, one by one.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.arrays import FloatArray, IntArray, as_number
from analysis.competence.programme.catalogue import Catalogue, shortfalls_of_years
from analysis.competence.programme.network import Group
from analysis.competence.programme.network_over_years import network_over_years
from analysis.competence.programme.planning import (
    Program,
    Solved,
    budget_of,
    components,
    trainings_of,
)
from analysis.errors import ParameterError

_MOST_YEARS = 10
_GAP = 1e-5
_EVEN = 1e-3
_SLACK = 1e-9


@dataclass(frozen=True, eq=False)
class YearsProgramme:
    """What is taken in each year.

    Attributes
    ----------
    years : DataFrame
        One row a year: `year` (from 1), `people` who lack hours of it, `reached` of them, `met`
        (people who have from then on what their post asks for), `places`, `hours` (JP) and `cost`.
    trainings : DataFrame
        `year` and the columns of `Programme.trainings`.
    asking : int
        People whose post asks for something.
    cost, bound : float
        Of all years, and what no programme that fulfils as much costs less than.
    most : int
        What no programme fulfils more than: hours of people and years, and posts of people.
    optimal : bool
        Whether it is proved that none fulfils more, and none as much for less.
    """

    years: pd.DataFrame
    trainings: pd.DataFrame
    asking: int
    cost: float
    bound: float
    most: int
    optimal: bool

    @property
    def met(self) -> int:
        """People who have what their post asks for by the end of the term."""
        return int(self.years["met"].sum())

    @property
    def asked(self) -> int:
        """Hours of people and years, and posts of people."""
        return int(self.years["people"].sum()) + self.asking

    @property
    def fulfilled(self) -> int:
        """How many of them are fulfilled."""
        return int(self.years["reached"].sum()) + self.met

    @property
    def dearest(self) -> float:
        """Cost of the dearest year."""
        return float(self.years["cost"].max())


def programme_over_years(
    short: pd.DataFrame,
    catalogue: Catalogue,
    years: int,
    *,
    term: int | None = None,
    budget: float | None = None,
) -> YearsProgramme:
    """Return the programme over years that fulfils most, the cheapest of those.

    JP of what a post asks for are JP of the year in which they are taken.

    Parameters
    ----------
    short : DataFrame
        `region`, `short` (JP missing in each of the years; 0: none) and `people`; if known `asked`
        and `accepted`: JP of trainings with these codes, divided by blanks ("*": any), that the
        post asks for once, up to the end of the term.
    catalogue : Catalogue
        What there is in each year.
    years : int
        1 to 10.
    term : int, optional
        Years within which what posts ask for is made up for, at most `years`; all by default.
    budget : float, optional
        What each year may cost; no limit by default.

    Raises
    ------
    DataError
        If a column is missing or a number is out of range; names the rows.
    ParameterError
        If there are too few or too many years, or the budget is negative or no number.

    Examples
    --------
    >>> short = pd.DataFrame(
    ...     {"region": "x", "short": [4.0], "asked": 8.0, "accepted": "2", "people": [6]}
    ... )
    >>> offers = pd.DataFrame(
    ...     {"kind": ["seminar", "course"], "jp": [4, 8], "places": [9, 3], "cost": [1.0, 5.0],
    ...      "classical": True, "code": ["", "2"]}
    ... )
    >>> plan = programme_over_years(short, Catalogue.of(offers), 2)
    >>> plan.years[["reached", "met", "places", "cost"]].to_numpy().tolist()
    [[6.0, 3.0, 6.0, 18.0], [6.0, 3.0, 6.0, 18.0]]
    >>> programme_over_years(short, Catalogue.of(offers), 2, term=1).met
    3
    """
    years = _years(years, "years", _MOST_YEARS)
    term = years if term is None else _years(term, "term", years)
    lacks = shortfalls_of_years(short)
    here = pd.Series(catalogue.region, dtype=object).dropna().unique()
    region = lacks["region"].where(lacks["region"].isin(here), None)
    by = ["region", "short", "asked", "accepted"]
    # Regions without trainings of their own have the same ones open, so that they are one.
    lacks = lacks.assign(region=region.fillna(""))
    groups = lacks.groupby(by)[["people"]].sum().reset_index()
    parts = components(groups, catalogue, together=budget is not None)
    limits = np.full(years, np.inf if budget is None else budget_of(budget))
    planned = [_plan(part, catalogue, limits, term) for part in parts]
    taken = sum((each.places for each in planned), np.zeros((years, len(catalogue))))
    number = np.arange(1, years + 1)
    table = pd.concat(
        [
            trainings_of(places, catalogue).assign(year=year)
            for year, places in zip(number, taken, strict=True)
        ],
        ignore_index=True,
    )
    sums = table.groupby("year")[["places", "hours", "cost"]].sum().reindex(number, fill_value=0)
    people = int(groups.loc[groups["short"] > 0, "people"].sum())
    asking = int(groups.loc[groups["asked"] > 0, "people"].sum())
    missed = sum(each.missed for each in planned)
    told = pd.DataFrame({"year": number, "people": people, "reached": people - missed})
    told["met"] = sum(each.met for each in planned)
    cost = float(table["cost"].sum())
    below = sum(each.bound - each.cost for each in planned)
    return YearsProgramme(
        years=told.merge(sums.reset_index(), on="year"),
        trainings=table,
        asking=asking,
        cost=cost,
        bound=min(cost + below, cost),
        most=years * people + asking - sum(each.least_missed for each in planned),
        optimal=all(each.optimal for each in planned),
    )


def _years(given: object, what: str, most: int) -> int:
    found = as_number(given, what=what)
    if not (1 <= found <= most and found.is_integer()):
        raise ParameterError(f"{what}: must be a whole number, 1 to {most}; {given!r} given.")
    return int(found)


@dataclass(frozen=True, eq=False)
class _Planned:
    """What regions that are planned together do.

    `places` taken, by year and row of the catalogue; people `missed` of each year and people who
    have `met` in it what their post asks for; `least_missed` of both together.
    """

    places: FloatArray
    missed: IntArray
    met: IntArray
    least_missed: int
    cost: float
    bound: float
    optimal: bool


def _plan(part: list[Group], catalogue: Catalogue, limits: FloatArray, term: int) -> _Planned:
    years = limits.size
    flows = network_over_years(part, catalogue, years, term)
    network = flows.network
    each = catalogue.repeated(years)
    scale = max(float(catalogue.cost.max()), 1e-300)
    program = Program(network, each, limits / scale, scale, _GAP)
    found = program.best()
    arcs = _evened(program, found)
    taken = network.taken(len(each)) @ arcs
    missed = np.bincount(network.group + 1, arcs[network.left], minlength=years + 1)[1:]
    met = np.bincount(flows.met_in, arcs[flows.met], minlength=years)
    return _Planned(
        np.rint(taken).reshape(years, -1),
        np.rint(missed).astype(np.int64),
        np.rint(met).astype(np.int64),
        found.least_missed,
        found.cost * scale,
        found.bound * scale,
        found.optimal,
    )


def _evened(program: Program, found: Solved) -> FloatArray:
    """Return a plan as good whose dearest year is cheapest; the plan itself if none is found."""
    years = program.spending.shape[0]
    dearest = float((program.spending @ found.arcs).max())
    if years == 1 or dearest == 0:
        return found.arcs
    as_good = sparse.csr_array(np.vstack([program.cost, program.missed]))
    most = [found.cost * (1 + _SLACK) + _SLACK, float(program.missed @ found.arcs)]
    rows = sparse.vstack([program.use, as_good, program.spending], format="csr")
    limits = np.concatenate([program.most, most, np.zeros(years)])
    highest = np.concatenate([np.zeros(limits.size - years), np.full(years, -1.0)])
    nothing = sparse.csr_array((program.flow.shape[0], 1))
    better = milp(
        np.append(np.zeros(program.size), 1.0),
        integrality=np.append(np.ones(program.size), 0.0),
        bounds=Bounds(0.0, np.append(np.full(program.size, np.inf), dearest)),
        constraints=[
            LinearConstraint(
                sparse.hstack([program.flow, nothing], format="csr"), program.people, program.people
            ),
            LinearConstraint(
                sparse.hstack([rows, highest[:, None]], format="csr"), -np.inf, limits
            ),
        ],
        options={"mip_rel_gap": _EVEN},
    )
    return found.arcs if better.x is None else np.rint(better.x[:-1])
