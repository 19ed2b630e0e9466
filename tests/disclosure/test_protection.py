"""What `protect` hides keeps every attacker off, and costs no more than it must."""

import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_tables import brute_force, cheapest, same_person, with_totals

from analysis.disclosure import (
    Design,
    Rules,
    Table,
    audit,
    protect,
    protect_together,
    suppression,
)
from analysis.disclosure.bounds import bounds_of, room
from analysis.disclosure.components import components_of
from analysis.disclosure.protection import named_tables
from analysis.disclosure.systems import system_of
from analysis.errors import DataError, DisclosureError, ParameterError, UnprotectedError

DIMENSIONS = ["region", "sex"]
OUTSIDERS = Rules(singletons="not_considered")
counts = st.integers(0, 8)
leaves = st.lists(st.lists(counts, min_size=3, max_size=3), min_size=2, max_size=3)


def protected(frame, **options):
    options = {"value": "people", "minimum": 3} | options
    return protect(frame, [c for c in frame.columns if c in ("region", "sex", "kind")], **options)


def hidden(frame):
    return (frame["status"] != "published").to_numpy()


def small(frame, minimum=3):
    return (frame["people"] > 0).to_numpy() & (frame["people"] < minimum).to_numpy()


@settings(max_examples=15, deadline=None)
@given(leaves, st.sampled_from(["exact", "in_turn"]))
def test_no_attacker_bounds_a_small_cell_within_the_minimum(table, method):
    frame = with_totals(table)
    try:
        found = protected(frame, method=method)
    except DisclosureError:
        return  # the next test asks whether that is true
    low, high = brute_force(frame, DIMENSIONS, hidden(found))
    assert (high - low)[small(frame)].min(initial=3) >= 3
    for alone in np.flatnonzero(hidden(found) & (frame["people"] == 1)):
        low, high = brute_force(frame, DIMENSIONS, hidden(found), knows=alone)
        others = small(frame) & ~same_person(frame, DIMENSIONS, alone)
        assert (high - low)[others].min(initial=1) >= 1


@settings(max_examples=15, deadline=None)
@given(leaves)
def test_what_is_refused_cannot_be_protected(table):
    frame = with_totals(table)
    try:
        protected(frame, rules=OUTSIDERS)
    except DisclosureError:
        everything = (frame["people"] > 0).to_numpy()
        low, high = brute_force(frame, DIMENSIONS, everything, most=12)
        assert (high - low)[small(frame)].min() < 3


@settings(max_examples=15, deadline=None)
@given(leaves)
def test_the_audit_finds_what_trying_everything_finds(table):
    frame = with_totals(table)
    plain = frame.assign(status=np.where(small(frame), "primary", "published"))
    found = audit({"t": Table(plain, Design(DIMENSIONS, "people", minimum=3))})
    low, high = brute_force(frame, DIMENSIONS, small(frame))
    assert found["lower"].tolist() == low[small(frame)].tolist()
    bounded = np.isfinite(found["upper"].to_numpy())
    assert found["upper"][bounded].tolist() == high[small(frame)][bounded].tolist()
    wide = (high - low)[small(frame)] >= 3
    assert not found["safe"][~wide].any()


@pytest.mark.parametrize("seed", range(4))
def test_the_exact_choice_costs_what_trying_all_choices_finds(seed):
    frame = with_totals(np.random.default_rng(seed).integers(0, 9, (2, 3)))
    found = protected(frame, rules=OUTSIDERS, method="exact")
    costs = frame["people"].to_numpy(dtype=float) + 1
    cost = costs[found["status"] == "secondary"].sum()
    assert cost == cheapest(frame, DIMENSIONS, small(frame), costs, width=3)


def test_one_who_is_alone_in_a_total_is_the_one_who_is_alone_in_its_part():
    frame = with_totals([[1, 0, 0], [20, 30, 12], [11, 14, 17]])
    found = protected(frame)
    assert (found["status"] == "primary").sum() == 2
    assert audit({"t": found})["safe"].all()


