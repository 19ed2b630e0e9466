"""Restructure and redistribute a dataset: python -m analysis.individuals.reform FOLDER."""

import argparse
import datetime as dt
import sys
from pathlib import Path

from analysis.datasets import read_processed
from analysis.errors import AnalysisError, DataError
from analysis.individuals.folders import open_dataset
from analysis.individuals.reform.records import need_from, organisation_from, read_records
from analysis.restructuring import Rules, redistribute_released, restructure


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0, or 1 after saying what is wrong."""
    options = _parser().parse_args(arguments)
    try:
        print(_report(options.folder, options.day))
    except AnalysisError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _report(folder: Path, day: dt.date) -> str:
    """Return the three states of a dataset in one table, families that the rules name only."""
    if not open_dataset(folder).synthetic:
        raise DataError(
            f"{folder} is of real people: what is counted of them leaves through the gate of "
            "disclosure only. Work with `organisation_from` where the data are, or name a "
            "synthetic dataset."
        )
    records = read_records(folder)
    rules = Rules.from_frame(
        read_processed("aturan_penyederhanaan"), read_processed("batas_usia_pensiun"), day
    )
    found = restructure(organisation_from(records), rules)
    need = need_from(records)
    named = {rule.result for rule in rules.of("keluarga")}
    states = redistribute_released(found, need.loc[:, need.columns.isin(sorted(named))])
    outcome = found.details["outcome"].value_counts()
    return "\n".join(
        [
            repr(found.before),
            states.to_frame().round(3).to_string(na_rep="-"),
            ", ".join(f"{name}: {count:,}" for name, count in outcome.items() if count),
        ]
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis.individuals.reform", description=__doc__
    )
    parser.add_argument("folder", type=Path, help="dataset with units, posts and people")
    parser.add_argument(
        "--day",
        type=dt.date.fromisoformat,
        default=dt.date(2021, 12, 31),
        help="day whose rules apply, YYYY-MM-DD; the end of 2021 by default",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
