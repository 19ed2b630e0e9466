"""Sort a sample into labelled groups, once, for every decomposition by population subgroup."""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from analysis.errors import DomainError
from analysis.inequality.samples.ordering import ascending
from analysis.inequality.samples.sample import Domain, FloatArray, as_sample
from analysis.inequality.samples.scaling import tame
from analysis.inequality.samples.segments import Segments
from analysis.labels import label_codes, labels_of
from analysis.messages import some


class Grouped:
    """Units group after group, in an order that depends on the data only, with group statistics.

    Sums over it are therefore the same to the last bit whatever order the units came in. Means
    are compared through their distances from a common value, so that nearly equal groups lose no
    digits.

    Parameters
    ----------
    x : array-like, shape (n,)
        Values.
    groups : array-like, shape (n,)
        Labels.
    weights : array-like, shape (n,), optional
        Positive weights.
    measure : str
        Name of the measure, for messages.
    domain : {"real", "nonnegative", "shareable", "positive"}
        Values the measure is defined for.
    argument : str
        What the caller calls `groups`, for messages.

    Raises
    ------
    DomainError
        If values, weights or labels cannot be used.
    """

    def __init__(
        self,
        x: npt.ArrayLike,
        groups: npt.ArrayLike,
        weights: npt.ArrayLike | None,
        *,
        measure: str,
        domain: Domain,
        argument: str = "groups",
    ) -> None:
        values, w = as_sample(x, weights, measure=measure, domain=domain)
        codes, self.labels = label_codes(
            groups, values.size, what=f"{measure}, {argument}", units=labels_of(x)
        )
        order = np.argsort(codes, kind="stable")
        people = None if w is None else tame(w)[order]
        in_order = ascending(values[order], people, codes[order])
        sizes = np.bincount(codes)
        self.segments = Segments(*in_order, np.cumsum(sizes) - sizes, one_unit=True)
        weightless = self.segments.totals == 0.0
        if weightless.any():
            raise DomainError(
                f"{measure}, weights: {some(self.labels[weightless])} in {argument} has no weight "
                "to speak of beside the others. Check the weights, or leave it out."
            )

    @property
    def size(self) -> int:
        """Number of groups, g."""
        return self.labels.size

    @cached_property
    def shares(self) -> FloatArray:
        """Share of all people in each unit, shape (n,)."""
        return self.segments.weights / float(self.segments.totals.sum())

    @cached_property
    def people(self) -> FloatArray:
        """Share of all people in each group, shape (g,)."""
        return self.segments.totals / float(self.segments.totals.sum())

    @cached_property
    def _offsets(self) -> FloatArray:
        """Distance of each group's mean from a value in the sample, shape (g,)."""
        return self.segments.mean_of(self.segments.values - self._centre)

    @property
    def _centre(self) -> float:
        return float(self.segments.values[self.segments.values.size // 2])

    @cached_property
    def mean(self) -> float:
        """Mean of all units."""
        return self._centre + float(self.people @ self._offsets)

    @cached_property
    def means_away(self) -> FloatArray:
        """Distance of each group's mean from the mean of all units, shape (g,)."""
        return self._offsets - float(self.people @ self._offsets)

    @property
    def means(self) -> FloatArray:
        """Mean of each group, shape (g,)."""
        return self.segments.means
