"""Whom each alternative brings to their hours: nobody, some kinds of training, a budget, all."""

from dataclasses import dataclass

import pandas as pd

from analysis.competence.programme import Catalogue, Programme, cheapest_programme
from analysis.reports.kompetensi import inputs


@dataclass(frozen=True)
class Alternative:
    """One way to bring people to their hours; None where the catalogue has no such training.

    Attributes
    ----------
    way : str
        A key: "tetap" nothing; "jarak" trainings outside the classroom only; "klasikal" those
        inside it only; "anggaran" what a budget allows; "semua" the cheapest for as many as the
        places allow.
    reached, left : int or None
        People who have their hours then, and who still lack some, of those whose lack is known.
    places : int or None
        Places taken.
    cost : float or None
        Million rupiah.
    each : float or None
        Million rupiah for each of those reached; None where nobody is.
    proven : bool
        Whether no other programme reaches more, or as many for less.
    """

    way: str
    reached: int | None
    left: int | None
    places: int | None
    cost: float | None
    each: float | None
    proven: bool = True


def alternatives(
    short: pd.DataFrame, trainings: pd.DataFrame, budget: float | None
) -> tuple[Alternative, ...]:
    """Return the alternatives in the order of what they cost the state, as a rule.

    Parameters
    ----------
    short : DataFrame
        `region`, `short`, `people` of those whose lack is known; at least one.
    trainings : DataFrame
        As from `kompetensi.inputs.trainings`.
    budget : float or None
        Rupiah of "anggaran"; None for half of what "semua" costs.
    """
    people = int(short["people"].sum())
    everything = Catalogue.of(trainings)
    whole = cheapest_programme(short, everything)
    spent = whole.cost / 2 if budget is None else budget
    return (
        Alternative("tetap", 0, people, 0, 0.0, None),
        _some("jarak", short, trainings[~trainings["classical"].astype(bool)]),
        _of("anggaran", cheapest_programme(short, everything, budget=spent), people),
        _of("semua", whole, people),
        _some("klasikal", short, trainings[trainings["classical"].astype(bool)]),
    )


def _some(way: str, short: pd.DataFrame, trainings: pd.DataFrame) -> Alternative:
    if not trainings["places"].any():
        return Alternative(way, None, None, None, None, None)
    found = cheapest_programme(short, Catalogue.of(trainings))
    return _of(way, found, int(short["people"].sum()))


def _of(way: str, found: Programme, people: int) -> Alternative:
    cost = found.cost / 1e6
    return Alternative(
        way=way,
        reached=found.reached,
        left=people - found.reached,
        places=int(found.trainings["places"].sum()),
        cost=cost,
        each=cost / found.reached if found.reached else None,
        proven=found.optimal,
    )


def of_case(case: inputs.Case, file: str | None, budget: float | None) -> tuple[Alternative, ...]:
    """Return the alternatives for the people of a run; none where no lack is known."""
    if case.short.empty:
        return ()
    return alternatives(case.short, inputs.trainings(file), budget)
