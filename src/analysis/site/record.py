"""What stands at the root of a site: what it was built from, and what its data files hold."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from analysis.files import atomic_write
from analysis.reports.companions import PACKAGE


def write_record(pages: Sequence[Path], record: Path, commit: str) -> None:
    """Write the commit of a site and the SHA-256 of each of its pages, as JSON."""
    digests = {page.name: sha256(page.read_bytes()).hexdigest() for page in sorted(pages)}
    atomic_write(record, json.dumps({"commit": commit, "pages": digests}, indent=1) + "\n")


def write_package(folders: Sequence[Path], package: Path) -> None:
    """Write the description of all data files of a site, as a Frictionless data package."""
    parts = [json.loads((folder / PACKAGE).read_text("utf-8")) for folder in sorted(folders)]
    content = {
        "name": "persebaran-asn-situs",
        "title": "Persebaran ASN",
        "profile": "tabular-data-package",
        "resources": [resource for part in parts for resource in part],
    }
    atomic_write(package, json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")
