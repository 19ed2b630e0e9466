r"""Move, train or hire: the cheapest way to fill the posts that are short.

A post that is short is filled by a person of its family from another unit (*move*), by a person of
another family who is trained for it, in the own unit (*train*) or moved as well (*train and move*),
or by a *hire*. With ``c`` the cost of a move, ``t`` that of training,

.. math:: t_{fg} = r_{fg} + \pi_{JP} h_{fg} + \pi_m m_{fg}

for `r` rupiah, `h` hours (JP) and `m` months of absence at their prices, and ``a_g`` that of a
hire,

.. math:: \min \sum_{ijfg} (c_{ij} + t_{fg}) x_{ijfg}
          + \sum_{jg} a_g \Bigl(d_{jg} - \sum_{if} x_{ijfg}\Bigr)

over whole people within the limits. That is one minimum-cost flow in which a hire leads past all
posts with people to spare, or, where limits on a unit meet training in place, one integer program;
either way the plan is proved to be the cheapest mix: see `plan_with_substitution`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import FloatArray, as_frame, as_number, as_vector
from analysis.errors import DataError, DomainError, ParameterError
from analysis.messages import some
from analysis.redistribution.families.family_units import FamilyUnits
from analysis.redistribution.families.substitution import plan_with_substitution, prices_of
from analysis.redistribution.families.substitution_plan import SubstitutionPlan
from analysis.redistribution.flows.ways import Cost
from analysis.redistribution.limits import Limits

WAYS = ("move", "train", "train and move", "hire")
_AMOUNTS = ("jp", "rupiah", "months")


@dataclass(frozen=True, eq=False)
class Filling:
    """The cheapest mix of moves, training and hires.

    Attributes
    ----------
    plan : SubstitutionPlan
        Who moves and who is trained; its costs are prices as given.
    hires : DataFrame, units by families
        Posts that are filled from outside.
    ways : DataFrame
        One row for each of `WAYS`: `people`, `price` (what they cost in all), and of this `jp`,
        `rupiah` and `months` of training.
    """

    plan: SubstitutionPlan
    hires: pd.DataFrame
    ways: pd.DataFrame

    @property
    def price(self) -> float:
        """What all posts cost."""
        return float(self.ways["price"].sum())

    @property
    def bound(self) -> float:
        """What no mix costs less than."""
        return self.price - self.plan.rounding_bound

    @property
    def optimal(self) -> bool:
        """Whether it is proved that no mix is cheaper, but for the solver's rounding of costs."""
        return self.plan.optimal


def fill_posts(
    staff: pd.DataFrame | FamilyUnits,
    need: pd.DataFrame | None = None,
    *,
    cost: Cost,
    training: pd.DataFrame,
    hire: float | Mapping[Any, float],
    jp_price: float = 0.0,
    month_price: float = 0.0,
    budget: int | None = None,
    limits: Limits | None = None,
    distance: npt.ArrayLike | None = None,
) -> Filling:
    """Return the cheapest mix of moves, training and hires that fills every post that is short.

    Parameters
    ----------
    staff, need, budget, limits, distance
        As in `plan_with_substitution`. Who is hired counts for no limit, and who is trained in
        place for none but the budget.
    cost : array-like of shape (n, n), DataFrame or callable
        Rupiah of moving one person, as in `plan_moves`.
    training : DataFrame
        `from_family`, `to_family`, and `jp`, `rupiah` and `months` of training one person, >= 0.
    hire : float or mapping of family to float
        Rupiah of one hire, of any family or of each.
    jp_price, month_price : float
        Rupiah of one JP of training, and of one month without the person, >= 0.

    Returns
    -------
    Filling

    Raises
    ------
    DataError
        If the training lacks a column.
    DomainError
        As `plan_with_substitution`; also if an amount of training is missing or negative.
    ParameterError
        If a price is negative, no number, or missing for a family.

    Examples
    --------
    >>> units, families = ["A", "B"], ["guru", "pustakawan"]
    >>> staff = pd.DataFrame([[9, 1], [2, 4]], index=units, columns=families)
    >>> need = pd.DataFrame([[6, 2], [3, 6]], index=units, columns=families)
    >>> training = pd.DataFrame({"from_family": ["guru"], "to_family": ["pustakawan"],
    ...                          "jp": [120], "rupiah": [4e6], "months": [1]})
    >>> found = fill_posts(staff, need, cost=[[0, 3e6], [3e6, 0]], training=training, hire=2e7)
    >>> found.ways[["people", "price"]]
                    people       price
    move                 1   3000000.0
    train                1   4000000.0
    train and move       1   7000000.0
    hire                 1  20000000.0
    """
    units = FamilyUnits.of(staff, need)
    table = _as_training(training)
    for name, price in (("jp_price", jp_price), ("month_price", month_price)):
        if not 0 <= as_number(price, what=name) < np.inf:
            raise ParameterError(f"{name} is {price}, but must be a number, 0 or more.")
    penalty = table["rupiah"] + jp_price * table["jp"] + month_price * table["months"]
    hires = prices_of(units, hire, what="hire")
    plan = plan_with_substitution(
        units,
        cost=cost,
        substitution=table.assign(penalty=penalty),
        budget=budget,
        limits=limits,
        distance=distance,
        unfilled=dict(zip(units.families, hires.tolist(), strict=True)),
    )
    open_ = np.ceil(np.maximum(units.need - plan.staff_after.to_numpy(), 0.0) - 1e-9)
    left = units.frame(open_.astype(np.int64))
    return Filling(plan, left, _ways(plan, left, table, hires))


