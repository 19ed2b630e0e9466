"""Which cells are sensitive, and how wide an attacker's interval of each must stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeGuard

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import BoolArray, FloatArray, as_floats
from analysis.errors import DataError, ParameterError
from analysis.messages import some

Zeros = Literal["published", "primary"]
Singletons = Literal["no_exact_value", "full_protection", "not_considered"]

_ROUNDING = 1e-9  # relative: contributions were added up in floats


@dataclass(frozen=True)
class Rules:
    """The rules beside the minimum cell size, each by its name.

    Parameters
    ----------
    p : float
        p% rule for sums: a cell is sensitive if what is left without its two largest contributors
        is less than this share of the largest, ``x - x1 - x2 < p x1``.
    dominance : (int, float)
        (n, k) rule for sums, n = 1 or 2: a cell is sensitive if its n largest contributors have
        more than the share k of it.
    zeros : {"published", "primary"}
        Empty cells are published, and never hidden for the sake of others since all may know that
        they are empty; or they are sensitive, since they say something of everybody.
    singletons : {"no_exact_value", "full_protection", "not_considered"}
        Whoever is alone in a cell knows its value, and may find others by it. Such an attacker must
        not learn another sensitive cell exactly; or is kept off as far as everybody else; or is
        not thought of.

    References
    ----------
    Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley, section 4.2.
    """

    p: float = 0.10
    dominance: tuple[int, float] = (2, 0.85)
    zeros: Zeros = "published"
    singletons: Singletons = "no_exact_value"

    def __post_init__(self) -> None:
        match self.dominance:
            case [1 | 2, share] if is_share(share) and is_share(self.p):
                pass
            case _:
                raise ParameterError(
                    f"rules: p {self.p!r} and (n, k) {self.dominance!r} given; p and k must lie "
                    "between 0 and 1, and n be 1 or 2."
                )
        for name, value, allowed in (
            ("zeros", self.zeros, ("published", "primary")),
            (
                "singletons",
                self.singletons,
                ("no_exact_value", "full_protection", "not_considered"),
            ),
        ):
            if value not in allowed:
                raise ParameterError(f"rules, {name}: {value!r} given, one of {allowed} needed.")


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What the rules say of each cell.

    Attributes
    ----------
    reason : ndarray of str
        Rule that makes a cell sensitive: minimum, p_percent, dominance, zero, given; or nothing.
    singleton : ndarray of bool
        Cells in which somebody is alone.
    down, up, width : ndarray
        How far below and above the true value an attacker's bounds must lie, and how far apart.
    """

    reason: npt.NDArray[np.object_]
    singleton: BoolArray
    down: FloatArray
    up: FloatArray
    width: FloatArray

    @property
    def primary(self) -> BoolArray:
        """Cells that must not be published."""
        return np.asarray(self.reason != "", dtype=np.bool_)


def is_whole_number(number: object) -> bool:
    """Whether something is a whole number."""
    return _is_number(number) and float(number).is_integer()


def is_share(number: object) -> bool:
    """Whether something is a number between 0 and 1."""
    return _is_number(number) and 0 < number < 1


def _is_number(something: object) -> TypeGuard[float]:
    """Whether something is a number; true and false are none."""
    numbers = (int, float, np.integer, np.floating)
    return isinstance(something, numbers) and not isinstance(something, bool)


def of_counts(
    values: FloatArray, given: BoolArray | None, *, minimum: int, rules: Rules
) -> Sensitivity:
    """Return which counts are sensitive: those of 1 to `minimum` - 1, or those given."""
    reason = np.full(values.shape, "", dtype=object)
    if given is None:
        reason[(values > 0) & (values < minimum)] = "minimum"
        if rules.zeros == "primary":
            reason[values == 0] = "zero"
    else:
        reason[given] = "given"
    nothing = np.zeros(values.shape)
    width = np.where(reason != "", float(minimum), 0.0)
    return Sensitivity(reason, values == 1, nothing, nothing, width)


def of_sums(
    values: FloatArray,
    given: BoolArray | None,
    largest: FloatArray | None,
    *,
    minimum: int,
    protection: float,
    rules: Rules,
) -> Sensitivity:
    """Return which sums are sensitive by their contributors, or those given.

    `largest` has the largest, the second largest and, where known, the number of contributors. An
    empty cell must look as if it may hold as much as the least of the others.
    """
    reason = np.full(values.shape, "", dtype=object)
    singleton = np.zeros(values.shape, dtype=np.bool_)
    needed = protection * values
    if largest is not None:
        first, second = largest[:, 0], largest[:, 1]
        slack = _ROUNDING * values
        rest = values - first - second
        singleton = (values > 0) & (values - first <= slack)
        top = first if rules.dominance[0] == 1 else first + second
        if given is None:
            reason[(values > 0) & (top > rules.dominance[1] * values + slack)] = "dominance"
            reason[(values > 0) & (rest < rules.p * first - slack)] = "p_percent"
        if largest.shape[1] == 3:
            number = largest[:, 2]
            singleton = number == 1
            if given is None:
                reason[(number > 0) & (number < minimum)] = "minimum"
        needed = np.maximum(needed, rules.p * first - rest)
    if given is not None:
        reason[given] = "given"
    elif rules.zeros == "primary":
        reason[values == 0] = "zero"
    needed = np.where(reason != "", needed, 0.0)
    empty = (reason != "") & (values == 0)
    least = values[values > 0].min(initial=1.0) if empty.any() else 0.0
    up = np.where(empty, least, needed)
    return Sensitivity(reason, singleton, needed, up, np.zeros(values.shape))


def contributors_of(
    frame: pd.DataFrame, columns: Sequence[str], values: FloatArray, *, what: str
) -> FloatArray:
    """Return the largest, the second largest and the number of contributors, checked.

    Raises
    ------
    ParameterError
        If there are not two or three columns.
    DataError
        If they contradict each other or the sum.
    """
    if len(columns) not in (2, 3):
        raise ParameterError(
            f"{what}, contributors: expected the columns of the largest and the second largest "
            f"contributor, and perhaps of their number, but got {list(columns)}."
        )
    found = np.column_stack(
        [as_floats(frame[column], what=f"{what}, {column}") for column in columns]
    )
    slack = _ROUNDING * np.maximum(values, 1.0)
    wrong = (
        ~np.isfinite(found).all(axis=1)
        | (found[:, 1] < 0)
        | (found[:, 0] < found[:, 1])
        | (found[:, 0] + found[:, 1] > values + slack)
    )
    if len(columns) == 3:
        wrong |= (found[:, 2] < 0) | (found[:, 2] % 1 != 0) | ((found[:, 2] == 0) & (values > 0))
    if wrong.any():
        rows = frame.index[wrong]
        raise DataError(
            f"{what}, {', '.join(columns)}: rows {some(rows)} must have largest >= second >= 0, "
            "together no more than the value, and a whole number of people. Correct them."
        )
    return found
