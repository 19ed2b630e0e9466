"""Keep the description of the raw tables: python -m analysis.datasets [hash | add]."""

import argparse
import datetime as dt
import sys

from analysis.datasets.describing import add_table, update_hashes
from analysis.errors import AnalysisError


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0, or 1 after saying what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m analysis.datasets", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("hash", help="write the hashes of changed tables (the default)")
    add = commands.add_parser("add", help="describe a new table with the columns of one like it")
    add.add_argument("name", help="name of the table; its file is data/raw/NAME.csv")
    add.add_argument("--like", required=True, help="table whose columns and role it has")
    for option in ("--title", "--source", "--publisher"):
        add.add_argument(option, required=True)
    add.add_argument("--date", required=True, type=dt.date.fromisoformat, help="YYYY-MM-DD")
    add.add_argument("--basis", help="number of provinces, where it differs")
    options = vars(parser.parse_args(arguments))
    try:
        if options.pop("command") == "add":
            add_table(**options)
            print("Added:", options["name"])
        else:
            print("Changed:", ", ".join(update_hashes()) or "nothing")
    except AnalysisError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
