"""The gate: frames that may be shown to people, and how one becomes such a frame.

`Published` can be made here only. Counts from individual records become one through `publish`, and
statistics of many people with them; tables of the statistical office and of establishments, which
are about no person, through `publish_open`. Reports take `Published`, nothing else that came from
records.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import inf
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from analysis.digests import digest
from analysis.disclosure.audits import require_safe
from analysis.disclosure.earlier import Run, with_emptied_rows
from analysis.disclosure.grants import Grant, granted, labels_of
from analysis.disclosure.identities import refuse_identities, shown
from analysis.disclosure.knowledge import Known, Same
from analysis.disclosure.known_files import placed
from analysis.disclosure.protection import STATUS, named_tables, protect_together
from analysis.disclosure.runs import (
    RUN_NAME,
    is_run_name,
    read_runs,
    run_path,
    stored_statistics,
    stored_table,
    write_run,
)
from analysis.disclosure.statistics import Statistics
from analysis.disclosure.suppression import Method
from analysis.disclosure.tables import Table
from analysis.errors import DisclosureError, ParameterError
from analysis.files import atomic_write, read_bytes
from analysis.messages import some

Kind = Literal["public", "internal", "protected"]
Earlier = Literal["logged", "none", "apart"]
Risk = Literal[
    "earlier_runs_unknown", "sensitive_cells_forced", "exceptions_granted", "statistics_apart"
]

_KINDS = ("public", "internal", "protected")
_PASS = object()  # whoever has not this has not gone through the gate
_ADVICE = "Run the step that makes it."


@dataclass(frozen=True, eq=False)
class Published:
    """A frame that may be shown, and to whom.

    Attributes
    ----------
    name : str
    kind : {"public", "internal", "protected"}
        `public`: published tables and posts. `internal`: a government's own staff; marked wherever
        it is shown, and never on the public site. `protected`: counts from individual records
        after disclosure control.
    synthetic : bool
        Whether the people in it do not exist; shown wherever it is.
    risks : tuple of str
        What a reader of the report must be told; keys.
    """

    name: str
    kind: Kind
    synthetic: bool
    risks: tuple[Risk, ...]
    _frame: pd.DataFrame
    _through: object

    def __post_init__(self) -> None:
        if self._through is not _PASS:
            raise DisclosureError(
                f"{self.name}: a published frame is made by publish or publish_open, or read by "
                "read_published; never by hand."
            )

    @property
    def frame(self) -> pd.DataFrame:
        """A copy of the frame; hidden values are missing, `status` is published or hidden."""
        return self._frame.copy()

    @property
    def on_public_site(self) -> bool:
        """Whether the public site may show it."""
        return self.kind != "internal"


def publish(
    tables: Mapping[str, Table],
    *,
    run: str,
    log: Path | None,
    statistics: Mapping[str, Statistics] | None = None,
    grants: Sequence[Grant] = (),
    known: Sequence[Known | Same] = (),
    names: Collection[str] = (),
    synthetic: bool = False,
    method: Method = "auto",
    earlier: Earlier = "logged",
) -> dict[str, Published]:
    """Return counts from individual records as frames that may be shown, all tables of a run.

    Persons' numbers and names are refused, sensitive cells hidden with all that would give them
    away (`protect_together`), what was published before taken into account, the result attacked
    (`audit`), and the run written to the log. A cell that is not safe stops it before anything is
    written.

    Parameters
    ----------
    tables : mapping of str to Table
    run : str
        Name of the run, such as the date of the extract; letters, digits, hyphens.
    log : Path or None
        Folder of the log, one for all runs of the same people. Without one earlier runs are not
        known: every table then bears that risk.
    statistics : mapping of str to Statistics, optional
        What does not add up. It is held to a least number of people, and stands apart from the
        audit: a risk that it bears.
    grants : sequence of Grant
        Exceptions; see `analysis.disclosure.grants`.
    known : sequence of Known
        What is public of single cells, such as seats; see `analysis.disclosure.knowledge`.
    names : collection of str
        Names of people that must not occur in labels.
    synthetic : bool
        Whether the people do not exist.
    method : {"auto", "exact", "in_turn"}
        See `protect`.
    earlier : {"logged", "none", "apart"}
        What was published before: the runs of the log, which are taken into account, and a risk
        that is stated where it has none; nothing, which whoever makes the run answers for; or runs
        that are not taken into account, a risk that is stated. Tables that are published again as
        they were reveal nothing new.

    Returns
    -------
    dict of str to Published

    Raises
    ------
    DisclosureError
        If a person is named or a cell is not safe; with the cells that give it away.
    ParameterError
        If the name of the run cannot be one of a file, a grant names no sensitive cell, a table and
        a statistic have one name, or the log has runs where there were none.
    """
    if not is_run_name(run):
        raise ParameterError(f"run: {shown(run)!r} given; {RUN_NAME}.")
    if earlier not in get_args(Earlier):
        raise ParameterError(f"earlier: {earlier!r} given, one of {get_args(Earlier)} needed.")
    beside = dict(sorted((statistics or {}).items()))
    if both := sorted(set(beside) & set(tables)):
        raise ParameterError(f"statistics: {both[0]} is a table too. Give each its own name.")
    given = granted(named_tables(tables) if tables or not beside else {}, grants)
    for name, each in beside.items():
        refuse_identities(each.frame, each.dimensions, what=name, values=each.values, names=names)
    for name, table in given.items():
        above = {str(d): tree for d, tree in (table.design.hierarchies or {}).items()}
        refuse_identities(
            table.frame,
            table.design.dimensions,
            what=name,
            values=[table.design.value],
            names=names,
        )
        for dimension, tree in above.items():
            labels = pd.DataFrame({dimension: [*tree.keys(), *dict(tree.items()).values()]})
            refuse_identities(labels, [dimension], what=f"{name}, hierarchies", names=names)
    known = placed(known, given)
    past: list[Run] = [] if log is None or earlier == "apart" else read_runs(log)
    before = [each for each in past if each.name != run]
    if before and earlier == "none":
        raise ParameterError(
            f"earlier: none given; the log {log} has {some(each.name for each in before)}."
        )
    given = {name: _in_order(each) for name, each in with_emptied_rows(given, past).items()}
    unknown = log is None or not (before or earlier == "none")
    risks = _risks(given, grants, earlier_unknown=unknown)
    kept = {name: stored_statistics(each) for name, each in beside.items()}

    def attempt(seen: Sequence[Run]) -> tuple[dict[str, Table], dict[str, Any]]:
        done = _protected(given, seen, known, method)
        found = require_safe(done, earlier=seen, known=known) if done else pd.DataFrame()
        content = _content(done, found, seen, grants, risks, synthetic)
        public = [_stored_bound(each) for each in known]
        return done, content | {"statistics": kept} | ({"known": public} if public else {})

    done, content = attempt(before)
    if log is not None:
        again = len(before) < len(past)
        if again and not run_path(log, run, content).exists():  # not what was published already
            done, content = attempt(past)
        write_run(log, run, content)
    apart: tuple[Risk, ...] = (*risks, "statistics_apart")
    return {
        name: Published(name, "protected", synthetic, risks, _shown(table), _PASS)
        for name, table in done.items()
    } | {
        name: Published(name, "protected", synthetic, apart, _with_status(each), _PASS)
        for name, each in beside.items()
    }


def publish_open(
    frame: pd.DataFrame,
    *,
    name: str,
    kind: Literal["public", "internal"],
    names: Collection[str] = (),
    synthetic: bool = False,
) -> Published:
    """Return a table that is about no single person as a frame that may be shown.

    Published tables and posts with their need are `public`; a government's own staff is
    `internal`. Numbers of persons and names are refused all the same.

    Raises
    ------
    DisclosureError
        If a person is named.
    ParameterError
        If the kind is another.
    """
    if kind not in ("public", "internal"):
        raise ParameterError(
            f"kind: {kind!r} given; public or internal needed. Counts from records: publish."
        )
    refuse_identities(frame, [str(c) for c in frame.columns], what=name, names=names)
    return Published(name, kind, synthetic, (), frame.copy(), _PASS)


def write_published(published: Published, folder: Path) -> Path:
    """Write a published frame and what it is, whole or not at all; return the path."""
    text = published.frame.to_json(orient="split", index=False, double_precision=15)
    dtypes = {str(column): str(dtype) for column, dtype in published.frame.dtypes.items()}
    content = {
        "dtypes": dtypes,
        "name": published.name,
        "kind": published.kind,
        "synthetic": published.synthetic,
        "risks": list(published.risks),
        "digest": _seal(
            published.name, published.kind, published.synthetic, published.risks, dtypes, text
        ),
        "frame": text,
    }
    path = folder / f"{published.name}.published.json"
    atomic_write(path, json.dumps(content, ensure_ascii=False))
    return path


def read_published(path: Path) -> Published:
    """Return a frame that `write_published` wrote.

    Raises
    ------
    DataError
        If the file cannot be read.
    DisclosureError
        If it was written by anything else, or changed.
    """
    data = read_bytes(path, advice=_ADVICE)
    try:
        content = json.loads(data)
        name, kind, synthetic = (content[key] for key in ("name", "kind", "synthetic"))
        text, seal = content["frame"], content["digest"]
        risks, dtypes = tuple(content["risks"]), dict(content["dtypes"])
    except (KeyError, TypeError, ValueError) as error:
        raise DisclosureError(f"{path} is no published frame. {_ADVICE}") from error
    if kind not in _KINDS or seal != _seal(name, kind, synthetic, risks, dtypes, text):
        raise DisclosureError(f"{path} was changed after it had passed the gate. {_ADVICE}")
    split = json.loads(text)
    frame = pd.DataFrame(split["data"], columns=split["columns"]).astype(dtypes)
    return Published(name, kind, bool(synthetic), risks, frame, _PASS)


def _seal(*parts: object) -> str:
    return digest([json.dumps(parts)])


def _in_order(table: Table) -> Table:
    """Return rows in the order of their labels: another one may tell of hidden values."""

    def comparable(labels: "pd.Series[Any]") -> "pd.Series[Any]":
        return labels if pd.api.types.is_numeric_dtype(labels) else labels.astype(str)

    dimensions = list(table.design.dimensions)
    ordered = table.frame.sort_values(dimensions, key=comparable, ignore_index=True)
    return replace(table, frame=ordered)


def _shown(table: Table) -> pd.DataFrame:
    """Return what readers may see: no value that is hidden, nor which rule hid it."""
    design = table.design
    published = table.frame[STATUS] == "published"
    shown = table.frame[[*design.dimensions, design.value]].reset_index(drop=True)
    values = shown[design.value].astype("Int64" if design.whole else "Float64")
    shown[design.value] = values.mask(~published.to_numpy())
    shown[STATUS] = np.where(published, "published", "hidden")
    return shown


def _with_status(statistics: Statistics) -> pd.DataFrame:
    return statistics.released().assign(
        **{STATUS: np.where(statistics.shown, "published", "hidden")}
    )


def _protected(
    tables: Mapping[str, Table],
    earlier: Sequence[Run],
    known: Sequence[Known | Same],
    method: Method,
) -> dict[str, Table]:
    if not tables:
        return {}
    protected = protect_together(tables, earlier=earlier, known=known, method=method)
    return {name: Table(protected[name], table.design, name) for name, table in tables.items()}


def _risks(
    tables: Mapping[str, Table], grants: Sequence[Grant], *, earlier_unknown: bool
) -> tuple[Risk, ...]:
    forced = any((table.forced & table.sensitivity.primary).any() for table in tables.values())
    risks: list[tuple[bool, Risk]] = [
        (earlier_unknown, "earlier_runs_unknown"),
        (forced, "sensitive_cells_forced"),
        (any(g.effect == "may be found out" for g in grants), "exceptions_granted"),
    ]
    return tuple(risk for holds, risk in risks if holds)


def _stored_bound(known: Known | Same) -> dict[str, Any]:
    stored = {
        name: list(map(str, value)) if isinstance(value, tuple) else value
        for name, value in asdict(known).items()
    }
    return {name: None if value == inf else value for name, value in stored.items()}


def _content(
    tables: Mapping[str, Table],
    found: pd.DataFrame,
    earlier: Sequence[Run],
    grants: Sequence[Grant],
    risks: tuple[Risk, ...],
    synthetic: bool,
) -> dict[str, Any]:
    stored = {}
    for name, table in tables.items():
        status = table.frame[STATUS]
        reasons = np.where(status == "secondary", "secondary", table.sensitivity.reason)
        rows = found[found["table"] == name]
        reason = dict(zip(table.describe(table.frame), reasons.tolist(), strict=True))
        stored[name] = stored_table(
            table, rows.assign(reason=[reason[cell] for cell in rows["cell"]]), status
        ) | {
            "forced": [
                cell
                for cell, flag in zip(
                    table.describe(table.frame),
                    table.forced & table.sensitivity.primary,
                    strict=True,
                )
                if flag
            ]
        }
    return {
        "synthetic": synthetic,
        "earlier": [run.name for run in earlier],
        "risks": list(risks),
        "grants": [
            {
                "table": grant.table,
                "cell": list(map(str, labels_of(grant, tables[grant.table]))),
                "by": grant.by,
                "reason": grant.reason,
                "day": grant.day and grant.day.isoformat(),
                "effect": grant.effect,
            }
            for grant in grants
        ],
        "tables": stored,
    }
