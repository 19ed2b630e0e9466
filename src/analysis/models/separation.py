"""Whether a model has an estimate at all: where a column parts units with and without events."""

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linprog

from analysis.arrays import BoolArray, FloatArray, as_flags, as_floats, as_frame
from analysis.errors import DomainError
from analysis.labels import align_all, label_codes
from analysis.messages import some
from analysis.models.designs import Design

Rule = Literal["event", "count"]

_PARTED = 1e-6  # of the columns' standard deviations, over all units


def parting_terms(
    some_of_it: npt.ArrayLike,
    terms: pd.DataFrame,
    *,
    kind: Rule,
    clusters: npt.ArrayLike | None = None,
) -> tuple[str, ...]:
    """Return the terms that part units with and without, so that their effects would be infinite.

    Rule: for events, there is `g` with `x_i g >= 0` where there is an event, `<= 0` where there is
    none, and not all zero (Albert and Anderson 1984). For counts, `x_i g = 0` where the count is
    above zero, `<= 0` where it is zero, and not all zero (Correia, Guimaraes and Zylkin 2019). That
    is a linear program (Konis 2007); it is solved by HiGHS.

    Parameters
    ----------
    some_of_it : array-like of bool, shape (n,)
        Units with the event, or with a count above zero.
    terms : DataFrame, shape (n, m)
        One column of numbers for each term.
    kind : {"event", "count"}
        Which rule.
    clusters : array-like, shape (n,), optional
        Cluster of each unit, if each has its own constant.

    Returns
    -------
    tuple of str
        All terms that part the units by themselves; if none does, as few as do so together; none
        if there is nothing to part.

    Raises
    ------
    DomainError
        If the terms are no numbers, or what is passed does not fit.

    References
    ----------
    Albert, A. and Anderson, J. A. (1984). On the existence of maximum likelihood estimates in
    logistic regression models. Biometrika 71, 1-10.

    Correia, S., Guimaraes, P. and Zylkin, T. (2019). Verifying the existence of maximum likelihood
    estimates for generalized linear models. arXiv:1903.01633.

    Konis, K. (2007). Linear programming algorithms for detecting separated data in binary logistic
    regression models. DPhil thesis, University of Oxford.

    Examples
    --------
    >>> terms = pd.DataFrame({"far": [1, 2, 3, 4], "town": [1, 1, 0, 0]})
    >>> parting_terms([False, False, True, False], terms, kind="event")
    ('town',)
    """
    what = "parting_terms"
    some_of_it, terms, clusters = align_all(
        what, some_of_it=some_of_it, terms=terms, clusters=clusters
    )
    frame = as_frame(terms, what=f"{what}, terms")
    n = len(frame)
    flags = as_flags(np.asarray(some_of_it)[None, :], (1, n), what=f"{what}, some_of_it")[0]
    values = as_floats(frame, what=f"{what}, terms")
    spread = values.std(axis=0)
    standard = (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    constants = np.ones((n, 1))
    if clusters is not None:
        codes, groups = label_codes(clusters, n, what=f"{what}, clusters")
        constants = np.eye(len(groups))[codes]
    names = tuple(map(str, frame.columns))
    return tuple(names[term] for term in _parting(standard, constants, flags, kind))


def require_overlap(design: Design, some_of_it: BoolArray, *, kind: Rule, what: str) -> None:
    """Refuse data that a combination of columns parts; see `parting_terms`.

    Raises
    ------
    DomainError
        Naming the terms, or the clusters of which no unit has any.
    """
    if design.within:
        has = np.bincount(design.clusters, weights=some_of_it) > 0
        empty = [name for name, any_ in zip(design.cluster_names, has, strict=True) if not any_]
        if empty:
            raise DomainError(
                f"{what}: no unit of {some(empty)} has any, so that the constant of the cluster "
                "would be minus infinity. Leave these clusters out and say so."
            )
    terms, constants = np.split(design.matrix, [len(design.terms)], axis=1)
    parting = _parting(terms, constants, some_of_it, kind)
    if parting:
        raise DomainError(
            f"{what}: {' and '.join(design.terms[term] for term in parting)} can part the units "
            "with and without: on one side of some value all have any, or none has, so that the "
            "effect would be infinite. Leave it out, with the units that it parts off, and tell "
            "the shares (shares_by_class) instead."
        )


def _parting(
    terms: FloatArray, constants: FloatArray, some_of_it: BoolArray, kind: Rule
) -> list[int]:
    def part(chosen: list[int]) -> bool:
        return _can_part(np.column_stack([terms[:, chosen], constants]), some_of_it, kind)

    together = list(range(terms.shape[1]))
    if not part(together):
        return []
    alone = [term for term in together if part([term])]
    if alone:
        return alone
    for term in list(together):
        fewer = [other for other in together if other != term]
        if part(fewer):
            together = fewer
    return together


def _can_part(matrix: FloatArray, some_of_it: BoolArray, kind: Rule) -> bool:
    """Return whether some combination of columns parts the units."""
    none = matrix[~some_of_it]
    with_some = matrix[some_of_it]
    limits: dict[str, Any] = {"A_ub": none, "b_ub": np.zeros(len(none))}
    objective = none.sum(axis=0)
    if kind == "event":
        limits["A_ub"] = np.vstack([none, -with_some])
        limits["b_ub"] = np.zeros(len(matrix))
        objective = objective - with_some.sum(axis=0)
    elif len(with_some):
        limits["A_eq"], limits["b_eq"] = with_some, np.zeros(len(with_some))
    found = linprog(
        objective,
        bounds=(-1.0, 1.0),
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10},  # far below _PARTED over all units
        **limits,
    )
    return bool(found.fun < -_PARTED)
