"""What cannot be modelled is refused, in words that name it and say what to do."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from analysis.errors import DomainError, ParameterError
from analysis.models import (
    count_model,
    event_model,
    log_linear_model,
    overdispersion,
    parting_terms,
    rootogram,
    shares_by_class,
)

RNG = np.random.default_rng(3)
N = 40
UNITS = pd.DataFrame(
    {
        "staff": RNG.poisson(6, N) + 1,
        "people": RNG.lognormal(10, 1, N),
        "province": np.repeat([*"ABCDEFGH"], 5),
        "far": RNG.normal(size=N),
        "town": np.tile([0.0, 0.0, 0.0, 1.0, 0.0], 8),
    },
    index=[f"unit {i:02d}" for i in range(N)],
)
ISLAND = (UNITS.index < "unit 03").astype(float)  # all of them in province A


def count(units=UNITS, terms=("far", "town"), **options):
    return count_model(
        units["staff"], units["people"], units[list(terms)], units["province"], **options
    )


def put(column, value, where="unit 07"):
    units = UNITS.copy()
    units[column] = units[column].astype(float)
    units.loc[where, column] = value
    return units


class TestColumns:
    @pytest.mark.parametrize("within", [False, True])
    def test_what_others_make_up_is_named(self, within):
        units = UNITS.assign(near=1 - 2 * UNITS["far"])
        with pytest.raises(DomainError, match="far and near say the same"):
            count(units, ["far", "town", "near"], within=within)

    def test_what_three_make_up_together_is_named(self):
        units = UNITS.assign(area=RNG.normal(size=N))
        units["density"] = units["far"] - units["area"]
        with pytest.raises(DomainError, match="far and area and density say the same"):
            count(units, ["town", "far", "area", "density"])

    def test_what_is_the_same_everywhere_is_named(self):
        with pytest.raises(DomainError, match="flat is the same for all units"):
            count(UNITS.assign(flat=7.0), ["far", "flat"])

    def test_what_is_the_same_within_each_cluster_is_named(self):
        units = UNITS.assign(capital_far=UNITS.groupby("province")["far"].transform("mean"))
        count(units, ["far", "capital_far"])
        with pytest.raises(DomainError, match="capital_far is the same for the units of each clu"):
            count(units, ["far", "capital_far"], within=True)

    @pytest.mark.parametrize("within", [False, True])
    def test_what_one_cluster_alone_tells_is_named_with_it(self, within):
        with pytest.raises(DomainError, match="without cluster A nothing is left to tell of isl"):
            count(UNITS.assign(island=ISLAND), ["far", "island"], within=within)

    def test_what_is_missing_is_named(self):
        with pytest.raises(DomainError, match="terms, far: the value of unit 07 is missing"):
            count(put("far", np.nan))

    def test_columns_twice_none_and_units_twice_are_refused(self):
        with pytest.raises(DomainError, match="columns must occur once each, but far"):
            count(UNITS, ["far", "far"])
        with pytest.raises(DomainError, match="there are no columns"):
            count(UNITS, [])
        with pytest.raises(DomainError, match="each unit must occur once"):
            count(pd.concat([UNITS, UNITS.iloc[:1]]))

    def test_text_is_refused(self):
        with pytest.raises(DomainError, match="terms, province: the values must be numbers"):
            count(UNITS, ["far", "province"])


class TestClusters:
    def test_too_few_are_refused(self):
        with pytest.raises(DomainError, match="2 clusters are too few for 2 terms"):
            count(UNITS.assign(province=np.arange(N) % 2))

    def test_a_unit_without_one_is_refused(self):
        with pytest.raises(DomainError, match="clusters: the label is missing at positions 7"):
            count(UNITS.assign(province=UNITS["province"].where(UNITS.index != "unit 07")))


class TestCounts:
    @pytest.mark.parametrize("value", [2.5, -1.0, np.nan, np.inf])
    def test_what_is_no_count_is_named(self, value):
        with pytest.raises(DomainError, match="unit 07 has no whole number >= 0"):
            count(put("staff", value))

    @pytest.mark.parametrize("value", [0.0, -1.0, np.nan])
    def test_a_unit_without_people_is_named(self, value):
        with pytest.raises(DomainError, match="population: unit 07 has none above zero"):
            count(put("people", value))

    def test_no_staff_at_all_is_refused(self):
        with pytest.raises(DomainError, match="no unit has any"):
            count(UNITS.assign(staff=0))

    def test_zero_has_no_logarithm(self):
        units = put("staff", 0.0)
        with pytest.raises(DomainError, match="staff: unit 07 has none above zero"):
            log_linear_model(units["staff"], units["people"], units[["far"]], units["province"])

    def test_other_labels_and_lengths_are_refused(self):
        with pytest.raises(DomainError, match="unit 00 is only in"):
            count_model(UNITS["staff"], UNITS["people"].iloc[1:], UNITS[["far"]], UNITS["province"])
        with pytest.raises(DomainError, match="39 values but 40 units"):
            count_model([1] * 39, UNITS["people"], UNITS[["far"]], UNITS["province"])


class TestSeparation:
    def test_a_term_that_parts_events_is_named(self):
        event = (UNITS["town"] == 0) & (UNITS["far"] > 0)  # no town has it, the others may
        with pytest.raises(DomainError, match="event_model: town can part the units"):
            event_model(event, UNITS[["far", "town"]], UNITS["province"])

    def test_terms_that_part_events_together_are_named(self):
        units = UNITS.assign(other=RNG.normal(size=N))
        event = units["far"] + units["other"] > 0.1
        with pytest.raises(DomainError, match="far and other can part the units"):
            event_model(event, units[["far", "other", "town"]], units["province"])

    def test_all_terms_that_part_by_themselves_are_named_else_the_fewest_together(self):
        units = UNITS.assign(other=RNG.normal(size=N), twin=UNITS["town"] * 3)
        event = (units["town"] == 0) & (units["far"] > 0)
        terms = units[["far", "town", "twin", "other"]]
        assert parting_terms(event, terms, kind="event") == ("town", "twin")
        event = units["far"] + units["other"] > 0.1
        assert parting_terms(event, units[["town", "far", "other"]], kind="event") == (
            "far",
            "other",
        )
        assert parting_terms(units["staff"] > 6, units[["town"]], kind="event") == ()

    @pytest.mark.parametrize("seed", range(12))
    def test_parting_of_counts_is_a_direction_along_which_no_positive_count_moves(self, seed):
        rng = np.random.default_rng(seed)
        terms = pd.DataFrame(rng.integers(0, 2, (14, 2)), columns=["a", "b"])
        counts = rng.integers(0, 2, 14)
        columns = np.column_stack([terms, np.ones(14)])
        grid = np.array([*product((-1, 0, 1), repeat=3)])  # enough for columns of 0 and 1
        moves = columns @ grid.T
        parted = (moves[counts > 0] == 0).all(axis=0) & (moves[counts == 0] <= 0).all(axis=0)
        expected = (parted & (moves[counts == 0] < 0).any(axis=0)).any()
        assert bool(parting_terms(counts > 0, terms, kind="count")) == expected

    def test_labels_decide(self):
        event = (UNITS["town"] == 0) & (UNITS["far"] > 0)
        shuffled = event.sample(frac=1, random_state=2)
        assert parting_terms(shuffled, UNITS[["far", "town"]], kind="event") == ("town",)
        assert parting_terms(
            event, UNITS[["far", "town"]], kind="count", clusters=UNITS["province"]
        ) == ("town",)

    def test_overlap_has_an_estimate(self):
        event = UNITS["far"] > 0
        event.iloc[[UNITS["far"].argmax(), UNITS["far"].argmin()]] ^= True
        assert np.isfinite(event_model(event, UNITS[["far"]], UNITS["province"]).coefficients).all(
            axis=None
        )

    def test_a_term_without_which_nobody_has_staff_is_named(self):
        units = UNITS.assign(staff=UNITS["staff"].where(UNITS["town"] == 0, 0))
        with pytest.raises(DomainError, match="count_model: town can part the units"):
            count(units)

    def test_a_zero_that_parts_nothing_is_no_separation(self):
        assert np.isfinite(count(put("staff", 0.0)).coefficients).all(axis=None)

    def test_a_cluster_without_staff_is_named_where_it_has_its_own_constant(self):
        units = UNITS.assign(staff=UNITS["staff"].where(UNITS["province"] != "C", 0))
        assert np.isfinite(count(units).coefficients).all(axis=None)
        with pytest.raises(DomainError, match="no unit of C has any"):
            count(units, within=True)


class TestEvents:
    def test_of_all_or_none_there_is_nothing_to_tell(self):
        for event, said in (([True] * N, "all units"), ([False] * N, "no unit")):
            with pytest.raises(DomainError, match=said):
                event_model(event, UNITS[["far"]], UNITS["province"])

    def test_other_values_are_refused(self):
        with pytest.raises(DomainError, match="expected True and False"):
            event_model(UNITS["staff"], UNITS[["far"]], UNITS["province"])

    def test_missing_ones_are_refused(self):
        event = (UNITS["far"] > 0).astype("boolean")
        event.iloc[3] = pd.NA
        with pytest.raises(DomainError, match="expected True and False"):
            event_model(event, UNITS[["town"]], UNITS["province"])


def test_options_are_checked():
    with pytest.raises(ParameterError, match="family: 'gamma' is none"):
        count(family="gamma")
    with pytest.raises(ParameterError, match="level: 95 given"):
        count(level=95)
    fit = count()
    with pytest.raises(ParameterError, match="near is no term; there are far, town"):
        fit.effects({"near": 2.0})
    with pytest.raises(ParameterError, match="not zero"):
        fit.effects({"far": 0.0})
    with pytest.raises(ParameterError, match="Pass one of Poisson's"):
        overdispersion(fit)
    for edges in ([1, 2], [0, 2, 2], [0, 1.5]):
        with pytest.raises(ParameterError, match="ascend from 0"):
            rootogram(fit, edges)
    linear = log_linear_model(UNITS["staff"], UNITS["people"], UNITS[["far"]], UNITS["province"])
    with pytest.raises(ParameterError, match="not one of counts"):
        rootogram(linear, [0, 1])


class TestShares:
    def test_every_unit_is_in_one_class_and_ties_stay_together(self):
        values = pd.DataFrame({"size": [5, 1, 1, 1, 1, 2, 3, 4]})
        table = shares_by_class([True, False] * 4, values, parts=3)
        assert table[["low", "high", "units", "events"]].values.tolist() == [
            [1, 1, 4, 2],
            [2, 3, 2, 1],
            [4, 5, 2, 1],
        ]

    def test_a_term_of_few_values_has_a_class_of_each(self):
        table = shares_by_class(UNITS["staff"] > 6, UNITS[["town", "far"]])
        towns = table[table["term"] == "town"]
        expected = (UNITS["staff"] > 6).groupby(UNITS["town"]).agg(["size", "sum", "mean"])
        assert towns["units"].tolist() == expected["size"].tolist()
        assert towns["events"].tolist() == expected["sum"].tolist()
        assert towns["share"].tolist() == expected["mean"].tolist()
        assert table.loc[table["term"] == "far", "units"].tolist() == [10, 10, 10, 10]

    def test_labels_decide(self):
        event = UNITS["staff"] > 6
        shuffled = event.sample(frac=1, random_state=1)
        pd.testing.assert_frame_equal(
            shares_by_class(event, UNITS[["far"]]), shares_by_class(shuffled, UNITS[["far"]])
        )

    def test_refuses_in_words(self):
        with pytest.raises(ParameterError, match="at least 2"):
            shares_by_class(UNITS["staff"] > 6, UNITS[["far"]], parts=1)
        with pytest.raises(DomainError, match="far: a value is missing"):
            shares_by_class(UNITS["staff"] > 6, put("far", np.nan)[["far"]])
        with pytest.raises(DomainError, match="true and false"):
            shares_by_class(UNITS["staff"], UNITS[["far"]])
