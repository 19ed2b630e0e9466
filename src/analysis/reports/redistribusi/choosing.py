"""What comes of every choice of people, model of need and circle: a plan for each.

Every plan is one of `inputs.plan`, under the limits of the report.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import get_args

import pandas as pd

from analysis.redistribution import Plan
from analysis.reports.drawn_axes import round_step
from analysis.reports.plan_results import gini_after, mean_distance
from analysis.reports.redistribusi import inputs, plan_findings
from analysis.reports.redistribusi.parameters import Circle, Redistribusi
from analysis.reports.values import Named, named

CIRCLES: tuple[Circle, ...] = get_args(Circle)
_STOPS = 30  # at most, from nobody to all whom a plan can use


@dataclass(frozen=True)
class Choices:
    """Plans for all choices.

    Attributes
    ----------
    models : tuple of str
        Models of need.
    budgets : tuple of int
        Most people who move, ascending: round numbers and that of the parameters.
    start : tuple of int, str and str
        Position of the budget, model and circle of the parameters.
    plans : mapping of (str, str) to tuple of Plan
        By model and circle, one for each budget; a budget that changes nothing more has the same.
    """

    models: tuple[str, ...]
    budgets: tuple[int, ...]
    start: tuple[int, str, Circle]
    plans: Mapping[tuple[str, Circle], tuple[Plan, ...]]


@dataclass(frozen=True)
class Choice:
    """What one plan does, and how far the models of need agree on it.

    `budget` is the most people who may move, `share` of all staff; `mean` the kilometres that one
    goes, None where nobody moves. `opposed` provinces give under one model and receive under
    another, if as many may move in the same circle.
    """

    model: str
    circle: Circle
    budget: int
    share: float
    moved: int
    today: float
    left: float
    mean: float | None
    giving: tuple[Named, ...]
    receiving: tuple[Named, ...]
    models: int
    opposed: int


def choices(provinces: pd.DataFrame, needs: pd.DataFrame, p: Redistribusi) -> Choices:
    """Return a plan for every choice.

    Parameters
    ----------
    provinces : DataFrame
        As `inputs.provinces`.
    needs : DataFrame
        Need of each province, one column a model.
    p : Redistribusi
        Limits, and what to start with.
    """
    staff = provinces["pegawai"]

    def plan(model: str, circle: Circle, budget: int) -> Plan:
        return inputs.plan(p, provinces, staff, needs[model], circle, budget)

    models = tuple(str(model) for model in needs)
    most = {pair: plan(*pair, int(staff.sum())) for pair in product(models, CIRCLES)}
    stops = _stops(max(each.moved for each in most.values()))
    first = min(int(p.budget * staff.sum()), stops[-1])
    budgets = tuple(sorted({first, *stops}))
    return Choices(
        models,
        budgets,
        (budgets.index(first), p.need, p.within),
        {
            pair: tuple(plan(*pair, k) if k < full.moved else full for k in budgets)
            for pair, full in most.items()
        },
    )


def choice(
    provinces: pd.DataFrame, found: Choices, position: int, model: str, circle: Circle
) -> Choice:
    """Return what the plan for a budget, by its position, does."""
    plan, budget = found.plans[model, circle][position], found.budgets[position]
    net = pd.Series(plan.gains - plan.losses, provinces["nama"].to_numpy())
    return Choice(
        model=model,
        circle=circle,
        budget=budget,
        share=budget / max(int(plan.staff.sum()), 1),
        moved=plan.moved,
        today=gini_after(found.plans[model, circle][0]),
        left=gini_after(plan),
        mean=mean_distance(plan),
        giving=named(-net[net < 0].sort_values(kind="stable")),
        receiving=named(net[net > 0].sort_values(ascending=False, kind="stable")),
        models=len(found.models),
        opposed=int(opposed(found, position, circle).sum()),
    )


def opposed(found: Choices, position: int, circle: Circle) -> "pd.Series[bool]":
    """Return which provinces give under one model and receive under another."""
    plans = {model: found.plans[model, circle][position] for model in found.models}
    net = plan_findings.by_model(plans)
    return (net < 0).any(axis=1) & (net > 0).any(axis=1)


def _stops(most: int) -> tuple[int, ...]:
    """Return nobody and round numbers of people up to the first that is enough."""
    step = round(round_step(max(most / _STOPS, 1)))
    return tuple(range(0, math.ceil(most / step) * step + 1, step))
