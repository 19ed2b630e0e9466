from pathlib import Path

import pandas as pd
import pytest

from analysis.datasets import read_processed, write_table
from analysis.errors import DataError

FRAME = pd.DataFrame(
    {
        "tanggal": pd.to_datetime(["2014-12-31", None]).astype("datetime64[ns]"),
        "kode_kemendagri": pd.array(["11", "12"], dtype="str"),
        "total": pd.array([1, None], dtype="Int64"),
        "tercapai": [True, False],
    }
)


def test_a_table_comes_back_as_it_was(tmp_path: Path) -> None:
    write_table(FRAME, tmp_path / "uji.parquet")
    pd.testing.assert_frame_equal(read_processed("uji", tmp_path), FRAME)


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_table(FRAME, tmp_path / f"{name}.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_an_unwritable_folder_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "processed"
    blocked.write_text("a file where the folder should be", "utf-8")
    with pytest.raises(DataError, match=r"uji\.parquet cannot be written") as caught:
        write_table(FRAME, blocked / "uji.parquet")
    assert f"Check that {blocked} is a folder" in str(caught.value)
    assert list(tmp_path.iterdir()) == [blocked]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"kode,total\n11,1\n"])
def test_a_damaged_table_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "uji.parquet").write_bytes(content)
    with pytest.raises(DataError, match=r"uji\.parquet is damaged .*Delete it and run `make data`"):
        read_processed("uji", tmp_path)


def test_a_table_that_was_not_built(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"uji\.parquet has not been built. Run `make data` first"):
        read_processed("uji", tmp_path)