def test_a_table_of_three_dimensions_stands_an_attacker_who_tries_everything():
    frame = with_totals([[[1, 4], [3, 2]], [[5, 2], [4, 6]]])
    found = protected(frame)
    low, high = brute_force(frame, ["region", "sex", "kind"], hidden(found))
    assert (high - low)[small(frame)].min() >= 3


@settings(max_examples=10, deadline=None)
@given(st.lists(counts, min_size=6, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_names_of_labels_change_nothing(values, random):
    frame = with_totals(np.reshape(values, (2, 3)))
    order = list(range(len(frame)))
    random.shuffle(order)
    try:
        found = protected(frame)
    except DisclosureError:
        with pytest.raises(DisclosureError):
            protected(frame.iloc[order])
        return
    shuffled = protected(frame.iloc[order]).sort_index()
    pd.testing.assert_frame_equal(found, shuffled)


DEEP = {
    "Sabang": "Aceh",
    "Pidie": "Aceh",
    "Sigli": "Pidie",
    "Mila": "Pidie",
    "Delima": "Pidie",
    "Badung": "Bali",
    "Gianyar": "Bali",
    "Aceh": "Indonesia",
    "Bali": "Indonesia",
}


def deep(values):
    """Return a table over a hierarchy of four levels, its totals added up."""
    people = dict(zip(["Sabang", "Sigli", "Mila", "Delima", "Badung", "Gianyar"], values))  # noqa: B905
    for label in ["Pidie", "Aceh", "Bali", "Indonesia"]:
        people[label] = sum(people[child] for child, above in DEEP.items() if above == label)
    return pd.DataFrame({"region": list(people), "people": list(people.values())})


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=6, max_size=6))
def test_hierarchies_of_any_depth_are_protected_at_every_level(values):
    frame = deep(values)
    try:
        found = protected(frame, hierarchies={"region": DEEP}, rules=OUTSIDERS)
    except DisclosureError:
        return
    result = audit({"t": found})
    assert result["safe"].all()
    needing = result[result["status"] == "primary"]
    assert (needing["upper"] - needing["lower"] >= 3).all()


def test_a_total_that_is_not_published_gives_no_more_freedom_than_it_has():
    frame = deep([2, 1, 9, 8, 7, 20])
    without = frame[~frame["region"].isin(["Pidie", "Bali"])]
    found = protected(without, hierarchies={"region": DEEP})
    assert audit({"t": found})["safe"].all()
    assert set(found["region"]) == set(without["region"])


