"""A copy of the project in which tests may break things."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from analysis.paths import ROOT


class Project:
    """A copy of the project in which pytask runs the copied code."""

    def __init__(self, root):
        self.root = root
        for name in ("src", "notebooks", "data/raw"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "uv.lock"):
            shutil.copy(ROOT / name, root)

    def run(self, *command):
        environment = os.environ | {"PYTHONPATH": str(self.root / "src"), "COLUMNS": "300"}
        return subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def build(self, *options):
        return self.run("pytask", "--parallel-backend", "threads", "-n", "2", *options)

    def planned(self):
        """Return the tasks that a build would run now."""
        output = self.build("--dry-run", "--explain").stdout
        return set(re.findall(r"^task_\w+\.py::(\S+)", output, flags=re.MULTILINE))

    def pages(self):
        return {path.name: path.read_bytes() for path in (self.root / "reports").glob("*.html")}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return Project(tmp_path_factory.mktemp("project"))
