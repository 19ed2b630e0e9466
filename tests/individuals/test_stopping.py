"""A command that is told to stop leaves nothing of people behind, wherever it is."""

import os
import signal
import threading

import duckdb
import pytest
from individual_records import PNS, as_arrow
from pyarrow import parquet

from analysis.individuals.__main__ import main
from analysis.individuals.person_keys import VARIABLE
from analysis.individuals.row_files import RowFile
from analysis.individuals.stopping import Stopped, stoppable


def tell(number):
    os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_in_the_middle_of_writing_nothing_is_left(tmp_path, monkeypatch, capsys, number):
    extract, spill, out = (tmp_path / name for name in ("extract", "spill", "out"))
    for folder in (extract, spill, out):
        folder.mkdir()
    parquet.write_table(as_arrow("people", [PNS, PNS]), extract / "people.parquet")
    monkeypatch.setenv(VARIABLE, "0123456789abcdef0123456789abcdef")
    monkeypatch.setattr("tempfile.tempdir", str(spill))
    half = []

    def add(file, rows):
        written(file, rows)
        half.extend(out.iterdir())
        tell(number)

    written = RowFile.add
    monkeypatch.setattr(RowFile, "add", add)
    before = signal.getsignal(number)
    asked = ["ingest", str(out / "data"), f"people={extract / 'people.parquet'}"]
    asked += ["--date", "2026-06-30", "--set-aside", "people.*"]
    assert main(asked) == 128 + number
    assert "what was half written is removed" in capsys.readouterr().err
    assert half
    assert list(out.iterdir()) == []
    assert list(spill.iterdir()) == []
    assert signal.getsignal(number) == before


def test_a_query_that_runs_is_stopped():
    threading.Timer(0.1, tell, [signal.SIGTERM]).start()
    endless = "SELECT sum(hash(a.i + b.i)) FROM range(1000000) a(i), range(1000000) b(i)"
    with pytest.raises(Stopped), stoppable():
        duckdb.connect(config={"threads": 1}).execute(endless).fetchall()


def test_errors_of_the_work_stay_what_they_are():
    with pytest.raises(KeyError), stoppable():
        raise KeyError


def test_a_thread_of_its_own_cannot_hear_and_works_all_the_same():
    done = []

    def work():
        with stoppable():
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
