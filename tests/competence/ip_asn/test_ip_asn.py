"""The index of professionalism: dimensions, bands without gaps, distributions only."""

from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pytest

from analysis.competence.ip_asn import DIMENSIONS, IndexRules, index_bands, index_scores
from analysis.datasets.reading import read_table
from analysis.errors import DataError, ParameterError

WEIGHTS = read_table("bobot_ip_asn")
RULES = IndexRules.of(WEIGHTS)
PEOPLE = pa.schema(
    {
        "nipBaru": pa.string(),
        "post": pa.string(),
        "education": pa.string(),
        "performance": pa.float64(),
        "penalty": pa.string(),
        "agency": pa.string(),
    }
)
TRAINING = pa.schema(
    {"nipBaru": pa.string(), "jenisDiklatId": pa.string(), "jumlahJam": pa.float64()}
)


def person(key: str, **more: Any) -> dict[str, Any]:
    best = {"post": "fungsional", "education": "50", "performance": 95.0, "agency": "x"}
    return {"nipBaru": key, **best, **more}


def scores(people: list[dict[str, Any]], *trainings: tuple[str, str, float | None]) -> ir.Table:
    rows = [dict(zip(TRAINING.names, row, strict=True)) for row in trainings]
    return index_scores(
        ibis.memtable(pa.Table.from_pylist(people, schema=PEOPLE)),
        ibis.memtable(pa.Table.from_pylist(rows, schema=TRAINING)),
        RULES,
    )


def by_key(table: ir.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pyarrow().to_pandas()
    return frame.set_index("nipBaru")


def test_whoever_has_everything_has_100() -> None:
    people = [person(post, post=post) for post in ("struktural", "fungsional", "pelaksana")]
    taken = [(p["nipBaru"], code, 20.0) for p in people for code in ("1", "2", "3", "9")]
    found = by_key(scores(people, *taken))
    assert found["index"].tolist() == [100.0] * 3
    assert found[list(DIMENSIONS)].iloc[0].tolist() == list(DIMENSIONS.values())


def test_columns_of_people_may_have_any_name_but_those_of_results() -> None:
    people = ibis.memtable(pa.Table.from_pylist([person("a")], schema=PEOPLE))
    training = ibis.memtable(pa.Table.from_pylist([{"nipBaru": "a"}], schema=TRAINING))
    own = people.mutate(who=people.agency, of_fungsional=people.agency)
    found = index_scores(own, training, RULES)
    assert found.columns == (*own.columns, *DIMENSIONS, "index")
    row = by_key(found).loc["a"]
    assert (row["who"], row["of_fungsional"], row["kualifikasi"]) == ("x", "x", 25)
    with pytest.raises(DataError, match="people: column kinerja is called like a result"):
        index_scores(people.mutate(kinerja=people.performance), training, RULES)


@pytest.mark.parametrize(
    ("post", "taken", "competence"),
    [
        ("struktural", [("1", 5.0)], 15),
        ("struktural", [("2", 90.0)], 0),  # a functional training is none of a structural post
        ("fungsional", [("2", None)], 15),  # one is enough, whatever its JP
        ("fungsional", [("3", 12.0)], 0),
        ("fungsional", [("3", 12.0), ("3", 8.0)], 15),
        ("pelaksana", [("3", 20.0), ("4", 1.0), ("10", 1.0)], 40),
        ("pelaksana", [], 0),
    ],
)
def test_competence_counts_by_kind_of_post(
    post: str, taken: list[tuple[str, float | None]], competence: float
) -> None:
    found = by_key(scores([person("a", post=post)], *(("a", code, jp) for code, jp in taken)))
    assert found["kompetensi"].tolist() == [competence]


def test_limits_leave_no_gap_between_whole_numbers() -> None:
    table = ibis.memtable(pa.table({"index": [100.0, 90.5, 90.0, 80.25, 60.5, 60.0, 0.0, None]}))
    table = table.mutate(**dict.fromkeys(DIMENSIONS, 0.0))
    found = index_bands(table, RULES).fillna({"band": "?"}).set_index("band")["people"]
    assert found.to_dict() == {
        "Sangat Tinggi": 2,
        "Tinggi": 2,
        "Rendah": 1,
        "Sangat Rendah": 2,
        "?": 1,
    }


def test_scores_and_penalties_are_looked_up_and_what_is_not_known_is_missing() -> None:
    people = [
        person("a", performance=90.0, penalty="R"),
        person("b", performance=None),
        person("c", education="99"),
        person("d", performance=0.0, penalty="B", education="05"),
    ]
    found = by_key(scores(people))
    assert found["kinerja"].tolist()[:1] == [25]
    assert found["disiplin"].tolist() == [3, 5, 5, 1]
    assert found["index"].isna().tolist() == [False, True, True, False]
    assert found.loc["d", "index"] == 1 + 0 + 1 + 1


def test_bands_are_counted_by_agency_and_never_by_person() -> None:
    people = [person("a"), person("b"), person("c", agency="y", performance=10.0)]
    table = scores(people)
    found = index_bands(table, RULES, ["agency"])
    assert found[["agency", "band", "people"]].to_numpy().tolist() == [
        ["x", "Sangat Rendah", 2],
        ["y", "Sangat Rendah", 1],
    ]
    with pytest.raises(DataError, match="never shown by person"):
        index_bands(table, RULES, ["nipBaru"])


def test_what_cannot_be_right_is_refused() -> None:
    nobody, none = (pa.Table.from_pylist([], schema) for schema in (PEOPLE, TRAINING))
    with pytest.raises(ParameterError, match="unknown: gaji is no dimension"):
        index_scores(ibis.memtable(nobody), ibis.memtable(none), RULES, unknown=["gaji"])
    with pytest.raises(DataError, match=r"post: must be one of .*; there is jabatan X"):
        scores([person("a", post="jabatan X")])
    with pytest.raises(DataError, match="penalty: must be one of R, S, B, or missing"):
        scores([person("a", penalty="Z")])
    with pytest.raises(DataError, match=r"kompetensi: counts up to .*; at most 40"):
        IndexRules.of(
            WEIGHTS.assign(nilai=WEIGHTS["nilai"].where(WEIGHTS["dimensi"] != "kompetensi", 25.0))
        )
    with pytest.raises(DataError, match="no row of disiplin"):
        IndexRules.of(WEIGHTS[WEIGHTS["dimensi"] != "disiplin"])
    with pytest.raises(DataError, match="limits must differ, and the lowest be 0"):
        IndexRules.of(WEIGHTS[(WEIGHTS["dimensi"] != "kategori") | (WEIGHTS["batas_bawah"] > 0)])
    with pytest.raises(DataError, match="dimensi: must be one of"):
        IndexRules.of(WEIGHTS.assign(dimensi="loyalitas"))
