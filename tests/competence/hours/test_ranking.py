"""Who gets trained: hours over people by rank, and the distance to a centre."""

import numpy as np
import pandas as pd
import pytest
from hour_cases import PEOPLE, RULES, TRAINING, person, rows, training

from analysis.competence.hours import (
    hours_by_rank,
    hours_concentration,
    kilometres_to_centre,
    training_hours,
)
from analysis.errors import DataError

HOURS = {"a": ("II/a", 4.0), "b": ("II/a", 0.0), "c": ("III/a", 20.0), "d": ("IV/a", 30.0)}
RANKS = {"II/a": 4, "III/a": 8, "IV/a": 12}


def by_golongan(hours: dict[str, tuple[str, float]], ranks: dict[str, float]) -> pd.DataFrame:
    people = rows(PEOPLE, *({**person(k), "unit": golongan} for k, (golongan, _) in hours.items()))
    records = rows(TRAINING, *(training(k, jp) for k, (_, jp) in hours.items() if jp))
    return hours_by_rank(training_hours(people, records, RULES, [2024]), "unit", ranks)


def test_the_index_over_ranks_is_that_over_people() -> None:
    found = hours_concentration(by_golongan(HOURS, RANKS))
    x = np.array([jp for _, jp in HOURS.values()])
    rank = np.array([0.25, 0.25, 0.625, 0.875])  # those of equal golongan share the middle
    assert found.index == pytest.approx(2 * np.cov(x, rank, bias=True)[0, 1] / x.mean())
    assert (found.people, found.unranked, found.lowest, found.highest) == (4, 0, 2, 30)


def test_turning_the_ranks_turns_the_sign() -> None:
    up = hours_concentration(by_golongan(HOURS, RANKS)).index
    down = hours_concentration(by_golongan(HOURS, {k: -v for k, v in RANKS.items()})).index
    assert up is not None
    assert down == pytest.approx(-up)


def test_people_without_a_rank_are_counted_apart() -> None:
    table = by_golongan(HOURS | {"e": ("?", 7.0)}, RANKS)
    assert table["people"].tolist() == [2, 1, 1, 1]
    assert table["rank"].isna().tolist() == [False, False, False, True]
    found = hours_concentration(table)
    assert (found.people, found.unranked) == (4, 1)
    assert found.index == hours_concentration(by_golongan(HOURS, RANKS)).index
    with pytest.raises(DataError, match="nobody has a rank"):
        hours_concentration(table[table["rank"].isna()])


def test_where_nobody_has_an_hour_there_is_no_index() -> None:
    none = {key: (golongan, 0.0) for key, (golongan, _) in HOURS.items()}
    assert hours_concentration(by_golongan(none, RANKS)).index is None


def test_each_place_goes_to_its_nearest_centre() -> None:
    places = pd.DataFrame({"kode": ["x", "y"], "lintang": [-6.2, -7.25], "bujur": [106.8, 112.75]})
    both = kilometres_to_centre(places, places)
    assert both.tolist() == [0, 0]
    one = kilometres_to_centre(places, places.iloc[:1])
    assert one.to_dict() == pytest.approx({"x": 0.0, "y": 667.3}, abs=0.05)
    with pytest.raises(DataError, match="centres: there is none"):
        kilometres_to_centre(places, places.iloc[:0])
    with pytest.raises(DataError, match=r"places, lintang: must be degrees .* row 1 \(95.0\)"):
        kilometres_to_centre(places.assign(lintang=95.0), places)
    with pytest.raises(DataError, match="kode must occur once"):
        kilometres_to_centre(places.assign(kode="x"), places)


def test_ranks_are_numbers() -> None:
    with pytest.raises(DataError, match="ranks"):
        by_golongan(HOURS, {"II/a": float("nan")})