def test_hours_are_protected_by_a_tenth_on_both_sides():
    frame = with_totals([[10, 90, 60], [40, 30, 80]]).rename(columns={"people": "hours"})
    frame["largest"] = np.where(frame["hours"] == 10, 10, frame["hours"] // 4)
    frame["second"] = np.where(frame["hours"] == 10, 0, frame["hours"] // 5)
    found = protect(frame, DIMENSIONS, value="hours", contributors=["largest", "second"])
    result = audit({"t": found})
    primary = result[result["status"] == "primary"]
    assert primary["value"].tolist() == [10]
    assert (primary["lower"] <= 9).all()
    assert (primary["upper"] >= 11).all()


@pytest.mark.parametrize(
    ("largest", "second", "number", "sensitive"),
    [
        (50, 20, 9, False),
        (60, 26, 9, True),  # the two largest have more than 85 %
        (89, 0, 9, True),
        (92, 0, 9, True),  # the rest is less than a tenth of the largest
        (20, 20, 4, True),  # fewer people than the minimum
    ],
)
def test_dominance_p_percent_and_the_number_of_people_make_hours_sensitive(
    largest, second, number, sensitive
):
    frame = with_totals([[100, 400, 300], [200, 500, 300]]).rename(columns={"people": "hours"})
    frame["largest"], frame["second"], frame["number"] = 1.0, 1.0, 50
    frame.loc[0, ["largest", "second", "number"]] = [largest, second, number]
    found = protect(frame, DIMENSIONS, value="hours", contributors=["largest", "second", "number"])
    assert (found["status"][0] == "primary") == sensitive


def test_a_cell_that_a_law_forces_is_published_and_gives_nothing_else_away():
    frame = with_totals([[2, 9, 7], [20, 30, 8]])
    found = protected(frame, forced=[("r0", "s0")])
    assert found["status"][0] == "published"
    column = frame.assign(law=frame.index == 0)
    assert protect(column, DIMENSIONS, value="people", minimum=3, forced="law")["status"][0] == (
        "published"
    )


def test_a_forced_cell_that_gives_another_away_stops_the_run_with_both_named():
    frame = with_totals([[2, 9], [20, 30]])
    everything = list(frame[DIMENSIONS].itertuples(index=False, name=None))
    with pytest.raises(DisclosureError, match=r"region r0, sex s0 \(by .*region r0, sex s1"):
        protected(frame, forced=everything[1:])


def test_the_tables_of_a_cell_that_cannot_be_protected_are_named_not_those_that_give_it_away():
    by_sex, by_kind = with_totals([[20, 9], [20, 30]]), with_totals([[2, 27], [4, 46]])
    everything = list(by_kind[DIMENSIONS].itertuples(index=False, name=None))
    forced = [cell for cell in everything if "s0" not in cell]
    by_kind = by_kind.rename(columns={"sex": "kind"}).replace({"s0": "k0", "s1": "k1"})
    forced = [(region, label.replace("s", "k")) for region, label in forced]
    tables = {
        "sex": Table(by_sex, Design(["region", "sex"], "people", forced=everything)),
        "kind": Table(by_kind, Design(["region", "kind"], "people", forced=forced)),
    }
    with pytest.raises(UnprotectedError, match="kind: region r0, kind k0") as caught:
        protect_together(tables)
    assert caught.value.tables == {"kind"}
    assert pickle.loads(pickle.dumps(caught.value)).tables == {"kind"}


def test_costs_choose_what_is_hidden():
    frame = with_totals([[2, 9, 9], [20, 30, 30]])
    dear = protected(frame.assign(cost=[1, 99, 1, 50] * 3), cost="cost")
    assert dear["status"].tolist()[:4] == ["primary", "published", "secondary", "published"]


def test_empty_cells_are_published_or_sensitive_by_name():
    frame = with_totals([[0, 9, 9], [20, 30, 30]])
    assert set(protected(frame)["status"]) == {"published"}
    found = protected(frame, rules=Rules(zeros="primary"))
    assert found["status"][0] == "primary"
    assert audit({"t": found})["safe"].all()


def test_tables_of_one_run_that_are_safe_alone_are_protected_together():
    by_sex = with_totals([[2, 9], [20, 30]])
    people = by_sex.copy()
    people["kind"] = people["sex"].map({"s0": "k0", "s1": "k1", "Total": "Total"})
    by_kind = with_totals([[8, 3], [24, 26]], names=("region", "kind"))
    tables = {
        "sex": Table(by_sex, Design(["region", "sex"], "people", minimum=3)),
        "kind": Table(by_kind, Design(["region", "kind"], "people", minimum=3)),
    }
    assert audit(protect_together(tables))["safe"].all()


def test_a_margin_hidden_in_one_table_is_hidden_in_all():
    by_sex = with_totals([[1, 1], [20, 30], [7, 8]])
    by_kind = with_totals([[2, 0], [24, 26], [7, 8]], names=("region", "kind"))
    tables = {
        "sex": Table(by_sex, Design(["region", "sex"], "people", minimum=3)),
        "kind": Table(by_kind, Design(["region", "kind"], "people", minimum=3)),
    }
    found = protect_together(tables)
    totals = [
        frame.loc[(frame["region"] == "r0") & (frame.iloc[:, 1] == "Total"), "status"].item()
        for frame in found.values()
    ]
    assert totals == ["primary", "primary"]
    alone = {
        name: Table(protected(table.frame), table.design, name) for name, table in tables.items()
    }
    published = alone["kind"].frame.assign(status="published")
    leaking = {"sex": alone["sex"], "kind": Table(published, tables["kind"].design)}
    result = audit(leaking)
    assert not result["safe"].all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f: f.assign(people=f["people"] + (f.index == 0)), "totals contradict their parts"),
        (lambda f: f.assign(people=f["people"] + 0.5), "no whole number"),
        (lambda f: f.assign(people=-f["people"]), "negative"),
        (lambda f: f.assign(people=f["people"].astype(str)), "must be numbers"),
        (lambda f: pd.concat([f, f.iloc[[0]]]), "more than once"),
        (lambda f: f.drop(columns="people"), "people is missing"),
        (lambda f: f.assign(sex=f["sex"].where(f.index != 0)), "the label is missing"),
        (lambda f: f.assign(region=f["region"].replace("Total", "semua")), "semua is the sum"),
        (lambda f: f.iloc[:0], "there are no rows"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused_with_the_cells(change, message):
    with pytest.raises((DataError, ValueError), match=message):
        protect(
            change(with_totals([[2, 9], [20, 30], [4, 4]])),
            DIMENSIONS,
            value="people",
            minimum=3,
        )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"minimum": 0}, "whole number >= 1"),
        ({"minimum": None}, "None given, a whole number >= 1"),
        ({"minimum": "5"}, "whole number >= 1"),
        ({"protection": 1.5}, "between 0 and 1"),
        ({"protection": "0.1"}, "between 0 and 1"),
        ({"hierarchies": {"post": {}}}, "post is none of the dimensions"),
        ({"forced": [("r9", "s0")]}, "is no cell of the table"),
        ({"method": "fast"}, "auto, exact or in_turn"),
        ({"hierarchies": {"region": {"r0": "r1", "r1": "r0"}}}, "lies under itself"),
        ({"hierarchies": {"region": {"r0": "Total"}}}, "r1, r2 of the table is not in it"),
        ({"primary": "status"}, "status is missing"),
        ({"protection": 0.1}, "which sums are sensitive"),
    ],
)
def test_options_that_make_no_sense_are_refused(options, message):
    with pytest.raises((DataError, ParameterError), match=message):
        protected(with_totals([[2, 9], [20, 30], [4, 4]]), **options)


