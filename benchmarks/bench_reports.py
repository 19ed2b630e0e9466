"""Speed of the reports: what a notebook imports, and all of them beside a plain loop.

Imports are counted by `python -X importtime`, wherever in the code they happen; the bound is a
multiple of the imports that no report can do without.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil
from benchmarks.cases import Case

from analysis.datasets import load_regions
from analysis.paths import NOTEBOOKS, ROOT
from analysis.reports.rendering import render_file
from analysis.reports.running import run_notebook

STACK = "import numpy, pandas, matplotlib.pyplot, seaborn, great_tables"
COPIED = ("src", "notebooks", "data", "pyproject.toml", "uv.lock")
BUILT = ("data/processed/notebooks", "reports")
IMPORT_ROUNDS = 5
PROFILE = "15_profil_provinsi"
ONE_LANGUAGE = f"{PROFILE}-[0-9][0-9]"
PROVINCES = sorted(load_regions().codes("38"))
SAMPLE = 9
# What changes in which raw tables; totals stay, since the tables are held to them.
CHANGES = {
    "name of one kabupaten": (
        ("kabkota", "kabkota_2024", "dokter_kabkota_2020", "unit_kerja_645_instansi_2024"),
        (
            (b",Kabupaten Nias Barat,", b",Kabupaten Nias Baratlaut,"),
            (b"KABUPATEN NIAS BARAT,", b"KABUPATEN NIAS BARATLAUT,"),
        ),
    ),
    "staff of two provinces": (
        ("pns_provinsi_2023",),
        ((b"Aceh,153733", b"Aceh,153732"), (b"Utara,200846", b"Utara,200847")),
    ),
}


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


def run(folder: Path, program: str, *arguments: str) -> str:
    """Run a program of this environment in a copy of the project, and return what it prints."""
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "COLUMNS": "300"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, check=True, encoding="utf-8"
    ).stdout


def build(folder: Path, *options: str) -> None:
    """Build all pages, as `make report` does, or those that the options choose."""
    for part in BUILT:
        shutil.rmtree(folder / part, ignore_errors=True)
    run(folder, "pytask", *options)


def of_one_edition(folder: Path) -> list[str]:
    """Return the notebooks whose own name is that of an edition: all but the profile."""
    found = sorted(path.stem for path in (folder / "notebooks").glob("[0-9]*.ipynb"))
    return [name for name in found if name != PROFILE]


def loop(folder: Path, notebooks: Iterable[str]) -> None:
    """Run and convert one notebook after the other, as one would without this package."""
    for notebook in notebooks:
        run(folder, "jupyter", "nbconvert", "--to", "html", str(executed(folder, notebook)))


def loop_of_provinces(folder: Path) -> None:
    """Run and convert the profile of each province by command lines, on all processors."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda code: convert(folder, code), PROVINCES))


def convert(folder: Path, code: str) -> None:
    """Run the profile of a province with papermill, and convert it with nbconvert."""
    target = folder / "loop" / f"{PROFILE}-{code}.ipynb"
    target.parent.mkdir(exist_ok=True)
    options = ("--no-progress-bar", "--cwd", "notebooks", "-r", "province", code)
    run(folder, "papermill", *options, f"notebooks/{PROFILE}.ipynb", str(target))
    run(folder, "jupyter", "nbconvert", "--to", "html", str(target))


def beyond_cells() -> tuple[float, float]:
    """Return the processor seconds of an edition beyond its cells, and those of its cells.

    The mean over a few provinces, run and rendered one after the other, the warm process running.
    What a kernel takes without cells is what it takes for a notebook of parameters alone.
    """
    source = NOTEBOOKS / f"{PROFILE}.ipynb"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = folder / source.name
        book = json.loads(source.read_text("utf-8"))
        bare.write_text(json.dumps(book | {"cells": book["cells"][:1]}), "utf-8")
        for notebook in (bare, source):  # the warm process starts, and what is used is imported
            run_notebook(notebook, folder / "first.ipynb", failed=folder, warm=True)
        render_file(folder / "first.ipynb", folder / "first.html")
        found = [
            (edition(source, code, folder), kernel(bare, folder)) for code in PROVINCES[:SAMPLE]
        ]
    ours = statistics.mean(here for (here, _), _ in found)
    whole = statistics.mean(kernel for (_, kernel), _ in found)
    without = statistics.mean(kernel for _, kernel in found)
    return ours + without, whole - without


def edition(source: Path, code: str, folder: Path) -> tuple[float, float]:
    """Run and render an edition; return the processor seconds of this process and of its kernel."""
    target = folder / f"{PROFILE}-{code}.ipynb"
    started, before = time.process_time(), of_kernels()
    run_notebook(source, target, {"province": code}, failed=folder, warm=True)
    render_file(target, target.with_suffix(".html"))
    return time.process_time() - started, of_kernels() - before


def kernel(notebook: Path, folder: Path) -> float:
    """Return the processor seconds of the kernel of a notebook."""
    before = of_kernels()
    run_notebook(notebook, folder / "bare.ipynb", failed=folder, warm=True)
    return of_kernels() - before


def of_kernels() -> float:
    """Return the processor seconds of all kernels that the warm process has had."""
    (warm,) = psutil.Process().children()
    times = warm.cpu_times()
    return float(times.children_user + times.children_system)


def rerun_by_change(folder: Path) -> dict[str, int]:
    """Return how many profiles in one language a change of the raw tables builds again."""
    raw = folder / "data" / "raw"
    before = {path: path.read_bytes() for path in raw.iterdir()}
    found = {}
    for what, (tables, replaced) in CHANGES.items():
        for table, (old, new) in ((t, pair) for t in tables for pair in replaced):
            path = raw / f"{table}.csv"
            path.write_bytes(path.read_bytes().replace(old, new))
        run(folder, "python", "-m", "analysis.datasets", "hash")
        run(folder, "pytask", "-m", "data")
        told = run(folder, "pytask", "--dry-run", "--explain", "--only", ONE_LANGUAGE)
        # Of one language: the others are listed too, as left out.
        ours = rf"^task_\w+\.py::task_run_notebook\[{PROFILE}-\d\d\]"
        found[what] = len(re.findall(ours, told, re.M))
        for path, content in before.items():
            path.write_bytes(content)
        run(folder, "pytask", "-m", "data")
    return found


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
    notebooks = of_one_edition(folder)
    chosen = [f"--only={name}" for name in notebooks]
    yield Case(
        f"site of {len(notebooks)} reports, tables ready",
        2.0,
        "loop of papermill and nbconvert",
        {
            "this package": lambda: build(folder, *chosen),
            "loop of papermill and nbconvert": lambda: loop(folder, notebooks),
        },
        faster=True,
        rounds=2,
    )
    yield Case(
        f"{len(PROVINCES)} editions of one notebook, to HTML, all processors",
        4.0,
        "loops of papermill and nbconvert on all processors",
        {
            "this package": lambda: build(folder, "--only", ONE_LANGUAGE),
            "loops of papermill and nbconvert on all processors": lambda: loop_of_provinces(folder),
        },
        faster=True,
        rounds=1,
    )
    run(folder, "pytask")
    yield Case(
        f"nothing changed, {len(list((folder / 'reports').glob('*.html'))) - 2} editions",
        None,
        "this package",
        {"this package": lambda: run(folder, "pytask")},
        limit=2000,
        rounds=3,
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
