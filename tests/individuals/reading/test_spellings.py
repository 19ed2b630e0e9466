"""One spelling for codes, and none where two could be meant."""

import pytest

from analysis.individuals.reading.spellings import spellings
from analysis.individuals.schema import TABLES


def spelled(basis, column, *written, table="people", **said):
    return spellings(TABLES[table][column], written, basis.codes, said)


@pytest.mark.parametrize(
    ("column", "written", "code"),
    [
        ("golRuangAkhir", "III/C", "III/c"),
        ("golRuangAkhir", "3d", "III/d"),
        ("golRuangAkhir", "III D", "III/d"),
        ("golRuangAkhir", "iv-e", "IV/e"),
        ("golRuangAkhir", "IV/a (Pembina)", "IV/a"),
        ("golRuangAkhir", "Gol. II/b", "II/b"),
        ("golRuangAkhir", "33", "III/c"),
        ("golRuangAkhir", "ix", "IX"),
        ("tkPendidikanTerakhir", "5", "05"),
        ("tkPendidikanTerakhir", "40.0", "40"),
        ("tkPendidikanTerakhir", "S1", "40"),
        ("tkPendidikanTerakhir", "S-1/Sarjana", "40"),
        ("tkPendidikanTerakhir", "spesialis", "47"),
        ("jenisKelamin", "Perempuan", "F"),
        ("jenisKelamin", "L", "M"),
        ("statusPegawai", "P", "PNS"),
        ("jenisPegawaiId", "01", "1"),
        ("kedudukanPnsNama", "AKTIF", "Aktif"),
        ("eselonId", "00", ""),
        ("eselonId", "IV.a", "41"),
    ],
)
def test_a_spelling_that_means_one_code(basis, column, written, code):
    assert spelled(basis, column, written) == {written: code}


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("golRuangAkhir", "IV/f"),
        ("golRuangAkhir", "V/a"),
        ("golRuangAkhir", "XVIII"),
        ("golRuangAkhir", "09"),  # a code of PPPK that was not checked
        ("eselonId", "I.a"),  # two codes have this name
        ("jenisKelamin", "P"),
        ("tkPendidikanTerakhir", "Sarjana Hukum"),
    ],
)
def test_what_may_mean_two_things_or_none_is_left_to_the_rules(basis, column, written):
    assert spelled(basis, column, written) == {}


def test_p_is_short_for_what_stands_beside_it(basis):
    assert spelled(basis, "jenisKelamin", "P", "L") == {"P": "F", "L": "M"}
    assert spelled(basis, "jenisKelamin", "P", "W") == {"P": "M", "W": "F"}


def test_a_mapping_goes_first(basis):
    assert spelled(basis, "jenisKelamin", "1", "L", **{"1": "M", "L": "F"}) == {"1": "M", "L": "F"}


def test_codes_stay_as_they_are(basis):
    assert spelled(basis, "golRuangAkhir", "III/c", "IX") == {}
