"""What stands at the root of a site: what it was built from, and what its data files hold."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from analysis.files import atomic_write
from analysis.reports.companions import PACKAGE, remove_companions


def write_record(pages: Sequence[Path], record: Path, commit: str) -> None:
    """Write the commit of a site and the SHA-256 of each of its pages, as JSON.

    Pages of the record before it that are listed no more are removed, with what stands beside
    them. A page that was changed since is somebody else's, and stays.
    """
    digests = {page.name: _digest(page) for page in sorted(pages)}
    for name, digest in _recorded(record).items():
        page = record.parent / name
        if name in digests or Path(name).name != name or page.suffix != ".html":
            continue
        if not page.exists() or _digest(page) == digest:
            remove_companions(page.with_suffix(""))
            page.unlink(missing_ok=True)
    atomic_write(record, json.dumps({"commit": commit, "pages": digests}, indent=1) + "\n")


def _digest(page: Path) -> str:
    return sha256(page.read_bytes()).hexdigest()


def _recorded(record: Path) -> Mapping[str, str]:
    """Return the digests of an earlier record; none if there is none that can be read."""
    try:
        return dict(json.loads(record.read_bytes())["pages"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


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
