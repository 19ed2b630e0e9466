"""Which tidy tables there are, from which raw ones, and what is said of these.

To find out takes pandas and a check of the whole description, which a build that finds nothing
changed should not wait for: so it is kept until the code or the description changes.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.digests import digest
from analysis.files import atomic_write
from analysis.paths import PROCESSED, RAW

_DESCRIPTION = RAW / "datapackage.json"
_KEPT = PROCESSED / "catalogue.json"


@dataclass(frozen=True)
class Catalogue:
    """What the description and the code say of tables.

    Parameters
    ----------
    sources : mapping
        Raw tables that each tidy table depends on.
    files : mapping
        Name of the file of each raw table.
    said : mapping
        What the description says of each raw table.
    """

    sources: Mapping[str, list[str]]
    files: Mapping[str, str]
    said: Mapping[str, Mapping[str, Any]]

    def raw_files(self, tables: Collection[str]) -> list[Path]:
        """Return where raw tables are.

        Raises
        ------
        DataError
            If one of the files is not there.
        """
        paths = [RAW / self.files[name] for name in tables]
        if not all(path.exists() for path in paths):
            from analysis.datasets import RawTables

            return [RawTables(RAW).file(name) for name in tables]
        return paths

    def described(self, tables: Collection[str], without: Collection[str] = ()) -> str:
        """Return what is said of some raw tables, without some of its fields."""
        entries = (self.said[name].items() for name in tables)
        return json.dumps([{k: v for k, v in entry if k not in without} for entry in entries])


@cache
def catalogue(code: str) -> Catalogue:
    """Return what is said of tables.

    Parameters
    ----------
    code : str
        Digest of the code that reads the description and makes the tidy tables.

    Raises
    ------
    DataError
        If the description is missing, or an entry lacks something.
    """
    try:
        key = digest([code, _DESCRIPTION.read_text(encoding="utf-8")])
        kept = json.loads(_KEPT.read_bytes())
        if kept.pop("key") == key:
            return Catalogue(**kept)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # none yet, or no whole one
        pass
    found = _read()
    key = digest([code, _DESCRIPTION.read_text(encoding="utf-8")])
    atomic_write(_KEPT, json.dumps({"key": key, **asdict(found)}))
    return found


def _read() -> Catalogue:
    from analysis.datasets import PROCESSED_TABLES, read_package

    package = read_package(RAW)
    return Catalogue(
        {name: recipe.inputs(package) for name, recipe in PROCESSED_TABLES.items()},
        {each.name: each.path for each in package.resources},
        {each.name: each.model_dump(mode="json") for each in package.resources},
    )
