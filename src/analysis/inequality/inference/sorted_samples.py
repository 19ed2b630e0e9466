"""Many samples of one size, each sorted."""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.segments import Segments


class SortedSamples:
    """Samples of one size at one date, sorted once for all measures.

    Parameters
    ----------
    values : ndarray, shape (b, n)
    weights : ndarray, shape (b, n) or (n,), optional
    """

    def __init__(self, values: FloatArray, weights: FloatArray | None) -> None:
        self.order = np.argsort(values, axis=1)
        self.values = np.take_along_axis(values, self.order, axis=1)
        self.weights: FloatArray | None = None
        if weights is not None:
            own = np.broadcast_to(weights, values.shape)
            self.weights = np.take_along_axis(own, self.order, axis=1)

    @cached_property
    def shares(self) -> FloatArray:
        """Weights over their sums, shape (b, n)."""
        if self.weights is None:
            return np.full_like(self.values, 1.0 / self.values.shape[1])
        shares: FloatArray = self.weights / self.weights.sum(axis=1, keepdims=True)
        return shares

    @cached_property
    def relative(self) -> FloatArray:
        """Values over their means, shape (b, n)."""
        means = np.einsum("bn,bn->b", self.shares, self.values)
        relative: FloatArray = self.values / means[:, None]
        return relative

    @cached_property
    def segments(self) -> Segments:
        """The samples laid end to end."""
        rows, n = self.values.shape
        starts: npt.NDArray[np.int64] = np.arange(0, rows * n, n, dtype=np.int64)
        weights = None if self.weights is None else self.weights.ravel()
        return Segments(self.values.ravel(), weights, starts)
