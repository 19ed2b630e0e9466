"""A copy of the raw tables that tests may damage."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from analysis.datasets.describing import update_hashes
from analysis.datasets.package import FILE_NAME
from analysis.datasets.reading import read_table
from analysis.errors import DataError


@dataclass
class RawFolder:
    """A folder of raw tables."""

    path: Path

    def file(self, name: str) -> Path:
        return self.path / f"{name}.csv"

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a table as someone would who means it: its hash is brought up to date."""
        text = self.file(name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1).encode())

    def write(self, name: str, content: bytes) -> None:
        self.file(name).write_bytes(content)
        update_hashes(self.path)

    def describe(self, change: Callable[[dict[str, Any]], None]) -> None:
        """Change the description; `change` gets the entries by name, and under "" the whole."""
        file = self.path / FILE_NAME
        package = json.loads(file.read_text("utf-8"))
        change({"": package, **{entry["name"]: entry for entry in package["resources"]}})
        file.write_text(json.dumps(package), "utf-8")

    def refusal(self, name: str) -> str:
        with pytest.raises(DataError) as caught:
            read_table(name, self.path)
        return str(caught.value)
