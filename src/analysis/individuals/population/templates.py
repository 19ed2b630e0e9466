"""Trees below the first level, taken from the real organisations in `data/raw`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.arrays import IntArray
from analysis.datasets import read_table
from analysis.geography.names import words_of

if TYPE_CHECKING:
    import pandas as pd

_LEVELS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_BSN_LEVELS = {"2": 1, "3": 2, "4": 3, "5": 4}  # kinds of units of Badan Standardisasi Nasional
_HEAD = re.compile(r"^(kepala|ka\.?)\s+", re.IGNORECASE)
_COMMON = frozenset(
    ("dan", "daerah", "dinas", "badan", "bidang", "provinsi", "kabupaten", "kota", "riau")
)


@dataclass(frozen=True, eq=False)
class Template:
    """A tree of units under one head.

    Attributes
    ----------
    name : str
        Of its first unit.
    names : tuple of str
        Of the units below the first; no two alike.
    levels : ndarray of int
        Echelon of each, 1 to 4.
    parents : ndarray of int
        Position of the unit above; -1 is the first unit. Parents stand before their children.
    """

    name: str
    names: tuple[str, ...]
    levels: IntArray
    parents: IntArray

    def kept(self, middle: int, last: int) -> IntArray:
        """Return the positions of a smaller tree.

        Parameters
        ----------
        middle : int
            Most units below the first unit.
        last : int
            Most units below any other.
        """
        children: dict[int, int] = {}
        kept: list[int] = []
        there = {-1}
        for i, parent in enumerate(self.parents.tolist()):
            children[parent] = children.get(parent, 0) + 1
            if parent in there and children[parent] <= (middle if parent == -1 else last):
                there.add(i)
                kept.append(i)
        return np.array(kept, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Templates:
    """Templates of regional offices, of the head offices of agencies, and of offices outside.

    Attributes
    ----------
    regional : tuple of Template
        Offices of Pemerintah Provinsi Riau, 2018.
    central : tuple of Template
        Units of eselon I of Badan Standardisasi Nasional, about 2018.
    outside : Template
        An office of BPS in a province, before simplification.
    """

    regional: tuple[Template, ...]
    central: tuple[Template, ...]
    outside: Template

    def nearest(self, name: str) -> Template:
        """Return the regional office whose name shares most words with a name.

        What shares none has the shape of the office of middle size, with numbers for names.
        """
        wanted = set(words_of(name)) - _COMMON
        shared = [
            len(wanted & (set(words_of(t.name)) - _COMMON)) / len(words_of(t.name))
            for t in self.regional
        ]
        best = int(np.argmax(shared))
        return self.regional[best] if shared[best] > 0 else self.plain

    @cached_property
    def plain(self) -> Template:
        """The shape of the regional office of middle size, with numbers for names."""
        by_size = sorted(self.regional, key=lambda t: (len(t.names), t.name))
        shape = by_size[len(by_size) // 2]
        words = ["Bidang" if level == 3 else "Subbidang" for level in shape.levels]
        names = ("Sekretariat", *_distinct(words)[1:])
        return Template("", names, shape.levels, shape.parents)

    @property
    def bureaus(self) -> tuple[Template, ...]:
        """The offices that belong to a Sekretariat Daerah."""
        return tuple(t for t in self.regional if t.name.startswith("Biro"))


@cache
def templates() -> Templates:
    """Return the templates of the repository.

    Raises
    ------
    DataError
        If a raw table is missing or damaged.
    """
    riau = read_table("organisasi_riau_2018_sebelum")
    regional = _forest(riau["jabatan"], riau["induk"], riau["nama"], riau["eselon"].map(_LEVELS))
    bsn = read_table("organisasi_bsn_sebelum")
    levels = bsn["kode_jenis"].astype(str).map(_BSN_LEVELS)
    below = bsn["induk"].where(levels > 1)
    central = _forest(bsn["unit"], below, bsn["nama"], levels)
    bps = read_table("organisasi_bps_provinsi_sebelum")
    (outside,) = _forest(bps["unit"], bps["induk"], bps["nama"], bps["kepala"].map(_LEVELS))
    return Templates(
        tuple(t for t in regional if len(t.names) >= 9),
        tuple(t for t in central if len(t.names) >= 3),
        outside,
    )


def _forest(
    units: "pd.Series[str]",
    parents: "pd.Series[str]",
    names: "pd.Series[str]",
    levels: "pd.Series[Any]",
) -> list[Template]:
    """Return the trees of a table of units, without units that lack a level."""
    rows = zip(
        units.astype(str),
        parents.fillna("").astype(str),
        names.map(_plain),
        levels,
        strict=True,
    )
    known = [row for row in rows if row[3] == row[3]]
    top = [(unit, name) for unit, parent, name, level in known if parent == "" and level <= 2]
    below: dict[str, list[tuple[str, str, int]]] = {}
    for unit, parent, name, level in known:
        below.setdefault(parent, []).append((unit, name, int(level)))
    return [_tree(unit, name, below) for unit, name in top]


def _tree(root: str, name: str, below: dict[str, list[tuple[str, str, int]]]) -> Template:
    names: list[str] = []
    levels: list[int] = []
    parents: list[int] = []
    queue = [(root, -1)]
    for unit, position in queue:
        for child, child_name, level in below.get(unit, ()):
            queue.append((child, len(names)))
            names.append(child_name)
            levels.append(level)
            parents.append(position)
    return Template(name, _distinct(names), np.array(levels), np.array(parents))


def _plain(name: str) -> str:
    """Return the name of a unit that the source gives as the name of its head."""
    bare = _HEAD.sub("", " ".join(name.split()))
    bare = re.sub(r"^Sekretaris\b", "Sekretariat", bare)
    return bare[:1].upper() + bare[1:]


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return tuple(found)
