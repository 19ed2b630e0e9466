"""Keep the description of the raw tables: python -m analysis.datasets [COMMAND]."""

import argparse
import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

from analysis.datasets.columns import unread_columns
from analysis.datasets.describing import (
    Particulars,
    add_table,
    confirm_value,
    remove_table,
    update_hashes,
)
from analysis.datasets.description import NATIONAL, Limit
from analysis.datasets.reading import RawTables
from analysis.errors import AnalysisError
from analysis.paths import RAW


def main(arguments: list[str] | None = None, raw: Path = RAW) -> int:
    """Run the command line on a folder of tables; return 0, or 1 after saying what is wrong."""
    options = vars(_parser().parse_args(arguments))
    try:
        print(_run(options.pop("command"), options | {"raw": raw}))
    except AnalysisError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run(command: str | None, options: dict[str, Any]) -> str:
    if command == "add":
        own = Particulars(**{each.name: options.pop(each.name) for each in fields(Particulars)})
        rows = add_table(own=own, **options)
        notes = "".join(_notes(options["name"], options["raw"]))
        return f"Added: {options['name']}, {rows} rows, all checks passed.{notes}"
    if command == "confirm":
        return f"Confirmed: {confirm_value(**options)}"
    if command == "remove":
        file = remove_table(**options)
        return f"Removed: {options['name']}. The file {file} is still there; nothing reads it now."
    return f"Changed: {', '.join(update_hashes(**options)) or 'nothing'}"


def _notes(name: str, raw: Path) -> Iterator[str]:
    """Yield what someone who added a table should know of it."""
    tables = RawTables(raw)
    resource = tables.package.table(name)
    if resource.tanpa:
        lacking = ", ".join(map(tables.kabkota.book.words, resource.tanpa))
        yield f" Missing, and never counted as zero: {lacking}."
    if unread_columns(resource):
        yield f" Not read: {', '.join(unread_columns(resource))}."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis.datasets", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("hash", help="check changed tables and write their hashes (the default)")
    add = commands.add_parser("add", help="describe a new table with the columns of one like it")
    add.add_argument("name", help="name of the table; its file is data/raw/NAME.csv")
    add.add_argument("--like", required=True, help="table whose columns and role it has")
    add.add_argument("--title", required=True, help="what it shows, for whom and when")
    add.add_argument("--source", required=True, help="the publication it is taken from")
    add.add_argument("--publisher", required=True, help="who published it")
    add.add_argument(
        "--terms",
        required=True,
        help="on what terms it may be used and passed on: the licence, or what the publisher says",
    )
    add.add_argument("--date", required=True, type=_date, help="reference date, YYYY-MM-DD")
    add.add_argument("--link", help="where the source is on the web")
    add.add_argument("--basis", help="number of provinces, where it differs")
    add.add_argument(
        "--coverage",
        type=_coverage,
        help="of a table by kabupaten and kota: 'nasional', or codes of provinces, such as 13,14",
    )
    add.add_argument(
        "--without",
        type=_list,
        default=[],
        help="codes of kabupaten and kota there that the source does not have, such as 13.72",
    )
    add.add_argument(
        "--people",
        type=_list,
        default=[],
        help="columns that count staff, one for each profession, such as nurses,midwives",
    )
    add.add_argument(
        "--limits",
        type=_list,
        default=[],
        help=f"what the figures cannot support: {', '.join(get_args(Limit))}",
    )
    add.add_argument("--replace", action="store_true", help="describe a table of this name anew")
    add.add_argument(
        "--confirm",
        dest="confirmed",
        nargs=3,
        action=_Confirmed,
        metavar=("LINE", "COLUMN", "REASON"),
        default=[],
        help="a value that is out of its range and right; may be given again",
    )
    confirm = commands.add_parser("confirm", help="note that a value out of its range is right")
    confirm.add_argument("name", help="name of the table")
    confirm.add_argument("line", type=int, help="line of the file")
    confirm.add_argument("column")
    confirm.add_argument("reason", help="why it is right: what was compared with what")
    remove = commands.add_parser("remove", help="take a table out of the description")
    remove.add_argument("name", help="name of the table; its file stays")
    return parser


class _Confirmed(argparse.Action):
    """Collect (line, column, reason)."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: Any, values: Any, *_: Any
    ) -> None:
        line, column, reason = values
        if not line.isdecimal():
            parser.error(f"--confirm: {line!r} is no line number; give LINE COLUMN REASON")
        found = getattr(namespace, self.dest)
        setattr(namespace, self.dest, [*found, (int(line), column, reason)])


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]


def _coverage(text: str) -> str | list[str]:
    return text if text == NATIONAL else _list(text)


def _date(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date YYYY-MM-DD") from None


if __name__ == "__main__":
    sys.exit(main())
