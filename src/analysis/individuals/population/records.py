"""The tables of a province: people, the units they work in, the posts of these units."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.individuals.population.agencies import Places
from analysis.individuals.population.assumptions import assumed, numbers
from analysis.individuals.population.careers import Careers
from analysis.individuals.population.columns import days, same, table_of, worded
from analysis.individuals.population.forest import KINDS, Forest, as_arrays
from analysis.individuals.population.kinds import (
    ALL_GOLONGAN,
    ECHELONS,
    EDUCATION_CODES,
    LEVELS,
    POST_LIST,
    SEXES,
    STATUSES,
)
from analysis.individuals.population.occupations import JENJANG, Occupations
from analysis.individuals.population.placement import People
from analysis.individuals.schema import TABLES, code_lists

_OWN_KIND: Final = {"pusat": "1", "provinsi": "10", "kabkota": "15"}
_SECONDED_KIND: Final = {"pusat": "3", "provinsi": "5", "kabkota": "7"}
_BATCH: Final = 131_072  # people of a row group
_AWAY: Final = ("1", "3", "2")  # legal standing: active, on study leave, on unpaid leave
_KIND_IDS: Final = ("1", "2", "4")  # structural, functional, pelaksana
_KIND_OF_POST: Final = np.array(
    [0 if post in ECHELONS else 2 if post == "pelaksana" else 1 for _, post in POST_LIST]
)
_FAMILIES: Final = ("guru", "kesehatan", "teknis", "pelaksana")
_FAMILY_OF_POST: Final = np.array(
    [_FAMILIES.index(post) if post in _FAMILIES else -1 for _, post in POST_LIST]
)


@dataclass(frozen=True, eq=False)
class Names:
    """Words that stand in many rows.

    Attributes
    ----------
    agencies : tuple of str
        Names by number.
    central : tuple of int
        Numbers of the central agencies.
    places : Places
    occupations : Occupations
    """

    agencies: tuple[str, ...]
    central: tuple[int, ...]
    places: Places
    occupations: Occupations


def unit_ids(agencies: IntArray, first: int) -> list[str]:
    """Return the identifiers of units: 32 digits, agency and number of the unit."""
    return [
        f"{agency:04d}{number:028d}" for number, agency in enumerate(agencies.tolist(), start=first)
    ]


def agency_id(number: int) -> str:
    """Return the identifier of an agency: 32 digits that no agency of SIASN has."""
    return f"{number:032d}"


def people_tables(
    names: Names,
    people: People,
    forest: Forest,
    nips: pa.Array,
    lives: Careers,
    title: IntArray,
    retire_at: IntArray,
    rng: np.random.Generator,
) -> Iterator[pa.Table]:
    """Yield the people of a province, some at a time."""
    units = as_arrays(forest)
    words = _Words(names, forest, unit_ids(units["agencies"], forest.first))
    for start in range(0, len(people), _BATCH):
        rows = slice(start, start + _BATCH)
        yield _people_table(
            words,
            people.part(rows),
            units,
            nips[rows],
            lives.part(rows),
            title[rows],
            retire_at[rows],
            rng,
        )


class _Words:
    """The words that people of a province share."""

    def __init__(self, names: Names, forest: Forest, ids: list[str]) -> None:
        codes = code_lists()
        employment, standing, kind, echelon = (
            codes.of(name)
            for name in ("jenis_pegawai", "kedudukan_hukum", "jenis_jabatan", "eselon")
        )
        self.employment = [*_OWN_KIND.values(), *_SECONDED_KIND.values()]
        self.employment_names = [employment[code] for code in self.employment]
        self.standing_names = [standing[code] for code in _AWAY]
        self.kind_names = [kind[code] for code in _KIND_IDS]
        self.echelon_names = [echelon[code] for code in ECHELONS]
        self.agency_ids = [agency_id(i) for i in range(len(names.agencies))]
        self.agencies = names.agencies
        self.central = np.array(names.central)
        self.titles = names.occupations.titles
        self.title_ids = names.occupations.ids
        self.posts = [*self.titles, *forest.heads]
        self.ids, self.units, self.first = ids, forest.names, forest.first
        self.places = names.places
        self.provinces = [code[:2] for code in names.places.codes]


def _people_table(
    words: _Words,
    people: People,
    units: dict[str, IntArray],
    nips: pa.Array,
    lives: Careers,
    title: IntArray,
    retire_at: IntArray,
    rng: np.random.Generator,
) -> pa.Table:
    size = len(people)
    pns = np.array([status == "PNS" for status, _ in POST_LIST])[people.post]
    kind = _KIND_OF_POST[people.post]
    echelon = np.where(people.heads, units["echelons"][people.unit], -1)
    seconded = pns & (rng.random(size) < assumed("seconded")) & ~people.heads
    others = words.central[rng.integers(0, words.central.size, size)]
    origin = np.where(seconded, others, people.agency)
    standing = np.where(rng.random(size) < assumed("on_leave"), rng.integers(1, 3, size), 0)
    employment = np.where(pns, people.level + len(LEVELS) * seconded, -1)
    top = units["tops"][people.unit] - words.first
    head = np.where(people.heads, people.unit, -1)
    functional, executive = np.where(kind == 1, title, -1), np.where(kind == 2, title, -1)
    post = np.where(people.heads, len(words.titles) + people.unit, title)
    columns = {
        "nipBaru": nips,
        "jenisKelamin": worded(people.sex, SEXES),
        "tglLahir": days(lives.born),
        "statusPegawai": worded(np.where(pns, 0, 1), STATUSES),
        "jenisPegawaiId": worded(employment, words.employment),
        "jenisPegawaiNama": worded(employment, words.employment_names),
        "kedudukanPnsId": worded(standing, _AWAY),
        "kedudukanPnsNama": worded(standing, words.standing_names),
        "tkPendidikanTerakhir": worded(people.education, EDUCATION_CODES),
        "golRuangAkhir": worded(people.golongan, ALL_GOLONGAN),
        "tmtCpns": days(lives.appointed),
        "tmtPensiun": days(lives.pension),
        "bupPensiun": pa.array(retire_at),
        "instansiIndukId": worded(origin, words.agency_ids),
        "instansiIndukNama": worded(origin, words.agencies),
        "instansiKerjaId": worded(people.agency, words.agency_ids),
        "instansiKerjaNama": worded(people.agency, words.agencies),
        "satuanKerjaKerjaNama": worded(top, words.units),
        "unorId": worded(people.unit, words.ids),
        "unorNama": worded(people.unit, words.units),
        "unorIndukId": worded(top, words.ids),
        "unorIndukNama": worded(top, words.units),
        "jenisJabatanId": worded(kind, _KIND_IDS),
        "jenisJabatan": worded(kind, words.kind_names),
        "jabatanNama": worded(post, words.posts),
        "jabatanStrukturalId": worded(head, words.ids),
        "jabatanFungsionalId": worded(functional, words.title_ids),
        "jabatanFungsionalNama": worded(functional, words.titles),
        "jabatanFungsionalUmumId": worded(executive, words.title_ids),
        "jabatanFungsionalUmumNama": worded(executive, words.titles),
        "eselonId": worded(echelon, ECHELONS),
        "eselon": worded(echelon, words.echelon_names),
        "eselonLevel": pa.array(
            np.array([int(code[0]) for code in ECHELONS])[echelon], mask=echelon < 0
        ),
        "tmtJabatan": days(lives.in_post),
        "lokasiKerja": worded(people.place, words.places.names),
        "provinsi": worded(people.place, words.provinces),
        "kabkota": worded(people.place, words.places.codes),
    }
    return table_of(TABLES["people"], columns)


def levels_headed(people: People, forest: Forest) -> IntArray:
    """Return the level of echelon, 1 to 5, of the unit that each heads; 0 for who heads none."""
    levels = np.array([int(code[0]) for code in ECHELONS])
    echelons = as_arrays(forest)["echelons"][people.unit]
    return np.where(people.heads, levels[echelons], 0)


def is_functional(people: People) -> BoolArray:
    """Return who holds a functional post."""
    functional: BoolArray = _KIND_OF_POST[people.post] == 1
    return functional


def units_table(names: Names, forest: Forest, roots: dict[int, int]) -> pa.Table:
    """Return the units of a province.

    Parameters
    ----------
    names : Names
    forest : Forest
    roots : dict of int to int
        Agency of each root that stands in another forest, by number of the root.
    """
    units = as_arrays(forest)
    ids = unit_ids(units["agencies"], forest.first)
    parents = [
        None
        if parent < 0
        else ids[parent - forest.first]
        if parent >= forest.first
        else f"{roots[parent]:04d}{parent:028d}"
        for parent in units["parents"].tolist()
    ]
    return table_of(
        TABLES["units"],
        {
            "Id": pa.array(ids),
            "InstansiId": worded(
                units["agencies"], [agency_id(i) for i in range(len(names.agencies))]
            ),
            "DiatasanId": pa.array(parents, pa.string()),
            "EselonId": worded(units["echelons"], ECHELONS),
            "NamaUnor": pa.array(forest.names),
            "NamaJabatan": pa.array([head or None for head in forest.heads], pa.string()),
            "JenisUnorId": worded(units["kinds"], KINDS),
            "aktif": same("A", len(forest)),
            "provinsi": worded(units["places"], [code[:2] for code in names.places.codes]),
            "kabkota": worded(units["places"], names.places.codes),
        },
    )


def posts_table(
    names: Names,
    people: People,
    forest: Forest,
    title: IntArray,
    per_head: FloatArray,
    rng: np.random.Generator,
) -> pa.Table:
    """Return the posts of the units of a province, with people and need.

    A post that heads a unit is needed once. Of any other the need is its workload in hours by the
    effective working time of a year (PermenPANRB 1/2020; Peraturan BKN 9/2022, annex V), half a
    person and more rounded up; workload follows the population of the kabupaten or kota.

    Parameters
    ----------
    names, people, forest, title
        As elsewhere.
    per_head : ndarray, shape (4,)
        Staff of the country per inhabitant: guru, kesehatan, teknis, pelaksana.
    rng : Generator
    """
    units = as_arrays(forest)
    occupations = names.occupations
    ids = unit_ids(units["agencies"], forest.first)
    headed = np.flatnonzero(units["echelons"] >= 0)
    taken = np.bincount(people.unit[people.heads], minlength=len(forest))[headed]
    others = ~people.heads
    pairs = people.unit[others] * len(occupations.titles) + title[others]
    pair, member, staff = np.unique(pairs, return_index=True, return_counts=True)
    unit, what = np.divmod(pair, len(occupations.titles))
    family = _FAMILY_OF_POST[people.post[others][member]]
    need = _needed(names.places, people, units["places"][unit], family, staff, per_head, rng)
    by_echelon = numbers("class")
    classes = np.array([int(by_echelon[code]) for code in ECHELONS])
    all_units = np.concatenate([headed, unit])
    titles = [*occupations.titles, *forest.heads]
    which = np.concatenate([len(occupations.titles) + headed, what])
    kind = np.concatenate([np.zeros(headed.size, int), np.where(family == 3, 2, 1)])
    level = np.concatenate([np.full(headed.size, -1), occupations.jenjang[what]])
    order = np.lexsort((which, all_units))
    columns = {
        "unorId": worded(all_units[order], ids),
        "jabatan": worded(which[order], titles),
        "jenisJabatanId": worded(kind[order], _KIND_IDS),
        "jenjang": worded(level[order], JENJANG),
        "kelas": pa.array(
            np.concatenate([classes[units["echelons"][headed]], occupations.classes[what]])[order]
        ),
        "bezetting": pa.array(np.concatenate([taken, staff])[order]),
        "kebutuhan": pa.array(np.concatenate([np.ones(headed.size, int), need])[order]),
        "provinsi": worded(
            units["places"][all_units[order]], [code[:2] for code in names.places.codes]
        ),
        "kabkota": worded(units["places"][all_units[order]], names.places.codes),
    }
    return table_of(TABLES["posts"], columns)


def _needed(
    places: Places,
    people: People,
    place: IntArray,
    family: IntArray,
    staff: IntArray,
    per_head: FloatArray,
    rng: np.random.Generator,
) -> IntArray:
    """Return the people that the workload of each post needs."""
    members = _FAMILY_OF_POST[people.post]
    some = members >= 0
    there = np.zeros((len(places.codes), len(_FAMILIES)))
    np.add.at(there, (people.place[some], members[some]), 1.0)
    wanted = places.population[:, None] * per_head[None, :] * assumed("overall")
    ratio = np.divide(wanted, there, out=np.ones_like(wanted), where=there > 0)
    least = assumed("lowest")
    pressure = np.clip(ratio, least, 1 / least)[place, family]
    spread = assumed("spread")
    noise = np.exp(spread * rng.standard_normal(staff.size) - spread**2 / 2)
    hours = assumed("hours")
    workload = hours * staff * pressure * noise
    found: IntArray = np.floor(workload / hours + 0.5).astype(np.int64)
    return found


def staff_per_inhabitant(people_by_post: IntArray, population: float) -> FloatArray:
    """Return the staff of each family per inhabitant.

    Parameters
    ----------
    people_by_post : ndarray of int
        Of the whole population, in the order of `POST_LIST`.
    population : float
        Inhabitants of the provinces it is of.
    """
    known = _FAMILY_OF_POST >= 0
    staff = np.bincount(_FAMILY_OF_POST[known], weights=people_by_post[known])
    return staff / population
