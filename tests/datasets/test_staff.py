import datetime as dt

import pytest

from analysis.datasets import PROCESSED_TABLES, RawTables, read_table, staff_at
from analysis.errors import DataError
from analysis.geography.regions import Regions
from analysis.paths import RAW

REGIONS = Regions(read_table("provinsi"), read_table("pemekaran"))
STAFF = PROCESSED_TABLES["pns_provinsi"].build(RawTables(RAW))


def test_sexes_are_missing_where_the_source_has_none() -> None:
    by_date = STAFF.groupby(STAFF["tanggal"].dt.year)["perempuan"].count()
    assert by_date.to_dict() == {2014: 34, 2023: 0}


def test_totals_are_kept_on_every_basis() -> None:
    for date, basis, total in [
        (dt.date(2014, 12, 31), "34", 4455303),
        (dt.date(2014, 12, 31), "33", 4455303),
        (dt.date(2023, 12, 31), "38", 3732415),
        (dt.date(2023, 12, 31), "33", 3732415),
    ]:
        staff = staff_at(STAFF, date, REGIONS, basis)
        assert staff.sum() == total
        assert len(staff) == int(basis)
        assert str(staff.dtype) == "Int64"


def test_a_new_province_counts_with_the_one_it_left() -> None:
    assert staff_at(STAFF, dt.date(2014, 12, 31), REGIONS, "33")["64"] == 89745 + 14047


def test_a_date_without_a_table_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(DataError, match="no table of PNS by province for 2020-12-31") as caught:
        staff_at(STAFF, dt.date(2020, 12, 31), REGIONS, "33")
    assert "2014-12-31, 2023-12-31" in str(caught.value)
    assert "add a table with the role 'pns_provinsi'" in str(caught.value)


@pytest.mark.parametrize("year", [1, 1600, 2999, 9999])
def test_so_is_any_other_year(year: int) -> None:
    with pytest.raises(DataError, match=f"no table of PNS by province for {year:04d}-12-31"):
        staff_at(STAFF, dt.date(year, 12, 31), REGIONS, "33")


def test_a_finer_basis_is_refused() -> None:
    with pytest.raises(DataError, match="PNS 2014-12-31 is on 34 provinces"):
        staff_at(STAFF, dt.date(2014, 12, 31), REGIONS, "38")


def test_a_damaged_table_is_refused_by_the_line_of_its_own_file() -> None:
    damaged = STAFF.copy()
    damaged.loc[34, "kode_kemendagri"] = "99"  # the first row of 2023
    with pytest.raises(DataError, match="line 2, column kode_kemendagri: '99'"):
        staff_at(damaged, dt.date(2023, 12, 31), REGIONS, "38")
