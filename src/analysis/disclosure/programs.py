"""Linear and integer programs that are solved again and again with other bounds and costs.

HiGHS (Huangfu and Hall 2018) keeps the basis between solutions. All solutions of one process share
one scheduler, so that none asks for threads of its own.

References
----------
Huangfu, Q. and Hall, J. A. J. (2018). Parallelizing the dual revised simplex method. Mathematical
Programming Computation 10, 119-142.
"""

from dataclasses import dataclass
from typing import Literal

import highspy
import numpy as np
from scipy import sparse

from analysis.arrays import BoolArray, FloatArray

Kind = Literal["optimal", "infeasible", "unbounded", "given_up"]

_KINDS: dict[highspy.HighsModelStatus, Kind] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
    highspy.HighsModelStatus.kSolutionLimit: "given_up",
    highspy.HighsModelStatus.kIterationLimit: "given_up",
}
_PRIMAL_SIMPLEX = 4
_DUAL_SIMPLEX = 1


class _Solver(highspy.Highs):
    """HiGHS without the callbacks of its Python class, which print a banner and cost time."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


@dataclass(frozen=True, eq=False)
class Answer:
    """What a program came to.

    Attributes
    ----------
    kind : {"optimal", "infeasible", "unbounded", "given_up"}
    value : float
    x : ndarray
        Columns.
    prices : ndarray
        Dual value of each row; not of integer programs.
    """

    kind: Kind
    value: float
    x: FloatArray
    prices: FloatArray


class Program:
    """Minimise ``costs x`` where ``low <= rows x <= high`` and ``lower <= x <= upper``.

    Parameters
    ----------
    rows : sparse matrix, shape (m, n)
    low, high : ndarray, shape (m,)
    lower, upper : ndarray, shape (n,)
    costs : ndarray, shape (n,), optional
    only_costs_change : bool
        Every solution stays feasible for the next call.
    """

    def __init__(
        self,
        rows: "sparse.csr_array",
        low: FloatArray,
        high: FloatArray,
        lower: FloatArray,
        upper: FloatArray,
        costs: FloatArray | None = None,
        *,
        only_costs_change: bool = False,
    ) -> None:
        self._highs = _Solver()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("presolve", "off")
        self._highs.setOptionValue("primal_feasibility_tolerance", 1e-9)
        self._highs.setOptionValue("dual_feasibility_tolerance", 1e-9)
        strategy = _PRIMAL_SIMPLEX if only_costs_change else _DUAL_SIMPLEX
        self._highs.setOptionValue("simplex_strategy", strategy)
        by_column = sparse.csc_array(rows)
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = by_column.shape
        model.row_lower_, model.row_upper_ = low, high
        model.col_lower_, model.col_upper_ = lower, upper
        self._columns = np.arange(model.num_col_, dtype=np.int32)
        model.col_cost_ = np.zeros(model.num_col_) if costs is None else costs
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = by_column.indptr.astype(np.int32)
        model.a_matrix_.index_ = by_column.indices.astype(np.int32)
        model.a_matrix_.value_ = by_column.data.astype(np.float64)
        self._highs.passModel(model)

    def set_costs(self, costs: FloatArray) -> None:
        """Replace the costs of all columns."""
        self._highs.changeColsCost(self._columns.size, self._columns, costs)

    def set_bounds(self, lower: FloatArray, upper: FloatArray) -> None:
        """Replace the bounds of all columns."""
        self._highs.changeColsBounds(self._columns.size, self._columns, lower, upper)

    def set_bound(self, column: int, lower: float, upper: float) -> None:
        """Replace the bounds of one column."""
        self._highs.changeColBounds(column, lower, upper)

    def add_rows(self, rows: "sparse.csr_array", low: FloatArray) -> None:
        """Add rows ``rows x >= low``."""
        number = rows.shape[0]
        self._highs.addRows(
            number,
            low,
            np.full(number, highspy.kHighsInf),
            rows.nnz,
            rows.indptr[:-1].astype(np.int32),
            rows.indices.astype(np.int32),
            rows.data.astype(np.float64),
        )

    def make_whole(self, which: BoolArray | None = None, *, nodes: int = 100_000) -> None:
        """Ask for whole numbers in some or all columns, trying at most so many nodes."""
        whole = self._columns if which is None else self._columns[which]
        kinds = np.full(whole.size, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._highs.changeColsIntegrality(whole.size, whole, kinds)
        self._highs.setOptionValue("presolve", "on")
        self._highs.setOptionValue("mip_rel_gap", 0.0)
        self._highs.setOptionValue("mip_abs_gap", 1e-6)
        self._highs.setOptionValue("mip_max_nodes", nodes)

    def solve(self) -> Answer:
        """Return the solution of least cost.

        Raises
        ------
        RuntimeError
            If HiGHS ends in a state that none of these programs should reach.
        """
        self._highs.run()
        status = self._highs.getModelStatus()
        if status not in _KINDS:  # a basis that has become numerically poor
            self._highs.clearSolver()
            self._highs.run()
            status = self._highs.getModelStatus()
        if status not in _KINDS:
            raise RuntimeError(f"HiGHS ended with {self._highs.modelStatusToString(status)}")
        solution = self._highs.getSolution()
        return Answer(
            _KINDS[status],
            float(self._highs.getInfo().objective_function_value),
            np.array(solution.col_value),
            np.array(solution.row_dual),
        )


def movements(equations: "sparse.csr_array") -> Program:
    """Return the program of movements that keep equations, in which no cell may move yet."""
    rows, columns = equations.shape
    still, held = np.zeros(rows), np.zeros(columns)
    return Program(equations, still, still, held, held, only_costs_change=True)
