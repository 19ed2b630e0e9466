"""Regressions of counts, ratios and events, with errors by cluster."""

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import is_bool_dtype
from scipy.optimize import brentq, minimize_scalar
from scipy.special import digamma, gammaln
from threadpoolctl import threadpool_limits

from analysis.arrays import FloatArray, as_vector
from analysis.errors import AnalysisError, DomainError, ParameterError
from analysis.labels import align_all
from analysis.messages import some
from analysis.models.designs import Design
from analysis.models.fits import Family, Fit, coefficient_table, jackknife
from analysis.models.separation import require_overlap

_ROUNDS = 100
_ALPHA = (1e-8, 1e4)  # where the maximum is looked for
_NEAR = 1e-3  # how far from it, in logarithms, a search by the likelihood itself ends at most


def count_model(
    staff: npt.ArrayLike,
    population: npt.ArrayLike,
    terms: pd.DataFrame,
    clusters: npt.ArrayLike,
    *,
    family: Literal["poisson", "negative_binomial"] = "negative_binomial",
    within: bool = False,
    level: float = 0.95,
) -> Fit:
    """Fit a regression of counts for each head of population.

    Formula: `log mu_i = log p_i + c + x_i b` by maximum likelihood, with variance `mu` (Poisson) or
    `mu + alpha mu^2` (negative binomial, NB2 of Cameron and Trivedi), where `alpha` is estimated
    too, in turns with the rest. An `exp(b)` of 0.8 reads: units with one more of the term have 0.8
    times as many staff per head, the other terms being equal.

    Which family: both estimates are sound where the first line is, whatever the variance; they
    weigh the units differently. For Poisson a unit counts as its expected staff, so that large
    cities decide; for a negative binomial with a large `alpha` nearly each counts once. See
    `overdispersion`.

    Errors are those of `jackknife`, with clusters left out one at a time, and limits are from
    Student's t with one degree of freedom fewer than clusters. They hold where clusters are
    independent of each other; below some forty clusters, and with clusters of unequal size, read
    them as rough.

    Parameters
    ----------
    staff : array-like, shape (n,)
        Whole numbers >= 0.
    population : array-like, shape (n,)
        Above zero.
    terms : DataFrame, shape (n, m)
        One column of numbers for each term; logarithms to base 2 make effects of twice as much.
    clusters : array-like, shape (n,)
        Cluster of each unit, such as its province.
    family : {"negative_binomial", "poisson"}
        How counts vary.
    within : bool
        Give each cluster its own constant, so that units are compared inside clusters alone.
    level : float
        How often limits hold, in (0, 1).

    Returns
    -------
    Fit

    Raises
    ------
    DomainError
        If a count is no whole number >= 0, a population is not above zero, or the terms cannot be
        told apart, part units with and without staff, or are too many for the clusters.
    ParameterError
        If there is no such family, or the level is no share.

    References
    ----------
    Cameron, A. C. and Trivedi, P. K. (2013). Regression Analysis of Count Data, 2nd ed. Cambridge
    University Press, chapter 3.

    Examples
    --------
    >>> staff = [12, 5, 9, 2, 8, 3, 7, 4]
    >>> terms = pd.DataFrame({"far": [0, 1, 0, 1, 0, 1, 0, 1]})
    >>> fit = count_model(staff, [100] * 8, terms, [*"AABBCCDD"], family="poisson")
    >>> round(float(fit.effects().loc["far", "ratio"]), 4)  # 14 against 36
    0.3889
    """
    what = "count_model"
    if family not in ("poisson", "negative_binomial"):
        raise ParameterError(f"family: {family!r} is none. Choose poisson or negative_binomial.")
    staff, population, terms, clusters = align_all(
        what, staff=staff, population=population, terms=terms, clusters=clusters
    )
    design = Design.of(terms, clusters, within=within, what=what)
    counts = _counts(staff, design, what)
    people = _positive(population, design, f"{what}, population", "Leave out the unit, or mend it.")
    require_overlap(design, counts > 0, kind="count", what=what)
    return _fitted(family, design, counts, np.log(people), level)


