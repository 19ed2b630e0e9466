"""Bring a job map: python -m analysis.datasets.job_map {draft,check} FILE."""

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any

from analysis.datasets.job_map.fields import FIELDS
from analysis.datasets.job_map.job_maps import read_job_map
from analysis.datasets.job_map.layouts import refuse_wide
from analysis.datasets.job_map.moving import moving_rules
from analysis.datasets.office_tables.drafting import add_draft, drafted, run
from analysis.datasets.reading import read_table
from analysis.datasets.regulations import tidy_regulations


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0, or 1 after saying what is wrong."""
    return run(_parser(), {"draft": _draft, "check": _check}, arguments)


def _draft(file: Path, **given: Any) -> str:
    return drafted(file, FIELDS, check=refuse_wide, **given)


def _check(file: Path, mapping: Path, date: dt.date) -> str:
    rules = moving_rules(tidy_regulations(read_table("aturan")), date)
    return repr(read_job_map(file, mapping, rules=rules))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis.datasets.job_map", description=__doc__
    )
    commands = parser.add_subparsers(dest="command", required=True)
    add_draft(commands, "units, posts, staff and need")
    check = commands.add_parser("check", help="read a file by its mapping and say what was found")
    check.add_argument("file", type=Path)
    check.add_argument("mapping", type=Path)
    check.add_argument(
        "--date",
        type=dt.date.fromisoformat,
        default=dt.date.today(),
        help="day whose rules say who may be moved, YYYY-MM-DD; today by default",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
