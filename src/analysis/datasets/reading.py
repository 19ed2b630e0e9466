"""Read raw tables and check them against their description, reporting every failure at once."""

import hashlib
from pathlib import Path
from threading import RLock
from typing import Any

import pandas as pd

from analysis.datasets.cells import check_cells, typed
from analysis.datasets.decoding import decode, read_cells
from analysis.datasets.description import File, Resource
from analysis.datasets.outline_description import OutlineFile
from analysis.datasets.outline_files import read_outlines
from analysis.datasets.package import (
    ALIASES,
    FILE_NAME,
    KABKOTA,
    PROVINCES,
    SPLITS,
    Package,
    read_package,
)
from analysis.datasets.refusals import refusal
from analysis.datasets.rules import (
    implausible,
    key_problems,
    province_problems,
    reference_problems,
    sum_problems,
)
from analysis.errors import DataError
from analysis.files import read_bytes
from analysis.geography.codebook import CODE, NAME
from analysis.geography.kabkota import Kabkota
from analysis.geography.regions import Regions
from analysis.paths import RAW


class RawTables:
    """The raw tables of a folder: the description is parsed, and each table read, once.

    What changes in the folder afterwards is not seen; make another object for that. Threads may
    share one.

    Parameters
    ----------
    folder : Path
        Folder with the tables and their description.
    package : Package, optional
        Description to read them by, where it is not yet the one in the folder.
    """

    def __init__(self, folder: Path = RAW, package: Package | None = None) -> None:
        self.folder = folder
        self._package = package
        self._regions: Regions | None = None
        self._kabkota: Kabkota | None = None
        self._read: dict[str, pd.DataFrame] = {}
        self._lock = RLock()

    @property
    def package(self) -> Package:
        """The description of the tables.

        Raises
        ------
        DataError
            As `read_package`.
        """
        with self._lock:
            if self._package is None:
                self._package = read_package(self.folder)
            return self._package

    @property
    def regions(self) -> Regions:
        """The provinces and their splits.

        Raises
        ------
        DataError
            If one of their tables is refused, or they contradict each other.
        """
        with self._lock:
            if self._regions is None:
                self._regions = Regions(self[PROVINCES], self[SPLITS])
            return self._regions

    @property
    def kabkota(self) -> Kabkota:
        """The kabupaten and kota.

        Raises
        ------
        DataError
            If one of their tables is refused, or they contradict each other.
        """
        with self._lock:
            if self._kabkota is None:
                self._kabkota = Kabkota(self[KABKOTA], self[ALIASES], self.regions)
            return self._kabkota

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table; see `read_table`."""
        with self._lock:
            if name not in self._read:
                described = self.package[name]
                self._read[name] = (
                    self._outlines(described)
                    if isinstance(described, OutlineFile)
                    else self._checked(described)
                )
            return self._read[name].copy()

    def file(self, name: str) -> Path:
        """Return where a table is.

        Raises
        ------
        DataError
            If the file is not there.
        """
        file = self.folder / self.package[name].path
        if not file.exists():
            raise DataError(f"{file} is missing. {_restore(file)}")
        return file

    def _checked(self, resource: Resource) -> pd.DataFrame:
        file = self.folder / resource.path
        fields = resource.table.fields
        content = read_bytes(file, advice=_restore(file))
        text = decode(file, content)
        _unchanged(file, content, resource, start=f"the line {','.join(resource.table.names)}")
        cells = read_cells(file, text, resource.table.names)
        check_cells(file, cells, fields)
        frame = typed(cells, fields)
        if resource.wilayah is not None:
            self._check_provinces(file, frame, resource, resource.wilayah)
        if resource.cakupan is not None:
            frame = self._with_codes(file, frame, resource)
        problems = [
            *key_problems(frame, resource.table.primary_key),
            *(
                problem
                for key in resource.table.foreign_keys
                for problem in reference_problems(frame, key, self[key.reference.resource])
            ),
            *sum_problems(frame, resource),
            *(
                problem
                for rule in resource.penjumlahan_provinsi
                for problem in province_problems(frame, rule, self[rule.tabel])
            ),
        ]
        odd = implausible(frame, resource)
        if problems or odd:
            raise refusal(file, [*problems, *odd], _CONFIRM if odd else "")
        return frame.reset_index(drop=True)

    def _with_codes(self, file: Path, frame: pd.DataFrame, resource: Resource) -> pd.DataFrame:
        """Hold a table to the kabupaten and kota; give it their codes if it only names them."""
        asked: dict[str, Any] = {"provinces": resource.provinces, "without": resource.tanpa}
        if CODE in frame:
            self.kabkota.check(frame, what=str(file), **asked)
            return frame
        codes = self.kabkota.identify(frame, what=str(file), **asked)
        return pd.concat([codes, frame], axis=1)

    def _outlines(self, described: OutlineFile) -> pd.DataFrame:
        file = self.folder / described.path
        content = read_bytes(file, advice=_restore(file))
        _unchanged(file, content, described, start='{"type": "FeatureCollection"')
        return read_outlines(file, content, described)

    def _check_provinces(
        self, file: Path, frame: pd.DataFrame, resource: Resource, basis: str
    ) -> None:
        """Hold each state that the table describes to the provinces of its basis."""
        if resource.di_luar_provinsi:
            frame = frame[~(frame[CODE].isna() & frame[NAME].isin(resource.di_luar_provinsi))]
        others = [name for name in resource.table.primary_key if name not in (CODE, NAME)]
        if not others:
            self.regions.check(frame, basis, what=str(file))
            return
        for state, rows in frame.groupby(others, sort=False):
            self.regions.check(rows, basis, what=f"{file}, rows of {', '.join(map(str, state))},")


_CONFIRM = (
    " A dot is a decimal mark and never stands between thousands. A value that is right although "
    "it is out of its range is confirmed, with the reason, by `python -m analysis.datasets "
    "confirm TABLE LINE COLUMN REASON`, or by --confirm LINE COLUMN REASON when the table is added."
)


def read_table(name: str, raw: Path = RAW) -> pd.DataFrame:
    """Return a raw table, checked.

    Parameters
    ----------
    name : str
        Name of the table in `datapackage.json`.
    raw : Path
        Folder with the tables and their description.

    Returns
    -------
    DataFrame
        The columns of the description: text and codes as `str`, integers as `Int64`, numbers as
        `float64`, dates as `datetime64[ns]`; what is missing in the file is missing. A table by
        kabupaten and kota that names them only has their `kode_kemendagri` before its columns. Of a
        file of outlines, the corners (see `analysis.datasets.geojson.outlines`).

    Raises
    ------
    DataError
        If the file is missing, empty, changed since it was described, not UTF-8, or breaks its
        description; the message names file, columns and lines, and says what to do.
    """
    return RawTables(raw)[name]


def file_hash(content: bytes) -> str:
    """Return the hash of a file as `datapackage.json` states it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _restore(file: Path) -> str:
    return (
        f"{FILE_NAME} describes it: restore it with `git checkout -- {file.name}` in its folder, "
        f"or remove its entry with `python -m analysis.datasets remove {file.stem}`."
    )


def _unchanged(file: Path, content: bytes, resource: File, *, start: str) -> None:
    if not content.strip():
        raise DataError(f"{file} is empty. It should start with {start}. {_restore(file)}")
    found = file_hash(content)
    if found != resource.hash:
        raise DataError(
            f"{file} has changed since it was described: {FILE_NAME} says {resource.hash}, the "
            f"file has {found}. Raw tables are never edited: restore the file with "
            f"`git checkout -- {file.name}` in its folder. If the change is meant, check it and "
            "run `python -m analysis.datasets` to write the new hash."
        )
    if len(content) != resource.bytes:
        raise DataError(
            f"{FILE_NAME}, table {resource.name}: bytes is {resource.bytes}, but {file} has "
            f"{len(content)} and the hash of its entry. Run `python -m analysis.datasets` to write "
            "the right number."
        )
