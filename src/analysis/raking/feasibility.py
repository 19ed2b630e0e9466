"""Whether a table with these margins exists, and which of its cells can be more than zero.

Iterative fitting answers neither: where no table has the margins it swings between them for ever,
and where a cell can only be zero it creeps towards zero for ever. Two linear programs do.
"""

import numpy as np
from scipy import optimize, sparse

from analysis.arrays import BoolArray, FloatArray
from analysis.errors import DomainError
from analysis.raking.margins import Margins

_ZERO = 1e-7  # what the solver takes for zero


def positive_cells(possible: BoolArray, margins: Margins) -> BoolArray:
    """Return the cells that are more than zero in some table with these margins.

    The table is scaled by a factor of its own, so that one linear program finds all of them:
    maximise sum of t over 0 <= t <= 1, t <= x, A x = s b, s >= 0. The set of (x, s) is a cone; a
    cell that can be positive can be made at least one by scaling, without loss to the others.

    Parameters
    ----------
    possible : ndarray of bool
        Cells that may be more than zero.
    margins : Margins

    Raises
    ------
    DomainError
        If no table has these margins, naming the cells of the margins that contradict each other;
        see `refuse_contradiction`.
    """
    refuse_contradiction(possible, margins)
    equations = margins.equations(possible)
    cells = equations.shape[1]
    none = sparse.csr_array((equations.shape[0], cells))
    equal = sparse.hstack([equations, none, -margins.right_side()[:, None]], format="csr")
    identity = sparse.identity(cells, format="csr")
    below = sparse.hstack([-identity, identity, np.zeros((cells, 1))], format="csr")
    found = optimize.linprog(
        np.concatenate([np.zeros(cells), -np.ones(cells), [0.0]]),
        A_ub=below,
        b_ub=np.zeros(cells),
        A_eq=equal,
        b_eq=np.zeros(equations.shape[0]),
        bounds=[(0, None)] * cells + [(0, 1)] * cells + [(0, None)],
        method="highs-ds",
    )
    positive = np.zeros(possible.size, dtype=np.bool_)
    positive[np.flatnonzero(possible.ravel())] = found.x[cells : 2 * cells] > _ZERO
    return positive.reshape(possible.shape)


def refuse_contradiction(possible: BoolArray, margins: Margins) -> None:
    """Refuse margins that no table with zeros at the given places has.

    By Farkas' lemma there is none just if weights y of the margins' cells exist with A'y <= 0 and
    b'y > 0: what cells of positive weight ask for can only come from the cells of the table that
    those of negative weight limit, and these allow less.

    Raises
    ------
    DomainError
        Naming the heaviest cell on each side.
    """
    equations, right = margins.equations(possible), margins.right_side()
    found = optimize.linprog(
        -right / max(float(right.sum()), 1.0),
        A_ub=equations.T.tocsr(),
        b_ub=np.zeros(equations.shape[1]),
        bounds=(-1, 1),
        method="highs-ds",
    )
    if -found.fun > _ZERO:
        raise DomainError(_contradiction(found.x, right, margins))


def _contradiction(weights: FloatArray, right: FloatArray, margins: Margins) -> str:
    cells = list(margins.cells())
    asking, allowing = (
        int(np.argmax(np.where(side, np.abs(weights), 0.0) * (right + 1e-9)))
        for side in (weights > _ZERO, weights < -_ZERO)
    )
    ask, allow = (
        f"{margins.cell(*cells[i])} is {right[i]:g} by {' x '.join(cells[i][0])}"
        for i in (asking, allowing)
    )
    return (
        f"The margins contradict each other, given which cells must be zero: {ask}, but {allow}. "
        "No table has both; correct a margin, or let more cells be more than zero."
    )
