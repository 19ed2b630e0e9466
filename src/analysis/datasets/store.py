"""Keep tidy tables as Parquet files."""

import io
from pathlib import Path

import pandas as pd

from analysis.errors import DataError
from analysis.files import atomic_write, read_bytes
from analysis.paths import PROCESSED
from analysis.reads import Read, note


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """Write a tidy table, whole or not at all; the same frame gives the same bytes.

    Raises
    ------
    DataError
        If the folder cannot be written to.
    """
    buffer = io.BytesIO()
    frame.to_parquet(buffer, engine="pyarrow", index=False)
    atomic_write(path, buffer.getvalue())


def read_processed(name: str, processed: Path = PROCESSED, *, province: str = "") -> pd.DataFrame:
    """Return a tidy table, or the part of it that is about one province.

    Parameters
    ----------
    name : str
        Name of the table.
    processed : Path
        Folder of the tidy tables.
    province : str
        By `kode_kemendagri`: only its row, and those of its kabupaten and kota. A report that
        reads no more is not built again when another province changes.

    Raises
    ------
    DataError
        If it has not been built, or the file is damaged.
    """
    path = processed / f"{name}.parquet"
    if not path.exists():
        raise DataError(f"{path} has not been built. Run `make data` first.")
    content = read_bytes(path, advice="Delete it and run `make data`.")
    read = Read(name, province)
    note(read)
    try:
        return read.of(pd.read_parquet(io.BytesIO(content), engine="pyarrow"))
    except (OSError, ValueError) as error:
        raise DataError(
            f"{path} is damaged ({str(error)[:80]}). Delete it and run `make data`."
        ) from error
