"""Run the cells of a notebook in this process, and read what they show as plain text."""

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from matplotlib.text import Text
from small_runs import readable

from analysis.datasets import store
from analysis.files import read_bytes
from analysis.paths import NOTEBOOKS
from analysis.reports.display import Download, Interactive, KeyFigures, Picture, Prose, Table


@dataclass(frozen=True)
class Shown:
    """Everything a reader sees of a run, the blocks of text it used, the tidy tables it read."""

    texts: list
    used: set
    read: set


def notebook_of(report: str) -> Path:
    """Return the notebook that makes a report."""
    (found,) = [path for path in NOTEBOOKS.glob("*.ipynb") if path.stem.partition("_")[2] == report]
    return found


def run(report: str, **parameters) -> Shown:
    """Run the notebook of a report with other parameters."""
    cells = json.loads(notebook_of(report).read_text("utf-8"))["cells"]
    namespace, objects, read = {}, [], set()

    def noted(path, **options):
        read.add(path.stem)
        return read_bytes(path, **options)

    with pytest.MonkeyPatch.context() as patch, readable(parameters.get("run")):
        patch.setattr(store, "read_bytes", noted)
        for cell in cells:
            if cell["cell_type"] != "code":
                continue
            *body, last = ast.parse("".join(cell["source"])).body
            exec(compile(ast.Module(body, []), report, "exec"), namespace)
            if isinstance(last, ast.Expr):
                objects.append(eval(compile(ast.Expression(last.value), report, "eval"), namespace))
            else:
                exec(compile(ast.Module([last], []), report, "exec"), namespace)
            if "parameters" in cell["metadata"].get("tags", []):
                namespace |= parameters
    shown = [text for each in objects for text in texts(each)]
    return Shown(shown, namespace["say"].used, read)


def texts(shown) -> list[str]:
    """Return what a reader sees of one object, piece by piece."""
    match shown:
        case None:  # a figure or a table that there is nothing for, as the texts say
            return []
        case Prose():
            return shown.markdown.replace("\\", "").splitlines()
        case Picture():
            shown.figure.draw_without_rendering()  # so that its axes have their words
            drawn = [text.get_text() for text in shown.figure.findobj(Text)]
            words = [text for text in drawn if len(text) > 1]  # a letter is a mark on a map
            return [*filter(None, [shown.headline]), shown.caption, shown.alt, *words]
        case Table():
            cells = shown.formatted()
            return [shown.caption, *cells.columns, *cells.to_numpy().ravel().tolist()]
        case KeyFigures():
            parts = [(each.value, each.label, each.note) for each in shown.figures]
            return [shown.data_date, *(part for figure in parts for part in figure)]
        case Download():
            return [shown.label]
        case Interactive():
            return list(strings(shown.data))
    raise TypeError(f"A cell shows {type(shown).__name__}: say here how a reader sees it.")


def strings(value) -> Iterator[str]:
    """Return every text in lists and dicts, each text inside a text that holds several."""
    if isinstance(value, str):
        yield from value.split("|")
    elif isinstance(value, list | tuple | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)
