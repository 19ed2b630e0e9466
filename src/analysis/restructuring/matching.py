"""Which units a rule means: by kind of agency, echelon, kind of unit and phrases in names."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.arrays import BoolArray, IntArray
from analysis.errors import DataError
from analysis.restructuring.columns import codes_of
from analysis.restructuring.organisation import Organisation
from analysis.restructuring.rule_rows import Rule

if TYPE_CHECKING:
    import pandas as pd


def with_phrases(names: "pd.Index[Any]", phrases: Sequence[str]) -> BoolArray:
    """Return which names contain one of the phrases, as whole words in a row.

    Capitals and what stands between the words do not matter.

    Examples
    --------
    >>> import pandas as pd
    >>> names = pd.Index(["UPT  Pasar", "Seksi Pengadaan Barang/Jasa", "Biro Uptodate"])
    >>> with_phrases(names, ["upt", "pengadaan barang jasa"]).tolist()
    [True, True, False]
    """
    if not phrases or not len(names):
        return np.zeros(len(names), dtype=np.bool_)
    words = (r"\W+".join(re.escape(word) for word in re.findall(r"\w+", p)) for p in phrases)
    pattern = rf"\b(?:{'|'.join(words)})\b"
    found = names.astype("str").str.contains(pattern, case=False, regex=True)
    return np.asarray(found, dtype=np.bool_)


class Matcher:
    """The units of an organisation, ready to be compared with many rules.

    Parameters
    ----------
    organisation : Organisation
    """

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.eselon: IntArray = organisation.units["eselon"].to_numpy()
        self._found: dict[str, BoolArray] = {}

    def units(self, rule: Rule, among: BoolArray | None = None) -> BoolArray:
        """Return which units a rule means.

        Parameters
        ----------
        rule : Rule
        among : ndarray of bool, shape (units,), optional
            Which units count where a rule looks at those above; by default all.

        Raises
        ------
        DataError
            If it tells kinds of agency apart and the units do not say which theirs is.
        """
        meant = self._itself(rule)
        if rule.keywords_above:
            above = self._named(rule.keywords_above)
            meant = meant & self._strictly_below(above if among is None else above & among)
        if rule.subtree:
            meant = meant | self._strictly_below(meant if among is None else meant & among)
        return meant

    def agencies(self, rule: Rule) -> BoolArray:
        """Return which units are of a kind of agency that a rule means."""
        if not rule.agency_kinds:
            return np.ones(self.eselon.size, dtype=np.bool_)
        column = self.organisation.units.get("agency_kind")
        if column is None or column.isna().any():
            where = "" if column is None else f" of {np.count_nonzero(column.isna())} units"
            raise DataError(
                f"units: rule {rule.code} holds for {', '.join(sorted(rule.agency_kinds))} only, "
                f"and the column agency_kind{where} does not say. Fill it in: pusat, provinsi or "
                "kabkota."
            )
        kinds = np.array([kind in rule.agency_kinds for kind in column.cat.categories])
        return np.asarray(kinds[codes_of(column)], dtype=np.bool_)

    def echelon(self, eselon: int) -> BoolArray:
        """Return which units have an echelon, all of its level where it has no letter."""
        return same_echelon(self.eselon, eselon)

    def _itself(self, rule: Rule) -> BoolArray:
        """Return which units a rule means by what they are themselves."""
        if rule.code not in self._found:
            meant = self.agencies(rule) & self.echelon(rule.eselon)
            if rule.unit_kinds or rule.keywords:
                meant &= self._called(rule)
            self._found[rule.code] = meant
        return self._found[rule.code]

    def _called(self, rule: Rule) -> BoolArray:
        found = self._named(rule.keywords)
        if rule.unit_kinds:
            kinds = self.organisation.units["kind"]
            spelt = kinds.cat.categories.astype("str").str.strip().str.casefold()
            meant = np.append(spelt.isin(rule.unit_kinds), False)
            found |= meant[codes_of(kinds)]
        if rule.keywords:
            titles = self.organisation.posts["title"]
            meant = with_phrases(titles.cat.categories, rule.keywords)[codes_of(titles)]
            heads = self.organisation.head
            found |= (heads >= 0) & meant[heads] if meant.size else found
        return found

    def _named(self, phrases: Sequence[str]) -> BoolArray:
        codes, names = self._names
        return np.asarray(with_phrases(names, phrases)[codes], dtype=np.bool_)

    @cached_property
    def _names(self) -> "tuple[IntArray, pd.Index[Any]]":
        names = self.organisation.units["name"]
        return codes_of(names).astype(np.int64), names.cat.categories

    def _strictly_below(self, meant: BoolArray) -> BoolArray:
        forest = self.organisation.forest
        return forest.above(forest.nearest(meant)) >= 0


def same_echelon(codes: IntArray, eselon: int) -> BoolArray:
    """Return which codes are of an echelon; one without a letter means its level, 0 any."""
    if eselon == 0:
        return np.ones(codes.size, dtype=np.bool_)
    found: BoolArray = codes == eselon if eselon % 10 else codes // 10 == eselon // 10
    return found
