"""Rows as they come in batches of any size, written to a Parquet file in groups of one size.

A group is packed while the next rows are read: both take about as long, one processor each.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

BATCH: Final = 122_880
"""Rows of a group, and of a batch that is asked for."""


class RowFile:
    """The one file of a folder; groups are alike however the rows come, so that bytes are.

    Parameters
    ----------
    folder : Path
        Made when the block begins.

    Attributes
    ----------
    rows : int
        Rows that were added.
    """

    def __init__(self, folder: Path) -> None:
        self.rows = 0
        self._folder = folder
        self._waiting: list[pa.RecordBatch] = []
        self._writer: pq.ParquetWriter | None = None
        self._packer = ThreadPoolExecutor(1)
        self._packed: Future[None] | None = None

    def __enter__(self) -> "RowFile":
        self._folder.mkdir()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                if self._waiting:
                    self._pack(pa.Table.from_batches(self._waiting))
                self._rest()
        finally:
            self._packer.shutdown()
            if self._writer is not None:
                self._writer.close()

    def add(self, rows: pa.RecordBatch) -> None:
        """Add rows; the first may be none, and still says which columns there are."""
        self.rows += rows.num_rows
        self._waiting.append(rows)
        if sum(batch.num_rows for batch in self._waiting) >= BATCH:
            waiting = pa.Table.from_batches(self._waiting)
            whole = waiting.num_rows // BATCH * BATCH
            self._pack(waiting.slice(0, whole))
            self._waiting = waiting.slice(whole).to_batches()

    def _pack(self, rows: pa.Table) -> None:
        """Have rows written, once those before are: no more than two lots are held."""
        self._rest()
        self._packed = self._packer.submit(self._write, rows)

    def _rest(self) -> None:
        """Wait for what is being written; what went wrong there is raised here."""
        if self._packed is not None:
            self._packed.result()

    def _write(self, rows: pa.Table) -> None:
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                self._folder / "part-0.parquet", rows.schema, compression="zstd"
            )
        self._writer.write_table(rows, row_group_size=BATCH)
