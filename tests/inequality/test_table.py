import numpy as np
import pandas as pd
import pytest

from analysis.errors import DomainError, ParameterError
from analysis.inequality.inference.confidence import confidence_interval
from analysis.inequality.measures import MEASURES, gini
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
        gini, FRAME["ratio"], FRAME["people"], randomness="superpopulation", level=0.9
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


def test_values_outside_the_domain_are_refused():
    with pytest.raises(DomainError, match="missing"):
        table(FRAME.assign(ratio=np.nan))
