"""The part of the page in which the reader chooses people, model of need and circle.

All that can be chosen is computed and worded here; the script of the page only picks from it.
"""

from itertools import product

import numpy as np
import pandas as pd

from analysis.plots.tile_maps import ISLANDS, TILES
from analysis.redistribution import Plan
from analysis.reports.display import Interactive
from analysis.reports.drawn_axes import Axis
from analysis.reports.provincial_need import model_labels
from analysis.reports.redistribusi import choosing
from analysis.reports.redistribusi.choosing import CIRCLES, Choice, Choices
from analysis.reports.wording import Words

_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 348, 20, 176  # of the curves, in a drawing 360 wide
_TICKS = 4
_DARKER = (0.05, 0.15)  # change over need from which a tile is darker
_PARTED = "|"  # between the provinces in a text


def first_choice(provinces: pd.DataFrame, found: Choices) -> Choice:
    """Return what the plan of the parameters does."""
    return choosing.choice(provinces, found, *found.start)


def chooser(provinces: pd.DataFrame, found: Choices, say: Words) -> Interactive:
    """Return every choice with its sentence, its point on a curve and its map.

    Returns
    -------
    Interactive
        Of the part "rencana". The choices are numbered `(circle * models + model) * budgets +
        budget`, all by position: `said`, `gini`, `y`, `plan`; the last is the position of the plan
        in `net`, `thousands` and `shades`, which has one for all choices that lead to it. Values of
        provinces stand in one text, parted by "|".
        `bounds` are the changes over need at which a tile gets darker: given, then received.
    """
    start, model, circle = found.start
    budgets = range(len(found.budgets))
    chosen = [
        choosing.choice(provinces, found, position, model, circle)
        for circle, model, position in product(CIRCLES, found.models, budgets)
    ]
    plans = [plan for c, m in product(CIRCLES, found.models) for plan in found.plans[m, c]]
    distinct = list(dict.fromkeys(plans))
    opposed = [choosing.opposed(found, k, c) for c, k in product(CIRCLES, budgets)]
    labels, number, percent = model_labels(say), say.language.number, say.language.percent
    x = Axis(0, max(found.budgets[-1], 1), _LEFT, _RIGHT)
    y = Axis(0, max(each.today for each in chosen) or 1, _BOTTOM, _TOP)
    circles = [
        say.label("ke provinsi mana pun"),
        say.label("di dalam kelompok pulau"),
        say.label("di dalam provinsi"),  # for which there is no plan
    ]
    data = {
        "start": [start, found.models.index(model), CIRCLES.index(circle)],
        "people": [say.line("choice.budget", each) for each in chosen[: len(budgets)]],
        "models": [labels[each] for each in found.models],
        "circles": circles,
        "unknown": say.line("unplanned.text"),
        "caption": say.line("choice.caption", first_choice(provinces, found)),
        "said": [say.line("choice.text", each) for each in chosen],
        "gini": [number(each.left, 3) for each in chosen],
        "plan": [distinct.index(plan) for plan in plans],
        "net": [_PARTED.join(number(k, signed=True) for k in _net(plan)) for plan in distinct],
        "thousands": [
            _PARTED.join(number(k / 1000, 1, signed=True) if k else "" for k in _net(plan))
            for plan in distinct
        ],
        "shades": ["".join(map(str, _shades(plan))) for plan in distinct],
        "opposed": ["".join("01"[each] for each in some) for some in opposed],
        "names": provinces["nama"].tolist(),
        "islands": [[*place, say.language.name(name)] for name, place in ISLANDS.items()],
        "tiles": [TILES[str(code)] for code in provinces.index],
        "bounds": [percent(sign * each, 0, signed=True) for sign in (-1, 1) for each in _DARKER],
        "x": [x.at(budget) for budget in found.budgets],
        "y": [y.at(each.left) for each in chosen],
        "frame": [_LEFT, _RIGHT, _TOP, _BOTTOM],
        "x_ticks": [[x.at(people), number(people)] for people in x.ticks(_TICKS)],
        "y_ticks": [[y.at(gini), number(gini, 3)] for gini in y.ticks(_TICKS)],
    }
    first = first_choice(provinces, found)
    return Interactive(
        "rencana",
        say.line("choice.text", first),
        data,
        say.line("choice.offered", first),
        _offered(chosen, circles, say),
    )


def _offered(chosen: list[Choice], circles: list[str], say: Words) -> pd.DataFrame:
    """Return the numbers of all choices."""
    labels = model_labels(say)
    return pd.DataFrame(
        [
            (
                labels[each.model],
                circles[CIRCLES.index(each.circle)],
                each.budget,
                each.moved,
                each.mean,
                each.left,
            )
            for each in chosen
        ],
        columns=[
            say.label("Kebutuhan menurut"),
            say.label("Boleh pindah"),
            say.label("Orang yang boleh pindah"),
            say.label("Berpindah"),
            say.label("Jarak rata-rata (km)"),
            say.label("Gini tersisa"),
        ],
    )


def _net(plan: Plan) -> np.ndarray:
    return plan.gains - plan.losses


def _shades(plan: Plan) -> np.ndarray:
    """Return the shade of each tile: from 0, most given, over 3, no change, to 6, most received."""
    net = _net(plan)
    darker = [np.abs(net) >= share * plan.need for share in _DARKER]
    return 3 + np.sign(net) * (1 + np.sum(darker, axis=0))
