"""What report 10 can say: one frozen dataclass for each group of its texts, and who computes it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.datasets.organisations import TREES
from analysis.reports.restrukturisasi import inputs
from analysis.reports.restrukturisasi.inputs import Case
from analysis.reports.restrukturisasi.matching import DIFFERENT, Beside, boxes
from analysis.reports.restrukturisasi.parameters import OWN, Restrukturisasi
from analysis.reports.restrukturisasi.people_findings import PEOPLE_FINDINGS
from analysis.reports.values import Opening
from analysis.restructuring import Restructuring, Rules, de_facto_layers, structure

_LISTED = 60  # units of a crosswalk that a page shows; a longer one is in the workbook


@dataclass(frozen=True)
class Subject:
    """What the report asks about."""

    agency: str
    day: dt.date
    own: bool


@dataclass(frozen=True)
class Tree:
    """What is known of the organisation before, and what was inferred."""

    name: str
    agency: str
    units: int
    tops: int
    posts: int  # seats
    formation: bool
    left_out: int
    parents: int  # inferred
    echelons: int  # inferred
    state: str  # "sebelum" or "sesudah"; of a file "sebelum"


@dataclass(frozen=True)
class Change:
    """The organisation before and after the three stages."""

    agency: str
    day: dt.date
    before: int  # units
    after: int
    dissolved: int
    exempt: int
    layers: int
    layers_after: int
    de_facto: int  # layers with roles counted, on the day
    roles: int
    structural: int  # posts
    structural_after: int
    switched_off: tuple[str, ...]
    share: float  # of the units that dissolve


@dataclass(frozen=True)
class Flow:
    """Posts of one origin with one destination."""

    origin: str
    destination: str
    posts: int


@dataclass(frozen=True)
class Flows:
    """Where structural posts go."""

    flows: tuple[Flow, ...]
    posts: int
    functional: int  # that become functional
    undecided: int  # of them those whose family no rule tells, or several do


@dataclass(frozen=True)
class Applied:
    """The rules that decided about a unit."""

    day: dt.date
    rules: int
    unverified: tuple[str, ...]  # codes of those with no verified source


@dataclass(frozen=True)
class Crosswalk:
    """Every unit and what became of it."""

    units: int
    listed: bool


@dataclass(frozen=True)
class Differing:
    """A unit whose modelled state is not the real one."""

    name: str
    real_name: str
    model: str
    real: str
    rule: str


@dataclass(frozen=True)
class Compared:
    """The modelled office of BPS beside the real one."""

    agency: str
    real_agency: str
    units: int
    same: int
    differing: tuple[Differing, ...]
    boxes: int  # units of the real state
    layers: int  # of heads with an echelon
    working: int  # as work is done: coordinators and sub-coordinators too
    model_layers: int
    coordinators: int
    subcoordinators: int


@dataclass(frozen=True)
class Run:
    """What the rules make of one public tree."""

    agency: str
    before: int
    after: int
    layers: int
    layers_after: int


@dataclass(frozen=True)
class Runs:
    """What the rules make of every public tree."""

    day: dt.date
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Sensitive:
    """What a rule does: the result without it."""

    rules: int
    strongest: str
    units: int  # more or fewer units without the strongest


@dataclass(frozen=True)
class Workbook:
    """What the workbook to save holds."""

    agency: str
    units: int
    posts: int


@dataclass(frozen=True)
class Key:
    """The numbers the report opens with."""

    change: Change
    functional: int


FINDINGS: Mapping[str, type] = PEOPLE_FINDINGS | {
    "report": Subject,
    "key": Key,
    "summary": Opening,
    "tree": Tree,
    "change": Change,
    "structure": Subject,
    "flows": Flows,
    "rules": Applied,
    "crosswalk": Crosswalk,
    "compared": Compared,
    "real": Compared,
    "runs": Runs,
    "sensitivity": Sensitive,
    "workbook": Workbook,
    "limits": Tree,
}


def subject(case: Case, p: Restrukturisasi) -> Subject:
    """Return what the report asks about."""
    return Subject(case.agency, p.day, p.tree == OWN)


def tree(case: Case) -> Tree:
    """Return what is known of the organisation before."""
    key = inputs.KEYS.get(case.name)
    return Tree(
        name=case.name,
        agency=case.agency,
        units=len(case.units),
        tops=int(case.units["induk"].isna().sum()),
        posts=case.seats,
        formation=case.formation,
        left_out=case.left_out,
        parents=int(case.units["induk_disimpulkan"].sum()),
        echelons=int(case.units["eselon_disimpulkan"].sum()),
        state=TREES[key].state if key else "sebelum",
    )


def change(case: Case, found: Restructuring, p: Restrukturisasi) -> Change:
    """Return what the three stages do to the organisation."""
    status = found.crosswalk()["status"].astype(str).value_counts()
    before, after = (structure(state).iloc[0] for state in (found.before, found.after))
    flat = de_facto_layers(found, p.day)
    dissolved = int(status.get("dissolved", 0))
    return Change(
        agency=case.agency,
        day=p.day,
        before=len(found.before.units),
        after=len(found.after.units),
        dissolved=dissolved,
        exempt=int(status.get("exempt", 0)),
        layers=int(before["layers"]),
        layers_after=int(after["layers"]),
        de_facto=int(flat["de_facto"].max()),
        roles=int(flat["roles"].sum()),
        structural=int(before["structural"]),
        structural_after=int(after["structural"]),
        switched_off=p.switched_off,
        share=dissolved / len(found.before.units),
    )


def flows(table: pd.DataFrame, found: Restructuring) -> Flows:
    """Return where structural posts go; `table` is `inputs.flows`."""
    kept = {inputs.RETAINED, inputs.EXEMPT, inputs.CLOSED}
    functional = table.loc[~table["destination"].isin(kept), "people"].sum()
    return Flows(
        tuple(
            Flow(str(origin), str(to), int(posts))
            for origin, to, posts in table.itertuples(index=False)
        ),
        int(table["people"].sum()),
        int(functional),
        int((found.details["family_state"].astype(str) != "mapped").sum()),
    )


def rule_table(found: Restructuring, rules: Rules) -> pd.DataFrame:
    """Return the rules that decided about units or posts, with what they rest on.

    Returns
    -------
    DataFrame
        The columns of `Rules.to_frame`, and `units`: how many it decided about (of rules of posts
        the posts).
    """
    units = found.crosswalk()["rule"].astype("str").value_counts()
    posts = found.details["rule"].astype("str").value_counts()
    frame = rules.to_frame()
    numbers = frame["rule"].map(units).fillna(frame["rule"].map(posts))
    return frame.assign(units=numbers)[numbers.notna()].reset_index(drop=True)


def applied(table: pd.DataFrame, p: Restrukturisasi) -> Applied:
    """Return what the rules that decided rest on; `table` is `rule_table`."""
    return Applied(
        p.day, len(table), tuple(table.loc[table["verification"] == "U", "rule"].astype(str))
    )


def crosswalk(table: pd.DataFrame) -> Crosswalk:
    """Return what the table of units shows; `table` is `Restructuring.crosswalk`."""
    return Crosswalk(len(table), len(table) <= _LISTED)


def compared(case: Case, found: Restructuring, state: Beside) -> Compared:
    """Return the modelled office beside the real one."""
    units = state.units
    off = units[units["agreement"] == DIFFERENT]
    role = state.real_units["peran"]
    return Compared(
        agency=case.agency,
        real_agency=str(state.real_units["instansi"].iloc[0]),
        units=len(units),
        same=int((units["agreement"] != DIFFERENT).sum()),
        differing=tuple(
            Differing(*map(str, row))
            for row in off[["name", "real_name", "model", "real", "rule"]]
            .fillna({"rule": ""})
            .itertuples(index=False)
        ),
        boxes=len(state.real_units),
        layers=int(structure(state.real)["layers"].iloc[0]),
        working=boxes(state.real),
        model_layers=int(structure(found.after)["layers"].iloc[0]),
        coordinators=int((role == "koordinator").sum()),
        subcoordinators=int((role == "subkoordinator").sum()),
    )


def runs(p: Restrukturisasi, rules: Rules) -> tuple[Runs, pd.DataFrame]:
    """Return what the rules make of every public tree, and one row for each."""
    rows: list[dict[str, Any]] = []
    for name in inputs.KEYS:
        case = inputs.public(name)
        found = inputs.restructured(case, rules)
        told, done = tree(case), change(case, found, p)
        rows.append(
            {
                "agency": case.agency,
                "state": told.state,
                "units": done.before,
                "dissolved": done.dissolved,
                "exempt": done.exempt,
                "units_after": done.after,
                "layers": done.layers,
                "layers_after": done.layers_after,
                "de_facto": done.de_facto,
                "structural": done.structural,
                "structural_after": done.structural_after,
                "inferred": told.parents + told.echelons,
            }
        )
    table = pd.DataFrame(rows)
    found_runs = tuple(
        Run(r["agency"], r["units"], r["units_after"], r["layers"], r["layers_after"]) for r in rows
    )
    return Runs(p.day, found_runs), table


def sensitive(table: pd.DataFrame) -> tuple[Sensitive | None, pd.DataFrame]:
    """Return what each rule that matters does, and which matters most to the number of units.

    Parameters
    ----------
    table : DataFrame
        As `restructuring.sensitivity` returns it.
    """
    moved = table.drop(columns=["rule", "possible"]).abs().sum(axis=1) > 0
    shown = table[moved | ~table["possible"]].reset_index(drop=True)
    known = shown[shown["possible"]]
    if known.empty or not known["units"].abs().max():
        return None, shown
    strongest = known.iloc[int(known["units"].abs().argmax())]
    return Sensitive(len(shown), str(strongest["rule"]), int(strongest["units"])), shown
