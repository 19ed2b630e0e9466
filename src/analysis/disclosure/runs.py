"""The log of runs: what was published, by which rules, what was hidden and why, who allowed what.

One file a run, written whole or not at all. It holds no value of a hidden cell. A run that is
published again under its name with other figures leaves a second file: both were seen.
"""

import json
from math import inf
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.digests import digest
from analysis.disclosure.earlier import SENSITIVE, Run
from analysis.disclosure.identities import identifying
from analysis.disclosure.rules import Rules
from analysis.disclosure.statistics import Statistics
from analysis.disclosure.tables import RELATIVE, Design, Table
from analysis.errors import DataError
from analysis.files import atomic_write, read_bytes

_ADVICE = "Restore it from a copy: without it the runs that follow cannot be checked against it."
_FORMAT = 1
RUN_NAME: Final = "letters, digits and hyphens needed, and no number of a person"


def is_run_name(name: str) -> bool:
    """Whether a run may have this name, which its folder, its log and its pages bear."""
    fit = bool(name) and all(sign.isalnum() or sign == "-" for sign in name)
    return fit and identifying(name) is None


def write_run(folder: Path, name: str, content: dict[str, Any]) -> Path:
    """Write the file of a run and return its path."""
    text = json.dumps({"format": _FORMAT, "run": name} | content, ensure_ascii=False)
    path = run_path(folder, name, content)
    if not path.exists():
        atomic_write(path, text + "\n")
    return path


def run_path(folder: Path, name: str, content: dict[str, Any]) -> Path:
    """Return the file of a run: what was published is in its name, so that it is there once."""
    seen = [json.dumps([table["rows"], table["sensitive"]]) for table in content["tables"].values()]
    seen += [json.dumps(statistics) for statistics in content.get("statistics", {}).values()]
    return folder / f"{name}-{digest(seen)}.json"


def logged_runs(folder: Path) -> list[str]:
    """Return the names of the runs of a log."""
    return sorted({path.stem.rpartition("-")[0] for path in folder.glob("*.json")})


def read_runs(folder: Path) -> list[Run]:
    """Return the runs of a log, in the order of their files' names.

    Raises
    ------
    DataError
        If a file cannot be read, is not one of a run or was changed, or a run is missing that
        another was held against.
    """
    found = [_read(path) for path in sorted(folder.glob("*.json"))]
    there = {run.name for run, _ in found}
    for run, earlier in found:
        if lacking := sorted(set(earlier) - there):
            raise DataError(
                f"{folder}: the file of run {lacking[0]}, which {run.name} was held against, is "
                f"missing. {_ADVICE}"
            )
    return [run for run, _ in found]


def _read(path: Path) -> tuple[Run, list[str]]:
    """Return the run of a file, and the names of those that it was held against."""
    data = read_bytes(path, advice=_ADVICE)
    try:
        content = json.loads(data)
        if content["format"] != _FORMAT:
            raise DataError(f"{path}: written by another version. {_ADVICE}")
        run = str(content["run"])
        if run_path(path.parent, run, content) != path:
            raise DataError(f"{path}: changed or renamed since the run was published. {_ADVICE}")
        tables = {name: _table(name, stored) for name, stored in content["tables"].items()}
        bounded = frozenset(
            str(each["table"]) for each in content.get("known", []) if "most" in each
        )
        return Run(run, tables, bounded), list(map(str, content["earlier"]))
    except DataError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path} is no file of a run, or damaged ({error}). {_ADVICE}") from error


def stored_table(table: Table, hidden: pd.DataFrame, status: "pd.Series[str]") -> dict[str, Any]:
    """Return what the log keeps of a table.

    Parameters
    ----------
    table : Table
    hidden : DataFrame
        Its rows of the audit.
    status : Series of str
        Of each row.
    """
    design = table.design
    values = table.frame[design.value].where(status == "published")
    rows = table.frame[list(design.dimensions)].astype(str)
    return {
        "dimensions": list(design.dimensions),
        "value": design.value,
        "minimum": design.minimum,
        "sums": not design.whole,
        "protection": design.protection,
        "hierarchies": {
            d: {str(child): str(above) for child, above in dict(tree.items()).items()}
            for d, tree in (design.hierarchies or {}).items()
        },
        "rules": {
            "p": design.rules.p,
            "dominance": list(design.rules.dominance),
            "zeros": design.rules.zeros,
            "singletons": design.rules.singletons,
        },
        "rows": [
            [*labels, None if pd.isna(value) else float(value)]
            for labels, value in zip(rows.itertuples(index=False, name=None), values, strict=True)
        ],
        "sensitive": [bool(flag) for flag in status == "primary"],
        "hidden": [
            {"cell": cell, "why": why, "lower": lower, "upper": None if upper == inf else upper}
            for cell, why, lower, upper in zip(
                hidden["cell"],
                hidden["reason"],
                hidden["lower"].tolist(),
                hidden["upper"].tolist(),
                strict=True,
            )
        ],
    }


def stored_statistics(statistics: Statistics) -> dict[str, Any]:
    """Return what the log keeps of statistics: the rule, and what was shown."""
    return {
        "dimensions": list(statistics.dimensions),
        "values": list(statistics.values),
        "minimum": statistics.minimum,
        "digits": statistics.digits,
        "hidden": int((~statistics.shown).sum()),
        "rows": json.loads(statistics.released().to_json(orient="values")),
    }


def _table(name: str, stored: dict[str, Any]) -> Table:
    dimensions = stored["dimensions"]
    frame = pd.DataFrame(stored["rows"], columns=[*dimensions, stored["value"]])
    frame[SENSITIVE] = stored["sensitive"]
    protection = (stored["protection"] or RELATIVE) if stored["sums"] else None
    design = Design(
        dimensions,
        stored["value"],
        stored["minimum"],
        hierarchies=stored["hierarchies"] or None,
        protection=protection,
        rules=Rules(
            stored["rules"]["p"],
            tuple(stored["rules"]["dominance"]),
            stored["rules"]["zeros"],
            stored["rules"]["singletons"],
        ),
    )
    return Table(frame, design, name)
