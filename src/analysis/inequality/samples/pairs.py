"""Check the two states, before and after, that a measure of change compares."""

import numpy.typing as npt

from analysis.errors import DomainError, ParameterError
from analysis.inequality.samples.sample import Domain, FloatArray, as_values
from analysis.labels import align, labels_of


def as_pair(
    before: npt.ArrayLike, after: npt.ArrayLike, *, measure: str, domain: Domain = "real"
) -> tuple[FloatArray, FloatArray]:
    """Return both states as float arrays of one length, the later in the order of the earlier.

    Labels of `after` are aligned to those of `before`.

    Raises
    ------
    DomainError
        If a state cannot be measured, or the two differ in length.
    """
    first = as_values(before, measure=f"{measure}, before", domain=domain)
    aligned = align(after, labels_of(before), what=f"{measure}, after", to="before")
    last = as_values(aligned, measure=f"{measure}, after", domain=domain)
    if first.size != last.size:
        raise DomainError(
            f"{measure}: {first.size} units before but {last.size} after. Pass the same units, in "
            "the same order; merge those that were split in between."
        )
    return first, last


def require_both_weights(
    weights_before: npt.ArrayLike | None, weights_after: npt.ArrayLike | None, *, measure: str
) -> None:
    """Refuse weights for one of the two states only: the other would silently count units.

    Raises
    ------
    ParameterError
        If exactly one of the two is missing.
    """
    if (weights_before is None) != (weights_after is None):
        raise ParameterError(
            f"{measure}: weights for one date only. Pass both (the same twice where they did not "
            "change), or neither."
        )
