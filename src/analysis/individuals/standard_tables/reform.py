"""The tables of the reform: an organisation today, restructured and redistributed."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.datasets import read_processed
from analysis.disclosure import FEWEST_BEHIND, Same, Statistics, Table
from analysis.errors import DataError, DomainError
from analysis.individuals.aggregation import Records
from analysis.individuals.reform import (
    Reform,
    need_from,
    organisation_from,
    place_need,
    read_establishment,
    results,
    unit_need,
)
from analysis.individuals.standard_tables.protected_set import OpenTable, ProtectedSet, unmade
from analysis.individuals.standard_tables.totals_of_cells import ALL, counted
from analysis.restructuring import Rules
from analysis.restructuring.consequences import STEPS, SURPLUS

_PEOPLE = "pegawai"  # all of them, as in the tables of the country
_AFFECTED = "pegawai_terdampak"
_MEMBERS = "pegawai_keluarga"
_DIGITS = 4
_SMALLEST_COUNT = 5  # changes of people, which are counts: those below tell of few
_STRUCTURAL = STEPS[0][0]
_THE_SAME = "whose post closes goes to a functional post"
_SAME_POSTS = "levels of posts are those of the tables of the country"
_READINGS = ("uji kompetensi", "tidak disetarakan")
_TABLES = (
    *("reform_posts", "reform_retirement", "reform_outcomes", "reform_readings", "reform_ranks"),
    *("reform_families", "reform_establishment", "reform_states", "reform_redrawn"),
    *("reform_attribution", "reform_adequacy", "reform_rules"),
)
_UNPLACED: Mapping[str, str] = MappingProxyType(dict.fromkeys(SURPLUS, "unplaced"))
_NEWLY: Mapping[str, str] = MappingProxyType(dict.fromkeys(("moved", "stay"), "newly"))


def reform_set(records: Records) -> ProtectedSet:
    """Return what the three stages of simplification and redistribution do to the records.

    Rules are those of the day of the records.

    Parameters
    ----------
    records : Records

    Returns
    -------
    ProtectedSet
        Counts: of all people `reform_posts` and `reform_retirement`, by level of post and by year
        of retirement today and after; of those whose posts close `reform_outcomes`,
        `reform_readings` and `reform_ranks`; of needed families `reform_families`. Open:
        `reform_establishment`. Statistics: `reform_states`, `reform_redrawn`,
        `reform_attribution`, `reform_adequacy`, `reform_rules`. See the functions of
        `analysis.individuals.reform.results`. Where the records are no organisation there is none
        of them, and why is told.
    """
    try:
        reform = reform_of(records)
        tables = _counts(reform)
        return ProtectedSet(
            tables,
            {"reform_establishment": OpenTable(results.establishment(reform), "public")},
            _statistics(reform),
            known=same_people(tables["reform_posts"], tables["reform_outcomes"]),
        )
    except (DataError, DomainError) as error:  # other sets are made all the same
        return unmade(_TABLES, error)


def reform_of(records: Records) -> Reform:
    """Return the organisation of the records with the rules of their day.

    Raises
    ------
    DataError
        If the records lack a table or column, or are no organisation.
    """
    establishment = read_establishment(records)
    rules, strict = rules_on(records.day)
    return Reform(
        organisation_from(establishment, records.day),
        rules,
        strict,
        need_from(establishment),
        unit_need(establishment),
        place_need(establishment),
    )


def rules_on(day: dt.date) -> tuple[Rules, Rules]:
    """Return the rules of a day in both readings, see `Reform`."""
    table, ages = read_processed("aturan_penyederhanaan"), read_processed("batas_usia_pensiun")
    lenient, strict = (Rules.from_frame(table, ages, day, reading=r) for r in _READINGS)
    return lenient, strict


def _counts(reform: Reform) -> dict[str, Table]:
    """Return the counts.

    Two states of the same people stand in one table, so that the gate sees what their difference
    would tell.
    """
    kinds = {
        name: kind
        for name, (kind, _) in zip(results.STEP_NAMES, STEPS, strict=True)
        if name != kind
    }
    outcomes = results.outcomes(reform)
    return {
        "reform_posts": _table(
            _named(results.posts_held(reform), "level"),
            ["level_today", "level_restructured"],
            _PEOPLE,
            {"level_today": kinds, "level_restructured": kinds},
        ),
        "reform_retirement": _table(
            _named(results.retirement_profile(reform), "year"),
            ["year_today", "year_restructured"],
            _PEOPLE,
        ),
        "reform_outcomes": _table(outcomes, ["level", "outcome"], _AFFECTED),
        "reform_readings": _table(
            outcomes, ["outcome", "outcome_strict"], _AFFECTED, {"outcome_strict": _UNPLACED}
        ),
        "reform_ranks": _table(outcomes, ["rank"], _AFFECTED),
        "reform_families": _table(
            results.family_members(reform), ["family", "origin"], _MEMBERS, {"origin": _NEWLY}
        ),
    }


def same_people(posts: Table, outcomes: Table) -> tuple[Same, ...]:
    """Return that those who go from structural posts to a level are those whose posts close.

    Parameters
    ----------
    posts, outcomes : Table
        `reform_posts` and `reform_outcomes`, which count them under other names.
    """
    levels = ["level_today", "level_restructured"]
    went = posts.frame.set_index(levels)[_PEOPLE].get(_STRUCTURAL, pd.Series(dtype=np.int64))
    closed = outcomes.frame[outcomes.frame["outcome"] == ALL].set_index("level")[_AFFECTED]
    both = closed.index.intersection(went.index).difference([ALL])
    return tuple(
        Same("reform_posts", (_STRUCTURAL, level), "reform_outcomes", (level, ALL), _THE_SAME)
        for level in both
        if went[level] == closed[level]
    )


def same_posts(tables: Mapping[str, Table]) -> list[Same]:
    """Return which posts the tables of the country and of the reform both count, if a run has both.

    Parameters
    ----------
    tables : mapping of str to Table
        All tables of the run.
    """
    country, reform = "pegawai_keluarga", "reform_posts"
    if not {country, reform} <= set(tables):
        return []
    families, posts = tables[country].frame, tables[reform].frame
    theirs = families[families["wilayah"] == ALL].set_index("jabatan")[_PEOPLE]
    ours = posts[posts["level_restructured"] == ALL].set_index("level_today")[_PEOPLE]
    levels = {f"Jabatan {kind}": kind for kind, _ in STEPS}
    levels |= {f"Eselon {level}": level for kind, level in STEPS if kind == _STRUCTURAL}
    return [
        Same(country, (ALL, label), reform, (level, ALL), _SAME_POSTS)
        for label, level in levels.items()
        if label in theirs and level in ours and theirs[label] == ours[level]
    ]


def _named(frame: pd.DataFrame, what: str) -> pd.DataFrame:
    """Return two states with what is told of them before their names."""
    return frame.rename(columns=lambda name: name if name == "people" else f"{what}_{name}")


def _table(
    frame: pd.DataFrame,
    by: list[str],
    value: str,
    trees: Mapping[str, Mapping[str, str]] | None = None,
) -> Table:
    return counted(frame.rename(columns={"people": value}), by, value, trees=trees)


def _statistics(reform: Reform) -> dict[str, Statistics]:
    return {
        "reform_states": _of(results.three_states(reform), ["measure", "state"], ["value"]),
        "reform_redrawn": _of(
            results.redrawn(reform), ["over", "of"], ["before", "redrawn", "after"]
        ),
        "reform_attribution": _of(
            results.attribution(reform), ["indicator"], ["before", "boxes", "moves", "class"]
        ),
        "reform_adequacy": _of(results.adequacy(reform), ["state", "band"], ["units"]),
        "reform_rules": _of(
            results.rules_off(reform),
            ["rule"],
            ["units", "layers", "structural", "functional", "unplaced", "conditional"],
            minimum=_SMALLEST_COUNT,
        ),
    }


def _of(
    frame: pd.DataFrame, by: list[str], values: list[str], minimum: int = FEWEST_BEHIND
) -> Statistics:
    return Statistics(frame, by, values, "people", minimum, _DIGITS)
