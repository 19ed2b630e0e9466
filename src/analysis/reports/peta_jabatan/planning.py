"""Circles, plans inside them, alternatives, and what one person more in a limit is worth.

All plans are those of `plan_with_substitution`: as many short posts filled as can be, at the least
cost of all plans that fill as many, in whole people, proven. A move costs one, and the distance
over the kilometres that weigh as much as a move; retraining costs what the table of substitutions
says, in moves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from analysis.errors import ParameterError
from analysis.inequality import gini
from analysis.redistribution import (
    Limits,
    SubstitutionPlan,
    plan_with_quotas,
    plan_with_substitution,
    whole_gaps,
)
from analysis.reports.peta_jabatan.parameters import Circle, PetaJabatan
from analysis.reports.peta_jabatan.sources import Situation

CIRCLES: tuple[Circle, ...] = get_args(Circle)
NEEDED: Mapping[Circle, tuple[str, ...]] = {
    "kelompok": ("kelompok",),
    "tetangga": ("lintang", "bujur"),
    "semua": (),
}
"""Columns of a job map without which a circle cannot be drawn."""

Reason = Literal["budget", "share", "heads", "stay", "minimum", "floor"]


@dataclass(frozen=True, eq=False)
class Reach:
    """What moving inside a circle does.

    Attributes
    ----------
    circle : Circle
    plan : SubstitutionPlan
    km : float or None
        Distance of all moves together; None where distances are not known.
    """

    circle: Circle
    plan: SubstitutionPlan
    km: float | None

    @property
    def moved(self) -> int:
        """People who go to another unit."""
        return int(self.plan.moves["people"][self._away].sum())

    @property
    def retrained(self) -> int:
        """People who fill a post of another family, in their unit or another."""
        moves = self.plan.moves
        return int(moves["people"][moves["family"] != moves["to_family"]].sum())

    @property
    def _away(self) -> "pd.Series[bool]":
        return self.plan.moves["origin"] != self.plan.moves["destination"]


@dataclass(frozen=True, eq=False)
class Planning:
    """The plans of one situation under the reader's limits.

    Attributes
    ----------
    at : Situation
    p : PetaJabatan
    """

    at: Situation
    p: PetaJabatan

    @cached_property
    def gaps(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Surplus and shortage in whole people, units by families."""
        surplus, shortage = whole_gaps(self.at.units.staff, self.at.units.need)
        return self.at.units.frame(surplus), self.at.units.frame(shortage)

    @cached_property
    def reaches(self) -> Mapping[Circle, Reach | None]:
        """The plan inside each circle; None where the column is missing that it needs."""
        return {circle: self._reach(circle) for circle in CIRCLES}

    @cached_property
    def chosen(self) -> Reach:
        """The plan inside the circle of the parameters.

        Raises
        ------
        ParameterError
            If the column is missing that the circle needs.
        """
        found = self.reaches[self.p.circle]
        if found is None:
            columns = " and ".join(NEEDED[self.p.circle])
            raise ParameterError(
                f"Parameter 'circle' = {self.p.circle!r} needs the column {columns}, which "
                f"{self.at.name} does not have. Map it, or choose circle = 'semua'."
            )
        return found

    @cached_property
    def mixed(self) -> Reach:
        """Moves anywhere where they cost less than a hire; what they leave short is hired."""
        return self._reach_of("semua", unfilled=self.p.hire_price)

    @cached_property
    def prices(self) -> pd.DataFrame:
        """What one person more in each limit of the chosen plan is worth, best first.

        Returns
        -------
        DataFrame
            `reason`, `unit`, `family` (missing where they do not apply), `limit`, `posts` (more
            posts filled by one person more), `saved` (cost saved, in moves, with as many filled),
            `exact` (false: at most so much). Limits that a person more would not relax for good
            are left out: a surplus that ends at the need is none.
        """
        n = len(self.at.units.labels)
        found = plan_with_quotas(
            self.at.units,
            **self._problem(self.p.circle),
            labels=np.full((n, n), ""),
            quotas=pd.DataFrame({"label": [], "people": []}),
        ).prices
        rows = [row for row in found.itertuples(index=False) if row.constraint != "short"]
        named = [(self._reason(row), row) for row in rows]
        table = pd.DataFrame(
            [
                (reason, row.unit, row.family, row.limit, row.posts, row.price, row.exact)
                for reason, row in named
                if reason is not None
            ],
            columns=["reason", "unit", "family", "limit", "posts", "saved", "exact"],
        )
        best = table.sort_values(["posts", "saved"], ascending=False, kind="stable")
        return best.reset_index(drop=True)

    def gini(self, staff: pd.DataFrame) -> float | None:
        """Return the Gini of staff per need over posts that are needed, weighted by need.

        None where nobody is in any of them: there is nothing to share out.
        """
        needed = self.at.units.need > 0
        there, need = staff.to_numpy()[needed], self.at.units.need[needed]
        return gini(there / need, need) if there.any() else None

    def shortage(self, staff: pd.DataFrame) -> pd.DataFrame:
        """Return the posts that such staff leave short, in whole people."""
        return self.at.units.frame(whole_gaps(staff.to_numpy(), self.at.units.need)[1])

    def kilometres(self, moves: pd.DataFrame) -> "pd.Series[float] | None":
        """Return the distance of each row of moves, for one person; None where not known."""
        if self.at.km is None:
            return None
        labels = self.at.units.labels
        origin, destination = (
            labels.get_indexer(pd.Index(moves[side])) for side in ("origin", "destination")
        )
        return pd.Series(self.at.km.to_numpy()[origin, destination], moves.index)

    def _reach(self, circle: Circle) -> Reach | None:
        missing = (circle == "kelompok" and self.at.groups is None) or (
            circle == "tetangga" and self.at.near is None
        )
        return None if missing else self._reach_of(circle)

    def _reach_of(self, circle: Circle, unfilled: float | None = None) -> Reach:
        plan = plan_with_substitution(self.at.units, **self._problem(circle), unfilled=unfilled)
        km = self.kilometres(plan.moves)
        total = None if km is None else float((km * plan.moves["people"]).sum())
        return Reach(circle, plan, total)

    def _problem(self, circle: Circle) -> dict[str, Any]:
        n = len(self.at.units.labels)
        cost = np.ones((n, n))
        if self.at.km is not None:
            cost += self.at.km.to_numpy() / self.p.km_per_move
        total = self.at.units.together.total_staff
        return {
            "cost": cost,
            "substitution": pd.DataFrame(
                self.p.substitution, columns=["from_family", "to_family", "penalty"]
            ),
            "budget": None if self.p.budget is None else min(self.p.budget, total),
            "limits": self._limits(circle),
        }

    def _limits(self, circle: Circle) -> Limits:
        together = self.at.units.together.staff
        return Limits(
            releasable=self.at.releasable,
            within=self.at.groups if circle == "kelompok" else None,
            allowed=self.at.near if circle == "tetangga" else None,
            floor_adequacy=self.p.floor_adequacy if self.p.floor_adequacy > 1 else None,
            floor_heads=np.minimum(self.p.floor_heads, together) if self.p.floor_heads else None,
            max_share_leaving=self.p.max_share_leaving if self.p.max_share_leaving < 1 else None,
        )

    def _reason(self, row: Any) -> Reason | None:
        """Return which limit of the reader's or of the file a constraint of the program is."""
        if row.constraint == "budget":
            return "budget"
        unit = int(self.at.units.labels.get_indexer(pd.Index([row.unit]))[0])
        if row.constraint == "leaving":
            limits = Limits(
                floor_heads=self._limits("semua").floor_heads,
                max_share_leaving=self._limits("semua").max_share_leaving,
            )
            bound = limits.leaving(self.at.units.together)
            return "heads" if bound.limit[unit] == "floor_heads" else "share"
        family = int(self.at.units.families.get_indexer(pd.Index([row.family]))[0])
        return self._reason_of_post(unit, family) if row.constraint == "spare" else None

    def _reason_of_post(self, i: int, f: int) -> Reason | None:
        """Return what keeps the people of a post, by positions; None where only the need does."""
        surplus, free, movable = (
            int(frame.to_numpy()[i, f])
            for frame in (self.gaps[0], self.at.releasable, self.at.movable)
        )
        floor = self.p.floor_adequacy * self.at.units.need[i, f]
        above, _ = whole_gaps(self.at.units.staff[i, f], floor)
        if min(free, int(above)) >= surplus:
            return None
        if above < free:
            return "floor"
        return "stay" if movable == free else "minimum"


