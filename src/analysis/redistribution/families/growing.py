"""A linear program that grows: solved again and again as columns join and values change.

HiGHS (Huangfu and Hall 2018) keeps the basis it ended with, so that a further solution takes as
many steps as the program has changed, not as many as it is large.

References
----------
Huangfu, Q. and Hall, J. A. J. (2018). Parallelizing the dual revised simplex method. Mathematical
Programming Computation 10, 119-142.
"""

import numpy as np
from highspy import HighsModelStatus
from highspy._core import _Highs  # `highspy.Highs`, which adds callbacks, prints a banner
from scipy import sparse

from analysis.arrays import FloatArray
from analysis.errors import DomainError


class GrowingProgram:
    r"""Minimise ``v' x`` with ``A x <= b`` and ``x >= 0``, on columns that join one after another.

    Parameters
    ----------
    most : ndarray, shape (r,)
        Right-hand sides `b`, >= 0.
    """

    def __init__(self, most: FloatArray) -> None:
        self._solver = _Highs()
        self._solver.setOptionValue("output_flag", False)
        self._most = most
        none = np.zeros(0, dtype=np.int32)
        self._solver.addRows(
            most.size, np.full(most.size, -np.inf), most, 0, none, none, np.zeros(0)
        )

    def join(self, values: FloatArray, matrix: sparse.csc_array) -> None:
        """Add columns of these values; `matrix` has a row for each limit."""
        k = values.size
        self._solver.addCols(
            k,
            values,
            np.zeros(k),
            np.full(k, np.inf),
            matrix.nnz,
            matrix.indptr[:-1].astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data,
        )

    def revalue(self, values: FloatArray) -> None:
        """Give all columns new values."""
        self._solver.changeColsCost(values.size, np.arange(values.size, dtype=np.int32), values)

    def require(self, row: int, least: float) -> None:
        """Let a row reach at least so much."""
        self._solver.changeRowBounds(row, least, float(self._most[row]))

    def solve(self) -> tuple[FloatArray, FloatArray]:
        """Return the columns' optimal amounts and the rows' dual values.

        Raises
        ------
        DomainError
            If there is no optimum.
        """
        self._solver.run()
        status = self._solver.getModelStatus()
        if status != HighsModelStatus.kOptimal:
            raise DomainError(
                f"The solver found no plan: {self._solver.modelStatusToString(status)}."
            )
        found = self._solver.getSolution()
        return np.array(found.col_value), np.array(found.row_dual)
