"""Indicators of structure against a plain walk over the tree, person by person."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_organisations import some_organisation, some_rules

from analysis.errors import ParameterError
from analysis.restructuring import (
    Organisation,
    attribute_structure,
    compare_structure,
    paths,
    restructure,
    spans,
    structure,
)
from analysis.restructuring.attribution import shapley
from analysis.restructuring.forest import Forest

seeds, sizes = st.integers(0, 2**32 - 1), st.integers(1, 25)
few = settings(max_examples=15, deadline=None)


def up(organisation: Organisation, unit: int) -> list[int]:
    way = []
    while unit >= 0:
        way.append(unit)
        unit = int(organisation.parent[unit])
    return way


def walked(organisation: Organisation) -> dict[str, object]:
    """Return the indicators, found person by person."""
    head, held = organisation.head, organisation.incumbents
    reports = {u: 0 for u in range(len(head)) if head[u] >= 0 and held[head[u]]}
    above = []
    for person, post in enumerate(organisation.person_post):
        way = up(organisation, int(organisation.person_unit[person]))
        leads = head[way[0]] == post
        chain = way[1:] if leads else way
        boss = next((u for u in chain if u in reports), None)
        if boss is not None:
            reports[boss] += 1
        above.append(sum(head[u] >= 0 for u in chain))
    ways = [up(organisation, u) for u in range(len(head))]
    spread = np.array(list(reports.values()), dtype=float)
    return {
        "layers": max(sum(head[u] >= 0 for u in way) for way in ways),
        "depth": max(map(len, ways)),
        "span": spread.mean() if spread.size else np.nan,
        "span_median": np.median(spread) if spread.size else np.nan,
        "narrow": (spread < 3).mean() if spread.size else np.nan,
        "wide": (spread > 15).mean() if spread.size else np.nan,
        "path": np.mean(above) if above else np.nan,
        "path_longest": max(above, default=0),
        "people": len(organisation.people),
    }


@few
@given(seeds, sizes)
def test_indicators_are_those_of_a_walk_over_the_tree(seed, size):
    organisation = some_organisation(np.random.default_rng(seed), size)
    found = structure(organisation).iloc[0]
    for name, expected in walked(organisation).items():
        np.testing.assert_allclose(found[name], expected, err_msg=name)
    kinds = found[["structural", "functional", "pelaksana", "unplaced"]]
    assert kinds.sum() == found["people"]


@few
@given(seeds, sizes)
def test_the_split_of_a_change_adds_up_to_what_structure_says(seed, size):
    rng = np.random.default_rng(seed)
    found = restructure(some_organisation(rng, size), some_rules(rng))
    split = attribute_structure(found)
    for state, organisation in (("before", found.before), ("after", found.after)):
        shape = structure(organisation).iloc[0]
        np.testing.assert_allclose(split[state], shape[split.index].astype(float))
    whole = (split["after"] - split["before"]).to_numpy()
    np.testing.assert_allclose(
        split[["boxes", "people", "class"]].sum(axis=1, skipna=False), whole, atol=1e-12
    )


def test_shapley_values_of_a_game_whose_answer_is_known():
    # Shapley's glove game: the owner of the one right glove gets 2/3, the left ones 1/6 each
    split = shapley(lambda s: np.array([float(s[0] and (s[1] or s[2]))]), ["gloves"])
    np.testing.assert_allclose(
        split.loc["gloves", ["boxes", "people", "class"]], [2 / 3, 1 / 6, 1 / 6]
    )
    assert split.loc["gloves", ["before", "after"]].tolist() == [0.0, 1.0]


def table(**extra: object) -> tuple[pd.DataFrame, pd.DataFrame]:
    units = pd.DataFrame(
        {
            "unit": ["D", "B", "S"],
            "parent": [None, "D", "B"],
            "eselon": ["II", "III", "IV"],
            "kind": "x",
            "agency": "Kabupaten A",
            "name": ["Dinas", "Bidang", "Seksi"],
            **extra,
        }
    )
    posts = pd.DataFrame(
        {
            "post": ["d", "b", "s", "p"],
            "unit": ["D", "B", "S", "S"],
            "kind": ["struktural"] * 3 + ["pelaksana"],
            "title": "x",
            "eselon": ["II", "III", "IV", None],
            "seats": [1, 1, 1, 5],
        }
    )
    return units, posts


def test_vacancies_are_left_out_of_one_span_and_counted_in_the_other():
    units, posts = table()
    people = pd.DataFrame({"person": range(4), "post": ["d", "s", "p", "p"]})  # no head of B
    organisation = Organisation.from_frames(units, posts, people)
    assert spans(organisation).to_dict("index") == {
        "D": {"filled": True, "span": 1, "span_with_vacancies": 1},
        "B": {"filled": False, "span": 0, "span_with_vacancies": 1},
        "S": {"filled": True, "span": 2, "span_with_vacancies": 5},
    }
    row = structure(organisation).iloc[0]
    assert (row["span"], row["span_with_vacancies"]) == (1.5, 7 / 3)
    assert (row["layers"], row["path"], row["seats"]) == (3, (0 + 2 + 3 + 3) / 4, 8)
    assert paths(organisation).tolist() == [1, 2, 3]


def test_without_people_there_are_layers_and_no_spans():
    organisation = Organisation.from_frames(table()[0])
    row = structure(organisation).iloc[0]
    assert row["layers"] == 3
    assert np.isnan(row["span"])
    assert np.isnan(row["path"])
    assert row["span_with_vacancies"] == pytest.approx(2 / 3)


def test_groups_are_those_of_a_column_and_thresholds_are_parameters():
    units, posts = table()
    people = pd.DataFrame({"person": range(4), "post": ["d", "s", "p", "p"]})
    organisation = Organisation.from_frames(units, posts, people)
    assert structure(organisation, by="agency").index.tolist() == ["Kabupaten A"]
    assert structure(organisation, narrow=2, wide=2)["narrow"].tolist() == [0.5]
    with pytest.raises(ParameterError, match="no column 'opd' of the units"):
        structure(organisation, by="opd")
    with pytest.raises(ParameterError, match="narrow=9 is above wide=3"):
        structure(organisation, narrow=9, wide=3)


def test_before_and_after_stand_side_by_side():
    rng = np.random.default_rng(5)
    found = restructure(some_organisation(rng, 25), some_rules(rng))
    frame = compare_structure(found, by="agency").set_index(["agency", "indicator"])
    agency = frame.index[0][0]
    assert (
        frame.loc[(agency, "units"), "before"]
        == structure(found.before, by="agency").loc[agency, "units"]
    )
    np.testing.assert_allclose(frame["after"] - frame["before"], frame["change"])


def test_a_deep_forest_is_walked_without_recursion():
    forest = Forest(np.arange(-1, 4999))
    assert forest.depth.tolist() == list(range(1, 5001))
    assert forest.along(np.ones(5000, dtype=np.int64))[-1] == 5000
    assert forest.nearest(np.arange(5000) % 1000 == 0)[[999, 1000, 4999]].tolist() == [
        0,
        1000,
        4000,
    ]
