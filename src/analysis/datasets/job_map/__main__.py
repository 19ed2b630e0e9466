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
from analysis.datasets.office_tables import read_office_table
from analysis.datasets.office_tables.mapping import draft_mapping
from analysis.datasets.reading import read_table
from analysis.datasets.regulations import tidy_regulations
from analysis.errors import AnalysisError, DataError
from analysis.files import atomic_write


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0, or 1 after saying what is wrong."""
    options = vars(_parser().parse_args(arguments))
    try:
        print(_draft(**options) if options.pop("command") == "draft" else _check(**options))
    except AnalysisError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _draft(file: Path, mapping: Path | None, *, replace: bool, **given: Any) -> str:
    reading: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in given.items()
        if value is not None
    }
    target = mapping or file.with_suffix(".toml")
    if target.exists() and not replace:
        raise DataError(f"{target} is already there. Say --replace to draft it anew.")
    table = read_office_table(file, **reading)
    refuse_wide(table)
    atomic_write(target, draft_mapping(table, FIELDS, reading=reading))
    return f"{table.account!r}\nDrafted: {target}. Check every line of it."


def _check(file: Path, mapping: Path, date: dt.date) -> str:
    rules = moving_rules(tidy_regulations(read_table("aturan")), date)
    return repr(read_job_map(file, mapping, rules=rules))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis.datasets.job_map", description=__doc__
    )
    commands = parser.add_subparsers(dest="command", required=True)
    draft = commands.add_parser("draft", help="write a mapping of the columns of a file")
    draft.add_argument("file", type=Path, help="CSV or XLSX with units, posts, staff and need")
    draft.add_argument("--mapping", type=Path, help="where to write it; FILE.toml by default")
    draft.add_argument("--replace", action="store_true", help="write over a mapping")
    draft.add_argument("--sheet", help="sheet of a workbook")
    draft.add_argument("--separator", help="what stands between the cells of a text file")
    draft.add_argument(
        "--header", type=int, nargs="+", help="row of the heading, or first and last"
    )
    draft.add_argument("--rows", type=int, nargs=2, help="first and last row to read")
    draft.add_argument("--columns", help="first and last column to read, such as A:H")
    draft.add_argument("--decimal", choices=[",", "."], help="decimal mark")
    draft.add_argument("--zero", nargs="+", help="filler that means none, such as -")
    draft.add_argument("--sections", help="column for single words that stand between rows")
    draft.add_argument("--totals", type=int, nargs="+", help="rows that are totals")
    draft.add_argument("--keep", type=int, nargs="+", help="rows that look like totals, are none")
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
