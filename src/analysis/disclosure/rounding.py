"""Counts rounded to a base, in place of hiding: every cell has a figure, none an exact one.

For a researcher's own tables: what is returned is plain, and no frame that the gate lets pass,
since neither earlier runs nor tables in which cells are hidden are audited together with it.

Each cell, margins included, is rounded from its true value by itself:

    less than `minimum`  ->  0;   otherwise  ->  the nearest multiple of the base

so that margins are as true as can be, and **do not add up** with their parts. A reader who adds
parts can be off by half the base for each. An attacker knows these ranges, and that true values
add up: `round_counts` audits that each small cell still has two whole values or more, and stops if
one has not.

References
----------
Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley, section 5.4 (rounding).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.arrays import FloatArray
from analysis.disclosure.programs import Program
from analysis.disclosure.protection import named_tables
from analysis.disclosure.systems import State, System, system_of
from analysis.errors import DisclosureError, ParameterError
from analysis.messages import some

_WHOLE = 1e-6


def round_counts(tables: Mapping[str, Any], *, base: int = 5) -> dict[str, pd.DataFrame]:
    """Return tables of counts rounded to multiples of a base, small ones to nothing.

    They are audited together, and with nothing else. See the module for what they are not.

    Parameters
    ----------
    tables : mapping of str to Table
        Tables of counts by name, published together.
    base : int
        At least 3, and odd, so that no count lies half way.

    Returns
    -------
    dict of str to DataFrame
        The rows as given, with the rounded value in the place of the true one. Margins are rounded
        from true totals: rounded parts need not add up to them.

    Raises
    ------
    ParameterError
        If the base is too small or even, or a table holds sums instead of counts.
    DisclosureError
        If, because true values add up, a small cell can have one value only.

    Examples
    --------
    >>> from analysis.disclosure import Design, Table
    >>> staff = pd.DataFrame({"sex": ["F", "M", "Total"], "people": [3, 18, 21]})
    >>> round_counts({"t": Table(staff, Design(["sex"], "people"))})["t"]["people"].tolist()
    [0, 20, 20]
    """
    if base != int(base) or base < 3 or base % 2 == 0:
        raise ParameterError(f"base: {base} given, an odd whole number >= 3 needed.")
    given = named_tables(tables)
    sums = [name for name, table in given.items() if not table.design.whole]
    if sums:
        raise ParameterError(f"{some(sums)}: sums are not rounded so. Protect them.")
    system = system_of(given)
    minimum = np.ones(system.values.size)
    for name, table in given.items():
        cells = system.rows[name]
        minimum[cells] = np.maximum(minimum[cells], table.design.minimum)
    rounded = _rounded(system.values, minimum, base)
    _refuse_single_values(system, rounded, minimum, base)
    return {
        name: table.frame.assign(
            **{table.design.value: rounded[system.rows[name]].astype(np.int64)}
        )
        for name, table in given.items()
    }


def _rounded(values: FloatArray, minimum: FloatArray, base: int) -> FloatArray:
    nearest = base * np.floor(values / base + 0.5)
    return np.where(values < minimum, 0.0, nearest)


def _ranges(rounded: FloatArray, minimum: FloatArray, base: int) -> tuple[FloatArray, FloatArray]:
    """Return the least and greatest count that is rounded so."""
    half = (base - 1) / 2
    low = np.where(rounded > 0, np.maximum(rounded - half, minimum), 0.0)
    high = np.where(rounded > 0, rounded + half, np.maximum(minimum - 1, half))
    return low, high


def _refuse_single_values(
    system: System, rounded: FloatArray, minimum: FloatArray, base: int
) -> None:
    low, high = _ranges(rounded, minimum, base)
    published = system.state != State.ABSENT
    low[~published], high[~published] = 0.0, np.inf
    rows = system.equations.shape[0]
    program = Program(sparse.csr_array(system.equations), np.zeros(rows), np.zeros(rows), low, high)
    small = np.flatnonzero(published & (system.values > 0) & (system.values < minimum))
    seen_low, seen_high = system.values.copy(), system.values.copy()
    single = []
    for cell in small.tolist():
        for sign in (1.0, -1.0):
            if seen_low[cell] == seen_high[cell]:
                _see(program, cell, sign, seen_low, seen_high, system)
        if seen_low[cell] == seen_high[cell]:
            single.append(system.texts[cell])
    if single:
        raise DisclosureError(
            f"rounding gives {len(single)} small cells away, since true values add up: "
            f"{some(single)}. Take a larger base, or hide cells instead (protect)."
        )


def _see(
    program: Program,
    cell: int,
    sign: float,
    low: FloatArray,
    high: FloatArray,
    system: System,
) -> None:
    """Take note of a table of whole people that is rounded to the same."""
    costs = np.zeros(low.size)
    costs[cell] = sign
    program.set_costs(costs)
    answer = program.solve()
    whole = np.rint(answer.x)
    exact = answer.kind == "optimal" and np.abs(answer.x - whole).max() <= _WHOLE
    if exact and not (system.equations @ whole).any():
        np.minimum(low, whole, out=low)
        np.maximum(high, whole, out=high)
