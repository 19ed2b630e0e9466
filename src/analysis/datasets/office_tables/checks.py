"""Totals against their parts, and what looks wrong without being refused."""

import re
from collections.abc import Callable, Iterator

import numpy as np

from analysis.arrays import FloatArray, IntArray
from analysis.datasets.office_tables.account import Note, row_or_rows, span
from analysis.errors import DataError
from analysis.totals import names_a_total

_NO_SUM = re.compile(
    r"%|\b(persen|persentase|rasio|rata|rerata|indeks|kelas|tahun|lintang|bujur|kode|usia|umur)\b",
    re.IGNORECASE,
)
_ENOUGH = 3  # rows, and different numbers, that must agree before two columns look copied


def check_totals(
    values: FloatArray,
    amounts: FloatArray,
    rows: IntArray,
    total_rows: IntArray,
    *,
    name: str,
    where: Callable[[int], str],
) -> None:
    """Refuse a total that is not the sum of its parts.

    Its parts are the rows above it down from the heading or from another total; where a total
    stands right below the heading or another total, also the rows below it down to the next.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Of the rows of data, missing where there is none.
    amounts : ndarray, shape (t,)
        Of the totals, missing where there is none.
    rows, total_rows : ndarray of int, shapes (n,) and (t,)
        Where they stand in the file.
    name : str
        Heading of the column; ratios, years and codes have no totals to check.
    where : callable
        From the position of a total to what a message calls its cell.

    Raises
    ------
    DataError
        Naming both numbers.
    """
    if not total_rows.size or _NO_SUM.search(name):
        return
    sums = np.append(0.0, np.cumsum(np.nan_to_num(values)))
    above = np.searchsorted(rows, total_rows)  # rows of data above each total
    starts = np.append(0, above)
    for t in np.flatnonzero(np.isfinite(amounts)).tolist():
        candidates = [(int(s), int(above[t])) for s in np.unique(starts[: t + 1])]
        if candidates[-1][0] == above[t]:
            following = above[t + 1 :]
            ends = [int(e) for e in following[following > above[t]][:1]] or [len(rows)]
            candidates += [(int(above[t]), end) for end in {*ends, len(rows)}]
        parts = [(a, b) for a, b in candidates if b > a]
        found = np.array([sums[b] - sums[a] for a, b in parts])
        if not parts or np.isclose(found, amounts[t], rtol=1e-9, atol=1e-6).any():
            continue
        a, b = parts[int(np.argmin(np.abs(found - amounts[t])))]
        raise DataError(
            f"{where(t)}: the total is {amounts[t]:.15g}, but its parts, {row_or_rows(rows[a:b])}, "
            f"add up to {sums[b] - sums[a]:.15g}{_gaps(values[a:b])}. Correct the one that is "
            f"wrong; or say keep=({total_rows[t]},) if the row is no total (in a mapping: "
            "pertahankan)."
        )


def copied(columns: dict[str, FloatArray]) -> Iterator[Note]:
    """Yield a warning for each two columns that have the same numbers in every row."""
    seen: dict[bytes, str] = {}
    for name, values in columns.items():
        known = np.isfinite(values)
        if known.sum() < _ENOUGH or np.unique(values[known]).size < _ENOUGH:
            continue
        key = np.nan_to_num(values, nan=-1.0).tobytes()
        if key in seen:
            said: dict[str, object] = {"other": seen[key], "count": values.size}
            yield Note("warning", "copied", column=name, values=said)
        seen.setdefault(key, name)


def wrong_sums(columns: dict[str, FloatArray], rows: IntArray) -> Iterator[Note]:
    """Yield a warning for each column named a total that is not the sum of columns before it."""
    names = list(columns)
    for j, name in enumerate(names):
        last = name.split(" (kolom ")[0].split(" ")[-1]
        if j < 2 or not names_a_total(last):
            continue
        starts = range(max(0, j - 40), j - 1)
        sums = np.array(
            [np.nansum([columns[names[k]] for k in range(s, j)], axis=0) for s in starts]
        )
        total = np.nan_to_num(columns[name])
        agree = np.isclose(sums, total, atol=1e-6)
        best = int(agree.sum(axis=1).argmax())
        off = np.flatnonzero(~agree[best])
        if off.size:
            i = int(off[0])
            said: dict[str, object] = {
                "row": int(rows[i]),
                "total": f"{total[i]:.15g}",
                "parts": " + ".join(names[best + starts[0] : j]),
                "sum": f"{sums[best, i]:.15g}",
                "count": off.size,
                "all": rows.size,
                "rows": span(rows[off].tolist()),
            }
            yield Note("warning", "wrong_sum", column=name, values=said)


def _gaps(values: FloatArray) -> str:
    missing = int(np.isnan(values).sum())
    return f" ({missing} of them without a value)" if missing else ""
