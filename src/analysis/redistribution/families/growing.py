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
    r"""Minimise ``v' x`` with ``l <= A x <= b`` and ``0 <= x <= u``; rows and columns join.

    Parameters
    ----------
    most : ndarray, shape (r,)
        Right-hand sides `b` of the rows to begin with; there is no `l` until one is required.
    """

    def __init__(self, most: FloatArray) -> None:
        self._solver = _Highs()
        self._solver.setOptionValue("output_flag", False)
        self.most = np.zeros(0)
        self.least = np.zeros(0)
        self.limit(sparse.csr_array((most.size, 0)), most)

    def limit(self, matrix: sparse.csr_array, most: FloatArray) -> None:
        """Add rows; `matrix` has a column for each there is."""
        self.most = np.concatenate([self.most, most])
        self.least = np.concatenate([self.least, np.full(most.size, -np.inf)])
        self._solver.addRows(
            most.size,
            np.full(most.size, -np.inf),
            most,
            matrix.nnz,
            matrix.indptr[:-1].astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data,
        )

    def join(
        self, values: FloatArray, matrix: sparse.csc_array, most: FloatArray | None = None
    ) -> None:
        """Add columns of these values, up to `most`; `matrix` has a row for each there is."""
        k = values.size
        self._solver.addCols(
            k,
            values,
            np.zeros(k),
            np.full(k, np.inf) if most is None else most,
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
        self.least[row] = least
        self._solver.changeRowBounds(row, least, float(self.most[row]))

    def cap(self, row: int, most: float) -> None:
        """Let a row reach at most so much."""
        self.most[row] = most
        self._solver.changeRowBounds(row, float(self.least[row]), most)

    def solve(self) -> tuple[FloatArray, FloatArray]:
        """Return the columns' optimal amounts and the rows' dual values.

        Dual values are of the sign that a proof by weak duality needs: above zero only where a row
        has an `l`.

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
        duals = np.array(found.row_dual)
        above = np.where(np.isfinite(self.least), np.maximum(duals, 0.0), 0.0)
        below = np.where(np.isfinite(self.most), np.minimum(duals, 0.0), 0.0)
        return np.array(found.col_value), above + below

    def bound(self, duals: FloatArray) -> float:
        """Return what the rows with these dual values add to a bound from below."""
        side = np.where(duals > 0.0, self.least, self.most)
        return float(np.where(duals != 0.0, side, 0.0) @ duals)


def nth_least(values: FloatArray, count: int) -> float:
    """Return the value that so many do not exceed; the highest where there are fewer."""
    last = min(count, values.size) - 1
    return float(np.partition(values, last)[last])
