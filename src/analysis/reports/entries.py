"""What an output or a notebook says of itself, in its metadata."""

from collections.abc import Mapping
from typing import Any

METADATA = "analysis"  # key of our entry


def entry_of(output: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an output says of itself."""
    return dict(output.get("metadata", {}).get(METADATA, {}))
