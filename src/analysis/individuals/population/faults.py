"""Faults that real extracts have, planted on request so that validation can be scored.

Each fault changes one row (or adds a copy of it) and names the rules that the row then breaks, by
the keys of `analysis.individuals.validation`. What was planted is told in the manifest, by fault,
and row by row in `faults.parquet` beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.arrays import BoolArray, IntArray

Row: TypeAlias = dict[str, Any]
_DAY: Final = np.timedelta64(1, "D")
_NOBODY: Final = "F" * 32  # no agency or unit of a population has it


@dataclass(frozen=True)
class Fault:
    """A fault of one row.

    Attributes
    ----------
    table, name : str
    rules : tuple of str
        Rules of the table that the row breaks.
    change : callable
        Takes a row; returns the columns to change.
    where : callable
        Takes the table; returns the rows that can have it.
    copies : bool
        Whether the row stays and a changed copy is added; rules of keys then hold for both.
    """

    table: str
    name: str
    rules: tuple[str, ...]
    change: Callable[[Row], Row]
    where: Callable[[pa.Table], pa.Array] | None = None
    copies: bool = False


@dataclass(frozen=True)
class Planted:
    """Rows with a fault.

    Attributes
    ----------
    fault : Fault
    rows : ndarray of int
        Rows of the table as it came out.
    """

    fault: Fault
    rows: IntArray


def _set(**values: Any) -> Callable[[Row], Row]:
    return lambda _: values


def _nip(change: Callable[[str], str]) -> Callable[[Row], Row]:
    return lambda row: {"nipBaru": change(row["nipBaru"])}


def _shifted(name: str, days: int, of: str = "") -> Callable[[Row], Row]:
    return lambda row: {name: _day(row[of or name]) + days * _DAY}


def _day(value: Any) -> np.datetime64:
    return np.datetime64(value, "D")


def _unknown(name: str) -> Callable[[Row], Row]:
    """Return a change to an identifier that nothing has: those of a population are digits."""
    return lambda row: {name: f"F{row[name][1:]}"}


def _next_day(row: Row) -> Row:
    """Return another birthday in the same month, so that the pension stays right."""
    step = 1 if row["tglLahir"].day < 28 else -1
    return {"tglLahir": _day(row["tglLahir"]) + step * _DAY}


def _month_before(row: Row) -> Row:
    month = _day(row["tmtCpns"]).astype("datetime64[M]") - 1
    return {"tmtCpns": month.astype("datetime64[D]")}


def _month_later(row: Row) -> Row:
    month = _day(row["tmtPensiun"]).astype("datetime64[M]") + 1
    return {"tmtPensiun": month.astype("datetime64[D]")}


def _at_fifteen(row: Row) -> Row:
    month = _day(row["tglLahir"]).astype("datetime64[M]") + 15 * 12
    return {"tmtCpns": month.astype("datetime64[D]")}


def _elsewhere(row: Row) -> Row:
    return {"kabkota": "31.71" if row["provinsi"] != "31" else "32.73"}


def _post_moved(row: Row) -> Row:
    return {
        "jabatanFungsionalUmumId": row["jabatanFungsionalId"],
        "jabatanFungsionalId": None,
    }


def _pns(table: pa.Table) -> pa.Array:
    return pc.equal(table["statusPegawai"].cast(pa.string()), "PNS")


def _own_pns(table: pa.Table) -> pa.Array:
    same = pc.equal(
        table["instansiIndukId"].cast(pa.string()), table["instansiKerjaId"].cast(pa.string())
    )
    return pc.and_(_pns(table), same)


def _of_kind(code: str) -> Callable[[pa.Table], pa.Array]:
    return lambda table: pc.equal(table["jenisJabatanId"].cast(pa.string()), code)


def _pension_far(table: pa.Table) -> pa.Array:
    later = np.datetime64("2027-01-01")
    return pc.and_(
        _pns(table), pc.greater(table["tmtPensiun"], pa.scalar(later.item(), pa.date32()))
    )


def _of_people(name: str, *rules: str) -> tuple[str, str, tuple[str, ...]]:
    return "people", name, tuple(f"people.{rule}" for rule in (name, *rules))


_PEOPLE: Final = (
    Fault(*_of_people("nip_form"), _nip(lambda nip: nip[:-1])),
    Fault(*_of_people("nip_rounded"), _nip(lambda nip: f"{nip[:-3]}000")),
    Fault(
        *_of_people("nip_birth_invalid", "nip_birth_differs"),
        _nip(lambda nip: f"{nip[:4]}13{nip[6:]}"),
    ),
    Fault(*_of_people("nip_birth_differs"), _next_day),
    Fault(*_of_people("nip_start_invalid"), _nip(lambda nip: f"{nip[:12]}13{nip[14:]}"), _pns),
    Fault(*_of_people("nip_start_differs"), _month_before, _pns),
    Fault(*_of_people("nip_sex_invalid"), _nip(lambda nip: f"{nip[:14]}3{nip[15:]}")),
    Fault(
        *_of_people("birth_implausible", "nip_birth_differs", "pension_differs"),
        _set(tglLahir=np.datetime64("1901-01-02")),
    ),
    Fault(*_of_people("start_too_young", "nip_start_differs"), _at_fifteen, _pns),
    Fault(
        *_of_people("start_future", "post_before_start", "nip_start_differs"),
        _shifted("tmtCpns", -31, "tmtPensiun"),
        _pension_far,
    ),
    Fault(*_of_people("post_before_start"), _shifted("tmtJabatan", -400, "tmtCpns")),
    Fault(*_of_people("post_future"), _shifted("tmtJabatan", -31, "tmtPensiun"), _pension_far),
    Fault(
        *_of_people("pension_before_start", "pension_differs"),
        _shifted("tmtPensiun", -30, "tmtCpns"),
    ),
    Fault(*_of_people("pension_differs"), _month_later),
    Fault(*_of_people("golongan_of_other_status"), _set(golRuangAkhir="IX"), _pns),
    Fault(*_of_people("echelon_missing"), _set(eselonId=None), _of_kind("1")),
    Fault(*_of_people("echelon_unexpected"), _set(eselonId="41"), _of_kind("4")),
    Fault(
        *_of_people("echelon_level_differs"),
        lambda row: {"eselonLevel": row["eselonLevel"] % 5 + 1},
        _of_kind("1"),
    ),
    Fault(
        *_of_people("several_posts", "post_of_other_kind"),
        _set(jabatanFungsionalUmumId="0" * 32),
        _of_kind("1"),
    ),
    Fault(*_of_people("post_of_other_kind"), _post_moved, _of_kind("2")),
    Fault(*_of_people("not_in_service"), _set(kedudukanPnsId="66")),
    Fault(*_of_people("seconded_unmarked"), _set(instansiIndukId=_NOBODY), _own_pns),
    Fault(*_of_people("unit_unknown"), _unknown("unorId")),
    Fault(*_of_people("parent_unit_unknown"), _unknown("unorIndukId")),
    Fault(*_of_people("code_tkPendidikanTerakhir"), _set(tkPendidikanTerakhir="5")),
    Fault(*_of_people("code_jenisKelamin"), _set(jenisKelamin="L")),
    Fault(
        *_of_people("code_golRuangAkhir", "golongan_of_other_status"),
        _set(golRuangAkhir="III-d"),
        _pns,
    ),
    Fault(*_of_people("range_bupPensiun", "pension_differs"), _set(bupPensiun=85)),
    Fault(*_of_people("filler_date"), _set(tmtJabatan=np.datetime64("1900-01-01"))),
    Fault(*_of_people("place_differs"), _elsewhere),
    Fault(*_of_people("code_provinsi", "place_differs"), _set(provinsi="99")),
    Fault(*_of_people("repeated_row"), _set(), copies=True),
    Fault(*_of_people("repeated_key"), _set(unorNama="Unit lain"), copies=True),
)
_POSTS: Final = (
    Fault("posts", "unit_unknown", ("posts.unit_unknown",), _unknown("unorId")),
    Fault("posts", "range_kebutuhan", ("posts.range_kebutuhan",), _set(kebutuhan=-1)),
    Fault("posts", "range_bezetting", ("posts.range_bezetting",), _set(bezetting=-2)),
    Fault("posts", "range_kelas", ("posts.range_kelas",), _set(kelas=18)),
)
_TRAINING: Final = (
    Fault("training", "person_unknown", ("training.person_unknown",), _set(nipBaru="1" * 18)),
    Fault("training", "range_jumlahJam", ("training.range_jumlahJam",), _set(jumlahJam=10_000.0)),
    Fault(
        "training",
        "end_before_start",
        ("training.end_before_start",),
        _shifted("tanggalSelesai", -3, "tanggal"),
    ),
    Fault(
        "training",
        "year_differs",
        ("training.year_differs",),
        lambda row: {"tahun": row["tahun"] - 1},
    ),
    Fault(
        "training", "code_jenisDiklatId", ("training.code_jenisDiklatId",), _set(jenisDiklatId="99")
    ),
)
_UNITS: Final = (
    Fault("units", "own_parent", ("units.own_parent",), lambda row: {"DiatasanId": row["Id"]}),
    Fault(
        "units",
        "parent_unknown",
        ("units.parent_unknown",),
        lambda row: {"DiatasanId": f"F{row['Id'][1:]}"},
    ),
    Fault(
        "units",
        "parent_of_other_agency",
        ("units.parent_of_other_agency",),
        _set(InstansiId=_NOBODY),
    ),
    Fault("units", "code_EselonId", ("units.code_EselonId",), _set(EselonId="4")),
)
FAULTS: Final[Mapping[str, tuple[Fault, ...]]] = {
    "people": _PEOPLE,
    "units": _UNITS,
    "posts": _POSTS,
    "training": _TRAINING,
}


def plant(
    name: str, table: pa.Table, share: float, rng: np.random.Generator
) -> tuple[pa.Table, list[Planted]]:
    """Return a table with faults in a share of its rows, and where they are.

    Parameters
    ----------
    name : str
        Of the table.
    table : pyarrow.Table
    share : float
        Of the rows, 0 to 1. No row has two faults; every fault gets an equal part of them, as far
        as there are rows that can have it.
    rng : Generator

    Returns
    -------
    Table
        As it was but for these rows; copies stand at its end.
    list of Planted
    """
    free = _can(name, table)
    left = round(share * table.num_rows)
    order = rng.permutation(table.num_rows)
    planted: list[Planted] = []
    changes: dict[str, dict[int, Any]] = {}
    copies: list[Row] = []
    able = {fault.name: _able(fault, table) for fault in FAULTS[name]}
    turns = sorted(FAULTS[name], key=lambda fault: int(able[fault.name].sum()))
    for turn, fault in enumerate(turns):
        number = left // (len(turns) - turn) + int(rng.random() < left / (len(turns) - turn) % 1)
        rows = order[(free & able[fault.name])[order]][: min(number, left)]
        if not rows.size:
            continue
        free[rows] = False
        left -= rows.size
        places = rows.tolist()
        originals = table.take(pa.array(rows)).to_pylist()
        for place, row in zip(places, originals, strict=True):
            changed = fault.change(row)
            if fault.copies:
                copies.append(row | changed)
            else:
                for column, value in changed.items():
                    changes.setdefault(column, {})[place] = value
        if fault.copies:
            added = table.num_rows + len(copies) - rows.size + np.arange(rows.size)
            both = np.concatenate([rows, added]) if fault.name == "repeated_key" else added
            planted.append(Planted(fault, both))
        else:
            planted.append(Planted(fault, rows))
    for column, cells in changes.items():
        table = _changed(table, column, cells)
    if copies:
        table = pa.concat_tables([table, _rows_like(table, copies)]).unify_dictionaries()
    return table, planted


def _able(fault: Fault, table: pa.Table) -> BoolArray:
    """Return the rows that can have a fault."""
    if fault.where is None:
        return np.ones(table.num_rows, dtype=np.bool_)
    found: BoolArray = pc.fill_null(fault.where(table), False).to_numpy(zero_copy_only=False)
    return found


def _can(name: str, table: pa.Table) -> BoolArray:
    """Return the rows that can have a fault: of units only those that no unit is below."""
    if name != "units":
        return np.ones(table.num_rows, dtype=np.bool_)
    above = pc.is_in(table["Id"], value_set=pc.drop_null(table["DiatasanId"].combine_chunks()))
    root = pc.is_null(table["DiatasanId"])
    found: BoolArray = pc.invert(pc.or_(above, root)).to_numpy(zero_copy_only=False)
    return found


def _changed(table: pa.Table, column: str, cells: dict[int, Any]) -> pa.Table:
    """Return a table with other values in some cells of a column."""
    field = table.schema.field(column)
    plain = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    mask = np.zeros(table.num_rows, dtype=np.bool_)
    mask[list(cells)] = True
    values = pa.array([_plain(cells[place]) for place in sorted(cells)], plain)
    whole = table[column].combine_chunks().cast(plain)
    found = pc.replace_with_mask(whole, pa.array(mask), values)
    if plain != field.type:
        found = found.dictionary_encode()
    return table.set_column(table.schema.get_field_index(column), column, found)


def _rows_like(table: pa.Table, rows: list[Row]) -> pa.Table:
    """Return rows as a table of the same types."""
    columns = []
    for field in table.schema:
        dictionary = pa.types.is_dictionary(field.type)
        plain = field.type.value_type if dictionary else field.type
        column = pa.array([_plain(row[field.name]) for row in rows], plain)
        columns.append(column.dictionary_encode() if dictionary else column)
    return pa.table(columns, names=table.column_names)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.datetime64) else value
