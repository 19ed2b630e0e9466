from functools import partial

import numpy as np
import pandas as pd
import pytest

from analysis.errors import DomainError, ParameterError
from analysis.inequality.inference.confidence import confidence_interval
from analysis.inequality.inference.coverage import simulated_coverage
from analysis.inequality.measures import MEASURES, atkinson, gini
from analysis.inequality.table import ALL, Confidence, inequality_table

FRAME = pd.DataFrame(
    {
        "ratio": [27.3, 12.8, 19.8, 6.4, 8.7, 21.9],
        "people": [5.6, 15.6, 5.8, 51.3, 38.4, 11.0],
        "island": ["S", "S", "S", "J", "J", "J"],
        "staff": [153, 201, 115, 328, 336, 242],
    }
)


def table(frame=FRAME, **options):
    return inequality_table(frame, value="ratio", weight="people", **options)


def test_one_row_per_measure():
    found = table(measures=["gini", "max_min_ratio"])
    assert found.columns.tolist() == ["group", "measure", "units", "estimate"]
    assert found["measure"].tolist() == ["gini", "max_min_ratio"]
    assert found["estimate"].tolist() == [
        MEASURES[name].function(FRAME["ratio"], FRAME["people"]) for name in found["measure"]
    ]


def test_every_registered_measure_works():
    found = table(measures=list(MEASURES))
    assert np.isfinite(found["estimate"]).all()


def test_groups_come_after_all_units_with_the_measures_of_their_own():
    found = table(by="island", measures=["gini"])
    assert found["group"].tolist() == [ALL, "J", "S"]
    assert found["units"].tolist() == [6, 3, 3]
    java = FRAME[FRAME["island"] == "J"]
    assert found["estimate"][1] == gini(java["ratio"], java["people"])


def test_without_weights_every_unit_counts_once():
    found = inequality_table(FRAME, value="ratio", measures=["gini"])
    assert found["estimate"].item() == gini(FRAME["ratio"])


def test_intervals_are_those_of_the_named_randomness():
    found = table(measures=["gini"], ci=Confidence("superpopulation", level=0.9)).iloc[0]
    expected = confidence_interval(
        gini, FRAME["ratio"], FRAME["people"], randomness="superpopulation", level=0.9, seed=1
    )
    assert (found["low"], found["high"]) == (expected.low, expected.high)
    assert found["randomness"] == "superpopulation"
    assert found["level"] == 0.9


def test_counts_are_taken_from_their_column():
    frame = FRAME.assign(ratio=FRAME["staff"] / FRAME["people"])
    found = table(frame, measures=["gini"], ci=Confidence("count", counts="staff"))
    assert (found["low"] < found["estimate"]).all()
    assert (found["estimate"] < found["high"]).all()


def test_a_ratio_of_extremes_has_an_interval_for_counts_only():
    frame = FRAME.assign(ratio=FRAME["staff"] / FRAME["people"])
    measures = ["gini", "max_min_ratio"]
    units = table(frame, measures=measures, ci=Confidence("superpopulation"))
    counts = table(frame, measures=measures, ci=Confidence("count", counts="staff"))
    assert units["low"].isna().tolist() == [False, True]
    assert counts["low"].isna().tolist() == [False, False]
    assert units["note"][1].startswith("no interval: max_min_ratio: rests on the most extreme")
    assert units["note"][0] == ""


def test_a_group_too_small_for_an_interval_leaves_the_others_theirs():
    small = FRAME.assign(island=["S", "S", "J", "J", "J", "J"])
    for undefined in ("refuse", "note"):
        found = table(
            small,
            by="island",
            measures=["gini"],
            ci=Confidence("superpopulation"),
            undefined=undefined,
        )
        assert found["group"].tolist() == [ALL, "J", "S"]
        assert found["low"].isna().tolist() == [False, False, True]
        assert found["estimate"].notna().all()
        assert found["note"][2].startswith("no interval: gini: 2 units cannot show how much")


def test_a_bootstrap_that_fails_is_noted():
    idle = FRAME.assign(ratio=[0.0, 0.0, 0.0, 0.0, 8.7, 21.9])
    ci = Confidence("sampling", method="percentile")
    found = table(idle, measures=["gini"], ci=ci).iloc[0]
    assert np.isnan(found["low"])
    assert "of 2,000 replicates" in found["note"]


def test_coverage_is_simulated_when_asked_for():
    measures = ["gini", "max_min_ratio"]
    ask = Confidence("superpopulation", coverage_draws=200)
    found = table(measures=measures, ci=ask)
    (expected,) = simulated_coverage(
        [gini], FRAME["ratio"], FRAME["people"], randomness="superpopulation", draws=200
    )
    assert found["coverage"][0] == expected.coverage
    assert np.isnan(found["coverage"][1])
    assert table(measures=measures, ci=Confidence("superpopulation"))["coverage"].isna().all()
    zero = FRAME.assign(ratio=[0.0, 12.8, 19.8, 6.4, 8.7, 21.9])
    row = table(zero, measures=["gini"], ci=ask).iloc[0]
    assert (row["method"], np.isnan(row["coverage"])) == ("satterthwaite", True)


