import pandas as pd
import pytest

from analysis.datasets import read_table
from analysis.datasets.organisations.parents import parents_from_order
from analysis.datasets.organisations.titles import inferred_from_titles
from analysis.errors import DataError

BEGINNINGS = read_table("eselon_menurut_nama")


@pytest.mark.parametrize(
    ("title", "scope", "echelon"),
    [
        ("Kepala Dinas Sosial", "provinsi", "II"),
        ("Sekretaris Daerah", "provinsi", "I"),
        ("Sekretaris Daerah", "kabkota", "II"),
        ("Sekretaris Dinas", "kabkota", "III"),
        ("KEPALA  UPT Samsat", "provinsi", "III"),
        ("Kepala UPT Samsat", "kabkota", "IV"),
        ("Kasubbag Tata Usaha", "pusat", "IV"),
        ("Inspektur Pembantu I", "provinsi", "III"),
        ("Inspektur", "provinsi", "II"),
        ("Direktur Jenderal Pajak", "pusat", "I"),
        ("Direktur Pajak", "pusat", "II"),
        ("Fungsi Perencanaan", "pusat", None),
        ("", "pusat", None),
    ],
)
def test_the_longest_beginning_tells_the_echelon(title, scope, echelon):
    found = inferred_from_titles(pd.Series([title]), BEGINNINGS, scope)["eselon"]
    assert found.isna().all() if echelon is None else found.tolist() == [echelon]


def test_a_kind_of_government_that_is_none_is_refused():
    with pytest.raises(DataError, match=r"'desa' is no kind of government\. Use one of pusat"):
        inferred_from_titles(pd.Series(["Seksi"]), BEGINNINGS, "desa")


def test_a_unit_before_its_head_goes_under_it():
    rows = pd.DataFrame(
        {"unit": list("abcdef"), "e": ["IV", "II", "III", None, "IV", "II"], "opd": list("xxxxxy")}
    )
    found = parents_from_order(rows["unit"], rows["e"], rows["opd"])
    assert found.fillna("-").tolist() == ["b", "-", "b", "c", "c", "-"]
