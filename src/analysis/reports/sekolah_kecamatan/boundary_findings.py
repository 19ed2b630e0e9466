"""What report 12 can say of two years: as recorded, and on boundaries common to both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import inequality
from analysis.reports.sekolah_kecamatan import inputs
from analysis.reports.sekolah_kecamatan.parameters import Model, SekolahKecamatan
from analysis.reports.values import Direction, direction

GINI_DECIMALS = 4  # as tables and sentences print it


@dataclass(frozen=True)
class Part:
    """A kecamatan, or a unit of several, at both years."""

    name: str
    schools_before: int
    schools_after: int
    before: int  # teachers
    after: int
    pupils_before: float  # per teacher
    pupils_after: float

    @property
    def change(self) -> int:
        """Teachers gained (+) or lost (-)."""
        return self.after - self.before

    @property
    def relative(self) -> float:
        """The change of teachers as a share of those before."""
        return self.after / self.before - 1


@dataclass(frozen=True)
class Joined:
    """A unit of several kecamatan: the one it is called after, the others, and all together."""

    own: Part
    others: tuple[Part, ...]
    together: Part

    @property
    def schools_moved(self) -> bool:
        """Whether a kecamatan in it has another number of schools than before."""
        return any(p.schools_before != p.schools_after for p in (self.own, *self.others))


@dataclass(frozen=True)
class Turnover:
    """What units gained and lost between two years.

    `most_up` and `most_down` are None where no unit gained or lost.
    """

    level: str
    before: int
    after: int
    units: int
    gained: int
    lost: int
    most_up: Part | None
    most_down: Part | None


@dataclass(frozen=True)
class Gini:
    """The Gini of teachers per need at both years."""

    before: float
    after: float

    @property
    def direction(self) -> Direction:
        """Which way it went, as it is printed."""
        return direction(self.before, self.after, GINI_DECIMALS)


@dataclass(frozen=True)
class Changed:
    """Two years as recorded, and on common boundaries."""

    level: str
    before: int
    after: int
    joined: tuple[Joined, ...]
    recorded: Turnover
    common: Turnover


@dataclass(frozen=True)
class Inequality:
    """The Gini of teachers per need as recorded and on common boundaries, and what moved it.

    `by_teachers` and `by_need` split the change on common boundaries (Shapley).
    """

    model: str
    before: int
    after: int
    recorded: Gini
    common: Gini
    by_teachers: float
    by_need: float


@dataclass(frozen=True)
class Years:
    """All years of the data, on boundaries common to all."""

    level: str
    first: int
    last: int
    units: int
    teachers: int  # gained (+) or lost (-)
    pupils: int
    classes: int
    model: str
    gini: Gini


FINDINGS: Mapping[str, type] = {
    "boundaries": Changed,
    "recorded": Turnover,
    "common": Turnover,
    "inequality": Inequality,
    "years": Years,
}


def changed(
    earlier: pd.DataFrame, later: pd.DataFrame, units: pd.Series, merged: str, p: SekolahKecamatan
) -> Changed:
    """Return what changed between two years.

    Parameters
    ----------
    earlier, later : DataFrame
        As from `inputs.kecamatan`, as recorded.
    units : Series
        Unit of each kecamatan, as from `inputs.boundary_units`.
    merged : str
        How a unit of several is called.
    p : SekolahKecamatan
    """
    recorded = parts(earlier, later)
    common = parts(*(inputs.on_units(frame, units, merged) for frame in (earlier, later)))
    joined = []
    for unit, inside in units.groupby(units):
        if len(inside) > 1:
            own, *others = (recorded[code] for code in [unit, *inside.index.drop(unit)])
            joined.append(Joined(own, tuple(others), common[unit]))
    joined.sort(key=lambda each: -abs(each.own.change))
    return Changed(
        level=p.level,
        before=p.before,
        after=p.after,
        joined=tuple(joined),
        recorded=turnover(recorded.values(), p),
        common=turnover(common.values(), p),
    )


def parts(earlier: pd.DataFrame, later: pd.DataFrame) -> dict[str, Part]:
    """Return each unit at both years, by code."""
    states = earlier, later.loc[earlier.index]
    schools, teachers = (
        [state[name].astype(int) for state in states] for name in ("sekolah", "guru")
    )
    pupils = [(state["peserta_didik"] / state["guru"]).astype(float) for state in states]
    rows = zip(states[0].index, states[0]["nama"], *schools, *teachers, *pupils, strict=True)
    return {code: Part(*row) for code, *row in rows}


def turnover(found: Iterable[Part], p: SekolahKecamatan) -> Turnover:
    """Return what units gained and lost."""
    changes = sorted(found, key=lambda each: each.change)
    down, up = changes[0], changes[-1]
    return Turnover(
        level=p.level,
        before=p.before,
        after=p.after,
        units=len(changes),
        gained=sum(max(each.change, 0) for each in changes),
        lost=sum(max(-each.change, 0) for each in changes),
        most_up=up if up.change > 0 else None,
        most_down=down if down.change < 0 else None,
    )


def measures(
    earlier: pd.DataFrame, later: pd.DataFrame, units: pd.Series, norms: inputs.Norms
) -> dict[Model, dict[str, Gini]]:
    """Return the Gini under each need: "recorded" and on "common" boundaries."""
    states = {
        "recorded": (earlier, later),
        "common": tuple(inputs.on_units(frame, units, "{}") for frame in (earlier, later)),
    }
    found: dict[Model, dict[str, Gini]] = {model: {} for model in inputs.MODELS}
    for name, both in states.items():
        ginis = [inputs.gini_by_model(state, norms) for state in both]
        for model in inputs.MODELS:
            found[model][name] = Gini(*(each[model] for each in ginis))
    return found


def unequal(
    earlier: pd.DataFrame,
    later: pd.DataFrame,
    units: pd.Series,
    norms: inputs.Norms,
    p: SekolahKecamatan,
) -> Inequality:
    """Return the Gini under the chosen need, and what moved it on common boundaries."""
    found = measures(earlier, later, units, norms)[p.need]
    both = [inputs.on_units(frame, units, "{}") for frame in (earlier, later)]
    counts = [
        column for state in both for column in (state["guru"], inputs.needs(state, norms)[p.need])
    ]
    split = inequality.staff_population_change(inequality.gini, *counts)
    return Inequality(
        model=inputs.spoken(p.need),
        before=p.before,
        after=p.after,
        recorded=found["recorded"],
        common=found["common"],
        by_teachers=split.staff,
        by_need=split.population,
    )


def by_year(p: SekolahKecamatan, years: list[int], norms: inputs.Norms) -> pd.DataFrame:
    """Return one row for each year of the data, on boundaries common to all.

    Returns
    -------
    DataFrame
        Indexed by year: `guru`, `peserta_didik`, `rombel`, `units`, `gini_rombel` and
        `gini_peserta_didik`.
    """
    frames = {year: inputs.kecamatan(p.level, year) for year in years}
    units = inputs.boundary_units(frames[years[0]].index, years[0], years[-1])
    rows = {}
    for year, frame in frames.items():
        state = inputs.on_units(frame, units, "{}")
        sums = state[["guru", "peserta_didik", "rombel"]].sum().astype(int)
        ginis = {f"gini_{model}": g for model, g in inputs.gini_by_model(state, norms).items()}
        rows[year] = {**sums, "units": len(state), **ginis}
    return pd.DataFrame.from_dict(rows, orient="index")


def years(rows: pd.DataFrame, p: SekolahKecamatan) -> Years:
    """Return what the first and the last year differ in; `rows` is `by_year`."""
    first, last = rows.iloc[0], rows.iloc[-1]
    change = {name: int(last[name] - first[name]) for name in ("guru", "peserta_didik", "rombel")}
    return Years(
        level=p.level,
        first=int(rows.index[0]),
        last=int(rows.index[-1]),
        units=int(first["units"]),
        teachers=change["guru"],
        pupils=change["peserta_didik"],
        classes=change["rombel"],
        model=inputs.spoken(p.need),
        gini=Gini(float(first[f"gini_{p.need}"]), float(last[f"gini_{p.need}"])),
    )
