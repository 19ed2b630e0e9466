"""What both READMEs tell to type works as printed: each piece in a fresh session, and in order."""

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from project_copy import Project

from analysis.individuals.population import Request, generate
from analysis.paths import ROOT

READMES = ["README.md", "README.id.md"]
PROGRAMS = Path(sys.executable).parent  # of the active environment, whichever tool built it
ACTIVATION = "source .venv/bin/activate"


def blocks(name, kind):
    return re.findall(rf"```{kind}\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)


def spans(name):
    """Return what stands between single backquotes in the prose."""
    prose = re.sub(r"```.*?```", "", (ROOT / name).read_text("utf-8"), flags=re.DOTALL)
    return [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose)]


def calls(name):
    """Return the pieces of Python in the prose that call something."""
    found = []
    for span in spans(name):
        try:
            (statement,) = ast.parse(span).body
        except (SyntaxError, ValueError):
            continue
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            found.append(span)
    return found


def commands(name):
    """Return the commands of the shell, each as its words."""
    lines = "".join(blocks(name, "sh")).replace("\\\n", " ").splitlines()
    return [words for line in lines if (words := shlex.split(line, comments=True))]


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the tables that the example of the planner reads."""
    rng = np.random.default_rng(0)
    units = [f"{i:02d}" for i in range(12)]
    places = {"latitude": rng.uniform(-9, 5, 12), "longitude": rng.uniform(96, 140, 12)}
    staff = pd.DataFrame({"unit": units, "staff": rng.integers(200, 2000, 12), **places})
    staff.to_csv(tmp_path / "units.csv", index=False)
    tasks = {"unit": units * 2, "volume": rng.uniform(1e5, 4e5, 24), "norm_minutes": 60.0}
    pd.DataFrame(tasks).to_csv(tmp_path / "tasks.csv", index=False)
    return tmp_path


# --- Python ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", READMES)
def test_each_piece_of_python_runs_in_a_fresh_session(name, folder):
    for code in blocks(name, "python"):
        command = [sys.executable, "-W", "error", "-c", code]
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
    assert "How sure is the plan? `robustness`" in ran.stdout  # what help() shows


@pytest.mark.parametrize("name", READMES)
def test_the_pieces_run_in_order_in_one_session(name, folder, monkeypatch):
    monkeypatch.chdir(folder)
    session = {}
    for code in blocks(name, "python"):
        exec(code, session)
    plan = session["plan"]
    assert 0 < plan.moved <= 500
    assert plan.moves["people"].sum() == plan.moved


@pytest.mark.parametrize("name", READMES)
def test_what_the_prose_calls_is_there(name, folder, monkeypatch):
    monkeypatch.chdir(folder)
    session = {}
    exec(blocks(name, "python")[0], session)
    exec("from analysis.redistribution import great_circle", session)  # "from the same package"
    assert len(calls(name)) == 4
    for call in calls(name):
        eval(call.replace("within=...", "within={unit: 0 for unit in table.index}"), session)


@pytest.mark.parametrize("name", READMES)
def test_every_form_of_cost_that_is_named_makes_a_plan(name, folder, monkeypatch):
    monkeypatch.chdir(folder)
    session = {}
    exec(blocks(name, "python")[0], session)
    exec("from analysis.redistribution import great_circle", session)
    units, need = session["units"], session["need"]
    matrix, function = (
        eval(call, session) for call in calls(name) if call.startswith(("great_circle", "kilo"))
    )
    table = matrix.stack().rename_axis(["from", "to"]).rename("cost").reset_index()
    plan_moves = session["plan_moves"]
    plans = [plan_moves(units, cost=cost, budget=500) for cost in (matrix, table, function)]
    assert plans[0].cost == pytest.approx(plans[1].cost)
    assert plans[0].cost == pytest.approx(plans[2].cost)
    assert plan_moves(units.staff, need.to_numpy(), budget=500).moved == plans[0].moved


# --- The shell ------------------------------------------------------------------------------------


def test_both_readmes_give_the_same_commands():
    english, indonesian = (
        [
            [word for word in words if not word.endswith((".html", ".ipynb")) and len(word) > 2]
            for words in commands(name)
        ]
        for name in READMES
    )
    assert english == indonesian


@pytest.mark.parametrize("name", READMES)
def test_what_windows_is_told_needs_neither_make_nor_a_shell(name):
    (block,) = blocks(name, "bat")
    told = [line.split() for line in block.splitlines()]
    assert told[0] == ["python", "-m", "pip", "install", "uv"]
    assert [words[:2] for words in told[1:]] == [["uv", "run"]] * 2
    assert all((PROGRAMS / words[2]).exists() for words in told[1:])
    assert not set("$~;&|<>'\"") & set(block)


@pytest.mark.parametrize("name", READMES)
def test_no_command_asks_for_one_kind_of_environment(name):
    text = (ROOT / name).read_text("utf-8")
    assert text.count(".venv") == text.count(ACTIVATION) == 1
    assert text.index(ACTIVATION) < text.index("papermill")
    given = commands(name)
    makes = [words for words in given if words[0] == "make"]
    assert makes == given[: len(makes)]  # before the environment is active, and never after


@pytest.mark.parametrize("name", READMES)
def test_every_target_and_program_that_is_named_is_there(name):
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    told = [*commands(name), *(span.split() for span in spans(name))]
    assert {words[1] for words in told if words[0] == "make"} <= set(targets)
    programs = {"papermill", "python", "pytask", "pytest", "jupyter"}
    assert {words[0] for words in told} >= programs
    assert all((PROGRAMS / program).exists() for program in programs)
    assert all((ROOT / words[-1]).is_file() for words in told if words[:2] == ["conda", "env"])


def write_extract(path, folder):
    """Write people who do not exist as an extract of a personnel system."""
    generate(Request(700, seed=2, provinces=("34",), training=False), folder)
    people = pd.read_parquet(folder / "people").drop(columns=["sintetis"])
    people.to_csv(path, index=False)


@pytest.mark.exhaustive
def test_the_commands_run_in_order_in_an_active_environment(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    named = dict.fromkeys(re.findall(r"notebooks/(\w+)\.ipynb", "".join(blocks("README.md", "sh"))))
    project = Project(tmp_path / "project", notebooks=named, editions="").root
    staff = pd.read_csv(ROOT / "data" / "raw" / "pns_provinsi_2014.csv", dtype=str)
    staff[["kode_kemendagri", "nama", "total"]].to_csv(home / "pns_2020.csv", index=False)
    nurses = pd.read_csv(ROOT / "tests" / "datasets" / "nakes_sumatera_barat_2022.csv", dtype=str)
    columns = ["nama", "jenis", "perawat", "bidan", "puskesmas"]
    nurses[columns].to_csv(home / "nakes_2022.csv", index=False)
    shutil.copy(ROOT / "data" / "contoh" / "peta_jabatan_sintetis.csv", home / "peta_jabatan.csv")
    write_extract(home / "siasn.csv", tmp_path / "population")
    for notebook in (project / "notebooks").glob("*.ipynb"):  # they need no synthetic run here
        notebook.write_text(notebook.read_text("utf-8").replace('"runs"', '"no_runs"'), "utf-8")
    script = re.sub(r"^(make|source) .*\n", "", "".join(blocks("README.md", "sh")), flags=re.M)
    ran = subprocess.run(
        ["bash", "-eu", "-c", script],
        cwd=project,
        env=os.environ
        | {"PATH": f"{PROGRAMS}:{os.environ['PATH']}", "HOME": str(home)}
        | {"PYTHONPATH": str(project / "src")},  # the copy, not what is installed
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Added: pns_provinsi_2020, 34 rows" in ran.stdout
    assert "18 rows, all checks passed. Missing, and never" in ran.stdout
    assert (project / "mine.ipynb").is_file()
    assert '<html lang="en">' in (project / "mine.html").read_text("utf-8")
    assert "31 Desember 2020" in (project / "2020.html").read_text("utf-8")
    assert "Sumatera Barat" in (project / "sumbar.html").read_text("utf-8")
    assert "30 units, 5 families: 563 staff, need 569" in ran.stdout
    national = (project / "nasional.html").read_text("utf-8")
    assert "Penduduk buatan" in national  # known by their NIP
    assert "tidak cukup: tabel" in national  # no posts, no training
    assert not {line[:18] for line in (home / "siasn.csv").read_text().splitlines()} & {
        *re.findall(r"\d{18}", national)
    }
    assert "redistribusi: peta_jabatan.csv" in (project / "peta.html").read_text("utf-8")
