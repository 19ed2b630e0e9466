"""A dataset folder is whole or is none."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.errors import DataError
from analysis.individuals.folders import MANIFEST, new_dataset, open_dataset


def write(draft, rows=3):
    folder = draft.path / "people" / "provinsi=11"
    folder.mkdir(parents=True)
    pq.write_table(pa.table({"nipBaru": [str(i) for i in range(rows)]}), folder / "a.parquet")


def write_and_then(folder, act, **options):
    with new_dataset(folder, synthetic=False, keyed=True, **options) as draft:
        write(draft, rows=9)
        act(draft)


def stop(error):
    def act(_):
        raise error

    return act


@pytest.fixture
def folder(tmp_path):
    with new_dataset(tmp_path / "data", synthetic=True, keyed=False) as draft:
        write(draft)
        draft.notes["seed"] = 1
    return tmp_path / "data"


def test_a_dataset_says_its_rows_files_and_notes(folder):
    found = open_dataset(folder)
    assert found.rows == {"people": 3}
    assert found.of("people") == (folder / "people" / "provinsi=11" / "a.parquet",)
    assert (found.synthetic, found.keyed, found.notes) == (True, False, {"seed": 1})


def test_an_interruption_leaves_nothing_of_that_name(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        write_and_then(tmp_path / "data", stop(KeyboardInterrupt()))
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_leaves_the_dataset_that_was_there(folder):
    full = OSError(28, "No space left on device")
    with pytest.raises(DataError, match="No space left"):
        write_and_then(folder, stop(full), replace=True)
    assert open_dataset(folder).rows == {"people": 3}


def test_a_new_dataset_takes_the_place_of_one_only_on_request(folder):
    with (
        pytest.raises(DataError, match="--replace"),
        new_dataset(folder, synthetic=True, keyed=False),
    ):
        pass
    with new_dataset(folder, synthetic=True, keyed=False, replace=True) as draft:
        write(draft, rows=5)
    assert open_dataset(folder).rows == {"people": 5}
    assert [path.name for path in folder.parent.iterdir()] == ["data"]


def test_a_folder_of_something_else_is_never_replaced(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with (
        pytest.raises(DataError, match="no dataset"),
        new_dataset(tmp_path, synthetic=True, keyed=False, replace=True),
    ):
        pass
    assert (tmp_path / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / MANIFEST).unlink(),
        lambda folder: (folder / MANIFEST).write_text("{"),
        lambda folder: (folder / MANIFEST).write_text(json.dumps({"format": 1})),
        lambda folder: (folder / "people" / "provinsi=11" / "a.parquet").unlink(),
        lambda folder: (folder / "people" / "provinsi=11" / "a.parquet").write_bytes(b"PAR1"),
    ],
)
def test_what_is_not_whole_is_refused(folder, harm):
    harm(folder)
    with pytest.raises(DataError, match="Make it again"):
        open_dataset(folder)


def test_a_file_that_was_cut_off_makes_no_dataset(tmp_path):
    def cut(draft):
        file = draft.path / "people" / "provinsi=11" / "a.parquet"
        file.write_bytes(file.read_bytes()[:-9])

    with pytest.raises(DataError, match="no whole Parquet file"):
        write_and_then(tmp_path / "data", cut)
    assert not (tmp_path / "data").exists()


def test_a_table_that_is_not_there_is_missing_and_not_empty(folder):
    with pytest.raises(DataError, match="has no table 'units'; it has people"):
        open_dataset(folder).of("units")
