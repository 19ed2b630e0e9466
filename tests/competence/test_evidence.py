"""Competences from posts, certificates, training and education, by rules counted by hand."""

import pandas as pd
import pytest

from analysis.competence.evidence import CompetenceRules
from analysis.errors import DataError

COLUMNS = ["aturan", "sumber", "nama", "kompetensi", "tingkat", "minimum"]
ROWS = [
    ("j1", "jenjang", "Ahli Muda", None, 3, None),
    ("j2", "jenjang", "Terampil", None, 1, None),
    ("f1", "jabatan_fungsional", "Statistisi", "data", None, None),
    ("p1", "jabatan_pelaksana", "Penata Data", "data", 1, None),
    ("s1", "sertifikat", "Sertifikat Data", "data", 4, None),
    ("l1", "pelatihan", "Statistika", "data", 2, 40),
    ("d1", "pendidikan", "45", "kebijakan", 1, None),
    ("m1", "memimpin", "Ahli Muda", None, None, None),
    ("m2", "memimpin", "struktural", None, None, None),
]
TABLE = pd.DataFrame(ROWS, columns=COLUMNS).assign(dasar="contoh", verifikasi="U")
POSTS = pd.DataFrame(
    {
        "person": list("abcde"),
        "functional": ["STATISTISI AHLI MUDA", "Statistisi Terampil", "Guru Ahli Muda", None, None],
        "pelaksana": [None, None, None, "Penata Data", None],
        "structural": [False, False, False, False, True],
        "education": ["40", "35", "50", "45", None],
    }
)


def skills(**more):
    found = CompetenceRules.of(TABLE).skills(POSTS, **more)
    return {(p, c): level for p, c, level in found.itertuples(index=False)}


def test_posts_and_education():
    assert skills() == {
        ("a", "data"): 3,
        ("b", "data"): 1,
        ("c", "kebijakan"): 1,
        ("d", "data"): 1,
        ("d", "kebijakan"): 1,
    }


def test_a_rule_is_named_by_its_row_in_the_table():
    rows = TABLE.iloc[[2, 0, 1]].assign(tingkat=[None, 3, 0])
    with pytest.raises(DataError, match=r"tingkat: must be a whole number.* row 3 \(0"):
        CompetenceRules.of(rows)
    again = TABLE.assign(nama=TABLE["nama"].replace("Terampil", "AHLI MUDA"))
    with pytest.raises(DataError, match=r"rules of a jenjang: nama must occur once.* row 2"):
        CompetenceRules.of(again)


def test_the_best_evidence_counts():
    certificates = pd.DataFrame({"person": ["a", "d"], "name": "sertifikat data"})
    found = skills(certificates=certificates)
    assert (found["a", "data"], found["d", "data"]) == (4, 4)


def test_hours_add_up_and_those_not_stated_show_nothing():
    training = pd.DataFrame(
        {
            "person": ["b", "b", "e", "e", "c"],
            "name": ["Diklat Statistika", "Kursus statistika dasar", *["Statistika"] * 3],
            "jp": [20, 20, 39, None, None],
        }
    )
    found = skills(training=training)
    assert found["b", "data"] == 2
    assert ("e", "data") not in found
    assert ("c", "data") not in found


def test_who_may_lead():
    assert CompetenceRules.of(TABLE).may_lead(POSTS).tolist() == [True, False, True, False, True]


def test_the_order_of_rules_does_not_matter():
    assert (
        CompetenceRules.of(TABLE.iloc[::-1])
        .skills(POSTS)
        .equals(CompetenceRules.of(TABLE).skills(POSTS))
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sumber": "ijazah"}, r"sumber: must be one of.*row 1 \(ijazah\)"),
        ({"verifikasi": "baik"}, "verifikasi: must be one of V1"),
        ({"aturan": "x"}, "aturan must occur once.*row 2"),
        ({"tingkat": 0}, r"tingkat: must be a whole number.*row 1 \(0\)"),
        ({"minimum": -1}, r"minimum: must be JP, 0 or more"),
        ({"nama": None}, "Name what is evidence"),
    ],
)
def test_rules_say_what_is_wrong(change, message):
    with pytest.raises(DataError, match=message):
        CompetenceRules.of(TABLE.assign(**change))


@pytest.mark.parametrize(
    ("row", "column", "value", "message"),
    [
        (4, "kompetensi", None, r"kompetensi: is missing.*\(s1\)"),
        (5, "tingkat", None, r"tingkat: is missing.*\(l1\)"),
        (6, "nama", "S-2", r"education is a code of two digits.*\(S-2\)"),
    ],
)
def test_a_rule_that_lacks_what_its_source_needs(row, column, value, message):
    table = TABLE.astype({"tingkat": "Int64"})
    table.loc[row, column] = value
    with pytest.raises(DataError, match=message):
        CompetenceRules.of(table)
