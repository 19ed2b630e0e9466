import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import DataError
from analysis.geography.boundaries import add_up, common_units, unit_names

PLACES = ["01", "02", "03", "04", "05"]


def changes(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["kode_baru", "kode_induk"], dtype="str")


def frame(*counts: int | None) -> pd.DataFrame:
    column = pd.array(counts, dtype="Int64")
    return pd.DataFrame({"kode_kemendagri": PLACES[: len(counts)], "guru": column})


def by_search(codes: list[str], pairs: list[tuple[str, str]]) -> list[set[str]]:
    """The units, found by walking from place to place until no change leads further."""
    units = []
    for code in codes:
        reached, waiting = {code}, [code]
        while waiting:
            here = waiting.pop()
            for one, other in [*pairs, *(pair[::-1] for pair in pairs)]:
                if one == here and other not in reached:
                    reached.add(other)
                    waiting.append(other)
        units.append(reached)
    return units


class TestCommonUnits:
    def test_without_changes_every_place_is_its_own_unit(self) -> None:
        assert common_units(PLACES, changes()).tolist() == PLACES

    def test_a_place_is_counted_with_the_one_it_took_over_from(self) -> None:
        found = common_units(PLACES, changes(("05", "02")))
        assert found.tolist() == ["01", "02", "03", "04", "02"]

    def test_a_change_in_steps_is_one_change(self) -> None:
        twice = changes(("05", "02"), ("05", "02"))
        assert common_units(PLACES, twice).equals(common_units(PLACES, changes(("05", "02"))))

    def test_a_place_made_of_two_joins_them(self) -> None:
        found = common_units(PLACES, changes(("01", "04"), ("01", "03")))
        assert found.tolist() == ["03", "02", "03", "03", "05"]

    def test_places_that_gave_to_each_other_have_the_first_code(self) -> None:
        found = common_units(PLACES, changes(("04", "03"), ("03", "04")))
        assert found.tolist() == ["01", "02", "03", "03", "05"]

    @settings(max_examples=60, derandomize=True)
    @given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES)), max_size=6))
    def test_units_are_what_a_search_from_place_to_place_reaches(
        self, pairs: list[tuple[str, str]]
    ) -> None:
        found = common_units(PLACES, changes(*pairs))
        together = [set(found.index[found == unit]) for unit in found]
        assert together == by_search(PLACES, pairs)
        assert all(unit in inside for unit, inside in zip(found, together, strict=True))

    def test_an_unknown_place_is_named(self) -> None:
        with pytest.raises(DataError, match=r"name 06, which is none of the 5 places"):
            common_units(PLACES, changes(("06", "01")))


class TestAddUp:
    UNITS = common_units(PLACES, changes(("05", "02")))

    def test_counts_of_a_unit_are_added(self) -> None:
        found = add_up(frame(1, 2, 3, 4, 5), self.UNITS, sums=["guru"], what="guru.csv")
        assert found["guru"].to_dict() == {"01": 1, "02": 7, "03": 3, "04": 4}

    def test_a_missing_count_is_never_zero(self) -> None:
        with pytest.raises(DataError, match=r"guru.csv lacks counts:\n  column guru: 02\nAdd"):
            add_up(frame(1, None), self.UNITS, sums=["guru"], what="guru.csv")

    def test_a_stray_place_is_never_dropped(self) -> None:
        with pytest.raises(DataError, match=r"guru.csv has counts of 02, which is none of the 1"):
            add_up(frame(1, 2), common_units(["01"], changes()), sums=["guru"], what="guru.csv")


def test_a_unit_has_the_name_of_its_place_and_says_that_it_covers_more() -> None:
    names = pd.Series(["A", "B", "C", "D", "E"], PLACES)
    found = unit_names(TestAddUp.UNITS, names, merged="{} (merged)")
    assert found.to_dict() == {"01": "A", "02": "B (merged)", "03": "C", "04": "D"}
