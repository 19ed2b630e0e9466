"""Speed of the reports: what a notebook imports, and all of them beside a plain loop.

Imports are counted by `python -X importtime`, wherever in the code they happen; the bound is a
multiple of the imports that no report can do without.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.cases import Case

from analysis.paths import ROOT

STACK = "import numpy, pandas, matplotlib.pyplot, seaborn, great_tables"
COPIED = ("src", "notebooks", "data", "pyproject.toml", "uv.lock")
BUILT = ("data/processed/notebooks", "reports")
IMPORT_ROUNDS = 5


def seconds_of_imports(code: str, folder: Path) -> float:
    """Return the time that a fresh process spends in import statements while it runs the code."""
    environment = os.environ | {"MPLBACKEND": "agg"}
    command = [sys.executable, "-X", "importtime", "-c", code]
    told = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True
    ).stderr
    lines = (line.removeprefix("import time:") for line in told.splitlines() if "|" in line)
    selves = (line.partition("|")[0].strip() for line in lines)
    return sum(int(each) for each in selves if each.isdigit()) / 1e6


def cells(notebook: Path) -> str:
    """Return the code of a notebook."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    return "\n".join("".join(c["source"]) for c in content["cells"] if c["cell_type"] == "code")


def imports() -> tuple[float, float]:
    """Return the seconds of imports in notebook 01 and in the bare stack, the least of each."""
    notebook = ROOT / "notebooks" / "01_distribusi.ipynb"
    found = [
        [seconds_of_imports(code, notebook.parent) for code in (cells(notebook), STACK)]
        for _ in range(IMPORT_ROUNDS)
    ]
    ours, stack = (min(times) for times in zip(*found, strict=True))
    return ours, stack


@contextmanager
def copy_of_project() -> Iterator[Path]:
    """Give a copy of the project whose tables are ready and whose reports are not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in COPIED:
            source = ROOT / part
            (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / part)
        run(folder, "pytask", "-m", "data")
        yield folder


def run(folder: Path, program: str, *arguments: str) -> None:
    """Run a program of this environment in a copy of the project."""
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    environment = os.environ | {"PYTHONPATH": str(folder / "src")}
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)


def build(folder: Path) -> None:
    """Build all reports and the index, as `make report` does."""
    for part in BUILT:
        shutil.rmtree(folder / part, ignore_errors=True)
    workers = str((os.cpu_count() or 2) + 1)
    run(folder, "pytask", "--parallel-backend", "threads", "--n-workers", workers)


def loop(folder: Path) -> None:
    """Run and convert one notebook after the other, as one would without this package."""
    for notebook in sorted((folder / "notebooks").glob("[0-9]*.ipynb")):
        run(folder, "jupyter", "nbconvert", "--to", "html", str(executed(folder, notebook.stem)))


def executed(folder: Path, notebook: str) -> Path:
    """Run a notebook with papermill alone, and return where its outputs are."""
    source = folder / "notebooks" / f"{notebook}.ipynb"
    target = folder / "loop" / source.name
    target.parent.mkdir(exist_ok=True)
    run(folder, "papermill", "--no-progress-bar", "--cwd", "notebooks", str(source), str(target))
    return target


def without_models(folder: Path, notebook: str) -> str:
    """Write a copy of a notebook without the cells tagged "models", and return its name."""
    source = folder / "notebooks" / f"{notebook}.ipynb"
    book = json.loads(source.read_text("utf-8"))
    book["cells"] = [c for c in book["cells"] if "models" not in c["metadata"].get("tags", ())]
    copy = source.with_stem(f"without_models_{notebook}")
    copy.write_text(json.dumps(book), "utf-8")
    return copy.stem


def of_reports(folder: Path) -> Iterator[Case]:
    """Give the rows of the table about reports; `folder` is a copy of the project."""
    count = len(list((folder / "notebooks").glob("[0-9]*.ipynb")))
    yield Case(
        f"site of {count} reports, tables ready",
        2.0,
        "loop of papermill and nbconvert",
        {
            "this package": lambda: build(folder),
            "loop of papermill and nbconvert": lambda: loop(folder),
        },
        faster=True,
        rounds=2,
    )
    spread_alone = without_models(folder, "04_tenaga_kabupaten")
    yield Case(
        "report 04 (514 kabupaten and kota, without its models), executed",
        2.0,
        "report 01 (38 provinces), executed",
        {
            "this package": lambda: executed(folder, spread_alone),
            "report 01 (38 provinces), executed": lambda: executed(folder, "01_distribusi"),
        },
        rounds=3,
    )
