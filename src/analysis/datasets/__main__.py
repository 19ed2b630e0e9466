"""Write the hashes of changed raw tables into their description: python -m analysis.datasets."""

import json
import sys
from pathlib import Path
from typing import Any

from analysis.datasets.package import FILE_NAME
from analysis.datasets.reading import file_hash
from analysis.errors import AnalysisError, DataError
from analysis.files import atomic_write
from analysis.paths import RAW


def update_hashes(raw: Path = RAW) -> list[str]:
    """Bring hash and size of every entry up to its file; return the names of those changed.

    Raises
    ------
    DataError
        If the description is no JSON with named entries, or an entry has no file; nothing is
        written then.
    """
    file = raw / FILE_NAME
    try:
        description = json.loads(file.read_text("utf-8"))
        entries = {
            entry["name"]: (entry, raw / entry["path"]) for entry in description["resources"]
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{file} cannot be read as a list of entries with a name and a path: {error!r}. "
            "Correct it, then run again."
        ) from error
    absent = [table.name for _, table in entries.values() if not table.is_file()]
    if absent:
        raise DataError(
            f"{file} describes {', '.join(absent)}, which is not in {raw}. Add the file, or remove "
            "its entry."
        )
    changed = [name for name, (entry, table) in entries.items() if _update(entry, table)]
    if changed:
        atomic_write(file, json.dumps(description, ensure_ascii=False, indent=2) + "\n")
    return changed


def _update(entry: dict[str, Any], table: Path) -> bool:
    content = table.read_bytes()
    state = {"bytes": len(content), "hash": file_hash(content)}
    differs = any(entry.get(key) != value for key, value in state.items())
    entry.update(state)
    return differs


if __name__ == "__main__":
    try:
        print("Changed:", ", ".join(update_hashes()) or "nothing")
    except AnalysisError as error:
        sys.exit(str(error))
