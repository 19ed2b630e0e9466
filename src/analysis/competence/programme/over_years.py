r"""The cheapest programme over years: the hours of each year, and what posts ask for by a term.

With people on arcs as in `analysis.competence.programme.network_over_years`, whole, the programme
fulfils most of what is asked (hours of a person and year, and what a post asks of a person: each
counts one) that the places of each year, and its budget if there is one, allow; of all that fulfil
as much it costs least. Many plans cost as little: of these the one is taken whose dearest year is
cheapest,

.. math:: \min z, \qquad \sum_{a \in A_t} c_a x_a \le z \quad (t = 1, \dots, T), \qquad
          \sum_a c_a x_a \le C^*,

so that what a year costs is no accident of the solver. All are integer programs that HiGHS solves;
the first two to a proved optimum, the last to a gap that is told.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.arrays import FloatArray, as_number
from analysis.competence.programme.catalogue import Catalogue, shortfalls_of_years
from analysis.competence.programme.network_over_years import Flows, network_over_years
from analysis.competence.programme.planning import (
    Program,
    Solved,
    budget_of,
    components,
    trainings_of,
)
from analysis.errors import ParameterError

_MOST_YEARS = 10
_EVEN = 1e-3  # relative gap of the dearest year
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
    asking, met : int
        People whose post asks for something, and how many of them have it by the term.
    cost, bound : float
        Of all years, and what no programme that fulfils as much costs less than.
    most : int
        What no programme fulfils more than: hours of people and years, and posts of people.
    optimal : bool
        Whether it is proved that none fulfils more, and none as much for less.
    least_dearest : float
        What the dearest year of no programme that fulfils as much at this cost is below.
    """

    years: pd.DataFrame
    trainings: pd.DataFrame
    asking: int
    met: int
    cost: float
    bound: float
    most: int
    optimal: bool
    least_dearest: float

    @property
    def fulfilled(self) -> int:
        """Hours of people and years, and posts of people, that are fulfilled."""
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
    (part,) = components(groups, catalogue, together=True)
    flows = network_over_years(part, catalogue, years, term)
    scale = max(float(catalogue.cost.max()), 1e-300)
    limits = np.full(years, np.inf if budget is None else budget_of(budget) / scale)
    program = Program(flows.network, catalogue.repeated(years), limits, scale)
    found = program.best()
    arcs, least = _even(program, found, years)
    told, taken, unmet = _told(flows, arcs, catalogue, years, groups)
    asking = int(groups.loc[groups["asked"] > 0, "people"].sum())
    cost = float(taken["cost"].sum())
    return YearsProgramme(
        years=told,
        trainings=taken,
        asking=asking,
        met=asking - unmet,
        cost=cost,
        bound=min((found.bound - found.cost) * scale + cost, cost),
        most=years * int(told["people"].iloc[0]) + asking - found.least_missed,
        optimal=found.optimal,
        least_dearest=least * scale,
    )


def _years(given: object, what: str, most: int) -> int:
    found = as_number(given, what=what)
    if not (1 <= found <= most and found.is_integer()):
        raise ParameterError(f"{what}: must be a whole number, 1 to {most}; {given!r} given.")
    return int(found)


def _even(program: Program, found: Solved, years: int) -> tuple[FloatArray, float]:
    """Return a plan as good whose dearest year is cheapest, and what none is below.

    The plan itself where the solver has none.
    """
    spent = program.spending
    dearest = float((spent @ found.arcs).max())
    if years == 1 or dearest == 0:
        return found.arcs, dearest
    apart = sparse.hstack([spent, np.full((years, 1), -1.0)], format="csr")
    same = np.vstack([program.cost, program.missed])
    missed = float(program.missed @ found.arcs)
    use = sparse.vstack([program.use, sparse.csr_array(same)], format="csr")
    most = np.concatenate([program.most, [found.cost * (1 + _SLACK) + _SLACK, missed]])
    none = sparse.csr_array((use.shape[0], 1))
    flow = sparse.hstack([program.flow, sparse.csr_array((program.flow.shape[0], 1))], format="csr")
    better = milp(
        np.append(np.zeros(program.size), 1.0),
        integrality=np.append(np.ones(program.size), 0.0),
        bounds=Bounds(0.0, np.append(np.full(program.size, np.inf), dearest)),
        constraints=[
            LinearConstraint(flow, program.people, program.people),
            LinearConstraint(sparse.hstack([use, none], format="csr"), -np.inf, most),
            LinearConstraint(apart, -np.inf, 0.0),
        ],
        options={"mip_rel_gap": _EVEN},
    )
    if better.x is None:
        return found.arcs, found.cost / years
    return np.rint(better.x[:-1]), float(better.mip_dual_bound)


def _told(
    flows: Flows, arcs: FloatArray, catalogue: Catalogue, years: int, lacks: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Return what the plan does by year, what is taken, and how many posts are not fulfilled."""
    network = flows.network
    taken = network.taken(years * len(catalogue)) @ arcs
    number = range(1, years + 1)
    table = pd.concat(
        [
            trainings_of(places, catalogue).assign(year=year)
            for year, places in zip(number, np.split(taken, years), strict=True)
        ],
        ignore_index=True,
    )
    missed = np.bincount(network.group + 1, np.rint(arcs[network.left]), minlength=years + 1)
    met = np.bincount(flows.met_in, np.rint(arcs[flows.met]), minlength=years)
    people = int(lacks.loc[lacks["short"] > 0, "people"].sum())
    sums = table.groupby("year")[["places", "hours", "cost"]].sum().reindex(number, fill_value=0)
    told = pd.DataFrame(
        {
            "year": number,
            "people": people,
            "reached": people - missed[1:].astype(np.int64),
            "met": met.astype(np.int64),
        }
    )
    return told.merge(sums.reset_index(), on="year"), table, int(missed[0])