def log_linear_model(
    staff: npt.ArrayLike,
    population: npt.ArrayLike,
    terms: pd.DataFrame,
    clusters: npt.ArrayLike,
    *,
    within: bool = False,
    level: float = 0.95,
) -> Fit:
    """Fit a regression of the logarithm of staff per head, by least squares.

    Formula: `log(s_i / p_i) = c + x_i b + e_i`. Each unit counts once, and effects are of the
    typical (geometric mean) ratio where those of `count_model` are of the mean. It cannot speak of
    units without staff, which have no logarithm and are refused: leave them out, say how many, and
    read `count_model`, which needs no leaving out, beside it.

    Parameters, errors, result: as `count_model`, with staff above zero, whole or not.

    Parameters
    ----------
    staff, population : array-like, shape (n,)
        Above zero.
    terms, clusters, within, level
        As in `count_model`.

    Returns
    -------
    Fit

    Raises
    ------
    DomainError
        As `count_model`, and if a unit has no staff.

    Examples
    --------
    >>> terms = pd.DataFrame({"far": [0, 1, 0, 1, 0, 1, 0, 1]})
    >>> fit = log_linear_model([4, 2, 4, 2, 4, 2, 8, 1], [9] * 8, terms, [*"AABBCCDD"])
    >>> round(float(fit.effects().loc["far", "ratio"]), 4)  # geometric means 1.68 and 4.76
    0.3536
    """
    what = "log_linear_model"
    staff, population, terms, clusters = align_all(
        what, staff=staff, population=population, terms=terms, clusters=clusters
    )
    design = Design.of(terms, clusters, within=within, what=what)
    cure = "It has no logarithm: leave out the unit and say so, or use count_model."
    counts = _positive(staff, design, f"{what}, staff", cure)
    people = _positive(population, design, f"{what}, population", "Leave out the unit, or mend it.")
    return _fitted("log_linear", design, np.log(counts / people), None, level)


def event_model(
    event: npt.ArrayLike,
    terms: pd.DataFrame,
    clusters: npt.ArrayLike,
    *,
    level: float = 0.95,
) -> Fit:
    """Fit a logistic regression of whether something is so, such as that a unit has no specialist.

    Formula: `log(q_i / (1 - q_i)) = c + x_i b` by maximum likelihood, with errors as in
    `count_model`. Effects are ratios of odds, which overstate ratios of chances unless the event is
    rare. With fewer than some ten events (or non-events, if they are rarer) for each term,
    estimates tend to be too far from one; `shares_by_class` needs no such number.

    Parameters
    ----------
    event : array-like, shape (n,)
        True or False, or 1 and 0.
    terms, clusters, level
        As in `count_model`.

    Returns
    -------
    Fit

    Raises
    ------
    DomainError
        If the event is anything else, or is so of all units or of none; and as `count_model`.

    Examples
    --------
    >>> none = [0, 1, 0, 0, 0, 1, 1, 1]
    >>> terms = pd.DataFrame({"far": [0, 1, 0, 1, 0, 1, 0, 1]})
    >>> fit = event_model(none, terms, [*"AABBCCDD"])
    >>> round(float(fit.effects().loc["far", "ratio"]), 4)  # 3 : 1 against 1 : 3
    9.0
    """
    what = "event_model"
    event, terms, clusters = align_all(what, event=event, terms=terms, clusters=clusters)
    design = Design.of(terms, clusters, within=False, what=what)
    flags = pd.Series(event)
    values = _sized(
        flags.astype(float) if is_bool_dtype(flags) else event, design, f"{what}, event"
    )
    if not np.isin(values, (0.0, 1.0)).all():
        raise DomainError(f"{what}, event: expected True and False, or 1 and 0, for each unit.")
    if values.min() == values.max():
        which = "all units" if values.min() else "no unit"
        raise DomainError(f"{what}, event: it is so of {which}, so that there is nothing to tell.")
    require_overlap(design, values == 1.0, kind="event", what=what)
    return _fitted("logit", design, values, None, level)


def _fitted(
    family: Family, design: Design, values: FloatArray, offset: FloatArray | None, level: float
) -> Fit:
    # Importing statsmodels takes about a second, which nobody else should wait for.
    from statsmodels.genmod.generalized_linear_model import GLM

    if not 0.0 < level < 1.0:
        raise ParameterError(f"level: {level} given, a share above 0 and below 1 needed.")

    def solved(alpha: float, *, near: Any = None, tol: float = 1e-11) -> Any:
        law = _family(family, alpha)
        model = GLM(values, design.matrix, family=law, offset=offset, hasconst=True)
        start = None if near is None else near.params
        found = model.fit(
            start_params=start,
            tol=tol,
            tol_criterion="params",
            maxiter=_ROUNDS,
        )
        if not found.converged:
            raise AnalysisError(
                f"{family}: no maximum was found in {_ROUNDS} rounds. Look for units whose values "
                "are far from all others, and leave out terms that nearly say the same."
            )
        return found

    # Matrices this small are solved one after another: threads would only wait for each other.
    with threadpool_limits(1, user_api="blas"):
        alpha, near = _alpha(values, solved) if family == "negative_binomial" else (0.0, None)
        found = solved(alpha, near=near)
    law = found.family
    expected: FloatArray = found.mu
    spread = np.sqrt(law.variance(expected))
    residuals = (values - expected) / spread
    columns = design.matrix / (spread * law.link.deriv(expected))[:, None]
    variance = jackknife(design, columns, residuals)
    log = family == "log_linear"
    return Fit(
        family=family,
        coefficients=coefficient_table(design, found.params, variance, level),
        level=level,
        within=design.within,
        clusters=len(design.cluster_names),
        alpha=alpha,
        units=pd.DataFrame(
            {
                "observed": np.exp(values) if log else values,
                "expected": np.exp(expected) if log else expected,
                "residual": residuals,
            },
            index=design.labels,
        ),
        columns=pd.DataFrame(columns, index=design.labels),
        deviance_explained=1.0 - float(found.deviance / found.null_deviance),
        pearson=float(residuals @ residuals) / (values.size - design.matrix.shape[1]),
        log_likelihood=float(found.llf),
    )


