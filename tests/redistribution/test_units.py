"""Units are checked once, whatever holds them, and keep the labels they were given."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analysis.errors import DataError, DomainError, ParameterError
from analysis.redistribution import frontier, plan_moves, robustness
from analysis.redistribution.limits import Limits
from analysis.redistribution.units import Units

FRAME = pd.DataFrame(
    {
        "kode": ["11", "12", "13"],
        "staff": [60, 30, 10],
        "need": [1.0, 2.0, 1.0],
        "pulau": ["Sumatera", "Sumatera", "Jawa"],
        "lintang": [5.5, 3.6, -6.2],
        "bujur": [95.3, 98.7, 106.8],
    }
)
STAFF, NEED = FRAME.set_index("kode")["staff"], FRAME.set_index("kode")["need"]
COST = np.array([[0.0, 5, 7], [5, 0, 1], [7, 1, 0]])
DOORS = {
    "series": lambda: Units.of(STAFF, NEED),
    "another order": lambda: Units.of(STAFF, NEED[::-1]),
    "dicts": lambda: Units.of(dict(STAFF), dict(NEED[::-1])),
    "labels of need": lambda: Units.of([60, 30, 10], NEED),
    "nullable": lambda: Units.of(STAFF.astype("Int64"), NEED.astype("Float64")),
    "frame": lambda: Units.from_frame(FRAME, unit="kode"),
    "frame with an index": lambda: Units.from_frame(FRAME.set_index("kode")),
    "arrow": lambda: Units.from_frame(pa.Table.from_pandas(FRAME), unit="kode"),
    "units": lambda: Units.of(Units.of(STAFF, NEED)),
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_every_door_leads_to_the_same_units(door):
    units = door()
    assert units.labels.tolist() == ["11", "12", "13"]
    assert units.staff.tolist() == [60, 30, 10]
    assert units.need.tolist() == [1.0, 2.0, 1.0]
    assert (units.total_staff, units.total_need, units.adequacy) == (100, 4.0, 25.0)


def test_units_without_labels_are_numbered():
    assert Units.of([5, 6], [1, 1]).labels.tolist() == [0, 1]


def test_group_and_coordinates_come_along_by_label():
    rows = FRAME.set_index("kode")
    units = Units.of(
        STAFF,
        NEED,
        group=rows["pulau"][::-1],
        latitude=rows["lintang"][::-1],
        longitude=dict(rows["bujur"]),
    )
    assert units.group.tolist() == ["Sumatera", "Sumatera", "Jawa"]
    assert units.coordinates.tolist() == rows[["lintang", "bujur"]].to_numpy().tolist()
    same = Units.from_frame(
        FRAME, unit="kode", group="pulau", latitude="lintang", longitude="bujur"
    )
    assert np.array_equal(same.coordinates, units.coordinates)


def test_a_cap_on_distance_uses_the_coordinates():
    units = Units.from_frame(FRAME, unit="kode", latitude="lintang", longitude="bujur")
    plan = plan_moves(
        units, cost=COST, limits=Limits(max_distance=1000), budget=20, unplaced="stay"
    )
    assert plan.moves["destination"].tolist() == ["12"]


@pytest.mark.parametrize("labels", [[11, 12, 13], [("a", 1), ("a", 2), ("b", 1)]])
def test_results_keep_the_type_of_the_labels(labels):
    index = pd.MultiIndex.from_tuples(labels) if isinstance(labels[0], tuple) else pd.Index(labels)
    staff, need = STAFF.set_axis(index), NEED.set_axis(index)
    plan = plan_moves(staff, need, cost=COST)
    assert plan.to_frame()["unit"].tolist() == labels
    assert plan.moves["origin"].unique().tolist() == labels[:1]
    found = robustness(
        staff,
        need,
        budget=10,
        need_cv=0.1,
        replicates=10,
        planner=lambda s, d: plan_moves(s, d, cost=COST, budget=10).moves,
    )
    assert found.units["unit"].tolist() == labels
    assert set(found.moves["origin"]) <= set(labels)


def test_a_planner_with_other_labels_is_refused():
    def planner(*_):
        return pd.DataFrame({"origin": ["0"], "destination": ["1"], "people": [1]})

    with pytest.raises(DomainError, match="planner, origin: 0 is no unit"):
        robustness(STAFF, NEED, budget=1, need_cv=0.1, replicates=10, planner=planner)


def test_a_total_is_refused_unless_it_is_meant():
    staff = pd.Series({"A": 10, "B": 20, "C": 30, "INDONESIA": 60})
    need = pd.Series({"A": 20.0, "B": 20.0, "C": 20.0, "INDONESIA": 60.0})
    said = r"INDONESIA looks like the total .* Units.of\(..., as_given=True\)"
    for call in (Units.of, frontier):
        with pytest.raises(DomainError, match=said):
            call(staff, need)
    assert frontier(Units.of(staff, need, as_given=True)).total_staff == 120
    assert frontier(staff.to_numpy(), need.to_numpy()).total_staff == 120  # arrays are not frames


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda: Units.of(STAFF), ParameterError, "need is missing"),
        (lambda: Units.of(Units.of(STAFF, NEED), NEED), ParameterError, "need: the units have it"),
        (lambda: Units.of(STAFF, NEED, latitude=NEED), ParameterError, "come together"),
        (lambda: Units.of(STAFF, NEED, group=["a", None, "b"]), DomainError, "label is missing"),
        (lambda: Units.of(STAFF, NEED[:2]), DomainError, "13 is only in staff"),
        (lambda: Units.of(STAFF, [1.0, 2.0]), DomainError, "need: 2 values for 3 units"),
        (lambda: Units([1, 2], STAFF, NEED), DomainError, "3 values of staff for 2 labels"),
        (lambda: Units.of(STAFF.set_axis(["a", "a", "b"]), NEED), DomainError, "name them apart"),
        (lambda: Units.of(STAFF.set_axis(["a", None, "b"]), [1, 1, 1]), DomainError, "positions 1"),
        (
            lambda: Units.of(STAFF, NEED, latitude=[95.3, 0, 0], longitude=[5.5, 0, 0]),
            DomainError,
            r"latitude must be degrees from -90 to 90; .* 11: 95\.3",
        ),
        (lambda: Units.from_frame(FRAME, need="butuh"), DataError, "column butuh is missing"),
        (lambda: Units.from_frame([1, 2]), DomainError, "expected a table"),
    ],
)
def test_bad_units_are_refused(call, error, said):
    with pytest.raises(error, match=said):
        call()
