"""An organisation tree from an office's own file, as such files are.

Parents stand in a column or in a second table, or follow from the order of the rows; echelons in a
column or only in the title; and a row may be a unit or the head of one. What the file does not say
and was inferred is flagged, row by row.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.datasets.office_tables import Account, Note, OfficeTable, read_office_table
from analysis.datasets.office_tables.account import row_or_rows
from analysis.datasets.office_tables.cells import masked
from analysis.datasets.office_tables.mapping import ColumnMapping, as_mapping, read_mapping
from analysis.datasets.organisations.fields import FIELDS, OF_PARENTS
from analysis.datasets.organisations.official import UNIT_COLUMNS
from analysis.datasets.organisations.parents import parents_from_order
from analysis.datasets.organisations.titles import Scope, inferred_from_titles, unit_name
from analysis.errors import DataError
from analysis.messages import counted, some

OPTIONS: dict[str, type] = {"induk": dict, "pilihan": dict}
"""Tables of a mapping besides [berkas] and [kolom]."""

_CHOICES = frozenset({"induk_dari_urutan", "diri_sendiri_puncak"})


@dataclass(frozen=True, eq=False, repr=False)
class OrganisationFile:
    """The units of a file, one row each.

    Attributes
    ----------
    units : DataFrame
        The columns of the table `organisasi_unit` without `susunan`; index: row of the file.
    account : Account
        How the file was read.
    """

    units: pd.DataFrame
    account: Account

    def __repr__(self) -> str:
        inferred = self.units[["induk_disimpulkan", "eselon_disimpulkan"]].sum()
        return (
            f"{counted(len(self.units), 'unit')}; inferred: "
            f"{counted(inferred.iloc[0], 'parent')}, {counted(inferred.iloc[1], 'echelon')}\n"
            f"{self.account!r}"
        )

    def _repr_html_(self) -> str:
        return self.account._repr_html_()


def read_organisation(
    file: Path | str,
    mapping: Path | str | dict[str, Any],
    *,
    scope: Scope,
    beginnings: pd.DataFrame,
    agency: str | None = None,
) -> OrganisationFile:
    """Return the organisation tree in a CSV or XLSX file.

    Parameters
    ----------
    file : Path or str
    mapping : Path or str, or dict
        A TOML file, or what it says: `[kolom]` names the headings of the fields in `FIELDS`.
        Where the parents stand in a second table, `[induk]` gives its `berkas` (beside the file),
        and the headings of `unit` and `induk` in it. `[pilihan]` may say `induk_dari_urutan`:
        parents follow from echelons and the order of the rows; and `diri_sendiri_puncak`: a unit
        that names itself as its parent is at the top.
    scope : {"pusat", "provinsi", "kabkota"}
        Kind of government: what echelons titles are inferred for.
    beginnings : DataFrame
        The table `eselon_menurut_nama`.
    agency : str, optional
        Name of the agency, where no column says it; the name of the file by default.

    Raises
    ------
    DataError
        If the file or the mapping cannot be read, parents are said in two ways or in none, or a
        unit occurs twice or names a parent that is not there; names the rows.
    """
    said = (
        as_mapping(mapping, FIELDS, OPTIONS, what="mapping")
        if isinstance(mapping, dict)
        else read_mapping(mapping, FIELDS, OPTIONS)
    )
    _refuse_choices(said)
    table = said.read(file)
    names, titles = _names(table, said)
    keys = _column(table, said, "unit", missing=names)
    _refuse_empty(table, said, keys)
    _refuse_twice(table, keys)
    inferred = inferred_from_titles(titles, beginnings, scope)
    given = _column(table, said, "eselon")
    offices = _column(table, said, "opd")
    agencies = _column(table, said, "instansi").fillna(agency or Path(file).stem)
    parents = _parents(
        table, said, keys, given.fillna(inferred["eselon"]), agencies + "\0" + offices.fillna("")
    )
    by_order = bool(said.options["pilihan"].get("induk_dari_urutan", False))
    units = pd.DataFrame(
        {
            "unit": keys,
            "induk": parents,
            "nama": names,
            "jenis": inferred["jenis"],
            "instansi": agencies,
            "lingkup": scope,
            "opd": offices,
            "eselon": given.fillna(inferred["eselon"]),
            "induk_disimpulkan": parents.notna() & by_order,
            "eselon_disimpulkan": given.isna() & inferred["eselon"].notna(),
        }
    )
    return OrganisationFile(
        units.reindex(columns=UNIT_COLUMNS[1:]).astype({"peran": "str"}),
        table.account.plus(_notes(units)),
    )


def _column(
    table: OfficeTable, said: ColumnMapping, field: str, missing: pd.Series | None = None
) -> pd.Series:
    """Return a field as text; where the mapping lacks it, `missing`, or nothing."""
    if field in said.columns:
        return table.texts(said.columns[field][0])
    if missing is not None:
        return missing
    return pd.Series(None, index=pd.Index(table.rows, name="row"), dtype="str")


def _names(table: OfficeTable, said: ColumnMapping) -> tuple[pd.Series, pd.Series]:
    """Return the names of units, and what echelons are inferred from: titles, or the names."""
    if "nama" not in said.columns and "kepala" not in said.columns:
        raise DataError(
            f"{said.what}, [kolom]: nama is missing. Write which heading has the names of units, "
            "or with kepala which has the titles of their heads."
        )
    titles = _column(table, said, "kepala")
    from_titles = titles.map(unit_name, na_action="ignore").astype("str")
    names = _column(table, said, "nama", missing=from_titles).fillna(from_titles)
    if names.isna().any():
        raise DataError(
            f"{table.what}, {row_or_rows(names.index[names.isna()].tolist())}: the unit has no "
            "name. Write it, or leave the row out with baris under [berkas] of the mapping."
        )
    return names, titles.fillna(names)


def _parents(
    table: OfficeTable,
    said: ColumnMapping,
    keys: pd.Series,
    echelons: pd.Series,
    groups: pd.Series,
) -> pd.Series:
    second, choices = said.options["induk"], said.options["pilihan"]
    by_order = choices.get("induk_dari_urutan", False)
    ways = [
        name
        for name, used in (
            ("induk under [kolom]", "induk" in said.columns),
            ("the table [induk]", bool(second)),
            ("induk_dari_urutan under [pilihan]", by_order),
        )
        if used
    ]
    if len(ways) != 1:
        found = f"{' and '.join(ways)} both do" if ways else "nothing does"
        raise DataError(
            f"{said.what}: one thing must say who stands above whom, and {found}. Map the column "
            "induk, or give the second file in [induk], or say induk_dari_urutan = true."
        )
    if by_order:
        levels = echelons.str.extract(r"^(?:eselon\s*)?(IV|V|I{1,3})\b", expand=False, flags=2)
        lacking = levels.index[levels.isna()]
        if lacking.size:
            raise DataError(
                f"{table.what}, {row_or_rows(lacking.tolist())}: no echelon I to V, so that the "
                "order of the rows does not tell the parents. Map eselon, or give the parents."
            )
        return parents_from_order(keys, levels.str.upper(), groups)
    if second:
        parents, rows = _from_second(table, said, keys)
    else:
        parents = table.texts(said.columns["induk"][0])
        rows = pd.Series(parents.index, index=parents.index)
    return _checked(table, keys, parents, rows, top=bool(choices.get("diri_sendiri_puncak", False)))


def _from_second(
    table: OfficeTable, said: ColumnMapping, keys: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """Return the parent of each unit by a second file, and the row of it that says so."""
    second = said.options["induk"]
    unknown = sorted(set(second) - {"berkas", *OF_PARENTS})
    lacking = [key for key in ("berkas", *OF_PARENTS) if not isinstance(second.get(key), str)]
    if unknown or lacking:
        raise DataError(
            f"{said.what}, [induk]: expected berkas, unit and induk, a text each"
            + (f"; {some(lacking)} is missing" if lacking else "")
            + (f"; {some(unknown)} is not known" if unknown else "")
            + '. Write such as berkas = "hubungan.csv".'
        )
    wanted = (second["unit"], second["induk"])
    relations = read_office_table(table.file.parent / second["berkas"], wanted=wanted)
    children, above = (relations.texts(heading) for heading in wanted)
    stray = children.index[~children.isin(keys)]
    if stray.size:
        raise DataError(
            f"{relations.what}, {row_or_rows(stray.tolist())}, column {second['unit']!r}: "
            f"{some(masked(str(child)) for child in children[stray])} is no unit of "
            f"{table.what}. Correct the code, or take the row out."
        )
    pairs = pd.DataFrame({"unit": children, "induk": above}).drop_duplicates()
    twice = pairs[pairs.duplicated("unit", keep=False)]
    if not twice.empty:
        unit = twice["unit"].iloc[0]
        rows = twice.index[twice["unit"] == unit].tolist()
        raise DataError(
            f"{relations.what}, {row_or_rows(rows)}: the unit {masked(str(unit))} has "
            f"{len(rows)} parents. Keep the one that holds on the day of the data."
        )
    found = pairs.set_index("unit")["induk"].reindex(keys).set_axis(keys.index)
    return found, pd.Series(keys.index, index=keys.index)


def _checked(
    table: OfficeTable, keys: pd.Series, parents: pd.Series, rows: pd.Series, *, top: bool
) -> pd.Series:
    """Return parents of which each is a unit of the file, and none its own."""
    own = parents == keys
    if own.any() and not top:
        raise DataError(
            f"{table.what}, {row_or_rows(rows[own].tolist())}: the unit names itself as its "
            "parent. Where that means the top, say diri_sendiri_puncak = true under [pilihan] of "
            "the mapping; otherwise write the unit above it."
        )
    found = parents.mask(own)
    lost = found.notna() & ~found.isin(keys)
    if lost.any():
        raise DataError(
            f"{table.what}, {row_or_rows(rows[lost].tolist())}: "
            f"{some(masked(str(parent)) for parent in found[lost])} is given as the parent and is "
            "no unit of the file. Add its row, correct the code, or leave the cell empty where the "
            "unit is at the top."
        )
    return found


def _refuse_choices(said: ColumnMapping) -> None:
    chosen = said.options["pilihan"]
    unknown = sorted(set(chosen) - _CHOICES)
    wrong = [name for name, value in chosen.items() if not isinstance(value, bool)]
    if unknown or wrong:
        raise DataError(
            f"{said.what}, [pilihan]: {some(unknown or wrong)} is not known or not true or false; "
            f"there are {', '.join(sorted(_CHOICES))}, each true or false."
        )


def _refuse_empty(table: OfficeTable, said: ColumnMapping, keys: pd.Series) -> None:
    empty = keys.index[keys.isna()]
    if empty.size:
        heading = said.columns["unit"][0]
        raise DataError(
            f"{table.what}, {row_or_rows(empty.tolist())}, column {heading!r}: the unit has no "
            "code. Write one, or leave unit out of the mapping where the names tell units apart."
        )


def _refuse_twice(table: OfficeTable, keys: pd.Series) -> None:
    again = keys[keys.duplicated(keep=False)]
    if not again.empty:
        first = again.iloc[0]
        others = again.nunique() - 1
        more = f" So do {others} others." if others else ""
        raise DataError(
            f"{table.what}, {row_or_rows(keys.index[keys == first].tolist())}: the unit "
            f"{masked(str(first))} occurs more than once.{more} Keep one row; where these are "
            "different units of one name, map a column of codes as unit."
        )


def _notes(units: pd.DataFrame) -> list[Note]:
    size: dict[str, object] = {
        "units": len(units),
        "tops": int(units["induk"].isna().sum()),
        "parents": int(units["induk_disimpulkan"].sum()),
        "echelons": int(units["eselon_disimpulkan"].sum()),
        "without": int(np.count_nonzero(units["eselon"].isna())),
    }
    return [Note("numbers", "tree", values=size)]
