"""A copy of the project in which tests may break things."""

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager

from analysis.paths import ROOT

# A few editions instead of all: of two reports, and of one of them for two provinces.
EDITIONS = """
[[editions]]
notebook = "01_distribusi"
languages = ["id"]

[[editions]]
notebook = "15_profil_provinsi"
languages = ["id"]
each.province = ["11"]

[[editions]]
notebook = "15_profil_provinsi"
languages = ["id", "en"]
each.province = ["12"]
"""
NOTEBOOKS = ("01_distribusi", "15_profil_provinsi")
# Tidy tables, and that they are made of what is copied: they need not be made once more.
_TABLES = (
    *("data/processed/*.parquet", "data/processed/*.json", "data/processed/digests/*.json"),
    *("data/processed/protected/**/*", "data/processed/records/**/*"),
)
_DONE = ("pytask.lock",)


class Project:
    """A copy of the project in which pytask runs the copied code."""

    def __init__(self, root, notebooks=NOTEBOOKS, editions=EDITIONS):
        self.root = root
        for name in ("src", "data/raw", "data/contoh"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in (
            *("pyproject.toml", "uv.lock"),
            *(f"notebooks/{name}.ipynb" for name in notebooks),
            *self._built(ROOT),
        ):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
        (root / "src" / "analysis" / "site" / "editions.toml").write_text(editions, "utf-8")

    @staticmethod
    def _built(root):
        """Return the names of the tidy tables and of the records of their making."""
        found = [path for pattern in (*_TABLES, *_DONE) for path in root.glob(pattern)]
        return [path.relative_to(root).as_posix() for path in found if path.is_file()]

    @contextmanager
    def data_put_back(self):
        """Put tables, their description and the records of the build back as they were."""
        names = [f"data/raw/{path.name}" for path in (self.root / "data" / "raw").iterdir()]
        before = {
            name: (self.root / name).read_bytes() for name in (*names, *self._built(self.root))
        }
        try:
            yield
        finally:
            for name in self._built(self.root):
                (self.root / name).unlink()
            (self.root / "pytask.lock.journal").unlink(missing_ok=True)
            for name, content in before.items():
                (self.root / name).write_bytes(content)

    @property
    def environment(self):
        return os.environ | {"PYTHONPATH": str(self.root / "src"), "COLUMNS": "300"}

    def run(self, *command, **options):
        return subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            **options,
        )

    def start(self, *options):
        """Start a build and return its process."""
        return subprocess.Popen(
            [sys.executable, "-m", "pytask", *options],
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def build(self, *options, **how):
        return self.run("pytask", *options, **how)

    def planned(self):
        """Return the tasks that a build would run now."""
        output = self.build("--dry-run", "--explain").stdout
        return set(re.findall(r"^task_\w+\.py::(\S+)", output, flags=re.MULTILINE))

    def editions_planned(self):
        """Return the editions that a build would run now, with the tidy tables built."""
        tables = self.build("-m", "data")
        assert tables.returncode == 0, tables.stdout
        return {
            task.removeprefix("task_run_notebook[").removesuffix("]")
            for task in self.planned()
            if task.startswith("task_run_notebook[")
        }

    def files(self):
        """Return every file that a build makes, by name."""
        folders = (self.root / "reports", self.root / "data" / "processed" / "notebooks")
        return {
            path.relative_to(each).as_posix(): path.read_bytes()
            for each in folders
            for path in each.rglob("*")
            if path.is_file()
        }

    def pages(self):
        """Return the pages of the site, without what stands beside them."""
        return {path.name: path.read_bytes() for path in (self.root / "reports").glob("*.html")}