def test_the_seed_makes_intervals_repeatable():
    ci = Confidence("superpopulation", method="percentile", replicates=50, seed=7)
    pd.testing.assert_frame_equal(table(ci=ci), table(ci=ci))
    other = Confidence("superpopulation", method="percentile", replicates=50, seed=8)
    assert not table(ci=ci)["low"].equals(table(ci=other)["low"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "pulau"}, "no column 'pulau'; it has ratio, people, island, staff"),
        ({"measures": ["gini", "ginny"]}, "ginny is unknown. Choose from gini"),
        ({"ci": Confidence("count", counts="pns")}, "no column 'pns'"),
    ],
)
def test_unknown_names_are_refused(options, message):
    with pytest.raises(ParameterError) as caught:
        table(**options)
    assert message in str(caught.value)


ZEROS = pd.DataFrame(
    {
        "ratio": [1.0, 2.0, 0.0, 3.0, 0.0, 0.0, 5.0],
        "people": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
        "island": ["J", "J", "S", "S", "K", "K", "P"],
        "kind": ["a", "b", "a", "b", "a", "b", "a"],
    }
)


def test_an_error_names_the_group_and_the_measure_and_the_way_out():
    with pytest.raises(DomainError) as caught:
        table(ZEROS, by="island", measures=["gini", "hoover"])
    assert str(caught.value).startswith("inequality_table, island K (units: 2), gini: ")
    assert "all values are zero" in str(caught.value)
    assert 'undefined="note"' in str(caught.value)


def test_without_groups_an_error_names_the_measure_unless_the_options_are_wrong():
    with pytest.raises(DomainError, match=r"^inequality_table, theil_l: .* undefined="):
        table(ZEROS, measures=["theil_l"])
    with pytest.raises(ParameterError) as caught:
        table(measures=["gini"], ci=Confidence("superpopulation", level=95))
    assert "undefined" not in str(caught.value)


def test_what_does_not_exist_can_be_left_out_with_a_note():
    found = table(ZEROS, by="island", measures=["gini", "theil_l"], undefined="note")
    missing = found[found["estimate"].isna()]
    assert missing[["group", "measure"]].to_numpy().tolist() == [
        ["all", "theil_l"],
        ["K", "gini"],
        ["K", "theil_l"],
        ["S", "theil_l"],
    ]
    assert missing["note"].str.contains("zero").all()
    assert (found.loc[found["estimate"].notna(), "note"] == "").all()


def test_a_group_of_one_has_an_estimate_and_a_note_for_its_interval():
    ci = Confidence("superpopulation")
    found = table(
        ZEROS, by="island", measures=["gini", "max_min_ratio"], ci=ci, undefined="note"
    ).set_index(["group", "measure"])
    assert found.loc[("P", "gini"), "estimate"] == 0.0
    assert np.isnan(found.loc[("P", "gini"), "low"])
    assert found.loc[("P", "gini"), "note"].startswith("no interval: ")
    assert found.loc[("P", "max_min_ratio"), "note"].startswith("no interval: max_min_ratio: rests")
    assert found.loc[("all", "gini"), "note"] == ""


def test_wrong_options_are_no_note():
    with pytest.raises(ParameterError, match="level"):
        table(ci=Confidence("superpopulation", level=95), undefined="note")
    with pytest.raises(DomainError, match="missing"):
        table(ZEROS.assign(people=np.nan), undefined="note")


def test_groups_by_two_keys():
    found = table(ZEROS, by=["island", "kind"], measures=["max_min_ratio"], undefined="note")
    assert found.columns.tolist() == ["island", "kind", "measure", "units", "estimate", "note"]
    assert found[["island", "kind"]].to_numpy().tolist()[:3] == [
        ["all", "all"],
        ["J", "a"],
        ["J", "b"],
    ]


def test_a_group_called_as_the_total_is_refused_until_the_total_has_another_name():
    frame = FRAME.assign(island=FRAME["island"].replace("S", "all"))
    with pytest.raises(ParameterError, match="a group in island is called 'all'"):
        table(frame, by="island")
    found = table(frame, by="island", measures=["gini"], total="(total)")
    assert found["group"].tolist() == ["(total)", "J", "all"]


def test_own_measures_under_own_names():
    own = {"range": lambda x, _: float(np.ptp(x)), "A(3)": partial(atkinson, epsilon=3.0)}
    found = table(measures=own, ci=Confidence("superpopulation", replicates=50))
    assert found["measure"].tolist() == ["range", "A(3)"]
    assert found["estimate"][1] == atkinson(FRAME["ratio"], FRAME["people"], epsilon=3.0)
    assert found["low"].notna().all()


