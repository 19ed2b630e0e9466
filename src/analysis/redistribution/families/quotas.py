r"""The same plan where a limit ties the network together: a quota on a kind of move.

Limits that nest (a post's people within a unit's, within the budget) keep the plan a network flow,
see `network`. A quota on a kind of transfer, or on a pair of island groups, cuts across units: the
plan is found by the integer program of `coupled`.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import IntArray
from analysis.errors import DataError, DomainError
from analysis.messages import some
from analysis.redistribution.families.changes import of_all
from analysis.redistribution.families.coupled import SOLVER, Program, Solution
from analysis.redistribution.families.family_posts import Posts
from analysis.redistribution.families.family_units import FamilyUnits
from analysis.redistribution.families.substitution_plan import SubstitutionPlan
from analysis.redistribution.flows.ways import Cost
from analysis.redistribution.limits import Limits
from analysis.redistribution.units import as_staff

_EXACT = 1e-7
_AGAIN = 500_000  # columns to solve again for prices, over all limits: some seconds


@dataclass(frozen=True, eq=False)
class CoupledPlan:
    """A plan under limits that tie the network together.

    Attributes
    ----------
    plan : SubstitutionPlan
    bound : float
        No plan that fills as many posts costs less.
    """

    plan: SubstitutionPlan
    bound: float
    _posts: Posts = field(repr=False)
    _program: Program = field(repr=False)
    _solution: Solution = field(repr=False)
    _quotas: list[str] = field(repr=False)

    @cached_property
    def prices(self) -> pd.DataFrame:
        """What one person more in a limit is worth; found when first asked for.

        One row for each limit whose relaxation helps: `constraint`, `unit`, `family` (or the
        quota's `label`; missing where it does not apply), `limit`, `posts` (more posts filled for
        one person more), `price` (cost saved for one person more with as many posts filled),
        `exact`, `meaning`.

        A dual value of the linear program is at least what one person more is worth: the optimum
        is convex in the limit, and where it bends a dual value may be that of the other side.
        Limits with a dual value of zero, worth nothing there, are left out. For the others the
        integer program is solved again with one person more, and `exact` is true; where that
        would take long, dual values are given instead, as upper bounds.
        """
        return _prices(self._posts, self._program, self._solution, self._quotas)


def plan_with_quotas(
    staff: pd.DataFrame | FamilyUnits,
    need: pd.DataFrame | None = None,
    *,
    cost: Cost,
    substitution: pd.DataFrame,
    labels: npt.ArrayLike,
    quotas: pd.DataFrame,
    budget: int | None = None,
    limits: Limits | None = None,
    distance: npt.ArrayLike | None = None,
) -> CoupledPlan:
    """Return the plan that fills most posts, then costs least, under quotas on kinds of moves.

    Parameters
    ----------
    labels : array-like, shape (n, n)
        Kind of the move from each origin (row) to each destination: a kind of transfer, a pair of
        island groups. The diagonal is ignored: who stays in the unit counts for no quota.
    quotas : DataFrame
        `label` and `people`, the most people on all moves of that kind. Kinds left out have no
        quota.
    staff, need, cost, substitution, budget, limits, distance
        As in `plan_with_substitution`.

    Returns
    -------
    CoupledPlan

    Raises
    ------
    DataError
        If the quotas lack a column.
    DomainError
        As `plan_with_substitution`; also if a quota is no number of people, occurs
        twice or is for an unknown label, or `labels` has the wrong shape.

    Examples
    --------
    >>> staff = pd.DataFrame({"teacher": [7, 0, 0]}, index=["A", "B", "C"])
    >>> need = pd.DataFrame({"teacher": [3, 2, 2]}, index=["A", "B", "C"])
    >>> found = plan_with_quotas(
    ...     staff, need, cost=np.ones((3, 3)),
    ...     substitution=pd.DataFrame(columns=["from_family", "to_family", "penalty"]),
    ...     labels=[["", "near", "far"]] * 3,
    ...     quotas=pd.DataFrame({"label": ["far"], "people": [1]}))
    >>> found.plan.filled, found.plan.unfilled, found.prices["meaning"].tolist()
    (3, 1, ['One more person allowed on moves of kind far would fill 1 more post(s).'])
    """
    units = FamilyUnits.of(staff, need)
    posts = Posts.of(units, cost, substitution, budget=budget, limits=limits, distance=distance)
    kinds, most = _as_quotas(
        units.together.matrix(labels, what="labels"), quotas, len(units.labels)
    )
    changes = of_all(posts)
    members = changes.members
    kind = kinds[members[changes.origin], members[changes.destination]]
    program = Program(changes, posts.budget, kind, most)
    solution = program.solve()
    plan = SubstitutionPlan.of(posts, [program.settled(solution)], solver=SOLVER)
    names = [str(label) for label in quotas["label"]]
    return CoupledPlan(plan, solution.bound, posts, program, solution, names)


def _prices(posts: Posts, program: Program, solution: Solution, quotas: list[str]) -> pd.DataFrame:
    """Return the limits whose relaxation would help, see `CoupledPlan.prices`."""
    changes, limits = program.changes, program.limits
    more, saved = program.marginals(solution)
    short = slice(*program.starts[1:3])
    more[short] = 0.0  # a further shortage is no help
    rows = np.flatnonzero((more > _EXACT) | (saved > _EXACT))
    exact = rows.size * changes.cost.size <= _AGAIN
    if exact:
        for row in rows.tolist():
            more[row], saved[row] = program.one_more(row, solution)
        more[short] = 0.0
        rows = rows[(more[rows] > _EXACT) | (saved[rows] > _EXACT)]
    units, families = posts.units.labels[changes.members], posts.units.families
    named: list[tuple[str, object, object]] = [
        *(("spare", units[i], families[f]) for i, f in zip(*changes.giving, strict=True)),
        *(("short", units[i], families[f]) for i, f in zip(*changes.short, strict=True)),
        *(("leaving", unit, None) for unit in units),
        *(("arriving", unit, None) for unit in units),
        ("budget", None, None),
        *(("quota", None, label) for label in quotas),
    ]
    table = pd.DataFrame(named, columns=["constraint", "unit", "family"], dtype=object)
    table = table.assign(limit=limits.astype(np.int64), posts=more, price=saved, exact=bool(exact))
    table = table.iloc[rows].reset_index(drop=True)
    return table.assign(meaning=[_meaning(*row) for row in table.itertuples(index=False)])


def _meaning(
    constraint: str,
    unit: object,
    family: object,
    _limit: int,
    posts: float,
    price: float,
    exact: bool,
) -> str:
    one_more = {
        "spare": f"person to spare in {unit}, {family}",
        "short": f"post short in {unit}, {family}",
        "leaving": f"person allowed to move away from {unit}",
        "arriving": f"person allowed to move to {unit}",
        "budget": "person in the budget",
        "quota": f"person allowed on moves of kind {family}",
    }[constraint]
    gains, most = [], "" if exact else "at most "
    if posts > _EXACT:
        gains.append(f"fill {most}{posts:.3g} more post(s)")
    if price > _EXACT:
        gains.append(f"save {most}{price:.6g} of cost with as many posts filled")
    return f"One more {one_more} would {', or '.join(gains)}."


def _as_quotas(labels: npt.ArrayLike, quotas: pd.DataFrame, n: int) -> tuple[IntArray, IntArray]:
    """Return which quota each pair of units counts for, and the quotas."""
    kinds = np.asarray(labels, dtype=object)
    if kinds.shape != (n, n):
        raise DomainError(
            f"labels: expected a matrix of shape {(n, n)}, origins by destinations, but the shape "
            f"is {kinds.shape}."
        )
    missing = [name for name in ("label", "people") if name not in quotas.columns]
    if missing:
        raise DataError(f"quotas: column {some(missing)} is missing.")
    if quotas["label"].duplicated().any():
        twice = quotas.loc[quotas["label"].duplicated(), "label"].astype(str).tolist()
        raise DomainError(f"quotas: each label must occur once; {some(twice)} does not.")
    known = {label for row in kinds.tolist() for label in row}
    unknown = [str(label) for label in quotas["label"] if label not in known]
    if unknown:
        raise DomainError(
            f"quotas: {some(unknown)} is the label of no pair of units. Correct the spelling."
        )
    if quotas.empty:
        return np.full((n, n), -1), np.zeros(0, dtype=np.int64)
    most = as_staff(quotas.set_index("label")["people"], what="quotas")
    index = {label: position for position, label in enumerate(quotas["label"])}
    positions = [[index.get(label, -1) for label in row] for row in kinds.tolist()]
    return np.array(positions, dtype=np.int64), most
