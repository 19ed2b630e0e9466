"""The columns of a model: what units are like, and which cluster each belongs to, checked once."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import FloatArray, IntArray, as_floats, as_frame
from analysis.errors import DomainError
from analysis.labels import Labels, label_codes, labels_of, require_unique
from analysis.messages import some

_ALIKE = 1e-9  # length of what is left of a column of length 1 that the others make up


@dataclass(frozen=True, eq=False)
class Design:
    """Columns of a model of `n` units.

    Attributes
    ----------
    matrix : ndarray, shape (n, k)
        The terms, each less its mean and divided by its standard deviation, so that no unit of
        measurement makes the numbers large; then the constant, or one constant for each cluster.
    terms : tuple of str
        Names of the first columns.
    scale : ndarray, shape (len(terms),)
        Standard deviation of each term.
    within : bool
        Each cluster has its own constant: units are compared with those of their cluster alone.
    clusters : ndarray of int, shape (n,)
        Number of the cluster of each unit.
    cluster_names : tuple
        Labels of the clusters.
    labels : Index
        Labels of the units; positions where they have none.
    """

    matrix: FloatArray
    terms: tuple[str, ...]
    scale: FloatArray
    within: bool
    clusters: IntArray
    cluster_names: tuple[Any, ...]
    labels: "Labels[Any]"

    @classmethod
    def of(cls, terms: pd.DataFrame, clusters: npt.ArrayLike, *, within: bool, what: str) -> Self:
        """Return the columns of a model, or say what is wrong with them.

        Parameters
        ----------
        terms : DataFrame, shape (n, m)
            One column of numbers for each term.
        clusters : array-like, shape (n,)
            Cluster of each unit.
        within : bool
            One constant for each cluster.
        what : str
            The model, for messages.

        Raises
        ------
        DomainError
            If a term is missing somewhere, is the same for all units (of each cluster, if
            `within`), is made up by others, or tells one cluster alone from the rest; or there are
            no more clusters than terms.
        """
        frame = as_frame(terms, what=f"{what}, terms")
        labels = labels_of(frame)
        if labels is None or frame.shape[1] == 0:
            raise DomainError(f"{what}, terms: there are no columns. Pass one for each term.")
        require_unique(labels, what=what)
        names = tuple(map(str, frame.columns))
        require_unique(pd.Index(names), what=f"{what}, terms", noun="columns")
        values = as_floats(frame, what=f"{what}, terms")
        _require_finite(values, names, labels, what)
        codes, groups = label_codes(clusters, len(frame), what=f"{what}, clusters", units=labels)
        if len(groups) <= len(names):
            raise DomainError(
                f"{what}, clusters: {len(groups)} clusters are too few for {len(names)} terms, as "
                "errors are told from what varies between clusters. Leave out terms, or take "
                "smaller clusters."
            )
        centred = values - values.mean(axis=0)
        scale = centred.std(axis=0)
        _require_varied(scale <= 1e-12 * np.abs(values).max(axis=0), names, "all units", what)
        standard = centred / scale
        constants = np.eye(len(groups))[codes] if within else np.ones((len(frame), 1))
        made = cls(
            np.column_stack([standard, constants]),
            names,
            scale,
            within,
            codes,
            tuple(groups.tolist()),
            labels,
        )
        made._require_told_apart(what)
        return made

    @property
    def constant_of(self) -> IntArray:
        """Which of the constants each unit has, shape (n,)."""
        return self.clusters if self.within else np.zeros_like(self.clusters)

    def swept(self, matrix: FloatArray, root: FloatArray) -> FloatArray:
        """Return columns less what the constants of the clusters explain of them, if there are any.

        Parameters
        ----------
        matrix : ndarray, shape (n, k)
            The columns of the design, each unit times its entry of `root`.
        root : ndarray, shape (n,)
            Square roots of the weights of the units.

        Returns
        -------
        ndarray
            Of shape (n, len(terms)) `within` clusters; else the matrix itself, with the constant.
        """
        if not self.within:
            return matrix
        terms = matrix[:, : len(self.terms)]
        size = len(self.cluster_names)
        sums = np.zeros((size, terms.shape[1]))
        np.add.at(sums, self.clusters, root[:, None] * terms)
        weights = np.bincount(self.clusters, weights=root**2, minlength=size)
        found: FloatArray = terms - root[:, None] * (sums / weights[:, None])[self.clusters]
        return found

    def _require_told_apart(self, what: str) -> None:
        ones = np.ones(len(self.labels))
        columns = self.swept(self.matrix, ones)[:, : len(self.terms)]
        columns = columns if self.within else columns - columns.mean(axis=0)
        length = np.linalg.norm(columns, axis=0) / np.sqrt(len(self.labels))
        _require_varied(length < _ALIKE, self.terms, "the units of each cluster", what)
        if together := _made_up(columns, self.terms):
            raise DomainError(
                f"{what}, terms: {' and '.join(together)} say the same: one can be worked out from "
                "the others, so that their effects cannot be told apart. Leave one of them out."
            )
        for number, name in enumerate(self.cluster_names):
            rest = columns[self.clusters != number]
            if alone := _made_up(rest if self.within else rest - rest.mean(axis=0), self.terms):
                raise DomainError(
                    f"{what}, terms: without cluster {name} nothing is left to tell of "
                    f"{' and '.join(alone)}: an effect that rests on one cluster has no error that "
                    "others could tell. Leave it out, or take smaller clusters."
                )


def _made_up(columns: FloatArray, names: tuple[str, ...]) -> list[str]:
    """Return the names of columns that depend on each other linearly, none if none do."""
    length = np.linalg.norm(columns, axis=0)
    gone = length < _ALIKE * np.sqrt(len(columns))
    if gone.any():
        return [name for name, flag in zip(names, gone, strict=True) if flag]
    _, strength, right = np.linalg.svd(columns / length, full_matrices=False)
    if strength.size == len(names) and strength[-1] > _ALIKE:
        return []
    return [name for name, share in zip(names, np.abs(right[-1]), strict=True) if share > 1e-6]


def _require_finite(
    values: FloatArray, names: tuple[str, ...], labels: "Labels[Any]", what: str
) -> None:
    lacking = ~np.isfinite(values)
    if lacking.any():
        column = int(np.flatnonzero(lacking.any(axis=0))[0])
        units = labels[lacking[:, column]]
        raise DomainError(
            f"{what}, terms, {names[column]}: the value of {some(units)} is missing or infinite. "
            "Fill it in, or leave out the unit in all that is passed."
        )


def _require_varied(
    same: npt.NDArray[np.bool_], names: tuple[str, ...], among: str, what: str
) -> None:
    if same.any():
        named = [name for name, flag in zip(names, same, strict=True) if flag]
        raise DomainError(
            f"{what}, terms: {some(named)} is the same for {among}, so that it has no effect to "
            "tell. Leave it out."
        )
