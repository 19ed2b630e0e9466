"""Hide what is sensitive, and what would give it away."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import as_frame
from analysis.disclosure.earlier import Run, with_earlier
from analysis.disclosure.knowledge import Known, Same, with_knowledge
from analysis.disclosure.rules import Rules
from analysis.disclosure.suppression import Method, suppress
from analysis.disclosure.systems import State, System, system_of
from analysis.disclosure.tables import DESIGN, Design, Table, as_table
from analysis.errors import ParameterError

STATUS = "status"


def protect(
    table: pd.DataFrame,
    dimensions: Sequence[str],
    *,
    value: str,
    minimum: int = 5,
    primary: str | None = None,
    contributors: Sequence[str] | None = None,
    hierarchies: Mapping[str, Any] | None = None,
    protection: float | None = None,
    forced: Any = None,
    cost: str | None = None,
    rules: Rules | None = None,
    method: Method = "auto",
) -> pd.DataFrame:
    """Return a table with the status of each cell: published, primary or secondary.

    A cell is `primary` if the rules say that it must not be published, `secondary` if it must be
    hidden because primary cells could be found from it. What is hidden costs as little as possible
    (`method`), and no attacker who knows all that is published, and that no hidden count is empty
    (but where the rules hide zeros), can bound a sensitive count within an interval narrower than
    `minimum`, or a sensitive sum within `protection` of its value.

    Parameters
    ----------
    table : DataFrame
        One row for each cell, totals included. Cells without a row are empty; totals without a row
        are not published.
    dimensions : sequence of str
        Columns whose labels say which cell a row is.
    value : str
        Column that adds up: whole numbers of people, or sums such as hours.
    minimum, primary, contributors, hierarchies, protection, forced, cost, rules
        See `Design`.
    method : {"auto", "exact", "in_turn"}
        How to choose secondary cells: proven optimal by integer programs, one sensitive cell after
        the other, or (auto) optimal where at most 1,000 cells are tied by equations.

    Returns
    -------
    DataFrame
        The rows as given with a column `status`. Never publish the values of hidden cells, nor
        which of them are primary: that alone says that they are small. `publish` takes both out.

    Raises
    ------
    DataError
        If the table contradicts itself; see `Table`.
    DisclosureError
        If a cell cannot be protected; with the cells that give it away.

    Examples
    --------
    >>> staff = pd.DataFrame({
    ...     "region": ["A", "A", "A", "B", "B", "B", "Total", "Total", "Total"],
    ...     "sex": ["F", "M", "Total"] * 3,
    ...     "people": [2, 9, 11, 20, 30, 50, 22, 39, 61]})
    >>> protect(staff, ["region", "sex"], value="people")["status"].tolist()[:6]
    ['primary', 'secondary', 'published', 'secondary', 'secondary', 'published']
    """
    design = Design(
        dimensions,
        value,
        minimum,
        primary,
        contributors,
        hierarchies,
        protection,
        forced,
        cost,
        rules=rules or Rules(),
    )
    given = Table(as_frame(table, what="table"), design)
    return protect_together({given.name: given}, method=method)[given.name]


def protect_together(
    tables: Mapping[str, Table],
    *,
    earlier: Sequence[Run] = (),
    known: Sequence[Known | Same] = (),
    method: Method = "auto",
) -> dict[str, pd.DataFrame]:
    """Return tables of one run, protected together: each alone may be safe and all leak.

    Parameters
    ----------
    tables : mapping of str to Table
        Tables by name. Columns of values with the same name count the same people; equal labels of
        equally named dimensions are the same, and a total of all is the same as to lack the
        dimension.
    earlier : sequence of Run
        Runs that were published before; see `analysis.disclosure.earlier`.
    known : sequence of Known
        What is public of single cells; see `analysis.disclosure.knowledge`.
    method : {"auto", "exact", "in_turn"}
        See `protect`.

    Returns
    -------
    dict of str to DataFrame
        As `protect`.

    Raises
    ------
    DataError
        If tables contradict themselves or each other.
    DisclosureError
        If a cell cannot be protected.
    """
    given = named_tables(tables)
    singletons = singletons_of(given)
    system = with_knowledge(system_of(given), given, known)
    system = with_earlier(system, given, earlier, singletons)
    hidden = suppress(system, method=method, singletons=singletons)
    return {name: _with_status(table, system, hidden) for name, table in given.items()}


def named_tables(tables: Mapping[str, Any]) -> dict[str, Table]:
    """Return tables by name, in the order of their names, so that the result has no other.

    Raises
    ------
    ParameterError
        If there are none.
    """
    if not isinstance(tables, Mapping) or not tables:
        raise ParameterError("tables: expected tables by name, such as {'staff': Table(...)}.")
    return {str(name): as_table(tables[name], name=str(name)) for name in sorted(tables, key=str)}


def singletons_of(tables: Mapping[str, Table]) -> Any:
    """Return the one rule on who is alone in a cell that holds for all tables."""
    found = {table.design.rules.singletons for table in tables.values()}
    if len(found) > 1:
        raise ParameterError(
            f"rules: tables of one run need one rule on singletons, but have {sorted(found)}."
        )
    return found.pop()


def _with_status(table: Table, system: System, hidden: "np.ndarray") -> pd.DataFrame:
    rows = system.rows[table.name]
    status = np.full(rows.size, "published", dtype=object)
    status[hidden[rows]] = "secondary"
    status[system.state[rows] == State.PRIMARY] = "primary"
    frame = table.frame.assign(**{STATUS: pd.array(status, dtype="str")})
    frame.attrs[DESIGN] = table.design
    return frame