def test_tables_that_contradict_each_other_are_refused():
    tables = {
        "a": Table(with_totals([[2, 9], [20, 30]]), Design(DIMENSIONS, "people")),
        "b": Table(with_totals([[2, 9], [20, 31]]), Design(DIMENSIONS, "people")),
    }
    with pytest.raises(DataError, match=r"is 30 in a, but 31 in b"):
        protect_together(tables)


def test_a_frame_without_its_design_is_refused():
    with pytest.raises(ParameterError, match=r"Pass Table\(frame, Design"):
        audit({"t": with_totals([[2, 9], [20, 30]])})


@settings(max_examples=30, deadline=None)
@given(leaves, st.integers(0, 2**12 - 1))
def test_no_attacker_has_more_room_than_single_equations_leave(values, which):
    frame = with_totals(values)
    system = system_of(named_tables({"t": Table(frame, Design(DIMENSIONS, "people"))}))
    may = np.array([which >> cell & 1 for cell in range(len(system.values))], dtype=np.bool_)
    for component in components_of(system, may, may):
        found = bounds_of(component, np.ones(component.cells.size, dtype=np.bool_))
        down, up = room(component)
        assert (component.values - found.lower <= down + 1e-6).all()
        assert (found.upper - component.values <= up + 1e-6).all()


