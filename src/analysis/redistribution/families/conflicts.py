r"""Which requirements conflict, and by how many people, where no plan meets them all.

Elastic programming (Chinneck 2008): every requirement `r` that may give way gets a slack
``e_r >= 0``, in people, and the program

.. math:: \min \sum_r w_r e_r

always has a solution. Requirements with a positive slack are a cheapest set to relax, and the slack
says by how much; all slacks are zero just where the requirements can be met together. Where several
sets are equally cheap, which one is reported is arbitrary, but the same every time.

Who goes where does not matter to that, only how many leave and arrive. So people who leave unit `i`
as family `f` for posts of family `g` are balanced against arrivals by family within each group of
units, instead of pair by pair: about ``n F^2`` columns instead of ``n^2 F^2``. Nothing is lost:
leavers and arrivals of one group and family can always be paired, and a person paired with the
own unit might as well have been retrained there, which no cap counts.

References
----------
Chinneck, J. W. (2008). Feasibility and Infeasibility in Optimization: Algorithms and Computational
Methods. Springer.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

from analysis.arrays import BoolArray, FloatArray, IntArray, as_number
from analysis.errors import DomainError, ParameterError
from analysis.messages import some
from analysis.redistribution.families.family_units import FamilyUnits, of_units
from analysis.redistribution.families.substitution_table import penalties
from analysis.redistribution.limits import PAIRS, Limits
from analysis.redistribution.units import as_budget

RELAXABLE = ("floor", "leaving", "arriving", "budget")
_SHOWN = 5  # requirements in the message before it says how many more there are
_IN_WORDS = {
    "floor": "the floor of {post} were {slack} lower ({new} instead of {limit})",
    "leaving": "{slack} more {noun} {were} allowed to move away from {post} ({new}, not {limit})",
    "arriving": "{slack} more {noun} {were} allowed to move to {post} ({new}, not {limit})",
    "budget": "{slack} more {noun} {were} allowed to change post in all ({new}, not {limit})",
}


@dataclass(frozen=True, eq=False)
class Conflicts:
    """A cheapest way to make requirements possible.

    Attributes
    ----------
    table : DataFrame
        One row for each requirement that gives way: `constraint` ("floor", "leaving", "arriving" or
        "budget"), `unit`, `family` (missing where they do not apply), `limit`, `people` (by how
        many it gives way, > 0), `message`. No rows where all can be met.
    weighted : float
        Least weighted sum of people.
    """

    table: pd.DataFrame
    weighted: float

    @property
    def feasible(self) -> bool:
        """Whether all requirements can be met together."""
        return self.table.empty

    @property
    def message(self) -> str:
        """What conflicts, in a sentence."""
        if self.feasible:
            return "All requirements can be met together."
        shown, more = self.table["message"].tolist()[:_SHOWN], len(self.table) - _SHOWN
        if more > 0:
            shown.append(f"{more} more gave way, see the table")
        return f"The requirements cannot all be met. They could be if {'; and '.join(shown)}."


def find_conflicts(
    staff: pd.DataFrame | FamilyUnits,
    floor: pd.DataFrame | None = None,
    *,
    substitution: pd.DataFrame,
    budget: int | None = None,
    limits: Limits | None = None,
    weights: Mapping[str, float] | None = None,
) -> Conflicts:
    """Return which requirements must give way, and by how many people, so that a plan exists.

    Parameters
    ----------
    staff : DataFrame, units by families
        Whole people.
    floor : DataFrame
        People required of each unit and family after the plan, of the same units and families;
        parts of a person are rounded up. A floor of adequacy `a` is ``a * need``.
    substitution : DataFrame
        Who may stand in for whom, see `substitution_table.penalties`.
    budget : int, optional
        Most people who change post in all.
    limits : Limits, optional
        What a plan may not do. Limits on how many leave or arrive give way; who is retrained in
        place counts for neither. `releasable`, if by unit and family, `protected`,
        `protected_families` and `within` never do. Limits on pairs of units have no place here,
        nor has `floor_adequacy` beside the floor.
    weights : mapping, optional
        Weight of one person for "floor", "leaving", "arriving" and "budget"; 1 each by default, and
        infinite where nothing may give way. Staff and the table never give way.

    Returns
    -------
    Conflicts

    Raises
    ------
    DataError
        If the substitution table lacks a column.
    DomainError
        If an input is out of range, or of the wrong shape, or what may not give way cannot be met
        in itself.
    ParameterError
        If a weight is for no constraint or not above zero, or a protected family is unknown.

    Examples
    --------
    >>> staff = pd.DataFrame({"teacher": [9, 1], "nurse": [2, 2]}, index=["A", "B"])
    >>> floor = pd.DataFrame({"teacher": [5, 4], "nurse": [2, 2]}, index=["A", "B"])
    >>> table = pd.DataFrame(columns=["from_family", "to_family", "penalty"])
    >>> found = find_conflicts(staff, floor, substitution=table,
    ...                        limits=Limits(most_leaving=[1, 0]))
    >>> print(found.message)
    The requirements cannot all be met. They could be if the floor of B, teacher were 2 lower \
