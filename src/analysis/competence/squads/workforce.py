"""People with their units, competences and time, checked once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import BoolArray, FloatArray, IntArray, as_frame
from analysis.competence.tables import (
    flags_in,
    keys_in,
    labels_in,
    numbers_in,
    positions_in,
    table_of,
)
from analysis.errors import DataError, DomainError
from analysis.labels import align_matrix, require_unique
from analysis.messages import counted
from analysis.redistribution.units import as_costs

if TYPE_CHECKING:
    from analysis.labels import Labels


@dataclass(frozen=True, eq=False, repr=False)
class Workforce:
    """People who may work in squads.

    Attributes
    ----------
    persons : Index of length n
        Keys of people.
    units : Index of length U
        Units, each of which is a place.
    unit : ndarray of int, shape (n,)
        Position of the unit of each person.
    time : ndarray, shape (n,)
        Share of a full working time that each may give to squads, in (0, 1].
    may_lead : ndarray of bool, shape (n,)
        Who may lead a team.
    competences : Index of length C
    level : ndarray of int, shape (n, C)
        Level of each competence, 0 where a person lacks it.
    distance : ndarray, shape (U, U)
        Distance between units, from rows to columns.
    """

    persons: "Labels[Any]"
    units: "Labels[Any]"
    unit: IntArray
    time: FloatArray
    may_lead: BoolArray
    competences: "Labels[Any]"
    level: npt.NDArray[np.int16]
    distance: FloatArray

    @classmethod
    def of(cls, people: object, skills: object, distance: object) -> "Workforce":
        """Return the workforce of three tables.

        Parameters
        ----------
        people : DataFrame
            `person` (key), `unit`; optional `time` (share of a full working time that the person
            may give to squads, in (0, 1], 1 by default) and `may_lead` (true or false, true by
            default).
        skills : DataFrame
            `person`, `competence`, `level` (whole, from 1 to 1,000).
        distance : DataFrame, units by units
            Distances >= 0, the same labels on both sides, such as those of `great_circle`. Units
            without people may be among them; no person's unit may be missing.

        Raises
        ------
        DataError
            If a column is missing, a person occurs twice or is in no unit, a skill is of an unknown
            person or occurs twice, or a number is out of range; the message names the rows.
        DomainError
            If the distances are no square of labelled units, or one is missing or negative.

        Examples
        --------
        >>> people = pd.DataFrame({"person": ["a", "b"], "unit": ["Ambon", "Tual"]})
        >>> skills = pd.DataFrame({"person": ["a"], "competence": ["data"], "level": [3]})
        >>> km = pd.DataFrame([[0, 590], [590, 0]], ["Ambon", "Tual"], ["Ambon", "Tual"])
        >>> Workforce.of(people, skills, km)
        2 people in 2 of 2 units, 1 competence
        """
        table = table_of(people, ("person", "unit"), what="people")
        matrix = as_frame(distance, what="distance")
        units: Labels[Any] = matrix.index
        require_unique(units, what="distance")
        if set(units) != set(matrix.columns):
            raise DomainError(
                "distance: the units of rows and columns differ. Pass a frame with the same "
                "labels on both sides, such as great_circle gives."
            )
        aligned = align_matrix(matrix, units, units, what="distance", to="its rows")
        advice = "Give every person a unit that the distances know, or leave the person out."
        where = positions_in(
            table, "unit", units, what="people", known="the units of distance", advice=advice
        )
        persons: Labels[Any] = pd.Index(
            labels_in(table, "person", what="people", advice="Give every person a key.")
        )
        keys_in(table, ["person"], what="people")
        if table.empty:
            raise DataError("people: expected at least one person, but there are no rows.")
        rows = table_of(skills, ("person", "competence", "level"), what="skills")
        keys_in(rows, ["person", "competence"], what="skills")
        who = positions_in(
            rows,
            "person",
            persons,
            what="skills",
            known="people",
            advice="Correct the key, or add the person to people.",
        )
        names = labels_in(rows, "competence", what="skills", advice="Name every competence.")
        code, competences = pd.factorize(names, sort=True)
        level = np.zeros((len(persons), len(competences)), dtype=np.int16)
        level[who, code] = numbers_in(
            rows,
            "level",
            what="skills",
            rule="a whole number from 1 to 1,000",
            advice="Leave out a competence that a person lacks.",
            low=1,
            high=1000,
            whole=True,
        )
        return cls(
            persons,
            units,
            where,
            numbers_in(
                table,
                "time",
                what="people",
                rule="a share of working time, above 0 and up to 1",
                advice="Write half a working time as 0.5; leave out people without time.",
                low=np.nextafter(0.0, 1.0),
                high=1.0,
                default=1.0,
            ),
            flags_in(table, "may_lead", what="people", default=True),
            pd.Index(competences),
            level,
            as_costs(aligned, (len(units), len(units)), what="distance"),
        )

    def __len__(self) -> int:
        return len(self.persons)

    def __repr__(self) -> str:
        people = counted(len(self), "person", "people")
        filled, count = np.unique(self.unit).size, len(self.competences)
        competences = counted(count, "competence")
        return f"{people} in {filled:,} of {len(self.units):,} units, {competences}"

    def levels(self, competence: object) -> npt.NDArray[np.int16]:
        """Return the level of a competence of each person; 0 for all where nobody has it."""
        if competence not in self.competences:
            return np.zeros(len(self), dtype=np.int16)
        column: npt.NDArray[np.int16] = self.level[:, self.competences.get_loc(competence)]
        return column
