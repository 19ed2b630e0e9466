"""What report 07 can say of plans: of one, of those under other models, and how far they hold."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import inequality
from analysis.redistribution import Plan, Robustness
from analysis.reports.plan_results import mean_distance
from analysis.reports.redistribusi.parameters import Redistribusi
from analysis.reports.values import Named, named

_SURE, _OFTEN = 0.95, 0.9  # of draws, in which a role or a move stays


@dataclass(frozen=True)
class Plans:
    """The plans of all models side by side.

    `province` is where they differ most, `changes` its people gained or lost by model.
    """

    models: int
    province: str
    changes: tuple[Named, ...]
    roles: int  # provinces that give or receive under some model
    steady: int  # those with one role in every model
    people: float  # share of the plan's people in moves that every model makes
    model: str


@dataclass(frozen=True)
class Moves:
    """The plan itself; None where nobody moves.

    Distances are kilometres; `rupiah` is None where no price is given, `dearest` where all
    provinces that receive lie as near.
    """

    giving: tuple[Named, ...]
    receiving: tuple[Named, ...]
    moved: int
    wanted: int
    mean: float | None
    total: float
    gap: float
    dearest: Named | None
    rupiah: float | None
    central: str | None  # the largest giver, if central staff there is counted


@dataclass(frozen=True)
class Halves:
    """Share of staff that serves the less served half of need."""

    before: float
    after: float


@dataclass(frozen=True)
class Changes:
    """Provinces whose staff per need changes most."""

    up: tuple[Named, ...]
    down: tuple[Named, ...]


@dataclass(frozen=True)
class Flows:
    """The map of moves."""

    drawn: int
    flows: int
    share: float
    leaving: tuple[Named, ...]
    arriving: tuple[Named, ...]


@dataclass(frozen=True)
class Inside:
    """Share of the movers who stay in their island group."""

    share: float


@dataclass(frozen=True)
class Listed:
    """Moves that a table lists, of all."""

    shown: int
    flows: int


@dataclass(frozen=True)
class Draws:
    """How far the plan depends on need being known exactly."""

    replicates: int
    cv: float
    roles: int
    steady: int
    sure: float
    often: float
    people: float
    gini_fixed: float
    gini_best: float


@dataclass(frozen=True)
class Dated:
    """The date of the staff counts and the model of need."""

    date: dt.date
    model: str


@dataclass(frozen=True)
class BoundMoves:
    """No more may move; one more would go from the adequacy `highest` to `lowest`."""

    moved: int
    highest: float
    lowest: float


@dataclass(frozen=True)
class BoundUnit:
    """A limit binds at a province.

    `limit` is "floor_adequacy", "max_share_leaving" or "capacity"; `used_up` whether as many move
    as may.
    """

    name: str
    limit: str
    used_up: bool


@dataclass(frozen=True)
class Bound:
    """A limit that binds, the group of its words, and what one person more would be worth."""

    group: str
    finding: BoundMoves | BoundUnit
    worth: float


FINDINGS: Mapping[str, type] = {
    "plans": Plans,
    "bound_moves": BoundMoves,
    "bound_unit": BoundUnit,
    "plan": Moves,
    "lorenz": Halves,
    "dumbbell": Changes,
    "flows": Flows,
    "sankey": Inside,
    "moves": Listed,
    "robustness": Draws,
    "workbook": Dated,
}


def by_model(plans: Mapping[str, Plan]) -> pd.DataFrame:
    """Return people gained (+) or lost (-) by province, one column a model."""
    return pd.DataFrame(
        {model: plan.gains - plan.losses for model, plan in plans.items()},
        index=next(iter(plans.values())).units.labels,
    )


def models_with_move(plans: Mapping[str, Plan]) -> pd.Series:
    """Return in how many plans each move appears, by origin and destination."""
    pairs = [plan.moves[["origin", "destination"]] for plan in plans.values()]
    return pd.concat(pairs).groupby(["origin", "destination"]).size()


def plans(provinces: pd.DataFrame, found: Mapping[str, Plan], p: Redistribusi) -> Plans:
    """Return how far the plans of the models agree."""
    changes = by_model(found)
    acts = changes[(changes != 0).any(axis=1)]
    steady = (acts > 0).all(axis=1) | (acts < 0).all(axis=1)
    widest = str((changes.max(axis=1) - changes.min(axis=1)).idxmax())
    moves = found[p.need].moves.set_index(["origin", "destination"])["people"]
    everywhere = models_with_move(found).reindex(moves.index) == len(found)
    return Plans(
        models=len(found),
        province=str(provinces.at[widest, "nama"]),
        changes=named(changes.T[widest]),
        roles=len(acts),
        steady=int(steady.sum()),
        people=float(moves[everywhere].sum() / moves.sum()) if len(moves) else 0.0,
        model=p.need,
    )


def plan(provinces: pd.DataFrame, found: Plan, p: Redistribusi) -> Moves:
    """Return what the plan does."""
    leaving, arriving = _ends(provinces, found)
    worth = found.to_frame().set_axis(provinces["nama"].to_numpy())["worth_arriving"].dropna()
    dearest = named(-worth.nsmallest(1))
    unlike = dearest and dearest[0].value > 0
    counted = set(leaving.index[:1]) & set(provinces["nama"][provinces["pusat"].notna()])
    return Moves(
        giving=named(leaving),
        receiving=named(arriving),
        moved=found.moved,
        wanted=int(p.budget * found.units.total_staff),
        mean=mean_distance(found),
        total=found.cost,
        gap=found.duality_gap if found.moved else 0.0,
        dearest=dearest[0] if unlike else None,
        rupiah=p.rupiah_per_move * found.moved if p.rupiah_per_move is not None else None,
        central=str(*counted) if counted and p.central_staff == "hitung" else None,
    )


def lorenz(before: inequality.LorenzCurve, after: inequality.LorenzCurve) -> Halves:
    """Return what the half of need with the lowest staff per need has, before and after."""
    return Halves(float(before.at(0.5)), float(after.at(0.5)))


def changes(provinces: pd.DataFrame, found: Plan) -> Changes:
    """Return where staff per need rises and falls most."""
    change = pd.Series((found.gains - found.losses) / found.need, provinces["nama"].to_numpy())
    return Changes(named(change[change > 0].nlargest(3)), named(change[change < 0].nsmallest(3)))


def flows(provinces: pd.DataFrame, found: Plan, *, drawn: int, flows: int, share: float) -> Flows:
    """Return what the map shows: how many of the flows are `drawn`, with what `share` of people."""
    leaving, arriving = _ends(provinces, found)
    return Flows(drawn, flows, share, named(leaving[:3]), named(arriving[:3]))


def inside(moves: pd.DataFrame, islands: pd.Series) -> Inside:
    """Return how many of the movers stay in their island group."""
    same = moves["origin"].map(islands) == moves["destination"].map(islands)
    return Inside(float(moves["people"][same].sum() / moves["people"].sum()))


def robustness(found: Robustness, p: Redistribusi) -> Draws:
    """Return what stays when need is drawn anew."""
    units = found.units.set_index("unit")
    giving, receiving = units["change"] < -0.5, units["change"] > 0.5
    steady = (giving & (units["gives"] >= _SURE)) | (receiving & (units["receives"] >= _SURE))
    moved = found.moves[found.moves["people"] > 0]
    median = found.results.set_index("result")["median"]
    return Draws(
        replicates=p.replicates,
        cv=p.need_cv,
        roles=int((giving | receiving).sum()),
        steady=int(steady.sum()),
        sure=_SURE,
        often=_OFTEN,
        people=float(
            moved["people"][moved["share"] >= _OFTEN].sum() / max(moved["people"].sum(), 1)
        ),
        gini_fixed=float(median["gini_fixed_plan"]),
        gini_best=float(median["gini_best_plan"]),
    )


def _ends(provinces: pd.DataFrame, found: Plan) -> tuple[pd.Series, pd.Series]:
    """Return people leaving and arriving by name of the province, most first."""
    names = provinces["nama"].to_numpy()
    both = (pd.Series(side, names) for side in (found.losses, found.gains))
    leaving, arriving = (x[x > 0].sort_values(ascending=False, kind="stable") for x in both)
    return leaving, arriving


def bounds(provinces: pd.DataFrame, plan: Plan, p: Redistribusi) -> list[Bound]:
    """Return the limits that bind: of all moves, then of leaving and arriving, dearest first."""
    found = []
    used_up = plan.moved >= plan.amounts.budget
    highest, lowest = _next_move(provinces, plan, p)
    if used_up and highest > lowest:
        moves = BoundMoves(plan.moved, highest, lowest)
        found.append(Bound("bound_moves", moves, highest - lowest))
    units = plan.to_frame().set_axis(provinces["nama"].to_numpy())
    sides = {"leaving": ("floor_adequacy", "max_share_leaving"), "arriving": ("capacity",)}
    for side, limits in sides.items():
        bound = units[units[f"limit_{side}"].isin(limits)]
        bound = bound.sort_values(f"evens_{side}", ascending=False, kind="stable")
        for name, limit, worth in zip(
            bound.index, bound[f"limit_{side}"], bound[f"evens_{side}"], strict=True
        ):
            found.append(Bound("bound_unit", BoundUnit(str(name), limit, used_up), worth))
    return found


def _next_move(provinces: pd.DataFrame, plan: Plan, p: Redistribusi) -> tuple[float, float]:
    """Return the adequacy of the two provinces between which one more person would move."""
    units = plan.to_frame().set_index("unit")
    islands = provinces["pulau"]
    regions = islands if p.within == "pulau" else pd.Series("", islands.index)
    giving = units["adequacy_after"][(units["losses"] > 0) & (units["limit_leaving"] == "")]
    receiving = units["adequacy_after"][(units["gains"] > 0) & (units["limit_arriving"] == "")]
    ends = pd.DataFrame(
        {
            "highest": giving.groupby(regions[giving.index]).max(),
            "lowest": receiving.groupby(regions[receiving.index]).min(),
        }
    ).dropna()
    if ends.empty:
        return 0.0, 0.0
    widest = int((ends["highest"] - ends["lowest"]).to_numpy().argmax())
    return float(ends["highest"].iloc[widest]), float(ends["lowest"].iloc[widest])