def test_strata_and_clusters_reach_the_interval():
    frame = pd.concat([FRAME, FRAME.assign(ratio=FRAME["ratio"] + 1.0)], ignore_index=True)
    frame = frame.assign(cluster=[1, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8])
    found = table(
        frame,
        measures=["gini"],
        ci=Confidence("sampling", method="linearized", strata="island", clusters="cluster"),
    ).iloc[0]
    expected = confidence_interval(
        gini,
        frame["ratio"],
        frame["people"],
        randomness="sampling",
        method="linearized",
        strata=frame["island"],
        clusters=frame["cluster"],
    )
    assert (found["low"], found["high"]) == (expected.low, expected.high)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"measures": "gini"}, "expected a list of names, not 'gini'. Write ['gini']"),
        ({"measures": gini}, "expected a list of names, not <function gini"),
        ({"measures": [gini]}, "such as {'gini': gini}"),
        ({"measures": []}, "there are none"),
        ({"measures": ["gini", "gini"]}, "gini is named twice"),
        ({"measures": {"g": "gini"}}, "g is not a function"),
        ({"measures": [1]}, "1 is unknown"),
        ({"ci": True}, 'such as Confidence("superpopulation"), not True'),
        ({"undefined": "drop"}, "'drop' is none of refuse, note"),
        ({"by": []}, "an empty list cannot be a column of groups"),
        ({"by": ["island", "island"]}, "a column is named twice"),
        ({"by": ["units"], "frame": FRAME.assign(units=1)}, "'units' cannot be a column of groups"),
        (
            {"frame": pd.concat([FRAME, FRAME[["ratio"]]], axis=1)},
            "more than one column 'ratio'",
        ),
    ],
)
def test_odd_arguments_are_refused_in_words(options, message):
    with pytest.raises(ParameterError) as caught:
        table(**options)
    assert message in str(caught.value)


def test_what_is_no_table_is_refused():
    with pytest.raises(DomainError, match="frame: expected a table, such as a DataFrame"):
        table(FRAME.to_dict())


def test_missing_labels_are_refused():
    frame = FRAME.assign(island=["S", None, "S", "J", "J", "J"])
    with pytest.raises(DomainError, match="island: the label is missing at positions 1 "):
        table(frame, by="island")


def test_values_outside_the_domain_are_refused():
    with pytest.raises(DomainError, match="missing"):
        table(FRAME.assign(ratio=np.nan))


class TestTotals:
    """A row that is the total of the others would count everyone twice."""

    PARTS = pd.DataFrame(
        {
            "nama": ["Aceh", "Bali", "Riau", "Papua"],
            "pns": [9, 20, 31, 5],
            "jiwa": [80, 150, 400, 30],
        }
    )

    def frame(self, name="INDONESIA", **changes):
        whole = {"nama": name, "pns": 65, "jiwa": 660} | changes
        frame = pd.concat([self.PARTS, pd.DataFrame([whole])], ignore_index=True)
        return frame.assign(rasio=frame["pns"] / frame["jiwa"])

    @pytest.mark.parametrize("name", ["INDONESIA", "Jumlah", "Total", "semua", "99"])
    @pytest.mark.parametrize("kind", ["index", "text", "category"])
    def test_a_total_among_its_parts_is_refused(self, name, kind):
        frame = self.frame(name)
        frame = frame.set_index("nama") if kind == "index" else frame
        frame = frame.astype({"nama": "category"}) if kind == "category" else frame
        with pytest.raises(DomainError, match=f"^inequality_table: {name} looks like the total"):
            inequality_table(frame, value="rasio", weight="jiwa")

    def test_the_caller_may_say_that_it_is_meant(self):
        given = inequality_table(self.frame(), value="rasio", weight="jiwa", as_given=True)
        assert given["units"].tolist() == [5] * 4

    @pytest.mark.parametrize("value", ["rasio", "pns"])
    def test_without_weights_its_name_tells(self, value):
        with pytest.raises(DomainError, match="INDONESIA looks like the total"):
            inequality_table(self.frame(), value=value)
        assert len(inequality_table(self.frame("Banten"), value=value)) == 4

    def test_without_any_name_its_row_is_named(self):
        frame = self.frame().drop(columns="nama")
        with pytest.raises(DomainError, match="inequality_table: 4 looks like the total"):
            inequality_table(frame, value="rasio", weight="jiwa")

    def test_a_large_unit_is_none(self):
        frame = self.frame("Jawa Barat", pns=70)
        assert inequality_table(frame, value="rasio", weight="jiwa")["units"].iloc[0] == 5

    def test_rows_that_all_speak_of_totals_are_none(self):
        frame = self.frame("Jawa Barat", pns=70).assign(jenis="Total")
        assert inequality_table(frame, value="rasio", weight="jiwa")["units"].iloc[0] == 5
        assert inequality_table(frame, value="rasio")["units"].iloc[0] == 5
