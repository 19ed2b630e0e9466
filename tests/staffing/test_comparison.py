import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DomainError, ParameterError
from analysis.staffing import compare_states, per_capita

DATES = {"before_date": dt.date(2014, 12, 31), "after_date": dt.date(2023, 12, 31)}
BEFORE = pd.DataFrame({"pns": [20, 0], "penduduk": [1000, 500]}, index=["11", "12"])
AFTER = pd.DataFrame({"pns": [5, 30], "penduduk": [1000, 1200]}, index=["12", "11"])

counts = st.tuples(*[st.integers(1, 10**7)] * 4)


def test_a_known_case_whatever_the_order_of_the_units() -> None:
    table = compare_states(BEFORE.iloc[::-1], AFTER.iloc[::-1], **DATES)
    assert table.index.tolist() == ["12", "11"]
    pd.testing.assert_frame_equal(table.iloc[::-1], compare_states(BEFORE, AFTER, **DATES))
    assert table.loc["11"].to_dict() == {
        "pns_sebelum": 20,
        "pns_sesudah": 30,
        "perubahan_pns": 10,
        "relatif_pns": 0.5,
        "penduduk_sebelum": 1000,
        "penduduk_sesudah": 1200,
        "perubahan_penduduk": 200,
        "relatif_penduduk": pytest.approx(0.2),
        "rasio_sebelum": 20,
        "rasio_sesudah": 25,
        "perubahan_rasio": 5,
        "relatif_rasio": 0.25,
    }


def test_a_change_from_nothing_has_no_relative_size() -> None:
    row = compare_states(BEFORE, AFTER, **DATES).loc["12"]
    assert row["perubahan_rasio"] == 5
    assert row[["relatif_pns", "relatif_rasio"]].isna().all()


@settings(max_examples=50, derandomize=True)
@given(st.lists(counts, min_size=1, max_size=20))
def test_relative_changes_are_linked(rows: list[tuple[int, ...]]) -> None:
    frame = pd.DataFrame(rows, columns=["s0", "p0", "s1", "p1"], dtype="Int64")
    before = frame[["s0", "p0"]].set_axis(["pns", "penduduk"], axis=1)
    after = frame[["s1", "p1"]].set_axis(["pns", "penduduk"], axis=1)
    table = compare_states(before, after, as_given=True, **DATES)
    linked = (1 + table["relatif_pns"]) / (1 + table["relatif_penduduk"]) - 1
    assert table["relatif_rasio"].to_numpy("float64") == pytest.approx(
        linked.to_numpy("float64"), rel=1e-9, abs=1e-9
    )
    assert table["rasio_sesudah"].equals(per_capita(after["pns"], after["penduduk"], as_given=True))


@pytest.mark.parametrize("later", [dt.date(2014, 12, 31), dt.date(2010, 5, 15)])
def test_before_must_be_earlier(later: dt.date) -> None:
    with pytest.raises(ParameterError, match=r"'before' = 2014-12-31 is not earlier .* Swap them"):
        compare_states(BEFORE, AFTER, before_date=dt.date(2014, 12, 31), after_date=later)


def test_units_must_match() -> None:
    with pytest.raises(DomainError, match=r"11, 65 is in one only.*Regions.merge"):
        compare_states(BEFORE, AFTER.rename(index={"11": "65"}), **DATES)


def test_a_unit_that_occurs_twice_is_refused() -> None:
    with pytest.raises(DomainError, match="12 does not"):
        compare_states(BEFORE, pd.concat([AFTER, AFTER.loc[["12"]]]), **DATES)


def test_a_total_among_its_parts_is_refused_unless_it_is_meant() -> None:
    parts = pd.DataFrame(
        {"pns": [10, 20, 30], "penduduk": [900, 700, 800]}, index=["Aceh", "Bali", "Riau"]
    )
    whole = pd.concat([parts, parts.sum().to_frame("semua").T])
    with pytest.raises(DomainError, match="semua looks like the total"):
        compare_states(whole, whole, **DATES)
    assert compare_states(whole, whole, as_given=True, **DATES).loc["semua", "rasio_sebelum"] == 25
