"""What a task waits for, and what makes it run again, where the two are not one file."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from analysis.reads import Digests, noted


@dataclass(kw_only=True)
class Built:
    """A file that must be there; what is in it does not count. It orders tasks, and no more."""

    name: str
    file: Path
    attributes: dict[Any, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path) -> "Built":
        """Return the node of a file."""
        return cls(name=f"built {path.name}", file=path)

    @property
    def signature(self) -> str:
        """Identity in the graph of tasks; not that of the file, whose content counts elsewhere."""
        return sha256(self.name.encode()).hexdigest()

    def state(self) -> str | None:
        """Return the same for every content, and None if there is no such file."""
        return "built" if self.file.exists() else None

    def load(self, is_product: bool = False) -> Path:  # noqa: ARG002
        """Return the path."""
        return self.file

    def save(self, value: object) -> None:
        """Do nothing: the task itself writes the file."""


@dataclass(kw_only=True)
class ValuesRead:
    """The values that an edition read of the tidy tables when it was built, as they are now."""

    name: str
    notes: Path
    digests: Digests
    attributes: dict[Any, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """Identity in the graph of tasks."""
        return sha256(self.name.encode()).hexdigest()

    def state(self) -> str:
        """Return a digest of the values: another one means that the edition would differ."""
        try:
            found = [f"{read} {self.digests(read)}" for read in noted(self.notes)]
        except OSError:  # a table that it read is no more
            return "missing"
        return sha256("\n".join(found).encode()).hexdigest() if found else "never built"

    def load(self, is_product: bool = False) -> None:
        """Give the task nothing: it reads the tables itself."""

    def save(self, value: object) -> None:
        """Do nothing: the task itself notes what it reads."""


@dataclass(kw_only=True)
class Folder:
    """The files that a task puts into a folder, however many there are."""

    name: str
    folder: Path  # not `path`: pytask takes what has one for a file
    attributes: dict[Any, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """Identity in the graph of tasks."""
        return sha256(self.name.encode()).hexdigest()

    def state(self) -> str | None:
        """Return a digest of names, sizes and times; None if there is no folder."""
        if not self.folder.is_dir():
            return None
        found = [(each.name, each.stat()) for each in sorted(self.folder.iterdir())]
        lines = [f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in found]
        return sha256("\n".join(lines).encode()).hexdigest()

    def load(self, is_product: bool = False) -> Path:  # noqa: ARG002
        """Return the path."""
        return self.folder

    def save(self, value: object) -> None:
        """Do nothing: the task itself writes the files."""
