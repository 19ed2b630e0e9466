"""Where things are in the repository."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "data" / "raw"
EXAMPLES = ROOT / "data" / "contoh"  # invented or assumed, to be edited
PROCESSED = ROOT / "data" / "processed"
PROTECTED = PROCESSED / "protected"  # runs of tables that passed the gate
NOTEBOOKS = ROOT / "notebooks"
REPORTS = ROOT / "reports"
DOCS = ROOT / "docs"
