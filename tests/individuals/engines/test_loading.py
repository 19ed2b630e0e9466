"""Tables go to an engine as they are, whatever stands in them and wherever they lie."""

import datetime as dt

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.individuals.engines import bring, load_tables
from analysis.individuals.folders import new_dataset, open_dataset
from analysis.individuals.reading.engine import embedded
from analysis.individuals.reading.extract import in_memory

TABLE = pa.table(
    {
        'nama "unit", 1': ['a,"b"', "", None, "\\N", "\\.", "é\nÿ\ttab", "' || 1", "NULL"],
        "angka": [0.1, -0.0, None, 1e300, 5e-324, 1 / 3, 2**53 + 1.0, -1.5],
        "bulat": pa.array([2**31 - 1, 0, None, 1, 2, 3, 4, -(2**31)], pa.int32()),
        "panjang": pa.array([2**63 - 1, 0, None, 1, 2, 3, 4, -(2**63)], pa.int64()),
        "hari": [dt.date(1900, 1, 1), None, *([dt.date(2024, 2, 29)] * 6)],
        "benar": [True, False, None, *([True] * 5)],
    }
)


def test_every_kind_of_value_arrives(engine):
    with embedded(1) as reader:
        found = bring(reader, in_memory(reader, TABLE), engine).order_by("panjang").to_pyarrow()
    assert found.to_pylist() == TABLE.sort_by("panjang").to_pylist()
    assert [str(field.type) for field in found.schema] == [str(t) for t in TABLE.schema.types]


def test_a_folder_that_names_a_value_is_a_column_and_a_code_stays_text(engine, tmp_path):
    with new_dataset(tmp_path / "data", synthetic=True, keyed=True) as draft:
        for code in ("01", "11"):
            part = draft.path / "people" / f"provinsi={code}"
            part.mkdir(parents=True)
            pq.write_table(pa.table({"kunci": [f"k{code}"]}), part / "part-0.parquet")
    table = load_tables(engine, open_dataset(tmp_path / "data"))["people"]
    rows = table.select("kunci", "provinsi").order_by("kunci").to_pyarrow().to_pylist()
    assert rows == [{"kunci": f"k{code}", "provinsi": code} for code in ("01", "11")]


def test_files_of_one_table_may_have_other_columns(engine, tmp_path):
    with new_dataset(tmp_path / "data", synthetic=True, keyed=True) as draft:
        (draft.path / "units").mkdir()
        for number, row in enumerate(({"Id": "a"}, {"Id": "b", "aktif": "A"})):
            pq.write_table(
                pa.table({k: [v] for k, v in row.items()}), f"{draft.path}/units/{number}.parquet"
            )
    table = load_tables(engine, open_dataset(tmp_path / "data"))["units"]
    rows = table.select("Id", "aktif").order_by("Id").to_pyarrow().to_pylist()
    assert rows == [{"Id": "a", "aktif": None}, {"Id": "b", "aktif": "A"}]
