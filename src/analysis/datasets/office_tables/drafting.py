"""The command that drafts a mapping of an office's own file; files are asked about in one way."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.datasets.office_tables.mapping import Field, draft_mapping
from analysis.datasets.office_tables.office_table import OfficeTable
from analysis.datasets.office_tables.reading import read_office_table
from analysis.errors import AnalysisError, DataError
from analysis.files import atomic_write

if TYPE_CHECKING:
    import argparse


def run(
    parser: "argparse.ArgumentParser",
    commands: Mapping[str, Callable[..., str]],
    arguments: Sequence[str] | None,
) -> int:
    """Run the command that was asked for and print what it says; 1 after saying what is wrong."""
    options = vars(parser.parse_args(arguments))
    try:
        print(commands[options.pop("command")](**options))
    except AnalysisError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def add_draft(commands: Any, holds: str) -> None:
    """Add the command draft, with what a file may need to be read.

    Parameters
    ----------
    commands : argparse subparsers
    holds : str
        What the file holds, for the help.
    """
    draft: argparse.ArgumentParser = commands.add_parser(
        "draft", help="write a mapping of the columns of a file"
    )
    draft.add_argument("file", type=Path, help=f"CSV or XLSX with {holds}")
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


def drafted(
    file: Path,
    fields: tuple[Field, ...],
    *,
    mapping: Path | None,
    replace: bool,
    check: Callable[[OfficeTable], None] | None = None,
    also: str = "",
    **given: Any,
) -> str:
    """Write a mapping of the columns of a file; return what to say of it.

    Parameters
    ----------
    file, fields
    mapping : Path or None
        Where to write it; beside the file by default.
    replace : bool
        Write over a mapping.
    check : callable, optional
        Raises where the table is none of this kind.
    also : str
        What else the mapping says.
    **given : object
        The other options of `add_draft`.

    Raises
    ------
    DataError
        If the mapping is there already, or the file cannot be read.
    """
    reading: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in given.items()
        if value is not None
    }
    target = mapping or file.with_suffix(".toml")
    if target.exists() and not replace:
        raise DataError(f"{target} is already there. Say --replace to draft it anew.")
    table = read_office_table(file, **reading)
    if check is not None:
        check(table)
    atomic_write(target, draft_mapping(table, fields, reading=reading) + also)
    return f"{table.account!r}\nDrafted: {target}. Check every line of it."