def _family(family: Family, alpha: float) -> Any:
    from statsmodels.genmod import families

    if family == "log_linear":
        return families.Gaussian()
    if family == "logit":
        return families.Binomial()
    return families.NegativeBinomial(alpha=alpha) if alpha > 0 else families.Poisson()


def _alpha(counts: FloatArray, solved: Any) -> tuple[float, Any]:
    """Return the `alpha` of greatest likelihood, and a model near the one that has it.

    It is zero where counts vary no more than Poisson's.
    """
    found = solved(0.0, tol=1e-6)
    if not ((counts - found.mu) ** 2 - counts).sum() > 0:
        return 0.0, found
    alpha = np.nan
    for _ in range(_ROUNDS):
        before = alpha
        alpha = float(np.exp(_likeliest(counts, found.mu)))
        if abs(alpha - before) <= 1e-11 * alpha:
            return alpha, found
        found = solved(alpha, near=found)
    raise AnalysisError(
        f"negative_binomial: its variance did not settle in {_ROUNDS} rounds. Use family='poisson'."
    )


def _likeliest(counts: FloatArray, expected: FloatArray) -> float:
    """Return the logarithm of the `alpha` of greatest likelihood at these expected counts.

    A maximum is flat, so the likelihood itself tells half the digits only; its slope tells all.
    """
    bounds = tuple(np.log(_ALPHA))
    at = minimize_scalar(
        _minus_log_likelihood, bounds=bounds, args=(counts, expected), method="bounded"
    ).x
    low, high = max(at - _NEAR, bounds[0]), min(at + _NEAR, bounds[1])
    slopes = [_slope(end, counts, expected) for end in (low, high)]
    if slopes[0] * slopes[1] >= 0:  # the greatest is at a bound
        return float(at)
    return float(brentq(_slope, low, high, args=(counts, expected), xtol=1e-14))


def _slope(log_alpha: float, counts: FloatArray, expected: FloatArray) -> float:
    """Return the slope of the log-likelihood in the shape, `1 / alpha`."""
    shape = np.exp(-log_alpha)
    terms = digamma(counts + shape) - digamma(shape) - np.log1p(expected / shape)
    return float((terms + (expected - counts) / (shape + expected)).sum())


def _minus_log_likelihood(log_alpha: float, counts: FloatArray, expected: FloatArray) -> float:
    """Return it without what `alpha` does not change."""
    shape = np.exp(-log_alpha)
    total = gammaln(counts + shape) - gammaln(shape) - (counts + shape) * np.log1p(expected / shape)
    return -float((total - counts * np.log(shape)).sum())


def _sized(values: npt.ArrayLike, design: Design, what: str) -> FloatArray:
    found = as_vector(values, what=what)
    if found.size != len(design.labels):
        raise DomainError(
            f"{what}: {found.size} values but {len(design.labels)} units. Pass one for each."
        )
    return found


def _counts(staff: npt.ArrayLike, design: Design, what: str) -> FloatArray:
    counts = _sized(staff, design, f"{what}, staff")
    wrong = ~((counts >= 0) & (counts == np.round(counts)) & np.isfinite(counts))
    if wrong.any():
        raise DomainError(
            f"{what}, staff: {some(design.labels[wrong])} has no whole number >= 0. A count that "
            "is missing is not zero: leave out the unit in all that is passed."
        )
    if not counts.any():
        raise DomainError(f"{what}, staff: no unit has any, so that there is nothing to tell.")
    return counts


def _positive(values: npt.ArrayLike, design: Design, what: str, cure: str) -> FloatArray:
    found = _sized(values, design, what)
    wrong = ~((found > 0) & np.isfinite(found))
    if wrong.any():
        raise DomainError(f"{what}: {some(design.labels[wrong])} has none above zero. {cure}")
    return found
