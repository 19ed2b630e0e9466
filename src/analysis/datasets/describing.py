"""Keep the description of the raw tables up to date."""

import copy
import datetime as dt
import json
from pathlib import Path
from typing import Any

from analysis.datasets.package import FILE_NAME
from analysis.datasets.reading import file_hash
from analysis.errors import DataError
from analysis.files import atomic_write
from analysis.paths import RAW

# What is true of one table only, and never of another like it.
_OWN = ("catatan", "jumlah_diketahui")


def update_hashes(raw: Path = RAW) -> list[str]:
    """Bring hash and size of every entry up to its file; return the names of those changed.

    Raises
    ------
    DataError
        If the description is no JSON with named entries, or an entry has no file; nothing is
        written then.
    """
    description = _read(raw)
    changed = [e["name"] for e in description["resources"] if _update(e, _file(raw, e["path"]))]
    if changed:
        _write(raw, description)
    return changed


def add_table(
    name: str,
    like: str,
    *,
    title: str,
    source: str,
    publisher: str,
    date: dt.date,
    basis: str | None = None,
    raw: Path = RAW,
) -> None:
    """Describe a new table with the columns, role and rules of one like it.

    Parameters
    ----------
    name : str
        Name of the table; its file is `name.csv` in `raw`.
    like : str
        Name of the table to copy from. Its known totals and notes are left out.
    title, source, publisher : str
        Title of the table, and where it comes from.
    date : date
        Reference date.
    basis : str, optional
        Set of provinces, where it differs from that of `like`.
    raw : Path
        Folder with the tables and their description.

    Raises
    ------
    DataError
        If there is a table of that name, none like it, or no file; nothing is written then.
    """
    description = _read(raw)
    entries = {entry["name"]: entry for entry in description["resources"]}
    if name in entries:
        raise DataError(f"{FILE_NAME} has a table {name!r} already. Choose another name.")
    if like not in entries:
        raise DataError(
            f"{FILE_NAME} has no table {like!r} to copy from. It has {', '.join(entries)}."
        )
    entry = copy.deepcopy(entries[like])
    for key in _OWN:
        entry.pop(key, None)
    entry |= {
        "name": name,
        "path": f"{name}.csv",
        "title": title,
        "description": title,
        "sources": [{"title": source, "publisher": publisher}],
        "tanggal_acuan": date.isoformat(),
    }
    if basis is not None:
        entry["wilayah"] = basis
    _update(entry, _file(raw, entry["path"]))
    description["resources"].append(entry)
    _write(raw, description)


def _read(raw: Path) -> dict[str, Any]:
    file = raw / FILE_NAME
    try:
        description: dict[str, Any] = json.loads(file.read_text("utf-8"))
        for entry in description["resources"]:
            entry["name"], entry["path"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{file} cannot be read as a list of entries with a name and a path: {error!r}. "
            "Correct it, then run again."
        ) from error
    return description


def _write(raw: Path, description: dict[str, Any]) -> None:
    atomic_write(raw / FILE_NAME, json.dumps(description, ensure_ascii=False, indent=2) + "\n")


def _file(raw: Path, path: str) -> Path:
    if not (raw / path).is_file():
        raise DataError(f"{path} is not in {raw}. Add the file, or remove its entry.")
    return raw / path


def _update(entry: dict[str, Any], table: Path) -> bool:
    content = table.read_bytes()
    state = {"bytes": len(content), "hash": file_hash(content)}
    differs = any(entry.get(key) != value for key, value in state.items())
    entry.update(state)
    return differs
