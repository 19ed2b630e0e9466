"""What columns do not settle of themselves: the order of dates, and codes that only have names."""

import pytest

from analysis.errors import DataError
from analysis.individuals.reading.engine import embedded
from analysis.individuals.reading.opening import Named, open_named
from analysis.individuals.schema import code_lists

HEAD = "NIP,JENIS KELAMIN,TANGGAL LAHIR,TMT JABATAN,UNOR ID,JENIS JABATAN ID"
MARCH, MAY = "198503052010011001", "198505032010011002"  # 5 March, 3 May
ASSUMED, MIXED = "dates_assumed", "dates_mixed"


@pytest.fixture
def read(tmp_path):
    def notes(*rows):
        file = tmp_path / "people.csv"
        file.write_text("\n".join([HEAD, *(f"{n},M,{b},{t},U1,4" for n, b, t in rows)]) + "\n")
        with embedded(1) as engine:
            (opened,) = open_named(engine, Named("people", str(file), None), code_lists())
            rows = opened.table.select("tglLahir").to_pyarrow().column(0).to_pylist()
            return {(n.key, n.column): n.values for n in opened.notes}, rows

    return notes


def test_a_column_that_settles_nothing_is_named(read):
    found, _ = read((MARCH, "31/03/1985", "04/05/2019"))
    assert found[ASSUMED, "TMT JABATAN"] == {"count": 1, "order": "DD-MM-YYYY"}
    assert (ASSUMED, "TANGGAL LAHIR") not in found


def test_a_column_of_firsts_of_months_is_sure_but_not_one_of_days_of_january(read):
    found, _ = read((MARCH, "31/03/1985", "01/05/2019"), (MAY, "03/05/1985", "01/04/2020"))
    assert (ASSUMED, "TMT JABATAN") not in found
    found, _ = read((MARCH, "31/03/1985", "05/01/2019"), (MAY, "03/05/1985", "04/01/2020"))
    assert (ASSUMED, "TMT JABATAN") in found


def test_births_in_nips_settle_the_order_and_other_columns_follow_by_name(read):
    found, births = read((MARCH, "03/05/1985", "04/05/2019"))
    assert births[0].isoformat() == "1985-03-05"
    assert found["dates_born", ""]["order"] == "MM-DD-YYYY"
    assert (ASSUMED, "TMT JABATAN") in found
    assert (ASSUMED, "TANGGAL LAHIR") not in found


def test_births_that_fit_the_nip_in_the_other_order_only_are_counted(read):
    found, _ = read((MARCH, "31/03/1985", "2019-05-04"), (MARCH, "03/05/1985", "2019-05-04"))
    assert found[MIXED, "TANGGAL LAHIR"] == {"count": 1, "order": "MM-DD-YYYY"}


def test_births_that_fit_now_one_order_and_now_the_other_are_refused(read):
    with pytest.raises(
        DataError, match=r"column TANGGAL LAHIR.*1 fit the NIP with the day first, 1"
    ):
        read((MARCH, "05/03/1985", ""), (MAY, "05/03/1985", ""))


def test_a_nip_that_is_none_settles_nothing(read):
    with pytest.raises(DataError, match=r"no date of the file settles it. Say"):
        read(("1985", "05/03/1985", ""))


@pytest.fixture
def people(tmp_path):
    def rows(columns, *values):
        file = tmp_path / "named.csv"
        head = "NIP,JENIS KELAMIN,TANGGAL LAHIR,UNOR ID,JENIS JABATAN ID"
        lines = [f"{MARCH},M,1985-03-05,U1,1,{each}" for each in values]
        file.write_text("\n".join([f"{head},{columns}", *lines]) + "\n")
        with embedded(1) as engine:
            (opened,) = open_named(engine, Named("people", str(file), None), code_lists())
            return opened.table.to_pyarrow().to_pylist(), opened.notes

    return rows


def test_codes_that_an_extract_lacks_are_taken_from_their_names(people):
    rows, notes = people("ESELON NAMA,KEDUDUKAN HUKUM", "iv.b,Aktif", "I.a,cltn", "NON,?", ",")
    assert [row["eselon"] for row in rows] == ["IV.b", "I.a", "NON", None]
    assert [row["eselonId"] for row in rows] == ["42", None, "99", None]  # two codes are called I.a
    assert [row["kedudukanPnsId"] for row in rows] == ["1", "2", None, None]
    said = {n.values["column"]: n.values["text"] for n in notes if n.key == "codes_named"}
    assert said == {"eselonId": "ESELON NAMA", "kedudukanPnsId": "KEDUDUKAN HUKUM"}


def test_codes_that_an_extract_has_are_left_as_they_are(people):
    rows, notes = people("ESELON NAMA,ESELON ID", "IV.b,41", "IV.b,")
    assert [row["eselonId"] for row in rows] == ["41", None]
    assert not [n for n in notes if n.key == "codes_named"]


def test_a_place_tells_its_province(people):
    rows, _ = people("LOKASI KERJA,kabkota", "Jayapura,53.01", "Jayapura,")
    assert [row["provinsi"] for row in rows] == ["53", None]
