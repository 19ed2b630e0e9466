"""Write a synthetic population, or score what validation finds of the faults planted in one.

python -m analysis.individuals.population FOLDER {NUMBER,--score}
"""

import argparse
import datetime as dt
import sys
from pathlib import Path

from analysis.errors import AnalysisError, DataError
from analysis.individuals.folders import open_dataset
from analysis.individuals.population.generation import Request, generate
from analysis.individuals.population.scoring import score
from analysis.individuals.stopping import Stopped, stoppable
from analysis.individuals.validation import basis_on


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0, 1 after saying what is wrong, 128 + a signal to stop."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.score == (options.number is not None):
        parser.error("say how many people to write, or --score for a population that is there")
    try:
        with stoppable():
            print(_score(options.folder) if options.score else _write(options))
    except AnalysisError as error:
        print(error, file=sys.stderr)
        return 1
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return stopped.status
    return 0


def _write(options: argparse.Namespace) -> str:
    request = Request(
        options.number,
        seed=options.seed,
        provinces=tuple(options.provinces.split(",")) if options.provinces else None,
        training=not options.no_training,
        faults=options.faults,
    )
    generate(request, options.folder, replace=options.replace, progress=print)
    return f"{options.folder}: synthetic people, none of whom exists. All NIPs have sex digit 9."


def _score(folder: Path) -> str:
    """Return recall and precision of every rule, on the day that the population describes."""
    notes = open_dataset(folder).notes
    if "date" not in notes:
        raise DataError(f"{folder} is no synthetic population. Make one with --faults.")
    return score(folder, basis_on(dt.date.fromisoformat(notes["date"]))).to_string(
        float_format="{:.3f}".format, na_rep="-"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis.individuals.population",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="where to write; must not be there yet")
    parser.add_argument("number", type=_number, nargs="?", help="how many people, such as 20000")
    parser.add_argument("--seed", type=_number, default=0, help="the same seed, the same bytes")
    parser.add_argument("--provinces", default="", help="Kemendagri codes, such as 53,81")
    parser.add_argument(
        "--faults", type=float, default=0.0, help="share of rows that get a fault, such as 0.02"
    )
    parser.add_argument(
        "--no-training",
        action="store_true",
        help="leave out training, appraisal, discipline and certificates",
    )
    parser.add_argument("--replace", action="store_true", help="put it in place of what is there")
    parser.add_argument(
        "--score",
        action="store_true",
        help="of a population made with --faults: recall and precision of every rule",
    )
    return parser


def _number(text: str) -> int:
    digits = text.replace("_", "")
    if not digits.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number; write it without dots.")
    return int(digits)


if __name__ == "__main__":
    sys.exit(main())
