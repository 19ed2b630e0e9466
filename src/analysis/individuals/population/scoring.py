"""How well validation finds what was planted: recall and precision of every rule."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import DataError
from analysis.individuals.folders import Dataset, open_dataset
from analysis.individuals.population.fault_log import FAULTS_FILE
from analysis.individuals.population.faults import FAULTS
from analysis.individuals.validation import RULES, Basis
from analysis.individuals.validation.checking import lacking
from analysis.individuals.validation.flags import ROW, Tables, flagged
from analysis.individuals.validation.rule import Rule

_PLACES: Final = 10**9  # rows of a partition, at most


def score(folder: Path, basis: Basis) -> pd.DataFrame:
    """Return for each rule how much of what was planted it finds, and how much else.

    Parameters
    ----------
    folder : Path
        A population that was made with faults.
    basis : Basis
        What its rows are held to.

    Returns
    -------
    DataFrame
        A row for each rule that was broken on purpose or was found broken, by key: `planted` and
        `found` (rows), `right` (rows that are both), `recall` = right / planted and `precision` =
        right / found; missing where nothing was planted or found. Precision falls short of 1 where
        two faults make alike what was different, such as two NIPs. Notes, such as that a row is
        synthetic, are no faults and are left out unless they were planted.

    Raises
    ------
    DataError
        If the population has no faults.
    """
    dataset = open_dataset(folder)
    path = folder / FAULTS_FILE
    if not path.is_file():
        raise DataError(
            f"{folder} was made without faults: there is nothing to score. Make one with --faults."
        )
    log = pq.read_table(path).to_pandas()
    log["place"] = [
        _partition(partition) * _PLACES + row
        for partition, row in zip(log["partition"], log["row"], strict=True)
    ]
    tables = _tables(dataset)
    planted = {str(key): set(rows["place"]) for key, rows in log.groupby("rule")}
    asked = [rule for key, rule in RULES.items() if key in planted or not rule.note]
    found = {
        key: rows
        for name in FAULTS
        if name in tables
        for key, rows in _broken(name, tables, basis, [r for r in asked if r.table == name])
    }
    shown = {key for key, rows in found.items() if rows}
    keys = [key for key in RULES if key in planted or key in shown]
    rows = [(key, planted.get(key, set()), found.get(key, set())) for key in keys]
    counts = pd.DataFrame(
        [(len(said), len(seen), len(said & seen)) for _, said, seen in rows],
        index=pd.Index(keys, name="rule"),
        columns=["planted", "found", "right"],
    )
    return counts.assign(
        recall=counts["right"] / counts["planted"].replace(0, np.nan),
        precision=counts["right"] / counts["found"].replace(0, np.nan),
    )


def _partition(name: str) -> int:
    """Return the number of a partition: the code of its province, 0 for what is in none."""
    return int(name) if name.isdigit() else 0


def _tables(dataset: Dataset) -> dict[str, ibis.Table]:
    """Return the tables, with the place of each row in `ROW`."""
    found = {}
    for name in dataset.files:
        parts = []
        for file in dataset.of(name):
            table = pq.read_table(file)
            places = _partition(file.stem) * _PLACES + np.arange(table.num_rows)
            parts.append(table.append_column(ROW, pa.array(places)))
        found[name] = ibis.memtable(pa.concat_tables(parts).unify_dictionaries())
    return found


def _broken(
    name: str, tables: Tables, basis: Basis, rules: Sequence[Rule]
) -> list[tuple[str, set[int]]]:
    """Return the places of the rows that break each of the rules of a table."""
    able = [rule for rule in rules if not lacking(rule, tables)]
    found: list[set[int]] = [set() for _ in able]
    for rows, broken in flagged(name, tables, able, basis, [ROW]):
        places = rows.column(ROW).to_numpy()
        for seen, flags in zip(found, broken.T, strict=True):
            seen.update(places[flags].tolist())
    return [(rule.key, seen) for rule, seen in zip(able, found, strict=True)]
