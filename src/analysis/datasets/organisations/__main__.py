"""Bring an organisation tree: python -m analysis.datasets.organisations {draft,check} FILE."""

import argparse
import sys
from pathlib import Path
from typing import Any

from analysis.datasets.office_tables.drafting import add_draft, drafted, run
from analysis.datasets.organisations.fields import FIELDS
from analysis.datasets.organisations.own_files import read_organisation
from analysis.datasets.organisations.titles import SCOPES, Scope, tidy_beginnings
from analysis.datasets.reading import read_table

_CHOICES = """
# Exactly one thing says who stands above whom: the field induk above, a second file, or the order
# of the rows.
# [induk]
# berkas = "hubungan.csv"  # beside the file
# unit = "kode unit"
# induk = "kode unit di atasnya"

# [pilihan]
# induk_dari_urutan = true  # from echelons and the order of the rows; each is then flagged
# diri_sendiri_puncak = true  # a unit that names itself as its parent is at the top
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0, or 1 after saying what is wrong."""
    return run(_parser(), {"draft": _draft, "check": _check}, arguments)


def _draft(file: Path, **given: Any) -> str:
    return drafted(file, FIELDS, also=_CHOICES, **given)


def _check(file: Path, mapping: Path, scope: Scope) -> str:
    beginnings = tidy_beginnings(read_table("eselon_menurut_nama"))
    return repr(read_organisation(file, mapping, scope=scope, beginnings=beginnings))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis.datasets.organisations", description=__doc__
    )
    commands = parser.add_subparsers(dest="command", required=True)
    add_draft(commands, "units, who stands above them, and echelons or titles of heads")
    check = commands.add_parser("check", help="read a file by its mapping and say what was found")
    check.add_argument("file", type=Path)
    check.add_argument("mapping", type=Path)
    check.add_argument(
        "--scope", required=True, choices=SCOPES, help="kind of government that the file is of"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
