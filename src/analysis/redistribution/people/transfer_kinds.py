"""The legal kinds of transfer, and what approving and making one costs.

Who has to agree to a transfer (*mutasi*) depends on the borders it crosses. From the least to the
most demanding:

===================  ==========================================  ===================================
kind                 the person moves                            decided by
===================  ==========================================  ===================================
`within_agency`      inside one agency                           its own PPK
`within_province`    between regional agencies of one province   the governor, once BKN considered
`across_provinces`   between regional agencies of two provinces  the home minister, once BKN did
`between_central`    from one central agency to another          the head of BKN
`central_regional`   between a central and a regional agency     the head of BKN
===================  ==========================================  ===================================

Who decides was read in PP 11/2017, articles 191 to 196, as published in 2017; its amendment, PP
17/2020, and the implementing Peraturan BKN 5/2019 were not read. It changes no number here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import FloatArray, as_number
from analysis.errors import DataError, ParameterError
from analysis.labels import align_matrix, labels_of, require_unique
from analysis.messages import some
from analysis.redistribution.units import as_costs

KINDS = (
    "within_agency",
    "within_province",
    "across_provinces",
    "between_central",
    "central_regional",
)
"""Names of the kinds; a kind's code is its position."""

ASSUMED_COSTS: Mapping[str, float] = MappingProxyType(
    {
        "within_agency": 0.0,
        "within_province": 250.0,
        "across_provinces": 500.0,
        "between_central": 1000.0,
        "central_regional": 1000.0,
    }
)
"""Cost of approving one transfer, as kilometres of distance that weigh as much.

An ASSUMPTION: that each step weighs more follows from who has to agree, but the amounts have no
source. Vary them before drawing conclusions.
"""

_COLUMNS = ("agency", "province", "level")
_LEVELS = ("central", "regional")


def transfer_kind(units: pd.DataFrame) -> pd.DataFrame:
    """Return the kind of a transfer from each unit to each other.

    Parameters
    ----------
    units : DataFrame of n rows
        `agency` and `province`: labels; `level`: "central" or "regional", the level of the agency.

    Returns
    -------
    DataFrame of int8, shape (n, n)
        Positions in `KINDS`, origins by destinations, with the labels of the units; symmetric,
        with `within_agency` on the diagonal.

    Raises
    ------
    DataError
        If a column is missing, a cell is empty, a level is unknown, or an agency has two levels.

    References
    ----------
    PP 11/2017 tentang Manajemen Pegawai Negeri Sipil, articles 191 to 196.

    Examples
    --------
    >>> units = pd.DataFrame(
    ...     {
    ...         "agency": ["Kota Bogor", "Kota Depok", "Kota Serang", "BPS"],
    ...         "province": ["Jawa Barat", "Jawa Barat", "Banten", "Banten"],
    ...         "level": ["regional", "regional", "regional", "central"],
    ...     }
    ... )
    >>> [KINDS[code] for code in transfer_kind(units).loc[0]]
    ['within_agency', 'within_province', 'across_provinces', 'central_regional']
    """
    _check(units)
    same_agency = _same(units["agency"])
    same_province = _same(units["province"])
    central = (units["level"] == "central").to_numpy()
    both_regional = ~np.logical_or.outer(central, central)
    both_central = np.logical_and.outer(central, central)
    kinds = np.select(
        [same_agency, both_regional & same_province, both_regional, both_central],
        [0, 1, 2, 3],
        default=4,
    )
    return pd.DataFrame(kinds.astype(np.int8), units.index, units.index)