def mix_by_price(
    staff: pd.DataFrame | FamilyUnits,
    need: pd.DataFrame | None = None,
    *,
    cost: Cost,
    training: pd.DataFrame,
    hire: float | Mapping[Any, float],
    hire_ratios: Sequence[float] = (0.5, 1.0, 2.0),
    training_ratios: Sequence[float] = (1.0,),
    **options: Any,
) -> pd.DataFrame:
    """Return how the cheapest mix shifts as hiring and training get dearer against moving.

    Parameters
    ----------
    staff, need, cost, training, hire, **options
        As in `fill_posts`.
    hire_ratios, training_ratios : sequence of float
        Multiples, >= 0, of the prices of a hire, and of the rupiah, JP and months of training.

    Returns
    -------
    DataFrame
        One row for each pair of multiples: `hire_ratio`, `training_ratio`, people by each of
        `WAYS`, `price`, `bound`, `optimal`.

    Raises
    ------
    ParameterError
        If a multiple is negative or no number; otherwise as `fill_posts`.

    Examples
    --------
    >>> staff = pd.DataFrame({"guru": [4, 0]}, index=["A", "B"])
    >>> need = pd.DataFrame({"guru": [2, 2]}, index=["A", "B"])
    >>> none = pd.DataFrame(columns=["from_family", "to_family", "jp", "rupiah", "months"])
    >>> mix_by_price(staff, need, cost=[[0, 5e6], [5e6, 0]], training=none, hire=4e6)[
    ...     ["hire_ratio", "move", "hire"]].values.tolist()
    [[0.5, 0.0, 2.0], [1.0, 0.0, 2.0], [2.0, 2.0, 0.0]]
    """
    units, table = FamilyUnits.of(staff, need), _as_training(training)
    for name, ratios in (("hire_ratios", hire_ratios), ("training_ratios", training_ratios)):
        for ratio in ratios:
            if not 0 <= as_number(ratio, what=name) < np.inf:
                raise ParameterError(f"{name}: {ratio} must be a number, 0 or more.")
    prices = prices_of(units, hire, what="hire")
    rows = []
    for training_ratio in training_ratios:
        scaled = table.assign(**{name: table[name] * training_ratio for name in _AMOUNTS})
        for hire_ratio in hire_ratios:
            found = fill_posts(
                units,
                cost=cost,
                training=scaled,
                hire=dict(zip(units.families, (prices * hire_ratio).tolist(), strict=True)),
                **options,
            )
            rows.append(
                {"hire_ratio": hire_ratio, "training_ratio": training_ratio}
                | found.ways["people"].to_dict()
                | {"price": found.price, "bound": found.bound, "optimal": found.optimal}
            )
    return pd.DataFrame(rows)


def _as_training(training: pd.DataFrame) -> pd.DataFrame:
    table = as_frame(training, what="training").reset_index(drop=True)
    columns = ["from_family", "to_family", *_AMOUNTS]
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise DataError(
            f"training: column {some(missing)} is missing; there are {some(table.columns)}."
        )
    table = table[columns]
    for name in _AMOUNTS:
        values = as_vector(table[name], what=f"training, {name}") if len(table) else np.zeros(0)
        wrong = np.flatnonzero(~(np.isfinite(values) & (values >= 0)))
        if wrong.size:
            pairs = zip(table["from_family"], table["to_family"], values, strict=True)
            named = [f"{family} to {other}: {value}" for family, other, value in pairs]
            rows = [named[i] for i in wrong.tolist()]
            raise DomainError(
                f"training, {name}: must be a number, 0 or more; it is not so for {some(rows)}. "
                "Leave a pair that no training leads to out of the table."
            )
        table = table.assign(**{name: values})
    return table


def _ways(
    plan: SubstitutionPlan, left: pd.DataFrame, training: pd.DataFrame, hires: FloatArray
) -> pd.DataFrame:
    moves = plan.moves
    away, other = moves["origin"] != moves["destination"], moves["family"] != moves["to_family"]
    keys = ["family", "to_family"]
    taught = training.rename(columns={"from_family": "family"}).set_index(keys)[list(_AMOUNTS)]
    amounts = taught.reindex(pd.MultiIndex.from_frame(moves[keys])).fillna(0.0).to_numpy()
    people = moves["people"].to_numpy()
    each = pd.DataFrame(amounts * people[:, None], columns=list(_AMOUNTS))
    each = each.assign(
        way=np.select([~other, ~away], WAYS[:2], WAYS[2]), people=people, price=moves["cost"]
    )
    table = each.groupby("way")[["people", "price", *_AMOUNTS]].sum().reindex(list(WAYS))
    table = table.fillna(0.0).astype({"people": np.int64}).rename_axis(index=None)
    table.loc["hire", ["people", "price"]] = [
        int(left.to_numpy().sum()),
        float(left.to_numpy().sum(axis=0) @ hires),
    ]
    return table
