"""A run of tables from records: all sets protected together, written whole or not at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from analysis.disclosure import Grant, Known, Published, publish, publish_open, write_run_folder
from analysis.disclosure.identities import identifying
from analysis.disclosure.releases import Earlier
from analysis.errors import LackingError, ParameterError, UnprotectedError
from analysis.individuals.aggregation import Records
from analysis.individuals.standard_tables.protected_set import UNFIT, ProtectedSet
from analysis.individuals.standard_tables.reform import same_posts
from analysis.individuals.standard_tables.sets import SETS

UNPROTECTED: Final = "people could be told from its tables, whatever is hidden of them."


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
    earlier: Earlier = "logged",
    inputs: Mapping[str, object] | None = None,
    grants: Sequence[Grant] = (),
    known: Sequence[Known] = (),
    leave_out: bool = False,
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
    earlier : {"logged", "none", "apart"}
        What was published before; see `publish`.
    inputs : mapping of str to object, optional
        What a set takes beside the records, by its name; of the others, their defaults.
    grants : sequence of Grant
        Exceptions; see `publish`.
    known : sequence of Known
        What is public besides, of cells of these tables; see `publish`.
    leave_out : bool
        Leave out sets of which a cell cannot be protected, and say so, where others are left.

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
    made = {
        name: SETS[name].make(records, *([beside[name]] if name in beside else []))
        for name in chosen
    }
    gate = partial(
        _published,
        run=folder.name,
        log=log,
        grants=grants,
        names=names,
        synthetic=records.synthetic,
        earlier=earlier,
    )
    without: dict[str, str] = {}
    while True:
        found = _together(made.values())
        why = {**found.lacking, **found.told}
        if not (found.tables or found.open or found.statistics):
            raise LackingError("; ".join(dict.fromkeys(why.values())))
        try:
            tables = gate(found, known=(*found.known, *known))
            break
        except UnprotectedError as error:
            gone = [name for name, each in made.items() if error.tables & set(each.tables)]
            left = " ".join(name for name in made if name not in gone)
            if not (gone and left):
                raise
            if not leave_out:
                hint = f"Without {', '.join(gone)} the other sets may pass: --sets {left}."
                raise UnprotectedError(f"{error} {hint}", tables=error.tables) from error
            lost = (table for name in gone for part in _parts(made[name])[:3] for table in part)
            without |= dict.fromkeys(lost, str(error))
            made = {name: each for name, each in made.items() if name not in gone}
    said = {name: UNFIT if identifying(why) else why for name, why in found.lacking.items()}
    lacking = said | dict.fromkeys(without, UNPROTECTED)
    write_run_folder(tables.values(), folder, day=records.day, lacking=lacking, grants=grants)
    return Made(tables, why | without)


def _published(
    found: ProtectedSet, *, names: Collection[str], synthetic: bool, **options: Any
) -> dict[str, Published]:
    """Return tables that passed the gate; first those that are open: the others are in the log."""
    open_ = {
        name: publish_open(each.frame, name=name, kind=each.kind, names=names, synthetic=synthetic)
        for name, each in found.open.items()
    }
    passed = publish(
        found.tables, statistics=found.statistics, names=names, synthetic=synthetic, **options
    )
    return open_ | passed


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
    known = [*(bound for each in sets for bound in each.known), *same_posts(tables)]
    return ProtectedSet(tables, open_, statistics, lacking, known, told)


def _parts(each: ProtectedSet) -> list[Mapping[str, Any]]:
    return [each.tables, each.open, each.statistics, each.lacking, each.told]