@dataclass(frozen=True)
class Alternative:
    """What a way to fill posts leads to.

    Attributes
    ----------
    way : str
        A key: the circle of moves, or "campuran" for moves everywhere and hires.
    known : bool
        False where the column is missing that it needs; the others are then None.
    gini : float
        Of staff per need over posts.
    left, moved, retrained, hired : int
        Posts left short, people who move, who fill a post of another family, who are hired.
    km : float or None
        Distance of all moves.
    cost : float
        Of moves, retraining and hires, in moves.
    """

    way: str
    known: bool
    gini: float | None = None
    left: int | None = None
    moved: int | None = None
    retrained: int | None = None
    hired: int | None = None
    km: float | None = None
    cost: float | None = None


def alternatives(planning: Planning) -> tuple[Alternative, Alternative, Alternative]:
    """Return what moves inside groups, moves everywhere, and moves with hires lead to."""
    return (
        without_hires("kelompok", planning),
        without_hires("semua", planning),
        with_hires(planning),
    )


def without_hires(way: Circle, planning: Planning) -> Alternative:
    """Return what moves inside a circle lead to."""
    reach = planning.reaches[way]
    if reach is None:
        return Alternative(way, known=False)
    plan = reach.plan
    return Alternative(
        way,
        known=True,
        gini=planning.gini(plan.staff_after),
        left=plan.unfilled,
        moved=reach.moved,
        retrained=reach.retrained,
        hired=0,
        km=reach.km,
        cost=plan.cost,
    )


def with_hires(planning: Planning) -> Alternative:
    """Return what moves that cost less than a hire, and hires for the rest, lead to."""
    reach = planning.mixed
    plan = reach.plan
    hires = planning.shortage(plan.staff_after)
    return Alternative(
        "campuran",
        known=True,
        gini=planning.gini(plan.staff_after + hires),
        left=0,
        moved=reach.moved,
        retrained=reach.retrained,
        hired=int(hires.to_numpy().sum()),
        km=reach.km,
        cost=plan.cost + planning.p.hire_price * plan.unfilled,
    )


def labelled_moves(planning: Planning) -> pd.DataFrame:
    """Return the chosen plan's moves, each with its distance and its kind of transfer.

    Returns
    -------
    DataFrame
        `origin`, `destination`, `family`, `to_family`, `people`, `cost`, `km` (missing where not
        known), `kind` (a position in `KINDS`; -1 where the person stays in the unit).
    """
    moves = planning.chosen.plan.moves
    km = planning.kilometres(moves)
    labels, kinds = planning.at.units.labels, planning.at.kinds.to_numpy()
    origin, destination = (
        labels.get_indexer(pd.Index(moves[side])) for side in ("origin", "destination")
    )
    return moves.assign(
        km=np.nan if km is None else km,
        kind=np.where(origin == destination, -1, kinds[origin, destination]),
    )
