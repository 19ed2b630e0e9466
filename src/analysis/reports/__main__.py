"""Run a notebook with other parameters and write the report."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.errors import AnalysisError, ParameterError
from analysis.files import show_any_text
from analysis.paths import PROCESSED
from analysis.reports.companions import check_folder
from analysis.reports.rendering import render_file
from analysis.reports.running import default_parameters, run_notebook


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0, or 1 after saying what is wrong."""
    show_any_text()
    parser = argparse.ArgumentParser(prog="python -m analysis.reports", description=__doc__)
    parser.add_argument("notebook", type=Path)
    parser.add_argument(
        "page",
        type=Path,
        help="HTML file to write; its data and figures go into a folder of the same name beside it",
    )
    parser.add_argument(
        "-p",
        "--parameter",
        nargs=2,
        metavar=("NAME", "VALUE"),
        action="append",
        default=[],
        help='such as: -p basis 33 -p measures \'["gini", "hoover"]\'',
    )
    options = parser.parse_args(arguments)
    try:
        _, values = default_parameters(options.notebook)
        chosen = _values(options.parameter, values)
        _check_page(options.page)
        with TemporaryDirectory() as folder:
            executed = Path(folder) / f"{options.page.stem}.ipynb"
            failed = PROCESSED / "failed"
            run_notebook(options.notebook, executed, chosen, failed=failed, progress=True)
            render_file(executed, options.page)
    except AnalysisError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Written: {options.page}")
    return 0


def _values(pairs: list[tuple[str, str]], defaults: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters by name; what is text in the notebook stays text, such as a code.

    Raises
    ------
    ParameterError
        If one is given twice.
    """
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ParameterError(f"Parameter {name!r} is given more than once. Give it once.")
    found = {name: _value(text) for name, text in pairs}
    return {
        name: text
        if isinstance(defaults.get(name), str) and isinstance(found[name], int | float)
        else found[name]
        for name, text in pairs
    }


def _value(text: str) -> object:
    """Return a list or number where the text is one, and the text itself where not."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _check_page(page: Path) -> None:
    """Refuse to write a page over what is none: a notebook, a table, a folder.

    Raises
    ------
    AnalysisError
        If the name does not end in .html, a folder has it, or the folder that the page gets beside
        it holds other files.
    """
    if page.suffix.lower() not in {".html", ".htm"} or page.is_dir():
        raise AnalysisError(
            f"{page} cannot be the page: it must be a file whose name ends in .html, such as "
            f"{page.with_suffix('.html').name if page.name else 'report.html'}."
        )
    check_folder(page.with_suffix(""))


if __name__ == "__main__":
    sys.exit(main())