def partial(kinds):
    """Return regions with all people, and two kinds of them without a total."""
    regions = pd.DataFrame({"region": ["A", "B", "Total"], "people": [20, 40, 60]})
    frame = pd.DataFrame(kinds, columns=["region", "kind", "people"])
    return {
        "regions": Table(regions, Design(["region"], "people")),
        "kinds": Table(frame, Design(["region", "kind"], "people")),
    }


def test_labels_that_a_table_lists_are_no_more_than_the_total_that_another_has():
    tables = partial([("A", "k1", 3), ("A", "k2", 16), ("B", "k1", 17), ("B", "k2", 16)])
    regions = Table(tables["regions"].frame.assign(status="published"), tables["regions"].design)
    alone = protect_together({"kinds": tables["kinds"]})
    found = audit(alone | {"regions": regions}).iloc[0]
    assert (found["lower"], found["upper"], found["safe"]) == (1, 4, False)
    assert audit(protect_together(tables))["safe"].all()


def test_a_total_less_the_labels_that_another_table_lists_leaves_nobody_alone():
    tables = partial([("A", "k1", 10), ("A", "k2", 9), ("B", "k1", 17), ("B", "k2", 16)])
    found = protect_together(tables)
    assert hidden(found["kinds"]).any() or hidden(found["regions"]).any()  # 1 in A is of neither
    assert audit(found)["safe"].all()


@pytest.mark.parametrize("vacant", [[2, 9, 8], [0, 9, 8]])
def test_a_total_without_a_row_that_adds_up_more_ties_no_two_tables_apart(vacant):
    """Need comes first by name; its total of all labels has no row and is not that of people.

    Where nothing is vacant both are equal, which nobody knows.
    """
    posts, beyond, filled = ["p", "q", "r"], [3, 30, 20], [10, 15, 25]
    people = [a + b for a, b in zip(beyond, filled, strict=True)]

    def long(columns, **options):
        frame = pd.DataFrame({"post": posts, **columns})
        total = frame.drop(columns="post").sum().to_frame().T.assign(post="Total")
        frame = pd.concat([frame, total]).melt("post", var_name="place", value_name="people")
        return Table(frame, Design(["post", "place"], "people", **options))

    above = {"filled": "need", "vacant": "need", "need": "all", "beyond": "all"}
    need = [a + b for a, b in zip(filled, vacant, strict=True)]
    every = {"filled": filled, "vacant": vacant, "need": need, "beyond": beyond}
    by_post = pd.DataFrame({"post": [*posts, "Total"], "people": [*people, sum(people)]})
    tables = named_tables(
        {
            "a need": long(every, hierarchies={"place": above}),
            "b people": long({"filled": filled, "beyond": beyond, "Total": people}),
            "c posts": Table(by_post, Design(["post"], "people")),
        }
    )
    system = system_of(tables)
    rows = system.rows
    assert rows["b people"][8:].tolist() == rows["c posts"].tolist()
    need_of_p, people_in_p = rows["a need"][8], rows["b people"][8]
    together = (system.equations[:, [need_of_p, people_in_p]] != 0).sum(axis=1)
    assert together.max() == 1  # no equation says that need and people are as many


@pytest.mark.parametrize(
    "rules", [{"dominance": (2,)}, {"dominance": None}, {"dominance": (3, 0.85)}, {"p": "0.1"}]
)
def test_rules_that_make_no_sense_are_refused(rules):
    with pytest.raises(ParameterError, match="p and k must lie between 0 and 1"):
        Rules(**rules)


def test_what_is_not_proven_is_not_called_exact(monkeypatch):
    frame = with_totals([[2, 9], [20, 30], [14, 14]])
    monkeypatch.setattr(suppression, "_exactly", lambda *_: None)
    with pytest.raises(ParameterError, match=r"no choice for .* could be proven"):
        protected(frame, method="exact")
    assert hidden(protected(frame, method="auto")).any()
