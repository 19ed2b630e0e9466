"""Two provinces side by side, as the reader of the page chooses them."""

import datetime as dt
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from analysis.reports.display import Interactive
from analysis.reports.drawn_axes import Axis
from analysis.reports.provincial import overall_ratio
from analysis.reports.values import Named, alike
from analysis.reports.wording import Words

_LEFT, _RIGHT = 42, 354  # of both drawings, which are 360 wide
_BARS = (48, 164)  # top and base; two names stand above
_CURVE = (12, 262)
_ANCHORS = ("start", "middle", "end")
_TICKS = 4
_SHARES = (0.0, 0.5, 1.0)
_DECIMALS = 1  # of the ratios in sentences


@dataclass(frozen=True)
class Pair:
    """Two provinces and their PNS per 1,000 people, the higher one first.

    Ranks count from the highest ratio. `even` says that both ratios are printed alike; `factor` is
    the higher over the lower one, None if the lower is zero.
    """

    date: dt.date
    high: Named
    low: Named
    high_rank: int
    low_rank: int
    provinces: int
    factor: float | None
    even: bool


def ends(provinces: pd.DataFrame, date: dt.date) -> Pair:
    """Return the pair to start with: the provinces with the highest and the lowest ratio."""
    frame = _by_name(provinces)
    return _pair(frame, date, *_start(frame))


def comparer(provinces: pd.DataFrame, date: dt.date, say: Words) -> Interactive:
    """Return all pairs with their sentences and values, and where each province is drawn.

    Parameters
    ----------
    provinces : DataFrame
        As `provincial.provincial_staffing`; two or more.
    date : date
        Date of the staff counts.
    say : Words

    Returns
    -------
    Interactive
        Of the part "banding". Provinces are in the order of their names; `said` has a sentence for
        each pair: of the first with all others, of the second with those after it, and so on.
        `bars` and `steps` say where each province stands in the ranking and on the Lorenz curve.
    """
    frame = _by_name(provinces)
    number, overall = say.language.number, overall_ratio(frame)
    start = _start(frame)
    first = say.line("pair.text", _pair(frame, date, *start))
    rows = {
        say.label("PNS"): [number(x) for x in frame["pns"]],
        say.label("Penduduk"): [number(x) for x in frame["penduduk"]],
        say.label("PNS per 1.000 penduduk"): [number(x, 2) for x in frame["rasio"]],
        say.label("Urutan, dari rasio tertinggi"): [number(x) for x in frame["urutan"]],
        "LQ": [number(x, 2) for x in frame["lq"]],
        say.label("Selisih dari bagian merata"): [number(x, signed=True) for x in frame["selisih"]],
    }
    height = Axis(0, float(frame["rasio"].max()) or 1, _BARS[1], _BARS[0])
    data = {
        "start": start,
        "names": frame["nama"].tolist(),
        "first": first,
        "said": [
            say.line("pair.text", _pair(frame, date, one, other))
            for one, other in combinations(range(len(frame)), 2)
        ],
        "same": say.line("pair.same", _pair(frame, date, *start)),
        "rows": [[label, values] for label, values in rows.items()],
        "bars": _bars(frame, height),
        "steps": _steps(frame),
        "overall": [height.at(overall), number(overall, _DECIMALS)],
        "ticks": [[height.at(ratio), number(ratio)] for ratio in height.ticks(_TICKS)],
        "bars_frame": [_LEFT, _RIGHT, *_BARS],
        "curve_frame": [_LEFT, _RIGHT, *_CURVE],
        "shares": [[share, say.language.percent(share, 0)] for share in _SHARES],
    }
    return Interactive("banding", first, data, say.line("pair.title", ends(provinces, date)))


def _by_name(provinces: pd.DataFrame) -> pd.DataFrame:
    """Return the provinces by name, with their `urutan` from the highest ratio."""
    ranks = provinces["rasio"].rank(method="min", ascending=False).astype(int)
    return provinces.assign(urutan=ranks).sort_values("nama", ignore_index=True)


def _start(frame: pd.DataFrame) -> tuple[int, int]:
    """Return the positions of the highest and the lowest ratio."""
    ascending = frame["rasio"].argsort(kind="stable")
    return int(ascending.iloc[-1]), int(ascending.iloc[0])


def _pair(frame: pd.DataFrame, date: dt.date, one: int, other: int) -> Pair:
    rows = [frame.iloc[position] for position in (one, other)]
    high, low = sorted(rows, key=lambda row: -float(row["rasio"]))
    ratios = [float(row["rasio"]) for row in (high, low)]
    return Pair(
        date=date,
        high=Named(str(high["nama"]), ratios[0]),
        low=Named(str(low["nama"]), ratios[1]),
        high_rank=int(high["urutan"]),
        low_rank=int(low["urutan"]),
        provinces=len(frame),
        factor=ratios[0] / ratios[1] if ratios[1] > 0 else None,
        even=alike(ratios[0], ratios[1], _DECIMALS),
    )


def _bars(frame: pd.DataFrame, height: Axis) -> list[tuple[float, float, str]]:
    """Return the middle and the top of each bar, which stand by ratio, and how its name is set."""
    place = Axis(-0.5, len(frame) - 0.5, _LEFT, _RIGHT)
    order = frame["rasio"].argsort(kind="stable").argsort(kind="stable")
    return [
        (place.at(position), height.at(ratio), _ANCHORS[3 * position // len(frame)])
        for position, ratio in zip(order, frame["rasio"], strict=True)
    ]


def _steps(frame: pd.DataFrame) -> list[tuple[float, float, float, float]]:
    """Return the two ends of what each province adds to the Lorenz curve."""
    ascending = frame.sort_values("rasio", kind="stable")
    x, y = Axis(0, 1, _LEFT, _RIGHT), Axis(0, 1, _CURVE[1], _CURVE[0])
    ends = pd.DataFrame(
        {
            name: ascending[column].cumsum() / ascending[column].sum()
            for name, column in {"x": "penduduk", "y": "pns"}.items()
        }
    )
    starts = ends.shift(fill_value=0.0)
    drawn = {
        position: (x.at(low), y.at(below), x.at(high), y.at(above))
        for position, (low, below), (high, above) in zip(
            ends.index, starts.to_numpy().tolist(), ends.to_numpy().tolist(), strict=True
        )
    }
    return [drawn[position] for position in frame.index]
