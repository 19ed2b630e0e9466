"""Write a synthetic population: python -m analysis.individuals.population FOLDER NUMBER."""

import argparse
import sys
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.individuals.population.generation import Request, generate


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0, or 1 after saying what is wrong."""
    options = _parser().parse_args(arguments)
    request = Request(
        options.number,
        seed=options.seed,
        provinces=tuple(options.provinces.split(",")) if options.provinces else None,
        training=not options.no_training,
        faults=options.faults,
    )
    try:
        generate(request, options.folder, replace=options.replace, progress=print)
    except AnalysisError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{options.folder}: synthetic people, none of whom exists. All NIPs have sex digit 9.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis.individuals.population", description=__doc__
    )
    parser.add_argument("folder", type=Path, help="where to write; must not be there yet")
    parser.add_argument("number", type=_number, help="how many people, such as 20000")
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
    return parser


def _number(text: str) -> int:
    digits = text.replace("_", "")
    if not digits.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number; write it without dots.")
    return int(digits)


if __name__ == "__main__":
    sys.exit(main())
