"""Whatever stops a build, no page is broken, and the next build makes the same bytes."""

import random
import signal
import subprocess
import sys
import time

import psutil
import pytest
from bs4 import BeautifulSoup

pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(sys.platform != "linux", reason="kills and limits of POSIX"),
]
KILLS = 10
LIMIT = 300_000  # bytes of a file: less than a page, more than the records of pytask


@pytest.fixture(scope="module")
def good(project):
    """Return what an undisturbed build makes."""
    assert project.build("--force").returncode == 0
    return project.files()


def forget(project):
    """Remove what was built, but not the tables."""
    folders = (project.root / "reports", project.root / "data" / "processed" / "notebooks")
    for path in (each for folder in folders for each in folder.glob("*")):
        path.unlink()


def kill(process):
    """Kill a build at once; its kernels are ended by the warm process, whose end it is too."""
    process.send_signal(signal.SIGKILL)
    process.wait()


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


def test_a_build_that_is_killed_ten_times_leaves_no_broken_page(good, project):
    forget(project)
    dice = random.Random(17)
    for _ in range(KILLS):
        process = project.start()
        time.sleep(dice.uniform(1.0, 12.0))
        kill(process)
        assert broken(project) == []
        assert {name: good[name] for name in project.pages()} == project.pages()
    assert project.build().returncode == 0
    assert project.files() == good


def test_a_kill_leaves_no_process_behind(good, project):
    forget(project)
    process = project.start()
    while len(left_running(project)) < 3:  # the build, the warm process, a kernel
        time.sleep(0.05)
    kill(process)
    waited = time.monotonic() + 30
    while left_running(project) and time.monotonic() < waited:
        time.sleep(0.1)
    assert left_running(project) == []
    assert project.build().returncode == 0
    assert project.files() == good


def test_a_worker_that_dies_costs_its_edition_only(good, project):
    forget(project)
    process = subprocess.Popen(
        [sys.executable, "-m", "pytask"],
        cwd=project.root,
        env=project.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    while not (kernels := [each for each in left_running(project) if is_kernel(each)]):
        time.sleep(0.02)
    kernels[0].kill()
    said, _ = process.communicate()
    assert process.returncode == 1
    assert "the kernel died" in " ".join(said.split())
    assert "Not built" in said
    missing = set(good) - set(project.files())
    assert 0 < len([name for name in missing if name.endswith(".ipynb")]) <= 1
    assert project.build().returncode == 0
    assert project.files() == good


def is_kernel(process):
    """Return whether a process is a fork of the warm process."""
    try:
        return "warm.process" in " ".join(process.parent().cmdline())
    except psutil.Error:
        return False


def test_a_full_disk_is_named_and_leaves_the_old_pages(good, project):
    executed = project.root / "data" / "processed" / "notebooks" / "01_distribusi.ipynb"
    executed.unlink()
    before = project.pages()

    import resource  # POSIX only

    def no_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))

    result = project.build(preexec_fn=no_room)
    assert result.returncode == 1
    assert "01_distribusi" in result.stdout
    assert project.pages() == before
    assert broken(project) == []
    assert project.build().returncode == 0
    assert project.files() == good


def test_parts_of_files_that_a_kill_left_are_removed(good, project):
    part = project.root / "reports" / f".01_distribusi.html-{'0' * 32}"
    part.write_text("half a page")
    assert project.build().returncode == 0
    assert not part.exists()
    assert project.files() == good