(2 instead of 4).
    >>> firm = find_conflicts(staff, floor, substitution=table,
    ...                       limits=Limits(most_leaving=[1, 0]),
    ...                       weights={"floor": float("inf")})
    >>> firm.table["message"].tolist()
    ['2 more people were allowed to move away from A (3, not 1)']
    """
    units, limits = FamilyUnits.of(staff, floor, what="floor"), Limits.of(limits)
    limits.refuse(*PAIRS, where="find_conflicts", because="it balances groups of units, not pairs")
    limits.refuse("floor_adequacy", where="find_conflicts", because="its floor is `floor`")
    required = np.ceil(units.need - 1e-9).astype(np.int64)
    together = units.together
    soft = replace(of_units(limits), protected=None)
    leaving, arriving = soft.leaving(together), soft.arriving(together)
    total = together.total_staff
    most = {
        "leaving": np.where(leaving.limit == "staff", total, leaving.most),
        "arriving": np.where(arriving.limit == "none", total, arriving.most),
        "budget": np.array(
            [
                total
                if budget is None
                else as_budget(budget, total, what="The budget", of="all staff")
            ]
        ),
    }
    stays = np.isin(
        np.arange(len(together)), together.positions(limits.protected or (), what="protected")
    )
    program = _Elastic.of(
        units.staff,
        required,
        units.releasable(limits),
        np.isfinite(penalties(units.families, substitution)),
        stays,
        limits.groups(together),
        most,
    )
    weight = _as_weights(weights)
    slack = program.solve(weight)
    table = _table(units, required, most, slack)
    paid = sum(weight[name] * int(gap.sum()) for name, gap in slack.items() if gap.any())
    return Conflicts(table, float(paid))


@dataclass(frozen=True, eq=False)
class _Elastic:
    """The elastic program: ``A x - slack <= b`` and balance of each group and family."""

    above: sparse.csr_array  # floor, leaving, arriving, budget, then what never gives way
    most: FloatArray
    balance: sparse.csr_array
    sizes: dict[str, int]

    @classmethod
    def of(
        cls,
        people: IntArray,
        floor: IntArray,
        may: IntArray,
        permitted: BoolArray,
        stays: BoolArray,
        groups: IntArray,
        limits: dict[str, IntArray],
    ) -> "_Elastic":
        n, families = people.shape
        posts = np.arange(people.size).reshape(people.shape)
        unit, f, g = np.nonzero((may > 0)[:, :, None] & permitted)  # who may go, as what
        away, here = np.flatnonzero(~stays[unit]), np.flatnonzero(f != g)  # moved, or retrained
        of, to = posts[unit, f], posts[unit, g]
        count = away.size + here.size + people.size  # movers, retrained, arrivals
        mover = np.arange(away.size)
        retrained = away.size + np.arange(here.size)
        arrival = away.size + here.size + np.arange(people.size)

        def rows(size: int, *parts: tuple[IntArray, IntArray, float]) -> sparse.csr_array:
            row, column = (np.concatenate([part[k] for part in parts]) for k in (0, 1))
            value = np.concatenate([np.full(part[0].size, part[2]) for part in parts])
            return sparse.csr_array((value, (row, column)), shape=(size, count))

        everyone = np.concatenate([mover, retrained])
        lost = rows(people.size, (of[away], mover, 1.0), (of[here], retrained, 1.0))
        gained = rows(people.size, (posts.ravel(), arrival, 1.0), (to[here], retrained, 1.0))
        above = [
            lost - gained,
            rows(n, (unit[away], mover, 1.0)),
            rows(n, (np.repeat(np.arange(n), families), arrival, 1.0)),
            rows(1, (np.zeros_like(everyone), everyone, 1.0)),
            lost,
        ]
        cell = groups[:, None] * families + np.arange(families)
        balance = rows(
            (int(groups.max()) + 1) * families,
            (cell[unit, g][away], mover, 1.0),
            (cell.ravel(), arrival, -1.0),
        )
        right = [(people - floor).ravel(), *limits.values(), may.ravel()]
        return cls(
            sparse.csr_array(sparse.vstack(above)),
            np.concatenate(right).astype(np.float64),
            balance,
            dict(zip(RELAXABLE, (people.size, n, n, 1), strict=True)),
        )

    def solve(self, weight: dict[str, float]) -> dict[str, IntArray]:
        """Return the slack of each requirement."""
        columns, relaxable = self.above.shape[1], sum(self.sizes.values())
        slack = sparse.eye_array(self.most.size, relaxable, format="csr")
        each = np.concatenate([np.full(size, weight[name]) for name, size in self.sizes.items()])
        firm = ~np.isfinite(each)
        found = linprog(
            np.concatenate([np.zeros(columns), np.where(firm, 0.0, each)]),
            A_ub=sparse.hstack([self.above, -slack], format="csc"),
            b_ub=self.most,
            A_eq=sparse.hstack(
                [self.balance, sparse.csr_array((self.balance.shape[0], relaxable))], format="csc"
            ),
            b_eq=np.zeros(self.balance.shape[0]),
            bounds=np.column_stack(
                [
                    np.zeros(columns + relaxable),
                    np.concatenate([np.full(columns, np.inf), np.where(firm, 0.0, np.inf)]),
                ]
            ),
            integrality=np.ones(columns + relaxable, dtype=int),
            method="highs",
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            kept = [name for name, value in weight.items() if math.isinf(value)]
            raise DomainError(
                f"Even if all else gives way, {' and '.join(kept)} cannot be kept: there are too "
                "few people who may fill these posts. Let one of them give way (a finite weight), "
                "permit more substitutions, or hire."
            )
        slacks = np.rint(found.x[columns:]).astype(np.int64)
        ends = np.cumsum(list(self.sizes.values()))
        return dict(zip(self.sizes, np.split(slacks, ends[:-1]), strict=True))


def _table(
    units: FamilyUnits,
    floor: IntArray,
    limits: dict[str, IntArray],
    slack: dict[str, IntArray],
) -> pd.DataFrame:
    rows = []
    for name, limit in {"floor": floor.ravel(), **limits}.items():
        for k in np.flatnonzero(slack[name]).tolist():
            at, of = divmod(k, units.families.size) if name == "floor" else (k, None)
            unit, family = units.labels[at], None if of is None else units.families[of]
            people, was = int(slack[name][k]), int(limit[k])
            words = _IN_WORDS[name].format(
                post=unit if family is None else f"{unit}, {family}",
                slack=people,
                noun="person" if people == 1 else "people",
                were="was" if people == 1 else "were",
                limit=was,
                new=was - people if name == "floor" else was + people,
            )
            rows.append((name, None if name == "budget" else unit, family, was, people, words))
    columns = ["constraint", "unit", "family", "limit", "people", "message"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"limit": np.int64, "people": np.int64})


def _as_weights(weights: Mapping[str, float] | None) -> dict[str, float]:
    given = dict(weights or {})
    unknown = [name for name in given if name not in RELAXABLE]
    if unknown:
        raise ParameterError(
            f"weights: {some(unknown)} is no constraint that can give way; these can: "
            f"{', '.join(RELAXABLE)}."
        )
    wrong = [
        f"{name}: {value}"
        for name, value in given.items()
        if not as_number(value, what=f"weights, {name}") > 0
    ]
    if wrong:
        raise ParameterError(f"weights must be above zero; it is not so for {some(wrong)}.")
    return {name: float(given.get(name, 1.0)) for name in RELAXABLE}
