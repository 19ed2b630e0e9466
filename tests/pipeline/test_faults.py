"""Whatever stops a build, no page is broken, and the next build makes the same bytes."""

import random
import shutil
import signal
import sys
import time

import psutil
import pytest
from bs4 import BeautifulSoup
from project_copy import Project

pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(sys.platform != "linux", reason="kills and limits of POSIX"),
]
KILLS = 10
NOTEBOOK = "15_profil_provinsi"
EDITIONS = f"""
[[editions]]
notebook = "{NOTEBOOK}"
languages = ["id"]
each.province = ["11", "12", "96"]
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return Project(tmp_path_factory.mktemp("project"), (NOTEBOOK,), EDITIONS)


@pytest.fixture(scope="module")
def undisturbed(project):
    """Return what an undisturbed build makes, and the seconds that it takes."""
    started = time.monotonic()
    result = project.build()
    assert result.returncode == 0, result.stdout
    return project.files(), time.monotonic() - started


@pytest.fixture(scope="module")
def good(undisturbed):
    """Return what an undisturbed build makes."""
    return undisturbed[0]


@pytest.fixture
def start(project):
    """Return a function that starts a build, which ends with the test."""
    started = []

    def start():
        started.append(project.start())
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def forget(project):
    """Remove what was built, but not the tables."""
    for folder in ("reports", "data/processed/notebooks"):
        shutil.rmtree(project.root / folder, ignore_errors=True)


def kill(process):
    """Kill a build at once; its kernels are ended by the warm process, whose end it is too."""
    process.send_signal(signal.SIGKILL)
    process.communicate()


def until(condition, seconds=300):
    """Wait for something to become true, and return it."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def broken(project):
    """Return the pages that are there but not whole."""
    return [
        name
        for name, content in project.pages().items()
        if not content.endswith(b"</html>\n") or not BeautifulSoup(content, "html.parser").h1
    ]


def left_running(project):
    """Return processes that still work in the folder."""
    folder = str(project.root)
    return [
        each
        for each in psutil.process_iter(["cmdline", "environ"])
        if folder in str((each.info["environ"] or {}).get("PYTHONPATH"))
    ]


def test_a_build_that_is_killed_ten_times_leaves_no_broken_page(undisturbed, project, start):
    good, seconds = undisturbed
    forget(project)
    dice = random.Random(17)
    for _ in range(KILLS):
        process = start()
        time.sleep(dice.uniform(0.1, 0.9) * seconds)
        kill(process)
        assert broken(project) == []
        assert {name: good[name] for name in project.pages()} == project.pages()
    assert project.build().returncode == 0
    assert project.files() == good


def test_a_kill_leaves_no_process_behind(good, project, start):
    forget(project)
    process = start()
    until(lambda: len(left_running(project)) >= 3)  # the build, the warm process, a kernel
    kill(process)
    until(lambda: not left_running(project))
    assert project.build().returncode == 0
    assert project.files() == good


def test_a_worker_that_dies_costs_its_edition_only(good, project, start):
    forget(project)
    process = start()
    until(lambda: [each for each in left_running(project) if is_kernel(each)])[0].kill()
    said, _ = process.communicate()
    assert process.returncode == 1
    assert "the kernel died" in " ".join(said.split())
    assert "Not built" in said
    missing = set(good) - set(project.files())
    assert len([name for name in missing if name.endswith(".ipynb")]) == 1
    assert project.build().returncode == 0
    assert project.files() == good


def test_of_two_builds_at_once_one_is_refused(good, project, start):
    forget(project)
    both = [start() for _ in range(2)]
    said = [process.communicate()[0] for process in both]
    assert sorted(process.returncode for process in both) == [0, 1]
    assert len([text for text in said if "Another build is running" in text]) == 1
    assert project.files() == good


def is_kernel(process):
    """Return whether a process is a fork of the warm process."""
    try:
        return "warm.process" in " ".join(process.parent().cmdline())
    except psutil.Error:
        return False


def test_a_full_disk_is_named_and_leaves_the_old_pages(good, project):
    executed = project.root / "data" / "processed" / "notebooks" / f"{NOTEBOOK}-11.ipynb"
    limit = executed.stat().st_size * 3 // 4  # bytes of a file: this one does not fit
    assert (project.root / "pytask.lock").stat().st_size < limit  # what a build records does
    executed.unlink()
    before = project.pages()

    import resource  # POSIX only

    def no_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    result = project.build(preexec_fn=no_room)
    assert result.returncode == 1, result.stdout
    assert f"task_run_notebook[{NOTEBOOK}-11]" in result.stdout.partition("Not built")[2]
    assert "File too large" in result.stdout, result.stdout
    assert project.pages() == before
    assert broken(project) == []
    assert project.build().returncode == 0
    assert project.files() == good


def test_parts_of_files_that_a_kill_left_are_removed(good, project):
    folder = project.root / "reports"
    names = (f".{NOTEBOOK}-11.html-{'0' * 32}", f"{NOTEBOOK}-11/.gambar-1.csv-{'0' * 32}")
    parts = [folder / name for name in names]
    parts.append(project.root / f"data/processed/protected/sintetis/.run.json-{'0' * 32}")
    for part in parts:
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_text("half a file")
    assert project.build().returncode == 0
    assert not any(part.exists() for part in parts)
    assert project.files() == good
