"""What tables give away, all together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray, FloatArray
from analysis.disclosure.bounds import bounds_of
from analysis.disclosure.components import components_of
from analysis.disclosure.earlier import Run, with_earlier
from analysis.disclosure.knowledge import Known, Same, with_knowledge
from analysis.disclosure.progress import told
from analysis.disclosure.protection import STATUS, named_tables, singletons_of
from analysis.disclosure.suppression import given_away
from analysis.disclosure.systems import State, System, system_of
from analysis.disclosure.tables import Table
from analysis.errors import DataError, DisclosureError
from analysis.messages import some

_STATUSES = ("published", "primary", "secondary")
# Hidden in one table and published in another is published.
_RANK = np.array([State.ABSENT, State.PRIMARY, State.SHOWN, State.FORCED])
_PLACE = np.zeros(len(State), dtype=np.int64)
_PLACE[_RANK] = np.arange(_RANK.size)


def audit(
    tables: Mapping[str, Any], *, earlier: Sequence[Run] = (), known: Sequence[Known | Same] = ()
) -> pd.DataFrame:
    """Return what an attacker can bound each hidden cell by, who has all the tables.

    Formula: see `analysis.disclosure.attacks`. The attacker knows every published value, which
    cells add up to which, that no cell is negative and no hidden count empty (but where the rules
    hide zeros), and that people are whole; and whoever is alone in a hidden cell knows that cell
    too.

    Parameters
    ----------
    tables : mapping of str to DataFrame or Table
        Tables by name as `protect` and `protect_together` return them, with their column `status`.
    earlier : sequence of Run
        Runs that were published before. Their hidden cells are audited too; those that the tables
        give away have rows of their own.
    known : sequence of Known
        What is public of single cells; see `analysis.disclosure.knowledge`.

    Returns
    -------
    DataFrame
        One row for each hidden cell of each table: `table`, `cell` (its labels as text), `value`,
        `status`, `lower`, `upper`, `needed` (least width, or least distance of each bound from the
        value, in the unit of the value; zero for secondary cells), `safe`, and `given_away_by`: why
        it is not safe. Confidential, as the values are.

    Raises
    ------
    DataError
        If a table has no column of status, or contradicts itself or another.
    """
    given = named_tables(tables)
    system, hidden = _as_published(given, earlier, known)
    lower, upper = _bounds(system, hidden)
    why = _given_away(given, system, hidden)
    parts = [_report(table, system, lower, upper, why) for table in given.values()]
    parts.append(_report_earlier(given, system, lower, upper, why))
    return pd.concat(parts, ignore_index=True)


def require_safe(
    tables: Mapping[str, Any], *, earlier: Sequence[Run] = (), known: Sequence[Known | Same] = ()
) -> pd.DataFrame:
    """Return the audit of tables, or stop where a hidden cell is not safe.

    Raises
    ------
    DisclosureError
        Naming the cells and what gives them away.
    """
    found = audit(tables, earlier=earlier, known=known)
    unsafe = found[~found["safe"]]
    if len(unsafe):
        texts = [f"{row.table}: {row.given_away_by}" for row in unsafe.itertuples()]
        raise DisclosureError(
            f"{len(unsafe)} hidden cells would be given away: {some(texts)}. Protect all tables of "
            "the run together (protect_together), or publish less."
        )
    return found


def _as_published(
    tables: Mapping[str, Table], earlier: Sequence[Run], known: Sequence[Known | Same]
) -> tuple[System, BoolArray]:
    """Return the system with states as the tables say, and which cells are hidden from all."""
    for name, table in tables.items():
        if STATUS not in table.frame.columns:
            raise DataError(f"{name}: column {STATUS} is missing. Protect the table first.")
        strange = table.frame[~table.frame[STATUS].isin(_STATUSES)]
        if len(strange):
            raise DataError(
                f"{name}, {STATUS}: {some(strange[STATUS].unique())} is none of "
                f"{', '.join(_STATUSES)}. Keep the column as protect returned it."
            )
    system = system_of(tables)
    state = np.full(system.state.shape, int(State.ABSENT), dtype=np.int64)
    for name, table in tables.items():
        published = (table.frame[STATUS] == "published").to_numpy()
        now = np.where(published, State.SHOWN, State.PRIMARY)
        now = np.where(published & table.forced, State.FORCED, now)
        cells = system.rows[name]
        state[cells] = _RANK[np.maximum(_PLACE[state[cells]], _PLACE[now])]
    system = with_knowledge(replace(system, state=state), tables, known)
    system = with_earlier(system, tables, earlier, singletons_of(tables))
    return system, np.isin(system.state, [State.PRIMARY, State.ABSENT])


def _bounds(system: System, hidden: BoolArray) -> tuple[FloatArray, FloatArray]:
    lower, upper = system.values.copy(), system.values.copy()
    wanted = hidden & ((system.state == State.PRIMARY) | system.required)
    for component in told(components_of(system, hidden, wanted), "parts audited"):
        found = bounds_of(component, wanted[component.cells])
        lower[component.cells], upper[component.cells] = found.lower, found.upper
    return lower, upper


def _given_away(tables: Mapping[str, Table], system: System, hidden: BoolArray) -> dict[int, str]:
    """Return the sensitive cells that are not safe, and why."""
    why = {
        int(cell): f"{system.texts[int(cell)]} (published)"
        for cell in np.flatnonzero(system.required & (system.state == State.SHOWN))
    }
    singletons = singletons_of(tables)
    for cell, text in given_away(system, hidden, singletons):
        why.setdefault(cell, text)
    return why


def _report(
    table: Table, system: System, lower: FloatArray, upper: FloatArray, why: dict[int, str]
) -> pd.DataFrame:
    own = system.rows[table.name]
    status = table.frame[STATUS].to_numpy()
    safe = np.array([int(cell) not in why for cell in own], dtype=np.bool_)
    rows = np.flatnonzero((status != "published") | ~safe)
    cells = own[rows]
    return pd.DataFrame(
        {
            "table": table.name,
            "cell": table.describe(table.frame.iloc[rows]),
            "value": system.values[cells],
            "status": status[rows],
            "lower": lower[cells],
            "upper": upper[cells],
            "needed": np.maximum.reduce([system.width, system.up, system.down])[cells],
            "safe": safe[rows],
            "given_away_by": [why.get(int(cell), "") for cell in cells],
        }
    )


def _report_earlier(
    tables: Mapping[str, Table],
    system: System,
    lower: FloatArray,
    upper: FloatArray,
    why: dict[int, str],
) -> pd.DataFrame:
    """Return the cells that earlier runs hid, and that are given away now."""
    today = np.unique(np.concatenate([system.rows[name] for name in tables]))
    cells = np.array(sorted(set(why) - set(today.tolist())), dtype=np.int64)
    return pd.DataFrame(
        {
            "table": "earlier run or total without a row",
            "cell": [system.texts[int(cell)] for cell in cells],
            "value": system.values[cells],
            "status": "primary",
            "lower": lower[cells],
            "upper": upper[cells],
            "needed": np.maximum.reduce([system.width, system.up, system.down])[cells],
            "safe": False,
            "given_away_by": [why[int(cell)] for cell in cells],
        }
    )
