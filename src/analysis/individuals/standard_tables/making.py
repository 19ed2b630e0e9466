"""A run of tables from records: all sets protected together, written whole or not at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.disclosure import Grant, Known, Published, publish, publish_open, write_run_folder
from analysis.errors import DisclosureError, LackingError, ParameterError
from analysis.individuals.aggregation import Records
from analysis.individuals.standard_tables.protected_set import ProtectedSet
from analysis.individuals.standard_tables.sets import SETS


@dataclass(frozen=True, eq=False)
class Made:
    """A run as it was written.

    Attributes
    ----------
    tables : mapping of str to Published
    lacking : mapping of str to str
        Tables that the records do not suffice for, and why. It may tell of single people, where
        what is written does not.
    """

    tables: Mapping[str, Published]
    lacking: Mapping[str, str]


def make_run(
    records: Records,
    folder: Path,
    *,
    log: Path | None,
    sets: Collection[str] | None = None,
    names: Collection[str] = (),
    earlier: bool = True,
    inputs: Mapping[str, object] | None = None,
    grants: Sequence[Grant] = (),
    known: Sequence[Known] = (),
) -> Made:
    """Make the tables of a run from records, pass them through the gate and write them.

    Parameters
    ----------
    records : Records
    folder : Path
        Folder of the run; its name is that of the run.
    log : Path or None
        Folder of the log, beside the records; see `publish`.
    sets : collection of str, optional
        Names of `SETS`; all by default.
    names : collection of str
        Names of people that must not occur in labels.
    earlier : bool
        Take the runs of the log into account; see `publish`.
    inputs : mapping of str to object, optional
        What a set takes beside the records, by its name; of the others, their defaults.
    grants : sequence of Grant
        Exceptions; see `publish`.
    known : sequence of Known
        What is public besides, of cells of these tables; see `publish`.

    Returns
    -------
    Made

    Raises
    ------
    ParameterError
        If a set is unknown, or takes nothing beside the records; or a grant names no sensitive
        cell.
    LackingError
        If the records do not suffice for a single table.
    DisclosureError
        If a person is named or a cell is not safe; nothing is written then.
    """
    chosen = list(SETS) if sets is None else sorted(set(sets))
    unknown = [name for name in chosen if name not in SETS]
    if unknown or not chosen:
        raise ParameterError(f"sets: {unknown or 'none'} given; there are {', '.join(SETS)}.")
    beside = dict(inputs or {})
    if wrong := sorted(set(beside) - {name for name in chosen if SETS[name].takes}):
        raise ParameterError(
            f"inputs: {wrong[0]} is not made, or takes records only. Leave it out."
        )
    made = [
        SETS[name].make(records, *([beside[name]] if name in beside else [])) for name in chosen
    ]
    found = _together(made)
    why = {**found.lacking, **found.told}
    if not (found.tables or found.open or found.statistics):
        raise LackingError("; ".join(dict.fromkeys(why.values())))
    synthetic = records.synthetic
    tables = {  # first: what is published below is in the log
        name: publish_open(each.frame, name=name, kind=each.kind, names=names, synthetic=synthetic)
        for name, each in found.open.items()
    }
    try:
        tables |= publish(
            found.tables,
            run=folder.name,
            log=log,
            statistics=found.statistics,
            grants=grants,
            known=(*found.known, *known),
            names=names,
            synthetic=synthetic,
            earlier=earlier,
        )
    except DisclosureError as error:
        raise DisclosureError(f"{error}{_without(str(error), chosen, made)}") from error
    write_run_folder(tables.values(), folder, day=records.day, lacking=found.lacking, grants=grants)
    return Made(tables, why)


def _without(error: str, chosen: Sequence[str], made: Sequence[ProtectedSet]) -> str:
    """Return which sets are left if those go whose tables an error names; empty if none are."""
    left = [
        name
        for name, each in zip(chosen, made, strict=True)
        if not any(f"{table}: " in error for table in each.tables)
    ]
    if not left or len(left) == len(chosen):
        return ""
    gone = ", ".join(name for name in chosen if name not in left)
    return f" Without {gone} the other sets may pass: --sets {' '.join(left)}."


def _together(sets: Collection[ProtectedSet]) -> ProtectedSet:
    """Return all sets as one.

    Raises
    ------
    ParameterError
        If two tables have one name.
    """
    names = [name for each in sets for part in _parts(each)[:-1] for name in part]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ParameterError(f"sets: {twice[0]} is made twice. Give each table its own name.")
    tables, open_, statistics, lacking, told = (
        {k: v for part in parts for k, v in part.items()}
        for parts in zip(*map(_parts, sets), strict=True)
    )
    known = [bound for each in sets for bound in each.known]
    return ProtectedSet(tables, open_, statistics, lacking, known, told)


def _parts(each: ProtectedSet) -> list[Mapping[str, Any]]:
    return [each.tables, each.open, each.statistics, each.lacking, each.told]
