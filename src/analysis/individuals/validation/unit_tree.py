"""The units as a tree: who is above whom, to be asked by rules.

A list of units may break any rule, so that nothing is taken for granted here: an Id may stand
twice, a parent may be missing, and parents may run in a circle.
"""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import BoolArray, IntArray

_NONE = -1
_DEEPEST = 64  # levels above a unit that are looked at: no office has as many, a circle has more

# Offices by their names, and what must stand in the name of an office above them, where there is
# one below the government itself. Names are compared in capitals.
_BELONGS = (
    (r"(SD|SDN|SMP|SMPN|SMA|SMAN|SMK|SMKN|TK|TKN|SLB|SLBN|SKB)\b", "PENDIDIKAN"),
    (r"(UPTD |UPT |BLUD )?(PUSKESMAS|PUSAT KESEHATAN MASYARAKAT)\b", "KESEHATAN"),
)


@dataclass(frozen=True, eq=False)
class UnitTree:
    """Units in the order of the list.

    Parameters
    ----------
    frame : DataFrame
        `Id`, `DiatasanId` and, where the list has them, `NamaUnor`, `InstansiId`, `aktif`.
    """

    frame: pd.DataFrame

    @cached_property
    def parent(self) -> IntArray:
        """Position of each unit's parent, or -1: at a root, and where the parent is not there."""
        first = self.frame["Id"].drop_duplicates()
        position = pd.Series(first.index, index=first.to_numpy())
        found = self.frame["DiatasanId"].map(position)
        return found.fillna(_NONE).to_numpy(np.int64)

    @cached_property
    def root(self) -> BoolArray:
        """Units that say that nothing is above them."""
        return self.frame["DiatasanId"].isna().to_numpy()

    @cached_property
    def own_parent(self) -> BoolArray:
        """Units that name themselves as parent."""
        return (self.frame["DiatasanId"] == self.frame["Id"]).fillna(False).to_numpy(bool)

    @cached_property
    def orphan(self) -> BoolArray:
        """Units whose parent is not in the list."""
        orphan: BoolArray = (self.parent == _NONE) & ~self.root
        return orphan

    @cached_property
    def circle(self) -> BoolArray:
        """Units that are their own ancestor by way of others."""
        rounds = _after(self.parent, len(self.parent))  # whoever is left stands on a circle
        on = np.zeros(len(self.parent), dtype=bool)
        while (new := rounds[(rounds != _NONE) & ~on[rounds]]).size:
            on[new] = True
            rounds = np.unique(self.parent[new])
        circle: BoolArray = on & ~self.own_parent
        return circle

    @cached_property
    def several_roots(self) -> BoolArray:
        """Roots of an agency that has more than one."""
        if "InstansiId" not in self.frame:
            return np.zeros(len(self.frame), dtype=bool)
        agency = self.frame["InstansiId"].where(self.root)
        return (agency.notna() & agency.duplicated(keep=False)).to_numpy(bool)

    @cached_property
    def name_twice(self) -> BoolArray:
        """Units that have the name of another one under the same parent."""
        names = self._names("NamaUnor")
        below = pd.DataFrame({"name": names, "parent": self.frame["DiatasanId"]})
        return (below.duplicated(keep=False) & (names != "")).to_numpy(bool)

    @cached_property
    def other_agency(self) -> BoolArray:
        """Units whose parent belongs to another agency."""
        differs: BoolArray = self._differs("InstansiId") & (self.parent != _NONE)
        return differs

    @cached_property
    def abolished_parent(self) -> BoolArray:
        """Units in force under one that is not."""
        if "aktif" not in self.frame:
            return np.zeros(len(self.frame), dtype=bool)
        active = (self.frame["aktif"] == "A").to_numpy(bool, na_value=False)
        found: BoolArray = active & (self.parent != _NONE) & ~active[self.parent]
        return found

    @cached_property
    def other_office(self) -> BoolArray:
        """Units under an office of another kind, such as a school under the finance agency."""
        names = self._names("NamaUnor")
        wrong = np.zeros(len(self.frame), dtype=bool)
        for pattern, word in _BELONGS:
            kind = names.str.match(pattern).to_numpy(bool)
            fits = names.str.contains(re.escape(word)).to_numpy(bool)
            wrong |= kind & self._has_offices_above & ~self._any_above(fits)
        return wrong

    @cached_property
    def _has_offices_above(self) -> BoolArray:
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

    def _differs(self, column: str) -> BoolArray:
        if column not in self.frame:
            return np.zeros(len(self.frame), dtype=bool)
        own = self.frame[column].to_numpy(object)
        above = own[self.parent]
        known = pd.notna(own) & pd.notna(above)
        differs: BoolArray = known & (own != above)
        return differs

    def _names(self, column: str) -> "pd.Series[str]":
        if column not in self.frame:
            return pd.Series("", index=self.frame.index)
        names = self.frame[column].fillna("").str.upper()
        return names.str.replace(r"\s+", " ", regex=True).str.strip()


def _after(step: IntArray, steps: int) -> npt.NDArray[np.int64]:
    """Return where each unit is after so many steps up, or -1, by doubling."""
    extended = np.append(step, _NONE)  # -1 stays -1
    for _ in range(max(steps, 1).bit_length()):
        extended = extended[extended]
        extended[-1] = _NONE
    return np.unique(extended[:-1])
