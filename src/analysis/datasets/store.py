"""Keep tidy tables as Parquet files."""

import io
from pathlib import Path

import pandas as pd

from analysis.errors import DataError
from analysis.files import atomic_write, read_bytes
from analysis.paths import PROCESSED


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


def read_processed(name: str, processed: Path = PROCESSED) -> pd.DataFrame:
    """Return a tidy table.

    Raises
    ------
    DataError
        If it has not been built, or the file is damaged.
    """
    path = processed / f"{name}.parquet"
    if not path.exists():
        raise DataError(f"{path} has not been built. Run `make data` first.")
    content = read_bytes(path, advice="Delete it and run `make data`.")
    try:
        return pd.read_parquet(io.BytesIO(content), engine="pyarrow")
    except (OSError, ValueError) as error:
        raise DataError(
            f"{path} is damaged ({str(error)[:80]}). Delete it and run `make data`."
        ) from error