@overload
def approval_cost(kinds: pd.DataFrame, costs: Mapping[str, float] = ...) -> pd.DataFrame: ...
@overload
def approval_cost(kinds: npt.ArrayLike, costs: Mapping[str, float] = ...) -> FloatArray: ...
def approval_cost(kinds: Any, costs: Mapping[str, float] = ASSUMED_COSTS) -> Any:
    """Return what approving one transfer costs, for each pair.

    Parameters
    ----------
    kinds : array-like of int, shape (n, n)
        As `transfer_kind` gives them.
    costs : mapping of str to float
        A cost >= 0 for every one of `KINDS`, in any unit. By default `ASSUMED_COSTS`.

    Returns
    -------
    ndarray or DataFrame, shape (n, n)
        A frame if `kinds` is one.

    Raises
    ------
    ParameterError
        If a kind has no cost, is unknown, or its cost is not a finite number >= 0.

    Examples
    --------
    >>> approval_cost([[0, 4], [4, 0]]).tolist()
    [[0.0, 1000.0], [1000.0, 0.0]]
    """
    odd = sorted(set(costs) ^ set(KINDS))
    if odd:
        raise ParameterError(
            f"The costs of approval must name each kind of transfer once ({', '.join(KINDS)}); "
            f"{some(odd)} is missing or unknown."
        )
    wrong = [
        f"{kind}: {cost}"
        for kind, cost in costs.items()
        if not 0.0 <= as_number(cost, what=f"cost of {kind}") < np.inf
    ]
    if wrong:
        raise ParameterError(
            f"A cost of approval must be a finite number, 0 or more; it is not for {some(wrong)}. "
            "Forbid a pair in the limits instead."
        )
    codes = np.asarray(kinds)
    square = codes.ndim == 2 and codes.shape[0] == codes.shape[1] > 0
    if not square or codes.dtype.kind not in "iu" or codes.min() < 0 or codes.max() >= len(KINDS):
        raise ParameterError(
            f"The kinds must be a square matrix of codes from 0 to {len(KINDS) - 1}. Pass what "
            "`transfer_kind` gives."
        )
    by_kind = np.array([costs[kind] for kind in KINDS], dtype=np.float64)
    approvals: FloatArray = by_kind[codes]
    if isinstance(kinds, pd.DataFrame):
        return pd.DataFrame(approvals, kinds.index, kinds.columns)
    return approvals


def transfer_cost(
    distance: npt.ArrayLike,
    kinds: npt.ArrayLike,
    *,
    per_km: float = 1.0,
    approval: Mapping[str, float] = ASSUMED_COSTS,
) -> Any:
    """Return the cost of moving one person: `per_km` times the distance, plus the approval.

    Parameters
    ----------
    distance : array-like, shape (n, n)
        Kilometres >= 0.
    kinds : array-like of int, shape (n, n)
        As `transfer_kind` gives them.
    per_km : float
        Cost of a kilometre, >= 0. With 1 the unit of cost is a kilometre.
    approval : mapping of str to float
        Cost of approval by kind, in the same unit as `per_km`; by default `ASSUMED_COSTS`.

    Returns
    -------
    ndarray or DataFrame, shape (n, n)
        A frame, aligned by label, if distances or kinds are one.

    Raises
    ------
    DomainError
        If units differ, a distance is missing, infinite or negative, or the shapes differ.
    ParameterError
        If `per_km` is not a finite number >= 0, or as `approval_cost`.

    Examples
    --------
    >>> transfer_cost([[0, 90], [90, 0]], [[0, 1], [1, 0]], per_km=2.0).tolist()
    [[0.0, 430.0], [430.0, 0.0]]
    """
    if not 0.0 <= as_number(per_km, what="per_km") < np.inf:
        raise ParameterError(f"per_km is {per_km}, but must be a finite number, 0 or more.")
    approvals = approval_cost(kinds, approval)
    n = approvals.shape[0]
    labels = next((labels_of(x) for x in (distance, kinds) if isinstance(x, pd.DataFrame)), None)
    km, fees = (
        as_costs(align_matrix(x, labels, labels, what=what, to="the units"), (n, n), what=what)
        for x, what in ((distance, "distance"), (approvals, "kinds"))
    )
    cost = per_km * km + fees
    return cost if labels is None else pd.DataFrame(cost, labels, labels)


def _check(units: pd.DataFrame) -> None:
    missing = [column for column in _COLUMNS if column not in units]
    if missing:
        raise DataError(
            f"units: the columns {', '.join(missing)} are missing. Each unit needs its agency, "
            "province and level."
        )
    require_unique(units.index, what="units")
    labels = units.index
    for column in _COLUMNS:
        empty = units[column].isna().to_numpy()
        if empty.any():
            raise DataError(
                f"units, column {column}: empty for {some(labels[empty])}. Fill it in; "
                "without it the kind of a transfer is unknown."
            )
    unknown = ~units["level"].isin(_LEVELS).to_numpy()
    if unknown.any():
        shown = [f"{unit}: {level}" for unit, level in units["level"][unknown].items()]
        raise DataError(f"units, column level: must be central or regional, not {some(shown)}.")
    levels = units.groupby("agency")["level"].nunique()
    mixed = levels.index[levels > 1]
    if mixed.size:
        raise DataError(f"units: an agency is either central or regional, not both: {some(mixed)}.")


def _same(labels: pd.Series) -> npt.NDArray[np.bool_]:
    codes, _ = pd.factorize(labels)
    return np.equal.outer(codes, codes)
