"""What is known of a measure of inequality, in one row.

Throughout, `x_i` is the value of unit i (a ratio per head), `w_i` its weight (people),
`p_i = w_i / sum(w)`, `mu = sum(p_i x_i)` and `r_i = x_i / mu`. Weights count people: a unit of
weight 2 is two units of weight 1. Without weights every unit counts once. No result depends on the
order of the units, to the last bit.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from analysis.inequality.measures.functionals import Functional
from analysis.inequality.samples.sample import Domain, FloatArray

__all__ = ["Measure"]

Statistic = Callable[..., float]
Kernel = Callable[..., FloatArray]

_DOMAINS: Mapping[Domain, str] = {
    "real": "x ∈ ℝ",
    "nonnegative": "x ≥ 0",
    "shareable": "x ≥ 0, Σx > 0",
    "positive": "x > 0",
}


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Measure:
    """A measure as tables, notebook parameters, reports and tests name it.

    Parameters
    ----------
    name : str
        Key in `MEASURES`.
    function : callable
        ``function(x, weights) -> float``, with its options bound by `functools.partial`.
    kernel : callable
        The same for many samples end to end, ``kernel(segments, **options)``, shape (g,).
    functional : callable, optional
        Builds, from the same options, the closed forms behind influence, gradient, bootstrap and
        jackknife; None where only calling the function will do.
    symbol : str
        What formulas call it.
    label : mapping of str to str
        Name in Indonesian ("id") and English ("en").
    meaning : mapping of str to str
        One sentence that says what the number means, for any reader.
    formula : str
        In plain text, with p, r and μ as at the top of this module.
    reference : str
        Author, year, title.
    domain : {"real", "nonnegative", "shareable", "positive"}
        Values it is defined for: any; x >= 0; x >= 0 and not all zero; x > 0.
    condition : str
        What it needs besides.
    fewest : int
        Fewest units it is defined for.
    lowest, highest : float
        Least and greatest value it can take without weights.
    at_equality : float or None
        Its value when all units are equal; None where that depends on their number or values.
    scaling : {"invariant", "proportional"}
        What happens to it when all values double: nothing, or it doubles.
    replicable : bool
        Whether it stays the same when everything is there twice (the principle of population).
    counts : {"people", "units"}
        What stands behind a weight: people, so that a unit of weight 2 is two units of weight 1; or
        one unit of that many people, which still counts once.
    translatable : bool
        Whether it stays the same when every unit gains the same amount.
    transfers : {"strict", "weak", "none"}
        Whether a transfer from rich to poor that leaves them in their order always makes it show
        less inequality, never more, or possibly more (the principle of transfers).
    rises_with : {"inequality", "equality", "neither"}
        What a higher value means.
    of_extremes : bool
        Whether it rests on the most extreme units alone, beyond which resampling cannot go.
    """

    name: str
    function: Statistic
    kernel: Kernel
    functional: Callable[..., Functional] | None = None
    symbol: str
    label: Mapping[str, str]
    meaning: Mapping[str, str]
    formula: str
    reference: str
    domain: Domain
    condition: str = ""
    fewest: int = 1
    lowest: float
    highest: float = math.inf
    at_equality: float | None = 0.0
    scaling: Literal["invariant", "proportional"] = "invariant"
    replicable: bool = True
    counts: Literal["people", "units"] = "people"
    translatable: bool = False
    transfers: Literal["strict", "weak", "none"]
    rises_with: Literal["inequality", "equality", "neither"] = "inequality"
    of_extremes: bool = False

    def __repr__(self) -> str:
        return f"Measure({self.name!r})"

    @property
    def range(self) -> str:
        """Values it can take, such as "0–1" or "≥ 1"."""
        if math.isinf(self.highest):
            return f"≥ {self.lowest:g}"
        return f"{self.lowest:g}–{self.highest:g}"

    @property
    def values(self) -> str:
        """Values it is defined for, such as "x ≥ 0, Σx > 0"."""
        return ", ".join(filter(None, (_DOMAINS[self.domain], self.condition)))


def unbind(measure: Statistic) -> tuple[Statistic, dict[str, Any]]:
    """Return the function behind a measure, and the options that `functools.partial` bound to it.

    Examples
    --------
    >>> unbind(partial(round, ndigits=2))
    (<built-in function round>, {'ndigits': 2})
    """
    if isinstance(measure, partial) and not measure.args:
        return measure.func, dict(measure.keywords)
    return measure, {}
