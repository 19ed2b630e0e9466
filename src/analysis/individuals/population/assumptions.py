"""What no published table says and the synthetic population takes for granted, one row each.

The rows are in `assumptions.csv` beside this module, and in the manifest of every dataset.
"""

from functools import cache
from pathlib import Path

import pandas as pd

_FILE = Path(__file__).with_name("assumptions.csv")


@cache
def assumptions() -> pd.DataFrame:
    """Return all rows: `group`, `key`, `value` (missing for a rule), `unit`, `statement`."""
    return pd.read_csv(_FILE, dtype={"key": str})


def assumed(key: str) -> float:
    """Return the number assumed under a key.

    Examples
    --------
    >>> assumed("pppk_central")
    0.1
    """
    return _values()[key]


@cache
def _values() -> dict[str, float]:
    rows = assumptions().dropna(subset="value")
    return dict(zip(rows["key"], rows["value"].astype(float), strict=True))


def numbers(group: str) -> dict[str, float]:
    """Return the numbers of a group by key."""
    rows = assumptions()
    rows = rows[(rows["group"] == group) & rows["value"].notna()]
    return dict(zip(rows["key"], rows["value"].astype(float), strict=True))


def agencies_without_asn() -> frozenset[str]:
    """Return the agencies whose staff are not ASN."""
    rows = assumptions()
    return frozenset(rows.loc[rows["key"] == "without_asn", "unit"])
