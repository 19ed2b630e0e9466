"""A fitted model: its effects with their errors, and what it expects of each unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.stats import t as student

from analysis.arrays import FloatArray
from analysis.errors import ParameterError
from analysis.messages import some
from analysis.models.designs import Design

Family = Literal["poisson", "negative_binomial", "log_linear", "logit"]


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted model.

    Attributes
    ----------
    family : {"poisson", "negative_binomial", "log_linear", "logit"}
        What was fitted.
    coefficients : DataFrame
        One row for each term: `estimate` and standard error `se` on the scale of logarithms (of
        odds, for logit), limits `low` and `high`, two-sided `p_value`.
    level : float
        How often limits like these hold the coefficient.
    within : bool
        Each cluster has its own constant.
    clusters : int
        Clusters that the errors are told from.
    alpha : float
        Of a negative binomial, how much more than Poisson's a count varies: its variance is
        `mu + alpha mu^2`. Zero for all others.
    units : DataFrame
        One row for each unit, with its label: `observed`, `expected` (counts, ratios or
        probabilities), `residual` (Pearson: observed less expected over the standard deviation
        that the model gives a unit; of ratios, the difference of logarithms).
    columns : DataFrame, shape (n, k)
        The columns of the model times the square roots of the weights that they were fitted with:
        what `spatial_autocorrelation` takes for `residual_of` with these residuals.
    deviance_explained : float
        Share of the deviance of a model with a constant alone (and the same `alpha`) that is gone:
        R squared for ratios, McFadden's for events.
    pearson : float
        Sum of squared residuals over `n - k`: near one where counts vary as the model says.
    log_likelihood : float
        Logarithm of the likelihood.
    """

    family: Family
    coefficients: pd.DataFrame
    level: float
    within: bool
    clusters: int
    alpha: float
    units: pd.DataFrame
    columns: pd.DataFrame
    deviance_explained: float
    pearson: float
    log_likelihood: float

    def effects(self, steps: Mapping[str, float] | None = None) -> pd.DataFrame:
        """Return how many times as much (or as great odds) goes with one step more of each term.

        Parameters
        ----------
        steps : mapping of str to float, optional
            Size of the step of a term; 1 unless named. Of a logarithm to base 2, a step of 1 is
            twice as much.

        Returns
        -------
        DataFrame
            One row for each term: `step`, `ratio` (1 = no difference), its limits `low` and
            `high`, `p_value`.

        Raises
        ------
        ParameterError
            If a step belongs to no term, or is zero.
        """
        given = dict(steps or {})
        unknown = [name for name in given if name not in self.coefficients.index]
        if unknown:
            raise ParameterError(
                f"steps: {some(unknown)} is no term; there are {some(self.coefficients.index)}."
            )
        if any(not np.isfinite(step) or step == 0 for step in given.values()):
            raise ParameterError("steps: expected finite numbers that are not zero.")
        step = pd.Series(1.0, self.coefficients.index)
        step.update(pd.Series(given, dtype=float))
        ends = np.exp(self.coefficients[["low", "high"]].mul(step, axis=0))
        return pd.DataFrame(
            {
                "step": step,
                "ratio": np.exp(self.coefficients["estimate"] * step),
                "low": ends.min(axis=1),
                "high": ends.max(axis=1),
                "p_value": self.coefficients["p_value"],
            }
        )


def jackknife(design: Design, columns: FloatArray, residuals: FloatArray) -> FloatArray:
    """Return the variance of the coefficients, from leaving out one cluster at a time.

    Formula: `(G - 1) / G sum_g d_g d_g'` with `d_g = (A - A_g)^-1 s_g`, where
    `A = X' W X`, and `A_g` and the score `s_g = X_g' W_g^(1/2) r_g` are those of cluster `g`: the
    step by which leaving out the cluster moves the coefficients, exact for least squares and one
    step of Newton's for all others. It is the estimator CV3 of MacKinnon, Nielsen and Webb, whose
    linear form they give for logit.

    Why not the usual sandwich: with few and unequal clusters its errors are too small. On 512 units
    in 38 provinces, with counts drawn from the model, its 95 % limits held in 87 % to 95 % of 400
    draws, those of the jackknife in 91 % to 96 %.

    Parameters
    ----------
    design : Design
        Columns of the model.
    columns : ndarray, shape (n, k)
        The same times the square roots of the weights, `W^(1/2) X`.
    residuals : ndarray, shape (n,)
        Pearson residuals.

    Returns
    -------
    ndarray, shape (m, m)
        Of the terms, on the scale of the design.

    References
    ----------
    MacKinnon, J. G., Nielsen, M. O. and Webb, M. D. (2023). Fast and reliable jackknife and
    bootstrap methods for cluster-robust inference. Journal of Applied Econometrics 38, 671-694.

    MacKinnon, J. G., Nielsen, M. O. and Webb, M. D. (2024). Cluster-robust jackknife and bootstrap
    inference for logistic regression models. arXiv:2406.00650.
    """
    root = columns[np.arange(len(columns)), len(design.terms) + design.constant_of]
    kept = design.swept(columns, root)
    total = kept.T @ kept
    size = len(design.cluster_names)
    moved = np.empty((size, kept.shape[1]))
    for number in range(size):
        own = design.clusters == number
        left = total - kept[own].T @ kept[own]
        moved[number] = np.linalg.solve(left, kept[own].T @ residuals[own])
    terms = moved[:, : len(design.terms)]
    found: FloatArray = (size - 1) / size * (terms.T @ terms)
    return found


def coefficient_table(
    design: Design, estimates: FloatArray, variance: FloatArray, level: float
) -> pd.DataFrame:
    """Return `Fit.coefficients`, with limits from Student's t with `G - 1` degrees of freedom."""
    degrees = len(design.cluster_names) - 1
    estimate = estimates[: len(design.terms)] / design.scale
    se = np.sqrt(variance.diagonal()) / design.scale
    reach = float(student.ppf((1.0 + level) / 2.0, degrees)) * se
    return pd.DataFrame(
        {
            "estimate": estimate,
            "se": se,
            "low": estimate - reach,
            "high": estimate + reach,
            "p_value": 2.0 * student.sf(np.abs(estimate / se), degrees),
        },
        index=pd.Index(design.terms, name="term"),
    )
