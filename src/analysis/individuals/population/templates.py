"""Trees below the first level, taken from real organisations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import pandas as pd

from analysis.arrays import IntArray
from analysis.datasets import read_processed
from analysis.datasets.organisations import BPS_BEFORE, BSN, RIAU
from analysis.geography.names import words_of

_LEVELS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_FEWEST = {"regional": 9, "central": 3}  # units of a tree that others are made like
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
    """Return the templates of the tidy trees.

    Raises
    ------
    DataError
        If the tables have not been built.
    """
    units = read_processed("organisasi_unit")
    (outside,) = _forest(units, BPS_BEFORE, top="II")
    return Templates(
        tuple(t for t in _forest(units, RIAU, top="II") if len(t.names) >= _FEWEST["regional"]),
        tuple(t for t in _forest(units, BSN, top="I") if len(t.names) >= _FEWEST["central"]),
        outside,
    )


def _forest(units: pd.DataFrame, tree: str, *, top: str) -> list[Template]:
    """Return the trees under the units of an echelon that stand highest in a tree."""
    rows = units[(units["susunan"] == tree) & units["eselon"].isin(list(_LEVELS))]
    level = dict(zip(rows["unit"], rows["eselon"].map(_LEVELS), strict=True))
    below: dict[str, list[tuple[str, str, int]]] = {}
    for unit, parent, name in zip(
        rows["unit"], rows["induk"].fillna(""), rows["nama"].map(_plain), strict=True
    ):
        below.setdefault(parent, []).append((unit, name, level[unit]))
    roots = {unit for unit, _, _ in below.get("", [])}
    first = [
        (unit, name)
        for parent, units_below in below.items()
        for unit, name, at in units_below
        if at == _LEVELS[top] and (parent in roots if top == "I" else parent == "")
    ]
    return [_tree(unit, name, below) for unit, name in first]


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
    bare = re.sub(r"^Sekretaris\b", "Sekretariat", " ".join(name.split()))
    return bare[:1].upper() + bare[1:]


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return tuple(found)
