"""Measure in a process of its own, whose peak of memory is that of the work and its imports."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Work = TypeVar("Work", bound="DataclassInstance")


def measured_apart(module: str, work: object) -> dict[str, Any]:
    """Return what a module prints, as JSON, when it is run with `work`, as JSON."""
    command = [sys.executable, "-m", module, json.dumps(work)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def each_apart(module: str, works: Iterable[Work]) -> Iterator[tuple[Work, dict[str, Any]]]:
    """Yield each work, a dataclass, and what it took."""
    for work in works:
        yield work, measured_apart(module, asdict(work))
