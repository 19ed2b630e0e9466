"""Check what a description says of the rows of a table together: keys, ranges, sums, totals."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from analysis.datasets.decoding import FIRST_LINE
from analysis.datasets.description import (
    DATE_KEY,
    Confirmation,
    ForeignKey,
    GroupSum,
    KnownTotal,
    ProvinceSum,
    Resource,
    RowSum,
    TableField,
)
from analysis.geography.codebook import CODE

Values: TypeAlias = tuple[object, ...]


def implausible(frame: pd.DataFrame, resource: Resource) -> list[str]:
    """Return the values out of their range that nobody confirmed, and confirmations of none.

    Parameters
    ----------
    frame : DataFrame
        Typed rows, indexed so that 0 is line 2 of the file.
    resource : Resource
        Description of the table.

    Returns
    -------
    list of str
        One line a problem.
    """
    said = [s for s in resource.dikonfirmasi if s.kolom != DATE_KEY]
    confirmed = {column: [s for s in said if s.kolom == column] for column in frame}
    problems = []
    for field in resource.table.fields:
        outside = _outside(frame[field.name], field)
        for one in confirmed[field.name]:
            at = outside & _matching(frame, one.baris) & (frame[field.name] == float(one.nilai))
            if not at.any():
                problems.append(f"  dikonfirmasi, {_where(one)}: no such value is out of range")
            outside &= ~at
        problems += [
            f"  line {line}, column {field.name}: {_plain(value)} is not plausible; expected "
            f"{_plain(field.kisaran.minimum)} to {_plain(field.kisaran.maximum)} {field.unit}"
            for line, (value,) in _lines(frame.loc[outside, [field.name]])
            if field.kisaran is not None
        ]
    return problems


def key_problems(frame: pd.DataFrame, key: list[str]) -> list[str]:
    """Return the rows whose primary key another row has too."""
    repeated = frame.loc[frame.duplicated(key, keep=False), key]
    return [
        f"  line {line}, columns {', '.join(key)}: {_words(values)} appears more than once"
        for line, values in _lines(repeated)
    ]


def reference_problems(frame: pd.DataFrame, key: ForeignKey, other: pd.DataFrame) -> list[str]:
    """Return the rows whose foreign key the other table does not have."""
    known = set(other[key.reference.fields].itertuples(index=False, name=None))
    return [
        f"  line {line}, column {', '.join(key.fields)}: {_words(values)} is not in "
        f"{key.reference.resource}"
        for line, values in _lines(frame[key.fields])
        if values not in known
    ]


def sum_problems(frame: pd.DataFrame, resource: Resource) -> list[str]:
    """Return the rows, groups of rows and columns that do not add up as they must."""
    count = resource.jumlah_baris
    return [
        *(p for rule in resource.penjumlahan_baris for p in _row_sums(frame, rule)),
        *(p for rule in resource.penjumlahan_kelompok for p in _group_sums(frame, rule)),
        *(p for total in resource.jumlah_diketahui for p in _total(frame, total)),
        *(
            [f"  there are {len(frame)} rows; expected {count} (jumlah_baris)"]
            if count not in (None, len(frame))
            else []
        ),
    ]


def province_problems(frame: pd.DataFrame, rule: ProvinceSum, whole: pd.DataFrame) -> list[str]:
    """Return the provinces whose kabupaten and kota do not add up to a provincial table.

    Parameters
    ----------
    frame : DataFrame
        Column `kode_kemendagri` of kabupaten and kota, whose first two digits are the province.
    rule : ProvinceSum
        The columns to compare.
    whole : DataFrame
        The provincial table.
    """
    provinces = frame[CODE].str[:2].rename(CODE)
    parts = frame[rule.kolom].groupby(provinces).sum(skipna=False)
    if rule.cacah is not None:
        parts = parts.join(pd.crosstab(provinces, frame[rule.cacah]))
    lacking = [str(column) for column in parts if column not in whole]
    if lacking:
        return [f"  {rule.tabel} has no column {', '.join(lacking)} to compare with"]
    expected = whole.set_index(CODE)[list(parts)].reindex(parts.index)
    equal = np.isclose(parts.astype(float), expected.astype(float), rtol=1e-12, atol=0)
    return [
        f"  column {column}: the kabupaten and kota of {code} add up to "
        f"{_figure(parts[column][code])}; {rule.tabel} has {_figure(expected[column][code])}"
        for row, code in enumerate(parts.index)
        for at, column in enumerate(parts)
        if not equal[row, at]
    ]


def _outside(values: pd.Series, field: TableField) -> pd.Series:
    if field.kisaran is None:
        return pd.Series(data=False, index=values.index)
    inside = values.between(field.kisaran.minimum, field.kisaran.maximum)
    return values.notna() & ~inside.fillna(value=True).astype(bool)


def _where(said: Confirmation) -> str:
    return ", ".join([*said.baris.values(), f"column {said.kolom}", f"value {said.nilai}"])


def _row_sums(frame: pd.DataFrame, rule: RowSum) -> list[str]:
    parts = frame[rule.bagian].sum(axis=1, skipna=False)
    wrong = (parts != frame[rule.jumlah]).fillna(value=False) & ~_any(frame, rule.kecuali)
    rows = pd.DataFrame({"found": frame[rule.jumlah], "expected": parts})[wrong]
    return [
        f"  line {line}, column {rule.jumlah}: {found}; expected {' + '.join(rule.bagian)} = "
        f"{expected}"
        for line, (found, expected) in _lines(rows)
    ]


def _group_sums(frame: pd.DataFrame, rule: GroupSum) -> Iterator[str]:
    for group, rows in frame.groupby(rule.per, sort=False):
        parts = rows[rows[rule.menurut].isin(rule.bagian)]
        whole = rows[rows[rule.menurut] == rule.jumlah]
        where = f"rows of {_words(group)}"
        if parts.empty:
            continue
        if whole.empty:
            yield f"  {where}: no row has {rule.menurut} = {rule.jumlah}, the sum of the others"
            continue
        excepted = _any(whole, rule.kecuali).any()
        for column in () if excepted else rule.kolom:
            expected = parts[column].sum(min_count=1)
            found = whole[column].iloc[0]
            if pd.notna(expected) and (pd.isna(found) or found != expected):
                yield (
                    f"  line {whole.index[0] + FIRST_LINE}, column {column}: {found}; expected "
                    f"{expected}, the sum of the parts of {rule.jumlah} ({where})"
                )


def _total(frame: pd.DataFrame, total: KnownTotal) -> list[str]:
    found = float(frame.loc[_matching(frame, total.saring), total.kolom].sum())
    if math.isclose(found, total.nilai, rel_tol=1e-12):  # room for the rounding of a sum
        return []
    where = ", ".join(f"{column} = {value}" for column, value in total.saring.items())
    return [
        f"  all rows{f' with {where}' if where else ''}, column {total.kolom}: the sum is "
        f"{_plain(found)}; expected {_plain(total.nilai)} ({total.sumber})"
    ]


def _matching(frame: pd.DataFrame, values: Mapping[str, str]) -> pd.Series:
    """Return which rows have the values given, compared as the file writes them."""
    rows = pd.Series(data=True, index=frame.index)
    for column, value in values.items():
        rows &= frame[column].astype("str").fillna("") == value
    return rows


def _any(frame: pd.DataFrame, rows: list[dict[str, str]]) -> pd.Series:
    found = pd.Series(data=False, index=frame.index)
    for values in rows:
        found |= _matching(frame, values)
    return found


def _lines(frame: pd.DataFrame) -> list[tuple[int, Values]]:
    """Return the line of the file and the values of each row."""
    values = frame.itertuples(index=False, name=None)
    return [(int(row) + FIRST_LINE, cells) for row, cells in zip(frame.index, values, strict=True)]


def _words(values: Values) -> str:
    return ", ".join(str(v.date() if isinstance(v, pd.Timestamp) else v) for v in values)


def _plain(value: object) -> str:
    return f"{value:.15g}"


def _figure(value: Any) -> str:
    return "nothing" if pd.isna(value) else _plain(value)
