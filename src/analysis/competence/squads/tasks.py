"""Tasks, the seats of their teams, and where they work, checked once."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import FloatArray, IntArray
from analysis.competence.squads.workforce import Workforce
from analysis.competence.tables import (
    keys_in,
    labels_in,
    numbers_in,
    positions_in,
    refuse,
    table_of,
)
from analysis.errors import DataError
from analysis.messages import counted

if TYPE_CHECKING:
    from analysis.labels import Labels


@dataclass(frozen=True, eq=False, repr=False)
class Tasks:
    """Tasks whose teams have seats by competence; a person has at most one seat of a team.

    Attributes
    ----------
    labels : Index of length T
        Tasks.
    home : ndarray of int, shape (T,)
        Position, among the units of the workforce, of the unit where the team works; -1 where that
        is still open.
    task : ndarray of int, shape (N,)
        Task of each need.
    competence : ndarray of object, shape (N,)
        What each need asks for.
    level : ndarray of int, shape (N,)
        Least level.
    share : ndarray, shape (N,)
        Share of a full working time that each seat takes, in (0, 1].
    seats : ndarray of int, shape (N,)
        How many people are needed.
    least : ndarray, shape (T,)
        How many people a team needs to be one, at least.
    """

    labels: "Labels[Any]"
    home: IntArray
    task: IntArray
    competence: npt.NDArray[Any]
    level: IntArray
    share: FloatArray
    seats: IntArray
    least: FloatArray

    @classmethod
    def of(cls, tasks: object, needs: object, workforce: Workforce) -> "Tasks":
        """Return the tasks of two tables.

        Parameters
        ----------
        tasks : DataFrame
            `task` (label); optional `unit` (where the team works; missing: still open), `least` and
            `most` (how many people a team may have; the seats must be within).
        needs : DataFrame
            `task`, `competence`, `level` (least level, whole, 1 by default), `share` (of a full
            working time, for each seat, in (0, 1]), `people` (seats, whole, 1 by default).
        workforce : Workforce
            Its units are the places.

        Raises
        ------
        DataError
            If a column is missing, a task occurs twice, is unknown or has no needs, a unit is
            unknown, a number is out of range, or the seats of a team are not within its size; the
            message names the rows.

        Examples
        --------
        >>> people = pd.DataFrame({"person": ["a", "b"], "unit": ["Ambon", "Tual"]})
        >>> skills = pd.DataFrame({"person": ["a"], "competence": ["data"], "level": [3]})
        >>> km = pd.DataFrame([[0, 590], [590, 0]], ["Ambon", "Tual"], ["Ambon", "Tual"])
        >>> workforce = Workforce.of(people, skills, km)
        >>> needs = pd.DataFrame({"task": ["peta"], "competence": ["data"], "share": [0.4]})
        >>> Tasks.of(pd.DataFrame({"task": ["peta"], "unit": ["Tual"]}), needs, workforce)
        1 task with 1 seat
        """
        table = table_of(tasks, ("task",), what="tasks")
        labels: Labels[Any] = pd.Index(
            labels_in(table, "task", what="tasks", advice="Give every task a label.")
        )
        keys_in(table, ["task"], what="tasks")
        if table.empty:
            raise DataError("tasks: expected at least one task, but there are no rows.")
        home = np.full(len(table), -1)
        if "unit" in table.columns:
            given = table["unit"].notna().to_numpy()
            home[given] = positions_in(
                table[given],
                "unit",
                workforce.units,
                what="tasks",
                known="the units of distance",
                advice="Correct the unit, or leave it empty where the place is still open.",
            )
        rows = table_of(needs, ("task", "competence", "share"), what="needs")
        of = positions_in(
            rows,
            "task",
            labels,
            what="needs",
            known="tasks",
            advice="Correct the label, or add the task to tasks.",
        )
        seats = numbers_in(
            rows,
            "people",
            what="needs",
            rule="a whole number of people, 1 or more",
            advice="Leave out a need of nobody.",
            low=1,
            high=1e6,
            default=1,
            whole=True,
        ).astype(np.int64)
        count = np.bincount(of, weights=seats, minlength=len(labels)).astype(np.int64)
        refuse(
            count == 0,
            table,
            "tasks: every task must have needs",
            "Add its needs, or leave the task out.",
            show="task",
        )
        least = _least_within(table, count)
        return cls(
            labels,
            home,
            of,
            labels_in(rows, "competence", what="needs", advice="Name every competence."),
            numbers_in(
                rows,
                "level",
                what="needs",
                rule="a whole number from 1 to 1,000",
                advice="Leave it empty where any level will do.",
                low=1,
                high=1000,
                default=1,
                whole=True,
            ).astype(np.int64),
            numbers_in(
                rows,
                "share",
                what="needs",
                rule="a share of working time, above 0 and up to 1",
                advice="A seat takes no more than one person's whole time: ask for more people.",
                low=np.nextafter(0.0, 1.0),
                high=1.0,
            ),
            seats,
            least,
        )

    def __len__(self) -> int:
        return len(self.labels)

    def __repr__(self) -> str:
        seats = int(self.seats.sum())
        return f"{counted(len(self), 'task')} with {counted(seats, 'seat')}"

    def at(self, home: IntArray) -> "Tasks":
        """Return the same tasks at other places, positions among the units of the workforce."""
        return replace(self, home=np.asarray(home, dtype=np.int64))


def _least_within(table: pd.DataFrame, seats: IntArray) -> FloatArray:
    """Return the least sizes of teams; refuse seats that are fewer, or more than the greatest."""
    sizes = []
    of = [f"{task}: {n}" for task, n in zip(table["task"], seats.tolist(), strict=True)]
    for name, default, rule, advice in (
        ("least", 1.0, "at least", "Add seats to the task's needs, or lower its least size."),
        ("most", np.inf, "at most", "Split the task, or raise its greatest size."),
    ):
        size = numbers_in(
            table,
            name,
            what="tasks",
            rule="a number of people, 1 or more",
            advice="Leave it empty for no limit.",
            low=1,
            default=default,
        )
        sizes.append(size)
        wrong = seats < size if name == "least" else seats > size
        what = f"tasks, {name}: a team must have {rule} so many seats"
        refuse(wrong, table.assign(of=of), what, advice, show="of")
    return sizes[0]
