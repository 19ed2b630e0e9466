"""A job map (*peta jabatan*) as frames of units by job families."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.datasets.job_map.fields import FIELDS, YEARS
from analysis.datasets.job_map.moving import MovingRules
from analysis.datasets.job_map.posts import KEY, Source, post_values, rows_of
from analysis.datasets.job_map.similar import similar_names
from analysis.datasets.office_tables import Account, Note
from analysis.datasets.office_tables.account import row_or_rows
from analysis.datasets.office_tables.cells import masked, shown
from analysis.datasets.office_tables.mapping import ColumnMapping, as_mapping, read_mapping
from analysis.errors import DataError
from analysis.geography.names import NameIndex
from analysis.messages import counted, some
from analysis.totals import find_total

OPTIONS: dict[str, type] = {"ejaan": dict, "status": dict, "pilihan": dict}
"""Tables of a mapping besides [berkas] and [kolom]."""

_CHOICES = frozenset(
    {
        "ulang_ke_bawah",
        "kosong_nol",
        "keluarga",
        "bukan_jumlah",
        "kebutuhan_beberapa_baris",
        "minimum_beberapa_baris",
    }
)
_DEGREE = 111  # km from one parallel to the next
_FAMILY = ("jabatan", "jenjang")


@dataclass(frozen=True, eq=False, repr=False)
class JobMap:
    """Staff and need of units by job families, and what is known of who may move.

    Frames have one row for each unit and one column for each family, both in the order of the
    file. A post that a unit does not have is zero in all of them.

    Attributes
    ----------
    staff : DataFrame of int
        People (*bezetting*).
    need : DataFrame of float
        People needed (*kebutuhan*).
    movable : DataFrame of int
        People who may be moved: not those who stay by their status, by their years in the post, or
        because the file says so.
    minimum : DataFrame of int
        People who must stay at least; 0 where nothing is said.
    groups : Series of str, or None
        Group of each unit inside which people may move.
    coordinates : DataFrame, or None
        `latitude` and `longitude` of each unit in degrees.
    retirements : tuple of DataFrame of int
        People who retire in each of the next five years; empty where the file does not say.
    contracts : tuple of DataFrame of int
        PPPK whose contract ends in each of these years; empty where the file does not say.
    years : tuple of str
        Headings of the five years.
    families : DataFrame
        Index: family; `jabatan` and `jenjang` it is made of.
    has : frozenset of str
        Fields of the mapping: what is not among them the map cannot answer.
    account : Account
        How the file was read.

    Notes
    -----
    A plan takes it as ``FamilyUnits.of(found.staff, found.need)`` and
    ``Limits(releasable=found.releasable, within=found.groups)``.
    """

    staff: pd.DataFrame
    need: pd.DataFrame
    movable: pd.DataFrame
    minimum: pd.DataFrame
    groups: pd.Series | None
    coordinates: pd.DataFrame | None
    retirements: tuple[pd.DataFrame, ...]
    contracts: tuple[pd.DataFrame, ...]
    years: tuple[str, ...]
    families: pd.DataFrame
    has: frozenset[str]
    account: Account

    @property
    def releasable(self) -> pd.DataFrame:
        """People of each unit and family who may be moved and leave the minimum behind."""
        above = (self.staff - self.minimum).clip(lower=0)
        return self.movable.where(self.movable <= above, above)

    def __repr__(self) -> str:
        n, f = self.staff.shape
        people, need = int(self.staff.to_numpy().sum()), float(self.need.to_numpy().sum())
        return (
            f"{counted(n, 'unit')}, {counted(f, 'family', 'families')}: {people:,} staff, "
            f"need {need:,.6g}\n{self.account!r}"
        )

    def _repr_html_(self) -> str:
        return self.account._repr_html_()


def read_job_map(
    file: Path | str,
    mapping: Path | str | dict[str, Any],
    *,
    rules: MovingRules,
    places: NameIndex | None = None,
) -> JobMap:
    """Return the job map in a CSV or XLSX file, checked.

    Parameters
    ----------
    file : Path or str
    mapping : Path or str, or dict
        Mapping file, as `python -m analysis.datasets.job_map draft FILE` drafts it, or what it
        says.
    rules : MovingRules
        Who may be moved: see `moving_rules`.
    places : NameIndex, optional
        Names of kabupaten and kota: a unit whose name may mean two of them is a warning.

    Raises
    ------
    DataError
        If the file or the mapping cannot be read, has two readings, or a post is incomplete; the
        message names sheet, row and column, and what to do.
    """
    said = (
        as_mapping(mapping, FIELDS, OPTIONS, what="mapping")
        if isinstance(mapping, dict)
        else read_mapping(mapping, FIELDS, OPTIONS)
    )
    _refuse_choices(said)
    source = Source(said.read(file), said)
    return _job_map(source, rules, places)


def _job_map(source: Source, rules: MovingRules, places: NameIndex | None) -> JobMap:
    rows = rows_of(source, rules)
    need = post_values(source, rows, "kebutuhan")
    minimum = post_values(source, rows, "minimum") if "minimum" in source else 0.0 * need
    if (minimum % 1 != 0).any():
        raise DataError(
            f"{source.table.what}, column {source.heading('minimum')!r}: minimum must be "
            "whole people. Correct the column."
        )
    by = _family_of(source)
    families = rows[KEY].drop_duplicates(list(by)).assign(family=lambda f: _named(f, by))
    families = families.set_index("family")[["jabatan", "jenjang"]]
    if len(by) == 1:
        families = families.assign(jenjang="")

    def frame(values: pd.Series) -> pd.DataFrame:
        return _frame(values, rows, families.index, by)

    units = pd.Index(rows["unit"].unique())
    counted = rows.set_index(KEY)
    staff = frame(counted["staff"])
    found = frame(need)
    _refuse_total_unit(source, staff, found)
    return JobMap(
        staff=staff.astype(np.int64),
        need=found,
        movable=frame(counted["movable"]).astype(np.int64),
        minimum=frame(minimum).astype(np.int64),
        groups=_groups(source, rows, units),
        coordinates=_coordinates(source, rows, units),
        retirements=_by_year(counted, "pensiun", source, frame),
        contracts=_by_year(counted, "kontrak", source, frame),
        years=source.mapping.columns.get("pensiun", source.mapping.columns.get("kontrak", ())),
        families=families,
        has=frozenset(source.mapping.columns),
        account=source.table.account.plus(_notes(source, rows, rules, places, staff)),
    )


def _frame(
    values: pd.Series, rows: pd.DataFrame, families: "pd.Index[Any]", by: tuple[str, ...]
) -> pd.DataFrame:
    """Return values of posts as units by families, zero where a unit has no such post."""
    keys = values.index.to_frame(index=False)
    units = rows["unit"].unique()
    i = pd.Index(units).get_indexer(pd.Index(keys["unit"]))
    j = families.get_indexer(pd.Index(_named(keys, by)))
    matrix = np.zeros((units.size, families.size))
    np.add.at(matrix, (i, j), values.to_numpy(dtype=np.float64))
    return pd.DataFrame(
        matrix, index=pd.Index(units, name="unit"), columns=pd.Index(families, name="family")
    )


def _named(keys: pd.DataFrame, by: tuple[str, ...]) -> "pd.Series[str]":
    if by == ("jabatan",):
        return keys["jabatan"]
    if by == ("jenjang",):
        return keys["jenjang"]
    return (keys["jabatan"] + ", " + keys["jenjang"]).str.removesuffix(", ")


def _family_of(source: Source) -> tuple[str, ...]:
    """Return what a family is made of: post and class, or as the mapping says."""
    said = source.listed("keluarga") or ["jabatan", *(["jenjang"] if "jenjang" in source else [])]
    by = tuple(name for name in _FAMILY if name in said)
    if len(by) != len(said) or any(name not in source for name in by):
        raise DataError(
            f"{source.mapping.what}, [pilihan] keluarga = {said!r}: a family is made of fields "
            'under [kolom]: ["jabatan"], ["jenjang"] or ["jabatan", "jenjang"].'
        )
    return by


def _by_year(
    rows: pd.DataFrame, field: str, source: Source, frame: Any
) -> tuple[pd.DataFrame, ...]:
    if field not in source:
        return ()
    return tuple(frame(rows[f"{field}_{k}"]).astype(np.int64) for k in range(1, YEARS + 1))


def _groups(source: Source, rows: pd.DataFrame, units: "pd.Index[Any]") -> pd.Series | None:
    if "kelompok" not in source:
        return None
    groups = source.texts("kelompok", needed=True)
    return _one_each(source, rows, groups, "kelompok").reindex(units)


def _coordinates(source: Source, rows: pd.DataFrame, units: "pd.Index[Any]") -> pd.DataFrame | None:
    fields = [field for field in ("lintang", "bujur") if field in source]
    if not fields:
        return None
    if len(fields) == 1:
        raise DataError(f"{source.mapping.what}, [kolom]: lintang and bujur come together.")
    found = {}
    for field, name, most in (("lintang", "latitude", 90.0), ("bujur", "longitude", 180.0)):
        values = source.table.numbers(source.heading(field))
        wrong = values.abs() > most
        if wrong.any():
            row = int(wrong.index[wrong][0])
            raise DataError(
                f"{source.table.where(row, source.heading(field))}: {values[row]:.15g} is no "
                f"{field}, which is from -{most:g} to {most:g} degrees. Correct the cell; check "
                "whether lintang and bujur are mapped the wrong way round."
            )
        found[name] = _one_each(source, rows, values, field).reindex(units)
    frame = pd.DataFrame(found)
    if frame.isna().any(axis=None):
        lacking = frame.index[frame.isna().any(axis=1)]
        raise DataError(
            f"{source.table.what}: no coordinates for {some(lacking)}. Write them in one "
            "row of the unit, or leave lintang and bujur out of the mapping."
        )
    return frame


def _one_each(source: Source, rows: pd.DataFrame, values: pd.Series, field: str) -> pd.Series:
    """Return the one value that each unit has in a column."""
    known = values.notna()
    each = pd.DataFrame({"unit": rows["unit"], "value": values})[known]
    several = each.drop_duplicates()["unit"]
    if several.duplicated().any():
        unit = several[several.duplicated()].iloc[0]
        found = each[each["unit"] == unit].drop_duplicates("value")
        raise DataError(
            f"{source.table.what}, {row_or_rows(found.index.tolist())}, column "
            f"{source.heading(field)!r}: the unit {unit!r} has {len(found)} values of {field}, "
            f"{some(map(repr, found['value']))}. Correct them; where these are different units of "
            "one name, name them apart."
        )
    return each.drop_duplicates("unit").set_index("unit")["value"].rename(field)


def _refuse_total_unit(source: Source, staff: pd.DataFrame, need: pd.DataFrame) -> None:
    found = find_total(staff.index, staff.to_numpy().sum(axis=1), need.to_numpy().sum(axis=1))
    if found is None or staff.index[found] in source.listed("bukan_jumlah"):
        return
    unit = staff.index[found]
    raise DataError(
        f"{source.table.what}: the unit {unit!r} looks like the total of the others, which "
        "would count everyone twice. Name its rows under jumlah in [berkas] of the mapping; or, if "
        f'it is a unit of its own, add bukan_jumlah = ["{unit}"] under [pilihan].'
    )


def _refuse_choices(mapping: ColumnMapping) -> None:
    unknown = sorted(set(mapping.options["pilihan"]) - _CHOICES)
    if unknown:
        raise DataError(
            f"{mapping.what}, [pilihan]: {some(unknown)} is not known; there are "
            f"{', '.join(sorted(_CHOICES))}."
        )


def _notes(
    source: Source,
    rows: pd.DataFrame,
    rules: MovingRules,
    places: NameIndex | None,
    staff: pd.DataFrame,
) -> Iterator[Note]:
    has = source.mapping.columns
    size: dict[str, object] = {"units": len(staff), "families": staff.shape[1]}
    size["posts"] = len(rows[KEY].drop_duplicates())
    yield Note("numbers", "posts", values=size)
    yield from _similar(source, rows)
    everyone = int(rows["staff"].sum())
    stay = everyone - int(rows["movable"].sum())
    yield Note("numbers", "stay", values={"count": stay, "all": everyone})
    if rules.pppk_basis and {"status", "bezetting_pns", "bezetting_pppk"} & set(has):
        yield Note("numbers", "words", values={"text": rules.pppk_basis})
    if rules.years_basis and "masa_jabatan" in has:
        yield Note("numbers", "words", values={"text": rules.years_basis})
    if places is not None:
        yield from _two_places(rows, places)
    if {"lintang", "bujur"} <= set(has):
        degrees = [source.table.numbers(source.heading(f)) for f in ("lintang", "bujur")]
        if all((values.dropna() % 1 == 0).all() for values in degrees):
            yield Note("warning", "whole_degrees", values={"km": _DEGREE})


def _similar(source: Source, rows: pd.DataFrame) -> Iterator[Note]:
    """Yield a warning for each two names of posts that differ in one letter."""
    first = rows.drop_duplicates("jabatan").reset_index(names="row").set_index("jabatan")["row"]
    column = f"{source.table.at[source.table.position(source.heading('jabatan'))]}"
    for a, b in similar_names(first.index.tolist()):
        said: dict[str, object] = {"one": shown(a), "other": shown(b)}
        said |= {"right": masked(a), "wrong": masked(b)}
        yield Note("warning", "similar", (int(first[a]), int(first[b])), column, said)


def _two_places(rows: pd.DataFrame, places: NameIndex) -> Iterator[Note]:
    """Yield a warning for each unit whose name is that of a kabupaten and of a kota."""
    for unit, at in rows.groupby("unit", sort=False).groups.items():
        meant = places.meant(str(unit))
        if len(meant) > 1:
            said: dict[str, object] = {"text": shown(unit), "places": ", ".join(sorted(meant))}
            yield Note("warning", "two_places", tuple(int(row) for row in at), values=said)
