"""Write the hashes of changed raw tables into their description: python -m analysis.datasets."""

import json
from pathlib import Path

from analysis.datasets.package import FILE_NAME
from analysis.datasets.reading import file_hash
from analysis.files import atomic_write
from analysis.paths import RAW


def update_hashes(raw: Path = RAW) -> list[str]:
    """Bring hash and size of every entry up to its file; return the names of those changed."""
    description = json.loads((raw / FILE_NAME).read_bytes())
    changed = []
    for entry in description["resources"]:
        content = (raw / entry["path"]).read_bytes()
        state = {"bytes": len(content), "hash": file_hash(content)}
        if {key: entry.get(key) for key in state} != state:
            entry.update(state)
            changed.append(entry["name"])
    if changed:
        text = json.dumps(description, ensure_ascii=False, indent=2) + "\n"
        atomic_write(raw / FILE_NAME, text)
    return changed


if __name__ == "__main__":
    print("Changed:", ", ".join(update_hashes()) or "nothing")
