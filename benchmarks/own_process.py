"""Measure in a process of its own, whose peak of memory is that of the work and its imports."""

import json
import subprocess
import sys
from typing import Any


def measured_apart(module: str, work: object) -> dict[str, Any]:
    """Return what a module prints, as JSON, when it is run with `work`, as JSON."""
    command = [sys.executable, "-m", module, json.dumps(work)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
