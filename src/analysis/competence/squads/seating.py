"""Who could take which seat, at what distance."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.competence.squads.tasks import Tasks
from analysis.competence.squads.workforce import Workforce

_NEAREST = 20  # people of each need, and as many more as it has seats


@dataclass(frozen=True, eq=False)
class Seating:
    """Pairs of a person and a need that the person meets.

    Attributes
    ----------
    workforce : Workforce
    tasks : Tasks
        All with a place.
    person, need : ndarray of int, shape (c,)
        Who may sit on which seat, by need and then by person.
    cost : ndarray, shape (c,)
        Distance from the person's unit to the place of the team.
    """

    workforce: Workforce
    tasks: Tasks
    person: IntArray
    need: IntArray
    cost: FloatArray

    @classmethod
    def of(cls, workforce: Workforce, tasks: Tasks, within: float = np.inf) -> "Seating":
        """Return who meets which need, from units within a distance of the team's place."""
        person, need, cost = [], [], []
        for n, who in enumerate(able(workforce, tasks)):
            far = workforce.distance[workforce.unit[who], tasks.home[tasks.task[n]]]
            near = far <= within
            person.append(who[near])
            need.append(np.full(person[-1].size, n, dtype=np.int64))
            cost.append(far[near])
        return cls(
            workforce, tasks, np.concatenate(person), np.concatenate(need), np.concatenate(cost)
        )

    @cached_property
    def task(self) -> IntArray:
        """Task of each pair."""
        task: IntArray = self.tasks.task[self.need]
        return task

    @cached_property
    def share(self) -> FloatArray:
        """Share of working time of each pair."""
        share: FloatArray = self.tasks.share[self.need]
        return share

    @cached_property
    def team_mate(self) -> IntArray:
        """Number of the person and the task of each pair, the same for all needs of the task."""
        return self.person * len(self.tasks) + self.task

    @cached_property
    def may_lead(self) -> BoolArray:
        """Whether the person may lead the team."""
        may: BoolArray = self.workforce.may_lead[self.person]
        return may

    @cached_property
    def at_home(self) -> BoolArray:
        """Whether the person may lead the team and is of the unit where it works."""
        same: BoolArray = self.workforce.unit[self.person] == self.tasks.home[self.task]
        return self.may_lead & same

    @cached_property
    def near(self) -> BoolArray:
        """Whether the person is among the nearest of the need, or may lead at home."""
        order = np.lexsort((self.cost, self.need))
        rank = np.arange(order.size) - np.searchsorted(self.need[order], self.need[order])
        chosen = np.zeros(order.size, dtype=np.bool_)
        chosen[order] = rank < _NEAREST + 2 * self.tasks.seats[self.need[order]]
        return chosen | self.at_home


def able(workforce: Workforce, tasks: Tasks) -> list[IntArray]:
    """Return who has the competence, the level and the time for a seat of each need."""
    found: dict[tuple[object, int, float], IntArray] = {}
    for what in zip(tasks.competence, tasks.level.tolist(), tasks.share.tolist(), strict=True):
        if what not in found:
            competence, level, share = what
            meets = (workforce.levels(competence) >= level) & (workforce.time >= share - 1e-9)
            found[what] = np.flatnonzero(meets)
    keys = zip(tasks.competence, tasks.level.tolist(), tasks.share.tolist(), strict=True)
    return [found[what] for what in keys]
