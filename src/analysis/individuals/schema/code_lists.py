"""The code lists that columns are held to, from `data/processed`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from analysis.datasets import read_processed
from analysis.errors import ParameterError
from analysis.individuals.schema.declarations import Column


@dataclass(frozen=True, eq=False)
class CodeLists:
    """The lists of codes, each with names.

    Parameters
    ----------
    table : DataFrame
        `daftar`, `kode`, `nama` and so on, as `analysis.datasets` keeps them.
    """

    table: pd.DataFrame

    def of(self, name: str) -> Mapping[str, str]:
        """Return the codes of a list with their names, in order.

        Raises
        ------
        ParameterError
            If there is no such list.
        """
        rows = self.table[self.table["daftar"] == name]
        if rows.empty:
            known = ", ".join(sorted(self.table["daftar"].unique()))
            raise ParameterError(f"there is no code list {name!r}; there are {known}.")
        return dict(zip(rows["kode"], rows["nama"], strict=True))

    def values(self, column: Column) -> tuple[str, ...]:
        """Return what may stand in a column; nothing where anything may."""
        found: dict[str, None] = {}
        for name, part in column.lists:
            codes = self.of(name)
            found |= dict.fromkeys(codes if part == "kode" else codes.values())
        return tuple(found)


@cache
def code_lists() -> CodeLists:
    """Return the lists of the repository.

    Raises
    ------
    DataError
        If they have not been built with `make data`.
    """
    return CodeLists(read_processed("kode_siasn"))
