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
_MONTH: Final = np.timedelta64(1, "M")
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
    pairing : Pairing, optional
        With whom the row is changed, in place of `change`.
    """

    table: str
    name: str
    rules: tuple[str, ...]
    change: Callable[[Row], Row]
    where: Callable[[pa.Table], pa.Array] | None = None
    copies: bool = False
    pairing: "Pairing | None" = None


@dataclass(frozen=True)
class Pairing:
    """A second row that a fault needs.

    Attributes
    ----------
    partners : callable
        Takes the table and which rows are free; returns the partner of each row, or -1.
    change : callable
        Takes a row and its partner; returns the columns to change of each.
    both : bool
        Whether both break the rules, or the row only.
    """

    partners: Callable[[pa.Table, BoolArray], IntArray]
    change: Callable[[Row, Row], tuple[Row, Row]]
    both: bool


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
    month = _day(row["tmtCpns"]).astype("datetime64[M]") - _MONTH
    return {"tmtCpns": month.astype("datetime64[D]")}


def _month_later(row: Row) -> Row:
    month = _day(row["tmtPensiun"]).astype("datetime64[M]") + _MONTH
    return {"tmtPensiun": month.astype("datetime64[D]")}


def _at_fifteen(row: Row) -> Row:
    month = _day(row["tglLahir"]).astype("datetime64[M]") + 15 * 12 * _MONTH
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


def _siblings(table: pa.Table, free: BoolArray) -> IntArray:
    """Return for every other free unit another one under the same parent."""
    parents = table["DiatasanId"].combine_chunks().dictionary_encode().indices
    codes = pc.fill_null(parents, -1).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(free & (codes >= 0))
    rows = rows[np.argsort(codes[rows], kind="stable")]
    first, second = rows[:-1:2], rows[1::2]
    found = np.full(table.num_rows, -1, dtype=np.int64)
    same = codes[first] == codes[second]
    found[first[same]] = second[same]
    return found


def _office_siblings(table: pa.Table, free: BoolArray) -> IntArray:
    """Return siblings of which none is a school or puskesmas: these must stand under others."""
    kinds = table["JenisUnorId"].cast(pa.string())
    apart = pc.is_in(kinds, value_set=pa.array(["sekolah", "puskesmas"]))
    return _siblings(table, free & ~apart.to_numpy(zero_copy_only=False))


def _only_parents(table: pa.Table, free: BoolArray) -> IntArray:
    """Return the parent of each free unit that is the only one under it."""
    parents = table["DiatasanId"].combine_chunks()
    places = pc.fill_null(pc.index_in(parents, value_set=table["Id"].combine_chunks()), -1)
    found = places.to_numpy(zero_copy_only=False).astype(np.int64)
    children = np.bincount(found[found >= 0], minlength=table.num_rows)
    alone = (found >= 0) & (children[found] == 1)
    return np.where(alone & free, found, -1)


def _roots(table: pa.Table, free: BoolArray) -> IntArray:
    """Return the root of its agency for each free unit, where it is in the table."""
    owners = table["InstansiId"].cast(pa.string()).combine_chunks()
    roots = np.flatnonzero(pc.is_null(table["DiatasanId"]).to_numpy(zero_copy_only=False))
    place = pc.fill_null(pc.index_in(owners, value_set=owners.take(pa.array(roots))), -1)
    which = place.to_numpy(zero_copy_only=False).astype(np.int64)
    if not roots.size:
        return np.full(table.num_rows, -1, dtype=np.int64)
    return np.where(free & (which >= 0), roots[which], -1)


def _other_offices(table: pa.Table, free: BoolArray) -> IntArray:
    """Return for each free school an office of its agency that has not to do with education."""
    names = table["NamaUnor"].to_pylist()
    kinds = table["JenisUnorId"].cast(pa.string()).to_pylist()
    owners = table["InstansiId"].cast(pa.string()).to_pylist()
    offices: dict[str, int] = {}
    for row, (name, kind, owner) in enumerate(zip(names, kinds, owners, strict=True)):
        if kind == "perangkat" and "pendidikan" not in name.casefold() and not free[row]:
            offices.setdefault(owner, row)
    schools = ("SD/", "SMA/")
    return np.array(
        [
            offices.get(owner, -1) if free[row] and name.startswith(schools) else -1
            for row, (name, owner) in enumerate(zip(names, owners, strict=True))
        ],
        dtype=np.int64,
    )


def _of_pairs(
    name: str,
    partners: Callable[[pa.Table, BoolArray], IntArray],
    change: Callable[[Row, Row], tuple[Row, Row]],
    *,
    both: bool,
) -> Fault:
    pairing = Pairing(partners, change, both)
    return Fault("units", name, (f"units.{name}",), _set(), pairing=pairing)


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
    _of_pairs(
        "circle",
        _office_siblings,
        lambda one, two: ({"DiatasanId": two["Id"]}, {"DiatasanId": one["Id"]}),
        both=True,
    ),
    _of_pairs(
        "name_twice", _siblings, lambda _, two: ({"NamaUnor": two["NamaUnor"]}, {}), both=True
    ),
    _of_pairs("parent_abolished", _only_parents, lambda _, __: ({}, {"aktif": "T"}), both=False),
    _of_pairs("several_roots", _roots, lambda _, __: ({"DiatasanId": None}, {}), both=True),
    _of_pairs(
        "parent_of_other_office",
        _other_offices,
        lambda _, office: ({"DiatasanId": office["Id"]}, {}),
        both=False,
    ),
)
FAULTS: Final[Mapping[str, tuple[Fault, ...]]] = {
    "people": _PEOPLE,
    "units": _UNITS,
    "posts": _POSTS,
    "training": _TRAINING,
}
