"""Units above one another: a forest that grows, one list a column."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from analysis.arrays import IntArray
from analysis.individuals.population.kinds import ECHELONS
from analysis.individuals.population.templates import Template

KINDS: Final = (
    "instansi",
    "perangkat",
    "bagian",
    "kecamatan",
    "kelurahan",
    "sekolah",
    "puskesmas",
    "uptd",
)
_NONE: Final = -1
_CODE: Final = {code: i for i, code in enumerate(ECHELONS)}
_EXTRA: Final = {  # what is added where an echelon has more people than the templates have posts
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


def add_posts(forest: Forest, code: str, number: int, under: Sequence[tuple[int, int]]) -> None:
    """Add so many units headed at an echelon, in turn under others.

    Parameters
    ----------
    forest : Forest
    code : str
        Of the echelon.
    number : int
    under : sequence of (int, int)
        Number of the unit above; position of the unit whose agency, place and name they have.
    """
    for i in range(number):
        parent, like = under[i % len(under)]
        below = parent == forest.first + like and forest.parents[like] != _NONE
        forest.add(
            f"{_EXTRA[code]} {i // len(under) + 1} {forest.names[like]}",
            parent,
            "uptd",
            forest.agencies[like],
            forest.places[like],
            echelon=code,
            top=forest.tops[like] if below else _NONE,
        )


def as_arrays(forest: Forest) -> dict[str, IntArray]:
    """Return the whole numbers of a forest as arrays by name of the column."""
    return {
        name: np.array(getattr(forest, name), dtype=np.int64)
        for name in ("parents", "echelons", "kinds", "agencies", "places", "tops")
    }
