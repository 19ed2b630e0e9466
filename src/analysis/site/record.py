"""What a site was built from, in one file: a page does not change with every commit."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from analysis.files import atomic_write


def write_record(pages: Sequence[Path], record: Path, commit: str) -> None:
    """Write the commit of a site and the SHA-256 of each of its pages, as JSON."""
    digests = {page.name: sha256(page.read_bytes()).hexdigest() for page in sorted(pages)}
    atomic_write(record, json.dumps({"commit": commit, "pages": digests}, indent=1) + "\n")
