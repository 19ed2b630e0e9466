"""The forest of units: real first levels, below them the templates, schools and puskesmas."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

import numpy as np

from analysis.arrays import IntArray
from analysis.individuals.population.agencies import Agency, Places
from analysis.individuals.population.assumptions import assumed
from analysis.individuals.population.kinds import ECHELONS
from analysis.individuals.population.templates import Template, Templates

KINDS = (
    "instansi",
    "perangkat",
    "bagian",
    "kecamatan",
    "kelurahan",
    "sekolah",
    "puskesmas",
    "uptd",
)
_NONE = -1
_HIGHEST = (  # how units of eselon I are called
    "Direktorat Jenderal",
    "Sekretariat",
    "Deputi",
    "Kedeputian",
    "Inspektorat",
    "Badan",
    "Jaksa Agung Muda",
    "Kepaniteraan",
    "Staf Ahli",
)
_CODE = {code: i for i, code in enumerate(ECHELONS)}
_EXTRA = {  # what is added where an echelon has more people than the templates have posts
    "11": "Staf Ahli Utama",
    "12": "Staf Ahli Madya",
    "21": "Staf Ahli Pratama",
    "22": "Staf Ahli",
    "31": "Unit Pelaksana Teknis",
    "32": "Bidang Tambahan",
    "41": "UPTD",
    "42": "Subbagian Tata Usaha UPTD",
    "51": "Urusan Tata Usaha",
}


@dataclass(eq=False)
class Forest:
    """Units of a province, one list a column; numbers of units are those of the whole country.

    Attributes
    ----------
    first : int
        Number of the first unit.
    names, heads : list of str
        Of the unit; of the post of its head, empty where there is none.
    parents : list of int
        Number of the unit above; -1 at a root.
    echelons : list of int
        Position in `ECHELONS`; -1 without a head of an echelon.
    kinds : list of int
        Position in `KINDS`.
    agencies, places, tops : list of int
        Agency; kabupaten or kota; number of the first-level unit that it belongs to.
    """

    first: int
    names: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    echelons: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    agencies: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    tops: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.names)

    def add(
        self,
        name: str,
        parent: int,
        kind: str,
        agency: int,
        place: int,
        *,
        echelon: str = "",
        head: str = "",
        top: int = _NONE,
    ) -> int:
        """Add a unit; return its number."""
        number = self.first + len(self.names)
        self.names.append(name)
        self.heads.append((head or f"Kepala {name}") if echelon else "")
        self.parents.append(parent)
        self.echelons.append(_CODE.get(echelon, _NONE))
        self.kinds.append(KINDS.index(kind))
        self.agencies.append(agency)
        self.places.append(place)
        self.tops.append(number if top == _NONE else top)
        return number

    def add_tree(
        self, template: Template, keep: tuple[int, int], number: int, codes: dict[int, str]
    ) -> None:
        """Add what a template has below a unit, with echelons by level."""
        i = number - self.first
        name, agency, place, top = self.names[i], self.agencies[i], self.places[i], self.tops[i]
        numbers = {-1: number}
        for position in template.kept(*keep).tolist():
            unit = template.names[position]
            level = int(template.levels[position])
            code = codes[level]
            if code == "32" and unit.startswith(("Sekretariat", "Bagian")):
                code = "31"
            head = unit.replace("Sekretariat", "Sekretaris", 1)
            numbers[position] = self.add(
                f"{unit} {name}",
                numbers[int(template.parents[position])],
                "bagian",
                agency,
                place,
                echelon=code,
                head=f"{head} {name}" if head != unit else "",
                top=top,
            )

    def count(self, code: str) -> int:
        """Return the number of posts of an echelon."""
        return self.echelons.count(_CODE[code])


@dataclass(frozen=True)
class Demand:
    """Whom an agency must have places for.

    Attributes
    ----------
    teachers, health : int
    part : float
        Share of its real units that it is written with, up to one.
    """

    teachers: int
    health: int
    part: float


def add_regional(
    forest: Forest,
    agency: Agency,
    places: Places,
    templates: Templates,
    demand: Demand,
    keep: tuple[int, int],
) -> None:
    """Add the units of a province, kabupaten or kota."""
    local = agency.level == "kabkota"
    here = places.codes.index(agency.kabkota) if local else places.capitals[agency.province]
    top = "22" if local else "21"
    codes = {2: "22", 3: "32" if local else "31", 4: "41"}
    root = forest.add(agency.name, -1, "instansi", agency.number, here)
    units = agency.units[: max(1, ceil(demand.part * len(agency.units)))]
    schools_under = health_under = root
    for name in units:
        secretariat = name.startswith("Sekretariat Daerah")
        echelon = ("21" if local else "12") if secretariat else top
        number = forest.add(
            name,
            root,
            "perangkat",
            agency.number,
            here,
            echelon=echelon,
            head=_head(name, secretariat),
        )
        if secretariat:
            _add_secretariat(forest, templates, number, keep, local)
        else:
            forest.add_tree(templates.nearest(name), keep, number, codes)
        if "Pendidikan" in name and name.startswith("Dinas"):
            schools_under = number
        if "Kesehatan" in name and name.startswith("Dinas"):
            health_under = number
    if local:
        _add_areas(forest, agency, places, here, root, demand.part)
    spread = [here] if local else places.within(agency.province)
    _add_schools(forest, agency, places, schools_under, demand.teachers, spread)
    _add_health(forest, agency, health_under, demand.health, here)


def add_central(
    forest: Forest,
    agency: Agency,
    places: Places,
    templates: Templates,
    root: int,
    province: str,
    demand: Demand,
) -> None:
    """Add the units that a central agency has in a province: head office, or offices outside."""
    capital = places.capitals[province]
    own = [name for code, name in agency.offices if code == province]
    if province == "31":
        for i, name in enumerate(agency.units[: max(1, ceil(demand.part * len(agency.units)))]):
            highest = name.startswith(_HIGHEST)
            number = forest.add(
                name,
                root,
                "perangkat",
                agency.number,
                capital,
                echelon="11" if highest else "21",
                head=_head(name),
            )
            central = templates.central[i % len(templates.central)]
            tree = central if highest else templates.outside
            forest.add_tree(tree, (4, 2), number, {2: "21", 3: "31", 4: "41"})
    else:
        names = own or [f"Kantor Wilayah {_short(agency.name)} {places.provinces[province]}"]
        for name in names[: max(1, ceil(demand.part * len(names)))]:
            number = forest.add(
                name, root, "perangkat", agency.number, capital, echelon="21", head=_head(name)
            )
            forest.add_tree(templates.outside, (4, 2), number, {3: "31", 4: "41"})
        for place in places.within(province) if demand.part > 0.5 else ():
            local = f"Kantor {_short(agency.name)} {places.names[place]}"
            forest.add(local, number, "uptd", agency.number, place, echelon="31", top=number)
    last = forest.first + len(forest) - 1
    under = forest.tops[last - forest.first]
    _add_schools(forest, agency, places, under, demand.teachers, places.within(province))
    _add_health(forest, agency, under, demand.health, capital)


def add_posts(forest: Forest, code: str, wanted: int, under: Sequence[int]) -> None:
    """Add units headed at an echelon, in turn under units, until so many people find a post."""
    lacking = wanted - forest.count(code)
    for i in range(lacking):
        parent = under[i % len(under)]
        j = parent - forest.first
        forest.add(
            f"{_EXTRA[code]} {i // len(under) + 1} {forest.names[j]}",
            parent,
            "uptd",
            forest.agencies[j],
            forest.places[j],
            echelon=code,
            top=forest.tops[j],
        )


def _add_secretariat(
    forest: Forest, templates: Templates, number: int, keep: tuple[int, int], local: bool
) -> None:
    """Add assistants, and the bureaus or divisions under them (PP 18/2016, articles 55 and 74)."""
    i = number - forest.first
    agency, place = forest.agencies[i], forest.places[i]
    for a, bureaus in enumerate(np.array_split(np.arange(len(templates.bureaus)), 3), start=1):
        assistant = forest.add(
            f"Asisten {a} {forest.names[i]}",
            number,
            "bagian",
            agency,
            place,
            echelon="22" if local else "21",
            head=f"Asisten {a} Sekretaris Daerah",
            top=number,
        )
        for b in bureaus.tolist():
            bureau = templates.bureaus[b]
            name = bureau.name.replace("Biro", "Bagian", 1) if local else bureau.name
            unit = forest.add(
                f"{name} {forest.names[i]}" if "Sekretariat" not in name else name,
                assistant,
                "bagian",
                agency,
                place,
                echelon="31" if local else "22",
                top=number,
            )
            if local:
                for s in range(keep[1]):
                    forest.add(
                        f"Subbagian {s + 1} {name}",
                        unit,
                        "bagian",
                        agency,
                        place,
                        echelon="41",
                        top=number,
                    )
            else:
                forest.add_tree(bureau, keep, unit, {3: "31", 4: "41"})


def _add_areas(
    forest: Forest, agency: Agency, places: Places, here: int, root: int, part: float
) -> None:
    """Add kecamatan and kelurahan, as many as there really are (PP 18/2016, articles 91 to 93)."""
    number = ceil(part * int(places.subdistricts[here])) if part < 1 else places.subdistricts[here]
    wards = np.array_split(
        np.arange(round(min(part, 1.0) * int(places.wards[here]))), max(number, 1)
    )
    for k in range(int(number)):
        known = agency.areas[k] if k < len(agency.areas) else f"Kecamatan {k + 1:02d}"
        area = forest.add(
            known,
            root,
            "kecamatan",
            agency.number,
            here,
            echelon="31",
            head=f"Camat {known.split(' ', 1)[-1]}",
        )
        office = forest.add(
            f"Sekretariat {known}",
            area,
            "bagian",
            agency.number,
            here,
            echelon="32",
            head=f"Sekretaris {known}",
            top=area,
        )
        for parent, names, code in (
            (office, ("Subbagian Umum", "Subbagian Program dan Keuangan"), "42"),
            (area, ("Seksi Pemerintahan", "Seksi Ketenteraman", "Seksi Pelayanan Umum"), "41"),
        ):
            for name in names:
                forest.add(
                    f"{name} {known}",
                    parent,
                    "bagian",
                    agency.number,
                    here,
                    echelon=code,
                    top=area,
                )
        for w in wards[k].tolist():
            ward = forest.add(
                f"Kelurahan {w + 1:03d} {known}",
                area,
                "kelurahan",
                agency.number,
                here,
                echelon="41",
                head=f"Lurah {w + 1:03d} {known}",
                top=area,
            )
            for name in ("Seksi Pemerintahan", "Seksi Pemberdayaan", "Seksi Pelayanan"):
                forest.add(
                    f"{name} Kelurahan {w + 1:03d} {known}",
                    ward,
                    "bagian",
                    agency.number,
                    here,
                    echelon="42",
                    top=area,
                )


def _add_schools(
    forest: Forest,
    agency: Agency,
    places: Places,
    under: int,
    teachers: int,
    spread: list[int],
) -> None:
    """Add schools for the teachers, spread by population."""
    number = ceil(teachers / assumed("school_staff"))
    if not number:
        return
    top = forest.tops[under - forest.first]
    kind = {"kabkota": "SD/SMP Negeri", "provinsi": "SMA/SMK Negeri", "pusat": "Madrasah Negeri"}
    shares = places.population[spread] / places.population[spread].sum()
    where = np.repeat(spread, np.floor(shares * number + 0.999).astype(int))[:number]
    for i, place in enumerate(where.tolist(), start=1):
        forest.add(
            f"{kind[agency.level]} {i:04d} {places.names[place]}",
            under,
            "sekolah",
            agency.number,
            place,
            top=top,
        )


def _add_health(forest: Forest, agency: Agency, under: int, health: int, place: int) -> None:
    """Add puskesmas, or clinics of a central agency, with the office of their head of staff."""
    number = ceil((1 - assumed("health_at_office")) * health / assumed("health_staff"))
    top = forest.tops[under - forest.first]
    kind = "Puskesmas" if agency.level == "kabkota" else "Rumah Sakit"
    owner = _short(agency.name)
    for i in range(1, number + 1):
        unit = forest.add(
            f"{kind} {i:03d} {owner}", under, "puskesmas", agency.number, place, top=top
        )
        if agency.level == "kabkota":
            forest.add(
                f"Subbagian Tata Usaha {kind} {i:03d} {owner}",
                unit,
                "bagian",
                agency.number,
                place,
                echelon="42",
                top=top,
            )


def _head(name: str, secretariat: bool = False) -> str:
    """Return the title of the head of a first-level unit, where it is not Kepala."""
    if secretariat:
        return "Sekretaris Daerah"
    for unit, head in (
        ("Sekretariat", "Sekretaris"),
        ("Inspektorat", "Inspektur"),
        ("Direktorat", "Direktur"),
    ):
        if name.startswith(unit):
            return name.replace(unit, head, 1)
    return name if name.startswith("Deputi") else ""


def _short(name: str) -> str:
    return name.removeprefix("Pemerintah ").split(" (")[0]


def roots(agencies: Sequence[Agency], places: Places) -> Forest:
    """Return the roots of the central agencies, numbered by agency."""
    forest = Forest(0)
    for agency in agencies:
        if agency.level == "pusat":
            forest.add(agency.name, -1, "instansi", agency.number, places.capitals["31"])
    return forest


def as_arrays(forest: Forest) -> dict[str, IntArray]:
    """Return the whole numbers of a forest as arrays by name of the column."""
    return {
        name: np.array(getattr(forest, name), dtype=np.int64)
        for name in ("parents", "echelons", "kinds", "agencies", "places", "tops")
    }
