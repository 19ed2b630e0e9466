"""On a Dask cluster the same files come out."""

import importlib.util
import re
import subprocess
import sys

import pytest

WORKERS = 2


@pytest.fixture
def scheduler(project, tmp_path):
    """Start a scheduler and two worker processes, and return its address."""
    if importlib.util.find_spec("distributed") is None:
        pytest.skip("needs the extra: uv sync --extra cluster")
    command = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--port",
        "0",
        "--no-dashboard",
    ]
    log = tmp_path / "scheduler.log"
    with log.open("w") as file, subprocess.Popen(command, stderr=file, stdout=file) as running:
        while not (found := re.search(r"tcp://[\d.]+:\d+", log.read_text())):
            assert running.poll() is None, log.read_text()
        options = ["--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path)]
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", found[0], *options]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        workers = [
            subprocess.Popen(worker, env=project.environment, **quiet) for _ in range(WORKERS)
        ]
        yield found[0]
        for process in (*workers, running):
            process.terminate()
            process.wait()


@pytest.mark.exhaustive
def test_two_workers_make_the_files_that_this_machine_makes(project, scheduler):
    assert project.build("--force").returncode == 0
    local = project.files()
    result = project.build("--force", "--cluster", scheduler)
    assert result.returncode == 0, result.stdout
    assert f"Starting {WORKERS} workers" in result.stdout
    assert project.files() == local


@pytest.mark.exhaustive
def test_a_scheduler_that_does_not_answer_is_named(project):
    pytest.importorskip("distributed")
    result = project.build("--cluster", "tcp://127.0.0.1:9")
    assert result.returncode == 2
    assert "--cluster tcp://127.0.0.1:9: no scheduler answers there" in result.stdout
    assert "dask scheduler" in result.stdout
