"""Which faults were planted where, so that what finds faults can be scored."""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.arrays import IntArray
from analysis.individuals.population.faults import FAULTS
from analysis.individuals.population.planting import plant

FAULTS_FILE: Final = "faults.parquet"


class FaultLog:
    """Plants faults in tables as they pass by, and keeps where they are.

    Parameters
    ----------
    share : float
        Of the rows.
    seed : int
    """

    def __init__(self, share: float, seed: int) -> None:
        self._share, self._seed = share, seed
        self._rows: dict[str, list[str | int]] = {
            name: [] for name in ("table", "partition", "row", "fault", "rule")
        }
        self._counts: dict[str, int] = {}
        self._lost: set[str] = set()

    def plant(self, name: str, partition: str, tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """Yield the tables of a partition with faults; those without faults as they are."""
        if name not in FAULTS:
            yield from tables
            return
        rng = np.random.default_rng([self._seed, int(partition), list(FAULTS).index(name), 1])
        before = 0
        for table in tables:
            changed, planted = plant(name, table, self._share, rng)
            for each in planted:
                key = f"{name}.{each.fault.name}"
                self._counts[key] = self._counts.get(key, 0) + each.rows.size
                self._note(name, partition, before + each.rows, each.fault.name, each.fault.rules)
            if name == "people":
                self._lost |= _lost_numbers(table, changed)
            else:
                self._note_consequences(name, partition, before, table)
            before += changed.num_rows
            yield changed

    def _note(
        self, name: str, partition: str, rows: IntArray, fault: str, rules: tuple[str, ...]
    ) -> None:
        for row in rows.tolist():
            for rule in rules:
                found = (name, partition, row, fault, rule)
                for column, value in zip(self._rows.values(), found, strict=True):
                    column.append(value)

    def _note_consequences(self, name: str, partition: str, before: int, table: pa.Table) -> None:
        """Note the records of people whose NIP another fault took away."""
        if "nipBaru" not in table.column_names:
            return
        numbers = table["nipBaru"].cast(pa.string())
        orphans = pc.is_in(numbers, value_set=pa.array(sorted(self._lost), pa.string()))
        rows = before + np.flatnonzero(orphans.to_numpy(zero_copy_only=False))
        self._note(name, partition, rows, "people.nipBaru", (f"{name}.person_unknown",))

    def table(self) -> pa.Table:
        """Return one row for each rule that a row of a table breaks for a planted fault.

        `table`, `partition`, `row` (of the partition, counted from 0), `fault`, `rule`.
        """
        return pa.table(self._rows)

    def counts(self) -> dict[str, int]:
        """Return the rows that have each fault."""
        return dict(sorted(self._counts.items()))


def _lost_numbers(before: pa.Table, after: pa.Table) -> set[str]:
    """Return the NIPs that people had before faults were planted, and have no more."""
    old, new = (table["nipBaru"].combine_chunks().cast(pa.string()) for table in (before, after))
    gone = pc.invert(pc.is_in(old, value_set=new))
    return set(old.filter(gone).to_pylist())
