"""Shapley split of the change of span, layers and paths: boxes, people and class."""

from collections.abc import Callable, Sequence
from itertools import permutations, product
from typing import TypeAlias

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.restructuring.stages import Restructuring
from analysis.restructuring.steps import DISSOLVED
from analysis.restructuring.structure import offices

FACTORS = ("boxes", "people", "class")

INDICATORS = ("layers", "span", "span_median", "path")

State: TypeAlias = tuple[bool, ...]


def shapley(value: Callable[[State], FloatArray], indicators: Sequence[str]) -> pd.DataFrame:
    """Return the Shapley value of three factors for each of several indicators.

    The mean, over the six orders in which the factors can set in, of what each changes when it
    does: `phi_k = sum_S |S|! (2 - |S|)! / 3! [v(S + k) - v(S)]`. The three add up to
    `v(all) - v(none)` exactly, up to the rounding of a sum.

    Parameters
    ----------
    value : callable
        Takes which factors have set in, and returns the value of each indicator.
    indicators : sequence of str
        Their names.

    Returns
    -------
    DataFrame, indexed by indicator
        `before`, `after`, and one column for each of `FACTORS`.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. In: Kuhn and Tucker (eds), Contributions to
    the Theory of Games II. Princeton University Press, 307-317.

    Shorrocks, A. F. (2013). Decomposition procedures for distributional analysis: a unified
    framework based on the Shapley value. Journal of Economic Inequality 11, 99-126.
    """
    found = {state: value(state) for state in product((False, True), repeat=len(FACTORS))}
    orders = list(permutations(range(len(FACTORS))))
    effects = {name: np.zeros(len(indicators)) for name in FACTORS}
    for order in orders:
        state = (False,) * len(FACTORS)
        for factor in order:
            later = (*state[:factor], True, *state[factor + 1 :])
            effects[FACTORS[factor]] += (found[later] - found[state]) / len(orders)
            state = later
    ends = {"before": found[(False, False, False)], "after": found[(True, True, True)]}
    return pd.DataFrame({**ends, **effects}, index=pd.Index(indicators, name="indicator"))


def attribute_structure(found: Restructuring) -> pd.DataFrame:
    """Split the change of layers, span and path into boxes that go, people that move, and class.

    Each factor can set in without the others, over the old units:

    - boxes: dissolved units are no level of the hierarchy any more; who was in them reports to the
      next unit above that stays.
    - people: those of dissolved units sit in the unit that took them over; heads keep their
      office.
    - class: who headed a dissolved unit holds no structural office any more.

    `layers` is the most offices, vacant ones too, on a way to the top; `span` the mean, and
    `span_median` the median, of the people who report directly to each structural official, one
    whose unit is gone having none; `path` the mean of the offices above a person. Before and after
    they are those of `structure`. Where boxes and class each suffice for the whole change, as for
    layers, they share it equally: that is what the split says of causes that stand in for each
    other.

    Returns
    -------
    DataFrame
        See `shapley`; indicators `layers`, `span`, `span_median`, `path`.

    References
    ----------
    Those of `shapley`.
    """
    return shapley(_Splitting(found).value, INDICATORS)


class _Splitting:
    """The indicators of the old units when only some of the changes have set in."""

    def __init__(self, found: Restructuring) -> None:
        before, step = found.before, found.steps[0]
        self.forest = before.forest
        self.dissolved = step.unit_state == DISSOLVED
        self.heir = self.forest.nearest(~self.dissolved)
        who = offices(before)
        self.heads, self.others = who.heads, who.others
        self.offices = {False: who.headed, True: who.headed & _kept(found)}
        self.filled = {False: who.filled, True: who.filled & _kept(found)}

    def value(self, state: State) -> FloatArray:
        """Return the indicators, in the order of `INDICATORS`."""
        boxes, people, reclass = state
        stands = ~self.dissolved if boxes else np.ones_like(self.dissolved)
        place = self.heir if people else np.arange(self.heir.size)
        holds = self.filled[reclass]
        chain = self.forest.along((self.offices[reclass] & stands).astype(np.int64))
        at_work = holds & stands
        reports = self._reports(at_work, place)[holds]
        above = self.others @ chain[place]
        above += self.heads @ np.where(at_work, chain - 1, chain[place])
        total = int(self.heads.sum() + self.others.sum())
        none = reports.size == 0
        return np.array(
            [
                chain.max(),
                np.nan if none else reports.mean(),
                np.nan if none else np.median(reports),
                above / total if total else np.nan,
            ]
        )

    def _reports(self, at_work: BoolArray, place: IntArray) -> IntArray:
        boss = self.forest.nearest(at_work)
        of_heads = np.where(at_work, self.forest.above(boss), boss[place])
        reports = np.zeros(boss.size, dtype=np.int64)
        for of, who in ((boss[place], self.others), (of_heads, self.heads)):
            np.add.at(reports, of[of >= 0], who[of >= 0])
        return reports


def _kept(found: Restructuring) -> BoolArray:
    """Return which units before are headed after, too."""
    step = found.steps[0]
    headed = (found.after.head >= 0)[step.unit_target] & (step.unit_state != DISSOLVED)
    return np.asarray(headed, dtype=np.bool_)
