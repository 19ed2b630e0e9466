"""What a run of tables that passed the gate tells of people under the same rules."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from analysis.disclosure.releases import Risk
from analysis.disclosure.run_folders import read_run, risks_of

TOTAL = "Jumlah"
STATES = ("today", "restructured", "redistributed")
_TABLES = (
    *("posts", "retirement", "outcomes", "readings", "ranks", "families", "establishment"),
    *("states", "redrawn", "attribution", "adequacy", "rules"),
)


@dataclass(frozen=True, eq=False)
class People:
    """The tables of the reform in a run.

    Attributes
    ----------
    run : str
    day : date
        Day of the records, whose rules apply.
    synthetic : bool
        Whether the people do not exist.
    risks : tuple of str
        What a reader must be told.
    tables : dict of str to DataFrame
        By their names without "reform_"; hidden values are missing.
    """

    run: str
    day: dt.date
    synthetic: bool
    risks: tuple[Risk, ...]
    tables: dict[str, pd.DataFrame]

    @property
    def number(self) -> int | None:
        """Number of people; None if it is hidden."""
        return self.posts("today").get(TOTAL)

    @property
    def hidden(self) -> int:
        """Number of values that are hidden."""
        given = (t["status"] for t in self.tables.values() if "status" in t)
        return sum(int((status == "hidden").sum()) for status in given)

    def counts(self, table: str, by: str, **fixed: str) -> dict[str, int | None]:
        """Return people by the labels of one dimension; those hidden are None.

        Parameters
        ----------
        table, by : str
        **fixed : str
            Labels of the other dimensions; the total by default.
        """
        frame = self.tables[table]
        columns = frame.columns.astype("str").tolist()
        value = next(column for column in columns if column.startswith("pegawai"))
        others = [c for c in columns if c not in (by, value, "status")]
        for other in others:
            frame = frame[frame[other] == fixed.get(other, TOTAL)]
        known = zip(frame[by], frame[value], strict=True)
        return {str(label): None if pd.isna(n) else int(n) for label, n in known}

    def posts(self, state: str) -> dict[str, int | None]:
        """Return people by kind and level of their posts, today or restructured."""
        return self.counts("posts", f"level_{state}")

    def retirement(self, state: str) -> dict[str, int | None]:
        """Return people by the year in which they retire, of posts today or restructured."""
        return self.counts("retirement", f"year_{state}")

    def measure(self, name: str, state: str) -> float | None:
        """Return a statistic of a state; None where there is none or it is hidden."""
        frame = self.tables["states"]
        found = frame.loc[(frame["measure"] == name) & (frame["state"] == state), "value"]
        return None if found.empty or pd.isna(found.iloc[0]) else float(found.iloc[0])

    def established(self, name: str, state: str) -> float:
        """Return what is told of units and posts; moving people changes none of it."""
        frame = self.tables["establishment"].set_index("measure")
        return float(frame["today" if state == "today" else "restructured"][name])


def people(run: str) -> People:
    """Return what a run tells of the reform.

    Raises
    ------
    ParameterError
        If there is no such run.
    DataError
        If the run has not the tables of the reform; with what the records lack.
    """
    found = read_run(run)
    published = {name: found.of(f"reform_{name}") for name in _TABLES}
    return People(
        run=found.name,
        day=found.day,
        synthetic=found.synthetic,
        risks=risks_of(published.values()),
        tables={name: table.frame for name, table in published.items()},
    )
