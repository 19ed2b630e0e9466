"""A copy of the project in which tests may break things."""

import os
import re
import shutil
import subprocess
import sys

from analysis.paths import ROOT

# A few editions instead of all: of two reports, and of the profile of three provinces.
EDITIONS = """
[[editions]]
notebook = "01_distribusi"
languages = ["id", "en"]

[[editions]]
notebook = "15_profil_provinsi"
languages = ["id"]
each.province = ["11", "12", "96"]
"""
NOTEBOOKS = ("01_distribusi", "03_penyederhanaan", "15_profil_provinsi")


class Project:
    """A copy of the project in which pytask runs the copied code."""

    def __init__(self, root, notebooks=NOTEBOOKS, editions=EDITIONS):
        self.root = root
        for name in ("src", "notebooks", "data/raw"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "uv.lock"):
            shutil.copy(ROOT / name, root)
        for path in (root / "notebooks").glob("*.ipynb"):
            if path.stem not in notebooks:
                path.unlink()
        (root / "src" / "analysis" / "site" / "editions.toml").write_text(editions, "utf-8")

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
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def build(self, *options, **how):
        return self.run("pytask", *options, **how)

    def planned(self):
        """Return the tasks that a build would run now."""
        output = self.build("--dry-run", "--explain").stdout
        return set(re.findall(r"^task_\w+\.py::(\S+)", output, flags=re.MULTILINE))

    def editions_planned(self):
        """Return the editions that a build would run now, with the tidy tables built."""
        assert self.build("-m", "data").returncode == 0
        return {
            task.removeprefix("task_run_notebook[").removesuffix("]")
            for task in self.planned()
            if task.startswith("task_run_notebook[")
        }

    def files(self):
        """Return every file that a build makes, by name."""
        folders = (self.root / "reports", self.root / "data" / "processed" / "notebooks")
        return {path.name: path.read_bytes() for each in folders for path in each.glob("*")}

    def pages(self):
        return {name: content for name, content in self.files().items() if name.endswith(".html")}
