"""A plan of squads: who sits where, who leads, what stays open, and what that rests on."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.arrays import FloatArray, IntArray
from analysis.competence.squads.communication import communication_costs
from analysis.competence.squads.remedies import open_seats, remedies
from analysis.competence.squads.tasks import Tasks
from analysis.competence.squads.workforce import Workforce


@dataclass(frozen=True, eq=False, repr=False)
class SquadPlan:
    """Teams for tasks.

    Attributes
    ----------
    workforce : Workforce
    tasks : Tasks
        With the places where the teams work.
    person, need : ndarray of int, shape (m,)
        Who sits on a seat of which need (positions), in the order of needs.
    lead : ndarray of int, shape (T,)
        Position of the person who leads each team, -1 where nobody of it may.
    within : float
        Distance up to which people could be members.
    places : str
        "given"; "first" where the places were chosen before the people; "together" where they were
        chosen with them.
    cost : float
        Distances of all members to their team's place, and what working time above the threshold
        costs.
    bound : float
        No plan with as many seats covered and as many leads costs less.
    optimal : bool
        Whether it is proved that no plan covers more seats, has more leads or, with as many of
        both, costs less than this one by more than the gap that was asked for.
    """

    workforce: Workforce
    tasks: Tasks
    person: IntArray
    need: IntArray
    lead: IntArray
    within: float
    places: str
    cost: float
    bound: float
    optimal: bool

    def __repr__(self) -> str:
        filled, seats = self.person.size, int(self.tasks.seats.sum())
        proof = "proven" if self.optimal else "not proven"
        return (
            f"{len(self.tasks):,} teams: {filled:,} of {seats:,} seats covered, cost "
            f"{self.cost:,.1f}, no plan below {self.bound:,.1f} ({proof})"
        )

    @property
    def gap(self) -> float:
        """Cost less the bound."""
        return self.cost - self.bound

    @property
    def relative_gap(self) -> float:
        """Share of the cost that a better plan could save at most."""
        return self.gap / self.cost if self.cost > 0.0 else 0.0

    @cached_property
    def task(self) -> IntArray:
        """Task of each seat that is covered."""
        task: IntArray = self.tasks.task[self.need]
        return task

    @cached_property
    def distance(self) -> FloatArray:
        """Distance from the unit of each member to the place of the team."""
        far: FloatArray = self.workforce.distance[
            self.workforce.unit[self.person], self.tasks.home[self.task]
        ]
        return far

    @cached_property
    def load(self) -> "pd.Series[float]":
        """Share of a full working time that each person gives to all teams."""
        share = np.bincount(
            self.person, weights=self.tasks.share[self.need], minlength=len(self.workforce)
        )
        return pd.Series(share, self.workforce.persons, name="load")

    @cached_property
    def members(self) -> pd.DataFrame:
        """One row for each seat that is covered.

        `task`, `competence`, `level` (needed), `share`, `person`, `unit`, `person_level`,
        `distance`, `lead` (whether the person leads the team). It names people: what may be
        published is `by_unit`.
        """
        work, tasks, need = self.workforce, self.tasks, self.need
        levels = [
            work.levels(c)[p] for c, p in zip(tasks.competence[need], self.person, strict=True)
        ]
        return pd.DataFrame(
            {
                "task": tasks.labels.take(self.task),
                "competence": tasks.competence[need],
                "level": tasks.level[need],
                "share": tasks.share[need],
                "person": work.persons.take(self.person),
                "unit": work.units.take(work.unit[self.person]),
                "person_level": np.array(levels, dtype=np.int64),
                "distance": self.distance,
                "lead": self.lead[self.task] == self.person,
            }
        )

    @cached_property
    def by_unit(self) -> pd.DataFrame:
        """`task`, `competence`, `unit`, `people`, `leads`: roles and units, no persons."""
        keys = ["task", "competence", "unit"]
        grouped = self.members.groupby(keys, sort=False)
        return grouped.agg(people=("lead", "size"), leads=("lead", "sum")).reset_index()

    @cached_property
    def teams(self) -> pd.DataFrame:
        """One row for each task.

        `task`, `unit` (the place), `seats`, `covered`, `enough` (whether the team has its least
        size), `units` (from how many), `led` (whether it has a lead), `lead_from_place`, `distance`
        (of all members).
        """
        work, tasks, count = self.workforce, self.tasks, len(self.tasks)
        led = self.lead >= 0
        from_place = led & (work.unit[self.lead] == tasks.home)
        pairs = pd.DataFrame({"task": self.task, "unit": work.unit[self.person]})
        units = pairs.drop_duplicates()["task"].to_numpy()
        covered = np.bincount(self.task, minlength=count)
        return pd.DataFrame(
            {
                "task": tasks.labels,
                "unit": work.units.take(tasks.home),
                "seats": np.bincount(tasks.task, weights=tasks.seats, minlength=count).astype(int),
                "covered": covered,
                "enough": covered >= tasks.least,
                "units": np.bincount(units, minlength=count),
                "led": led,
                "lead_from_place": from_place,
                "distance": np.bincount(self.task, weights=self.distance, minlength=count),
            }
        )

    @cached_property
    def open_seats(self) -> pd.DataFrame:
        """Needs with seats that stay open, and why: see `remedies.open_seats`."""
        return open_seats(self.workforce, self.tasks, self.need, self.within)

    @cached_property
    def remedies(self) -> pd.DataFrame:
        """What would cover the seats that stay open: see `remedies.remedies`."""
        return remedies(self.workforce, self.tasks, self.person, self.need, self.within)

    @cached_property
    def communication(self) -> pd.DataFrame:
        """What it costs the people of each team to talk: see `communication_costs`."""
        return communication_costs(self.workforce, self.tasks.labels, self.task, self.person)


def leads_of(workforce: Workforce, tasks: Tasks, person: IntArray, need: IntArray) -> IntArray:
    """Return who leads each team: from its place, then nearest, then of the highest level."""
    task = tasks.task[need]
    unit = workforce.unit[person]
    far = workforce.distance[unit, tasks.home[task]]
    level = np.array(
        [workforce.levels(c)[p] for c, p in zip(tasks.competence[need], person, strict=True)]
    )
    order = np.lexsort((person, -level, far, unit != tasks.home[task], task))
    order = order[workforce.may_lead[person[order]]]
    lead = np.full(len(tasks), -1)
    first = np.unique(task[order], return_index=True)[1]
    lead[task[order[first]]] = person[order[first]]
    return lead
