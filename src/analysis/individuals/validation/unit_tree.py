"""The units as a tree: who is above whom, to be asked by rules.

A list of units may break any rule, so that nothing is taken for granted here: an Id may stand
twice, a parent may be missing, and parents may run in a circle.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.arrays import BoolArray, IntArray

_NONE = -1
_DEEPEST = 64  # levels above a unit that are looked at: no office has as many, a circle has more
_UNEVEN = r"\s\s|[^\S ]"  # blanks that are not single ones

# Offices by their names, and what must stand in the name of an office above them, where there is
# one below the government itself. Names are compared in capitals.
_BELONGS = (
    (r"^(?:SD|SDN|SMP|SMPN|SMA|SMAN|SMK|SMKN|TK|TKN|SLB|SLBN|SKB)\b", "PENDIDIKAN"),
    (r"^(?:UPTD |UPT |BLUD )?(?:PUSKESMAS|PUSAT KESEHATAN MASYARAKAT)\b", "KESEHATAN"),
)


@dataclass(frozen=True, eq=False)
class UnitTree:
    """Units in the order of the list.

    Parameters
    ----------
    table : pyarrow.Table
        `Id`, `DiatasanId` and, where the list has them, `NamaUnor`, `InstansiId`, `aktif`: text.
    """

    table: pa.Table

    @property
    def columns(self) -> frozenset[str]:
        """What the list has of the columns."""
        return frozenset(self.table.column_names)

    @cached_property
    def parent(self) -> IntArray:
        """Position of each unit's parent, or -1: at a root, and where the parent is not there."""
        known = self._column("Id")
        found = pc.index_in(self._column("DiatasanId"), value_set=known, skip_nulls=True)
        return np.asarray(found.fill_null(_NONE), dtype=np.int64)

    @cached_property
    def root(self) -> BoolArray:
        """Units that say that nothing is above them."""
        return _truth(self._column("DiatasanId").is_null())

    @cached_property
    def own_parent(self) -> BoolArray:
        """Units that name themselves as parent."""
        return _truth(pc.equal(self._column("DiatasanId"), self._column("Id")))

    @cached_property
    def orphan(self) -> BoolArray:
        """Units whose parent is not in the list."""
        orphan: BoolArray = (self.parent == _NONE) & ~self.root
        return orphan

    @cached_property
    def circle(self) -> BoolArray:
        """Units that are their own ancestor by way of others."""
        new = _after(self.parent, len(self.parent))  # whoever is left stands on a circle
        on = np.zeros(len(self.parent), dtype=bool)
        while (new := new[(new != _NONE) & ~on[new]]).size:
            on[new] = True
            new = np.unique(self.parent[new])
        circle: BoolArray = on & ~self.own_parent
        return circle

    @cached_property
    def several_roots(self) -> BoolArray:
        """Roots of an agency that has more than one."""
        agency = np.where(self.root, self._code(self._column("InstansiId")), _NONE)
        found: BoolArray = (agency != _NONE) & _repeated(agency)
        return found

    @cached_property
    def name_twice(self) -> BoolArray:
        """Units that have the name of another one under the same parent; roots have none."""
        names, parents = self._code(self._names), self._code(self._column("DiatasanId"))
        both = (names + 1) * (parents.max(initial=0) + 2) + parents + 1
        found: BoolArray = (names != _NONE) & ~self.root & _repeated(both)
        return found

    @cached_property
    def other_agency(self) -> BoolArray:
        """Units whose parent belongs to another agency."""
        own = self._code(self._column("InstansiId"))
        above = own[self.parent]
        known = (self.parent != _NONE) & (own != _NONE) & (above != _NONE)
        found: BoolArray = known & (own != above)
        return found

    @cached_property
    def abolished_parent(self) -> BoolArray:
        """Units in force under one that is not."""
        active = _truth(pc.equal(self._column("aktif"), "A"))
        found: BoolArray = active & (self.parent != _NONE) & ~active[self.parent]
        return found

    @cached_property
    def other_office(self) -> BoolArray:
        """Units under an office of another kind, such as a school under the finance agency."""
        wrong = np.zeros(len(self.parent), dtype=bool)
        for pattern, word in _BELONGS:
            kind = _truth(pc.match_substring_regex(self._names, pattern)) & self._in_an_office
            if kind.any():
                fits = _truth(pc.match_substring(self._names, word))
                wrong |= kind & ~self._any_above(fits)
        return wrong

    @cached_property
    def _in_an_office(self) -> BoolArray:
        """Units with an office between them and the government at the root."""
        grandparent = np.where(self.parent == _NONE, _NONE, self.parent[self.parent])
        found: BoolArray = (grandparent != _NONE) & (grandparent != self.parent)
        return found

    def _any_above(self, holds: BoolArray) -> BoolArray:
        """Return which units have one above them for which something holds."""
        found = np.zeros(len(holds), dtype=bool)
        up = self.parent.copy()
        for _ in range(_DEEPEST):
            some = np.flatnonzero(up != _NONE)
            found[some] |= holds[up[some]]
            up[some] = np.where(found[some], _NONE, self.parent[up[some]])
        return found

    def _column(self, name: str) -> pa.Array:
        chunks = self.table[name]
        return chunks.chunk(0) if chunks.num_chunks == 1 else chunks.combine_chunks()

    @cached_property
    def _names(self) -> pa.Array:
        """Names in capitals with single blanks, missing where there is none."""
        capitals = pc.utf8_upper(self._column("NamaUnor"))
        if pc.any(pc.match_substring_regex(capitals, _UNEVEN)).as_py():  # looking costs less
            capitals = pc.replace_substring_regex(capitals, r"\s+", " ")
        return pc.utf8_trim_whitespace(capitals)

    def _code(self, values: pa.Array) -> IntArray:
        """Return a number for each value, -1 where it is missing."""
        return np.asarray(values.dictionary_encode().indices.fill_null(_NONE), dtype=np.int64)


def _truth(values: pa.Array) -> BoolArray:
    return np.asarray(values.fill_null(False), dtype=bool)


def _repeated(values: IntArray) -> BoolArray:
    return pd.Series(values).duplicated(keep=False).to_numpy()


def _after(step: IntArray, steps: int) -> IntArray:
    """Return where the units are after so many steps up, or -1, by doubling."""
    extended = np.append(step, _NONE)  # -1 stays -1
    for _ in range(max(steps, 1).bit_length()):
        extended = extended[extended]
        extended[-1] = _NONE
    return np.unique(extended[:-1])
