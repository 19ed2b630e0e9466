import os
import re
import subprocess
import tomllib

import pytest
import yaml
from uv import find_uv_bin

from analysis.paths import ROOT


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.fixture(scope="module")
def supported(project):
    """Return the releases of Python that `.ci/run` looks for, oldest first."""
    named = [re.search(r"Python :: (3\.\d+)$", line) for line in project["project"]["classifiers"]]
    return [found[1] for found in named if found]


@pytest.fixture(scope="module")
def conda():
    *plain, from_pip = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    return plain, from_pip["pip"]


@pytest.mark.parametrize(
    ("readme", "tested"),
    [
        ("README.md", r"tested under Python (\S+) and (\d\.\d+)"),
        ("README.id.md", r"diuji dengan Python (\S+) dan (\d\.\d+)"),
    ],
)
def test_the_readmes_name_the_pythons_that_are_tested(supported, readme, tested):
    text = " ".join((ROOT / readme).read_text("utf-8").split())
    assert re.findall(tested, text) == [(supported[0], supported[-1])]
    assert all(release in text for release in supported[1:-1])


def test_the_oldest_supported_python_is_the_least_the_project_requires(project, supported):
    assert project["project"]["requires-python"] == f">={supported[0]}"


def test_conda_asks_for_the_same_python(project, conda):
    assert f"python{project['project']['requires-python']}" in conda[0]


def test_conda_gets_every_package_the_project_names(project, conda):
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[\[<>=!~; ]", line)[0] for line in wanted}
    given = {re.split(r"[\[<>=!~; ]", line)[0] for line in conda[1]}
    assert names - given == set()


def test_conda_gets_exactly_the_locked_versions(conda):
    options = "--quiet --frozen --offline --no-hashes --no-annotate --no-header --no-emit-project"
    command = [find_uv_bin(), "export", *options.split()]
    locked = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert conda[1] == ["-e .", *locked.splitlines()], "run: make environment.yml"


def test_the_makefile_bootstraps_the_locked_uv(conda):
    version = re.search(r"^UV_VERSION := (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert version is not None
    assert f"uv=={version[1]}" in conda[1]


@pytest.fixture
def lab(tmp_path):
    """Return a function that runs `make lab` with a JupyterLab that refuses, as some user."""

    def run(uid, *options):
        for name, does in (("jupyter", 'echo "jupyter $*"; exit 1'), ("id", f"echo {uid}")):
            program = tmp_path / name
            program.write_text(f"#!/bin/sh\n{does}\n")
            program.chmod(0o755)
        command = ["make", "--no-print-directory", "--old-file=data", "lab"]
        return subprocess.run(
            [*command, f"BIN={tmp_path}", *options],
            cwd=ROOT,
            env=os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_root_is_told_how_jupyterlab_starts(lab):
    refused = lab(0)
    assert refused.returncode != 0
    (options,) = re.findall(r'make lab OPTIONS="(.+)"', refused.stdout)
    again = lab(0, f"OPTIONS={options}")
    assert again.stdout == f"jupyter lab --notebook-dir=notebooks {options}\n"


def test_others_are_not_told_about_root(lab):
    assert lab(1000).stdout == "jupyter lab --notebook-dir=notebooks\n"


@pytest.mark.parametrize("readme", ["README.md", "README.id.md"])
def test_the_readmes_say_the_same_to_root(lab, readme):
    (options,) = re.findall(r'make lab OPTIONS="(.+)"', lab(0).stdout)
    assert f'make lab OPTIONS="{options}"' in (ROOT / readme).read_text("utf-8")
