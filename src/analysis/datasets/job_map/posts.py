"""The rows of a job map as posts: unit, post and class, with people and need, each checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.datasets.job_map.counts import amounts, no_more_than, people
from analysis.datasets.job_map.moving import MovingRules, long_enough, share_that_moves
from analysis.datasets.job_map.names import complete, one_spelling
from analysis.datasets.office_tables import OfficeTable
from analysis.datasets.office_tables.account import row_or_rows
from analysis.datasets.office_tables.cells import masked
from analysis.datasets.office_tables.mapping import ColumnMapping
from analysis.errors import DataError
from analysis.messages import some

KEY = ["unit", "jabatan", "jenjang"]
_SEVERAL = ("jumlahkan", "sama")


@dataclass(frozen=True)
class Source:
    """A table and the mapping it is read by.

    Attributes
    ----------
    table : OfficeTable
    mapping : ColumnMapping
    """

    table: OfficeTable
    mapping: ColumnMapping

    def __contains__(self, field: str) -> bool:
        return field in self.mapping.columns

    def heading(self, field: str) -> str:
        """Return the heading of a field that has one column."""
        return self.mapping.columns[field][0]

    def option(self, table: str) -> Mapping[str, Any]:
        """Return one of the other tables of the mapping."""
        found: Mapping[str, Any] = self.mapping.options.get(table, {})
        return found

    def listed(self, name: str) -> list[str]:
        """Return a list of the table [pilihan]."""
        found = self.option("pilihan").get(name, [])
        if not isinstance(found, list):
            raise DataError(f"{self.mapping.what}, [pilihan] {name}: expected a list, [...].")
        return found

    def texts(self, field: str, *, needed: bool) -> pd.Series:
        """Return a field of names, each in one spelling."""
        heading = self.heading(field)
        found = self.table.texts(heading, fill_down=field in self.listed("ulang_ke_bawah"))
        if needed:
            found = complete(found, self.table, heading, field)
        column = self.table.at[self.table.position(heading)]
        what = f"{self.table.what}, column {column} ({heading})"
        return one_spelling(found, self.option("ejaan"), what=what)

    def people(self, field: str) -> pd.Series:
        """Return a field of whole people."""
        empty = field in self.listed("kosong_nol")
        return people(self.table, self.heading(field), field, empty_is_none=empty)

    def amounts(self, field: str) -> pd.Series:
        """Return a field of numbers >= 0, missing where the file has none."""
        empty = field in self.listed("kosong_nol")
        return amounts(self.table, self.heading(field), field, empty_is_none=empty)

    def years(self, field: str) -> pd.DataFrame:
        """Return a field of whole people in each of several years, by heading."""
        empty = field in self.listed("kosong_nol")
        return pd.DataFrame(
            {
                heading: people(self.table, heading, field, empty_is_none=empty)
                for heading in self.mapping.columns[field]
            }
        )


def rows_of(source: Source, rules: MovingRules) -> pd.DataFrame:
    """Return one row for each of the file: who is there, how many, and how many may be moved.

    Returns
    -------
    DataFrame
        Index: row of the file. `unit`, `jabatan`, `jenjang` (empty where there is none), `status`,
        `masa_jabatan`, `staff`, `movable`, and one column for each year of `pensiun` and
        `kontrak`, numbered from 1.

    Raises
    ------
    DataError
        If a name or number is missing or wrong, or people who may not move are more than there are.
    """
    found = pd.DataFrame(
        {
            "unit": source.texts("unit", needed=True),
            "jabatan": source.texts("jabatan", needed=True),
            "jenjang": source.texts("jenjang", needed=True) if "jenjang" in source else "",
            "status": source.texts("status", needed=True) if "status" in source else "",
            "masa_jabatan": source.amounts("masa_jabatan") if "masa_jabatan" in source else 0.0,
        }
    )
    staff, moving = _staff(source, rules)
    found["staff"] = staff
    found["movable"] = _movable(source, staff, moving, rules)
    for field in ("pensiun", "kontrak"):
        if field in source:
            years = source.years(field)
            heading = source.mapping.columns[field][0]
            what = f"{field}, all years together,"
            no_more_than(source.table, heading, years.sum(axis=1), staff, what=what)
            for k, name in enumerate(years, start=1):
                found[f"{field}_{k}"] = years[name]
    _refuse_twice(source, found)
    return found


def post_values(source: Source, rows: pd.DataFrame, field: str) -> pd.Series:
    """Return what each post needs, or keeps at least, once.

    Where a post has several rows, such as one of each status, its number stands in one of them;
    where it stands in several, the mapping says whether they are parts or the same number again.

    Returns
    -------
    Series of float
        Index: unit, post, class.

    Raises
    ------
    DataError
        If a post has no number, or several and the mapping does not say what they are.
    """
    values = source.amounts(field)
    keys = [rows[name] for name in KEY]
    given = values.notna().groupby(keys, sort=False).sum()
    table, heading = source.table, source.heading(field)
    if (given == 0).any():
        lacking = rows.set_index(KEY).index.isin(given.index[given == 0])
        shown = values.where(lacking, 0.0).to_numpy()
        raise DataError(
            f"{table.what}, {table.lacking(shown, heading)}: {field} is missing for "
            f"{_posts(rows[lacking])}. Empty is not zero: write 0 where nobody is needed, or the "
            'number; filler that means none is said with nol = ["-"] under [berkas] of the '
            "mapping."
        )
    grouped = values.groupby(keys, sort=False)
    several = (given > 1).to_numpy()
    if not several.any():
        return grouped.sum()
    how = source.option("pilihan").get(f"{field}_beberapa_baris")
    if how not in _SEVERAL:
        post = given.index[several][0]
        same = rows.index[(rows[KEY] == list(post)).all(axis=1)]
        raise DataError(
            f"{table.what}, {row_or_rows(same.tolist())}, column {heading!r}: the post "
            f"{_post(post)} has {field} in several rows. Leave it in one; or say under [pilihan] "
            f'of the mapping {field}_beberapa_baris = "jumlahkan" where they are parts, or "sama" '
            "where each row repeats the number of the whole post."
        )
    if how == "jumlahkan":
        return grouped.sum()
    low, high = grouped.min(), grouped.max()
    if (low != high).any():
        i = int(np.flatnonzero(low != high)[0])
        raise DataError(
            f"{table.what}, column {heading!r}: the rows of {_post(low.index[i])} are to "
            f"repeat one number, but have {low.iloc[i]:.15g} and {high.iloc[i]:.15g}. Correct them."
        )
    return low


def _staff(source: Source, rules: MovingRules) -> tuple[pd.Series, pd.Series]:
    """Return the people of each row, and those whose status lets them move."""
    parts = [field for field in ("bezetting_pns", "bezetting_pppk") if field in source]
    if parts and "status" in source:
        raise DataError(
            f"{source.mapping.what}, [kolom]: {some(parts)} and status say the same twice. Map one."
        )
    if len(parts) + ("bezetting" in source) * 2 < 2:
        raise DataError(
            f"{source.mapping.what}, [kolom]: bezetting is missing. Map it; or bezetting_pns and "
            "bezetting_pppk, where these have columns of their own."
        )
    if parts:
        return _staff_of_two_kinds(source, parts, rules)
    staff = source.people("bezetting")
    if "status" not in source:
        return staff, staff
    moves = share_that_moves(source.table, source.heading("status"), rules, source.option("status"))
    return staff, (staff * moves).astype(np.int64)


def _staff_of_two_kinds(
    source: Source, parts: list[str], rules: MovingRules
) -> tuple[pd.Series, pd.Series]:
    numbers = {field: source.people(field) for field in parts}
    if "bezetting" not in source:
        whole = numbers["bezetting_pns"] + numbers["bezetting_pppk"]
    else:
        whole = source.people("bezetting")
        for field, part in numbers.items():
            no_more_than(source.table, source.heading(field), part, whole, what=field)
        if len(parts) == 2:
            _refuse_other_sum(source, whole, numbers["bezetting_pns"] + numbers["bezetting_pppk"])
    pns = numbers["bezetting_pns"] if "bezetting_pns" in numbers else whole - numbers[parts[0]]
    return whole, whole if rules.pppk_may_move else pns


def _refuse_other_sum(source: Source, whole: pd.Series, together: pd.Series) -> None:
    wrong = (whole != together).to_numpy()
    if wrong.any():
        i = int(np.flatnonzero(wrong)[0])
        raise DataError(
            f"{source.table.where(int(whole.index[i]), source.heading('bezetting'))}: it is "
            f"{whole.iloc[i]}, but PNS and PPPK add up to {together.iloc[i]} (so in "
            f"{int(wrong.sum())} rows). Correct the one that is wrong, or leave bezetting out of "
            "the mapping."
        )


def _movable(source: Source, staff: pd.Series, moving: pd.Series, rules: MovingRules) -> pd.Series:
    found = moving
    if "masa_jabatan" in source:
        years = source.amounts("masa_jabatan")
        if years.isna().any():
            raise DataError(
                f"{source.table.what}, "
                f"{source.table.lacking(years.to_numpy(), source.heading('masa_jabatan'))}: "
                "masa_jabatan is missing. Write the years, or leave the field out of the mapping."
            )
        found = (found * long_enough(years, rules)).astype(np.int64)
    if "tetap" in source:
        stay = source.people("tetap")
        no_more_than(source.table, source.heading("tetap"), stay, staff, what="tetap")
        found = (found - stay).clip(lower=0)
    return found


def _refuse_twice(source: Source, rows: pd.DataFrame) -> None:
    named = [*KEY, "status", "masa_jabatan"]
    again = rows.duplicated(named, keep=False)
    if not again.any():
        return
    first = rows[again].iloc[0]
    same = rows.index[(rows[named] == first[named]).all(axis=1)]
    posts = rows[again].drop_duplicates(named)
    more = f" So have {len(posts) - 1} others." if len(posts) > 1 else ""
    raise DataError(
        f"{source.table.what}, {row_or_rows(same.tolist())}: {_post(first[KEY])} stands "
        f"there more than once.{more} Keep one row, or add them up where they are parts; where "
        "they are different units of one name, such as a kabupaten and a kota, name them apart; "
        "where they differ by status or class, map those columns."
    )


def _posts(rows: pd.DataFrame) -> str:
    return some(_post(post) for post in rows[KEY].drop_duplicates().itertuples(index=False))


def _post(key: Any) -> str:
    return masked(", ".join(str(part) for part in key if part))
