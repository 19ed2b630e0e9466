"""What an activity counts in JP, and what a year asks: rows of tables, read once."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.competence.tables import code_texts, keys_in, labels_in, numbers_in, refuse, table_of
from analysis.datasets.regulations import Regulation, regulation_at
from analysis.errors import ParameterError

NEVER = 9e8
"""A cap beyond this is none."""

_OWN, _DAY, _EVENT = "JP sendiri", "per hari", "per kegiatan"
_WAYS = (_OWN, _DAY, "per sesi", _EVENT, "per semester")
_COLUMNS = ("jenis", "tempat", "kode_diklat", "klasikal", "cara", "nilai")
_CAPS = ("maksimum_hari", "maksimum_bulan")


@dataclass(frozen=True, eq=False)
class HourRules:
    """The numbers that hours of training are counted and judged with.

    Attributes
    ----------
    conversion : pyarrow.Table
        One row a kind and place: `jenis`, `tempat`, `kode_diklat`, `classical`, `by_day` and
        `by_event` (whether days or events are its units), `own_rate` (what stated JP are multiplied
        by), `extra_rate` (by how much that exceeds 1), `unit_rate` (JP of a unit, missing where JP
        are its own), `day_cap`, `month_cap`.
    floor, ceiling : Regulation
        Of PNS and CPNS at least, of PPPK at most, JP a year.
    """

    conversion: pa.Table
    floor: Regulation
    ceiling: Regulation

    @classmethod
    def of(cls, conversion: object, regulations: pd.DataFrame, day: dt.date) -> "HourRules":
        """Return the rules that hold on a day.

        Parameters
        ----------
        conversion : DataFrame
            The table `konversi_jp`, or one of its columns with rows of your own: `jenis`, `tempat`
            ("dalam" or "luar" negeri), `kode_diklat` (the code of the records, or missing),
            `klasikal` ("ya" or "tidak"), `cara` ("JP sendiri", "per hari", "per sesi", "per
            kegiatan" or "per semester"), `nilai` (JP a unit; for "JP sendiri" what its own JP are
            multiplied by) and, if wished, `maksimum_hari`, `maksimum_bulan` (JP at most).
        regulations : DataFrame
            The table `aturan`; `jp_minimum_pns` and `jp_maksimum_pppk` are looked up.
        day : date

        Raises
        ------
        DataError
            If a column is missing, a kind and place or a code and place occurs twice, a word is
            unknown or a number is negative; names the rows.
        ParameterError
            If no regulation of either holds on the day.
        """
        return cls(
            _read(conversion),
            _regulation(regulations, "jp_minimum_pns", day),
            _regulation(regulations, "jp_maksimum_pppk", day),
        )

    @property
    def records_capped(self) -> bool:
        """Whether a kind that records know has a cap of a day or month."""
        caps = (self._of_records[name] for name in ("day_cap", "month_cap"))
        return any(pc.any(pc.less(cap, NEVER)).as_py() for cap in caps)

    @property
    def records_whole(self) -> bool:
        """Whether what records state counts in whole, or more."""
        cut = pc.any(pc.less(self._of_records["own_rate"], 1.0)).as_py()
        return not self.records_capped and not cut

    @property
    def _of_records(self) -> pa.Table:
        """The conversion of the kinds that records know."""
        return self.conversion.filter(pc.is_valid(self.conversion["kode_diklat"]))

    @property
    def kinds(self) -> ir.Table:
        """The conversion as a table of Ibis."""
        return ibis.memtable(self.conversion)


def _regulation(regulations: pd.DataFrame, code: str, day: dt.date) -> Regulation:
    found = regulation_at(regulations, code, day)
    if found is None:
        raise ParameterError(f"day: no row {code} of regulations holds on {day}. Add one.")
    return found


def _read(given: object) -> pa.Table:
    what = "conversion"
    table = table_of(given, _COLUMNS, what=what)
    for column, words in (
        ("tempat", ("dalam", "luar")),
        ("klasikal", ("ya", "tidak")),
        ("cara", _WAYS),
    ):
        wrong = ~table[column].isin(words).to_numpy()
        rule = f"{what}, {column}: must be one of {', '.join(words)}"
        refuse(wrong, table, rule, "Correct it.", show=column)
    labels_in(table, "jenis", what=what, advice="Name the kind.")
    keys_in(table, ["jenis", "tempat"], what=what)
    keys_in(table[table["kode_diklat"].notna()], ["kode_diklat", "tempat"], what=what)
    rate = numbers_in(table, "nilai", what=what, rule="0 or more", advice="Correct it.", low=0)
    own = (table["cara"] == _OWN).to_numpy()
    columns: dict[str, Any] = {
        "jenis": pa.array(table["jenis"].astype(str)),
        "tempat": pa.array(table["tempat"].astype(str)),
        "kode_diklat": pa.array(code_texts(table["kode_diklat"]), pa.string()),
        "classical": pa.array(table["klasikal"] == "ya"),
        "by_day": pa.array(table["cara"] == _DAY),
        "by_event": pa.array(table["cara"] == _EVENT),
        "own_rate": pa.array(np.where(own, rate, 1.0)),
        "extra_rate": pa.array(np.where(own, np.maximum(rate - 1, 0), 0.0)),
        "unit_rate": pa.array(rate, mask=own),
    }
    for column, name in zip(_CAPS, ("day_cap", "month_cap"), strict=True):
        caps = numbers_in(
            table,
            column,
            what=what,
            rule="0 or more",
            advice="Correct it.",
            low=0,
            default=2 * NEVER,
        )
        columns[name] = pa.array(caps)
    return pa.table(columns)
