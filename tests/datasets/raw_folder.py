"""A copy of the raw tables that tests may damage."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from analysis.datasets import read_table
from analysis.datasets.package import FILE_NAME
from analysis.datasets.reading import file_hash
from analysis.errors import DataError


@dataclass
class RawFolder:
    """A folder of raw tables."""

    path: Path

    def file(self, name: str) -> Path:
        return self.path / f"{name}.csv"

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a table and write its new hash, unchecked, as nothing in the project does."""
        text = self.file(name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1).encode())

    def write(self, name: str, content: bytes) -> None:
        self.file(name).write_bytes(content)
        state = {"bytes": len(content), "hash": file_hash(content)}
        self.describe(lambda entries: entries[name].update(state))

    def describe(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Change the description; `change` gets the entries by name, and under "" the whole."""
        file = self.path / FILE_NAME
        package = json.loads(file.read_text("utf-8"))
        change({"": package, **{entry["name"]: entry for entry in package["resources"]}})
        file.write_text(json.dumps(package), "utf-8")

    def refusal(self, name: str) -> str:
        with pytest.raises(DataError) as caught:
            read_table(name, self.path)
        return str(caught.value)
