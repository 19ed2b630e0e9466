"""From extracts to a dataset: read, held to rules, keyed, written whole or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from uuid import uuid4

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from ibis.backends import BaseBackend

from analysis.arrays import BoolArray
from analysis.datasets.office_tables import Note
from analysis.errors import DataError
from analysis.individuals.engines import bring
from analysis.individuals.folders import ASIDE, Draft, new_dataset
from analysis.individuals.person_keys import KEY, PersonKey
from analysis.individuals.reading.engine import laid_down, streamed
from analysis.individuals.reading.opening import Named, Opened, open_named, reading
from analysis.individuals.row_files import BATCH, RowFile
from analysis.individuals.schema import TABLES, CodeLists
from analysis.individuals.validation import Basis, Validation, check
from analysis.individuals.validation.choices import Choices
from analysis.individuals.validation.flags import ROW, Read, flagged
from analysis.individuals.validation.report import Report
from analysis.individuals.validation.rule import Rule
from analysis.individuals.validation.rules import RULES
from analysis.messages import counted

REASON = "alasan"
"""Column of rows that were set aside: the rules they broke, in the order of `RULES`, divided by
semicolons."""


@dataclass(frozen=True, eq=False)
class Extracts:
    """All tables of an extract, read and held to the rules.

    Attributes
    ----------
    opened : mapping of str to Opened
    validation : Validation
    basis : Basis
    """

    opened: Mapping[str, Opened]
    validation: Validation
    basis: Basis

    @property
    def tables(self) -> dict[str, ir.Table]:
        """The tables by name."""
        return {name: each.table for name, each in self.opened.items()}

    @property
    def notes(self) -> dict[str, Sequence[Note]]:
        """How each was read."""
        return {name: each.notes for name, each in self.opened.items()}

    @property
    def synthetic(self) -> bool:
        """Whether its people are made up, by its manifest, its column or most of their NIPs."""
        return self.validation.synthetic or any(each.synthetic for each in self.opened.values())

    def close(self) -> None:
        """Take leave of the databases that it was read from."""
        for engine in {id(each.engine): each.engine for each in self.opened.values()}.values():
            if engine.name != "duckdb":
                engine.disconnect()

    def report(self, choices: Choices, rows: Mapping[str, tuple[int, int]] | None = None) -> Report:
        """Return the report of what was found."""
        return Report(
            self.validation, self.basis.day, choices, self.notes, rows or {}, self.synthetic
        )


def read_extracts(
    engine: BaseBackend,
    places: Sequence[Named],
    basis: Basis,
    codes: CodeLists,
    on: BaseBackend | None = None,
) -> Extracts:
    """Return the tables of an extract, held to the rules.

    Parameters
    ----------
    engine : BaseBackend
        DuckDB that reads.
    places : sequence of Named
    basis : Basis
    codes : CodeLists
    on : BaseBackend, optional
        The engine that holds them to the rules: by default that on which they are.

    Raises
    ------
    DataError
        If one cannot be read, or a table comes twice.
    """
    connections: dict[str, BaseBackend] = {}
    with ExitStack() as leaving:  # what is right is closed by whoever asked for it
        leaving.callback(_leave, connections)
        opened = _opened(engine, places, codes, connections)
        with reading(", ".join(each.what for each in opened.values())):
            if on is not None and on.name != engine.name:
                opened = {name: _brought(engine, each, on) for name, each in opened.items()}
            found = check({name: each.table for name, each in opened.items()}, basis)
        leaving.pop_all()
    return Extracts(opened, found, basis)


def _leave(connections: Mapping[str, BaseBackend]) -> None:
    for connection in connections.values():
        connection.disconnect()


def _opened(
    engine: BaseBackend,
    places: Sequence[Named],
    codes: CodeLists,
    connections: dict[str, BaseBackend],
) -> dict[str, Opened]:
    """Return the tables by name, all on one engine; databases are added to the connections."""
    opened: dict[str, Opened] = {}
    for place in places:
        for each in open_named(engine, place, codes, connections):
            if each.name in opened:
                raise DataError(
                    f"The table {each.name} comes twice, from {opened[each.name].what} and "
                    f"{each.what}. Name one; files of one table are put in one folder."
                )
            opened[each.name] = each
    if len({id(each.engine) for each in opened.values()}) > 1:
        raise DataError(
            f"{' and '.join(each.what for each in opened.values())} are on different engines, "
            "which cannot be compared with each other. Name the tables of one database, or export "
            "them all."
        )
    return opened


def _brought(engine: BaseBackend, opened: Opened, on: BaseBackend) -> Opened:
    if opened.engine is not engine:
        raise DataError(
            f"{opened.what} is checked where it is. Leave out --engine and ASN_ENGINE, or export "
            "it to check it elsewhere."
        )
    return replace(opened, engine=on, table=bring(engine, opened.table, on))


def ingest(
    engine: BaseBackend,
    extracts: Extracts,
    folder: Path,
    key: PersonKey,
    choices: Choices,
    *,
    replace: bool = False,
) -> dict[str, tuple[int, int]]:
    """Write a dataset in which a key stands for every NIP.

    Rows that break a rule whose choice is "set aside" are written to tables of their own, with the
    reason; the fillers of dates become missing.

    Parameters
    ----------
    engine : BaseBackend
        DuckDB that writes.
    extracts : Extracts
        Tables on that engine or another.
    folder : Path
        The dataset.
    key : PersonKey
    choices : Choices
    replace : bool
        Put it in the place of a dataset that is there.

    Returns
    -------
    dict of str to (int, int)
        Rows used and set aside, by table.

    Raises
    ------
    DataError
        If a rule stops, nothing can be written, or a source changed while it was read.
    """
    aside = set(choices.set_aside(extracts.validation))
    tables = _at_rest(engine, extracts) if aside else extracts.tables
    rows: dict[str, tuple[int, int]] = {}
    with new_dataset(folder, synthetic=extracts.synthetic, keyed=True, replace=replace) as draft:
        for found in extracts.validation:
            name = found.table
            rules = [rule for key, rule in RULES.items() if key in aside and rule.table == name]
            read = partial(_keyed, engine, extracts.opened[name].engine, key, bool(aside))
            with reading(extracts.opened[name].what):
                rows[name] = _write(draft, tables, name, rules, extracts.basis, read)
            if sum(rows[name]) != found.rows:
                raise DataError(
                    f"{extracts.opened[name].what} had {counted(found.rows, 'row')} when it was "
                    f"checked and {sum(rows[name]):,} when it was written: it changed meanwhile. "
                    "Run again when it is at rest."
                )
        draft.notes |= _account(extracts, choices, key, rows)
    return rows


def _at_rest(engine: BaseBackend, extracts: Extracts) -> dict[str, ir.Table]:
    """Return the tables on the engine: those of a database are copied, whose order is its own."""
    found = {}
    for name, each in extracts.opened.items():
        with reading(each.what):
            found[name] = (
                each.table if each.engine is engine else laid_down(engine, each.table, each.engine)
            )
    return found


def _write(
    draft: Draft,
    tables: Mapping[str, ir.Table],
    name: str,
    rules: Sequence[Rule],
    basis: Basis,
    read: Read,
) -> tuple[int, int]:
    """Write the rows of a table to two folders, in one pass; return how many each has."""
    columns = [column for column in TABLES[name].names if column in tables[name].columns]
    place = [ROW] if rules and ROW in tables[name].columns else []
    with ExitStack() as files:
        used = files.enter_context(RowFile(draft.path / name))
        aside = files.enter_context(RowFile(draft.path / f"{ASIDE}{name}")) if rules else None
        for rows, broken in flagged(name, tables, rules, basis, [*place, *columns], read):
            wrong = broken.any(axis=1)
            used.add(rows.filter(pa.array(~wrong)).drop_columns(place))
            if aside is not None:
                rejected = rows.filter(pa.array(wrong))
                aside.add(rejected.append_column(REASON, _reasons(rules, broken[wrong])))
    return used.rows, 0 if aside is None else aside.rows


def _reasons(rules: Sequence[Rule], broken: BoolArray) -> pa.Array:
    """Return the names of the rules that each row breaks."""
    names = np.array([rule.name for rule in rules], dtype=object)
    return pa.array([";".join(names[row]) for row in broken], pa.string())


def _keyed(
    engine: BaseBackend, source: BaseBackend, key: PersonKey, at_rest: bool, rows: ir.Table
) -> Iterator[pa.RecordBatch]:
    """Return rows in batches, people by their keys."""
    view = f"rows_{uuid4().hex}"
    if source is engine or at_rest:
        engine.create_view(view, rows)
    else:  # rows of a database stream through
        engine.con.register(view, source.to_pyarrow_batches(rows))
    keyed = "nipBaru" in rows.columns
    names = ", ".join(
        f"{key.sql(name)} AS {KEY}" if name == "nipBaru" else f'"{name}"' for name in rows.columns
    )
    return streamed(engine, f"SELECT {names} FROM {view}", BATCH, key.parameters if keyed else None)


def _account(
    extracts: Extracts,
    choices: Choices,
    key: PersonKey,
    rows: Mapping[str, tuple[int, int]],
) -> dict[str, object]:
    return {
        "day": extracts.basis.day.isoformat(),
        "key_fingerprint": key.fingerprint,
        "rows": {
            name: {"in": sum(counts), "used": counts[0], "set_aside": counts[1]}
            for name, counts in rows.items()
        },
        "rules": {
            finding.rule.key: {"rows": finding.rows, "choice": choices.of(finding.rule.key)}
            for table in extracts.validation
            for finding in table.broken
        },
    }
