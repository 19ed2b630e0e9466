"""The forest of units: real first levels, below them the templates, schools and puskesmas."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from analysis.individuals.population.agencies import Agency, Places
from analysis.individuals.population.assumptions import assumed
from analysis.individuals.population.forest import Forest
from analysis.individuals.population.headcounts import apportion
from analysis.individuals.population.templates import Templates

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
    number = ceil(part * int(places.subdistricts[here]))
    wards = np.array_split(np.arange(round(part * int(places.wards[here]))), max(number, 1))
    for k in range(number):
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
    where = np.repeat(spread, apportion(places.population[spread], number))
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
