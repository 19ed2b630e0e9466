from pathlib import Path

from pytask import PPathNode

from analysis.pipeline.nodes import Folder


def node(path):
    return Folder(name="beside a", folder=path)


def test_a_folder_counts_by_what_is_in_it(tmp_path):
    folder = tmp_path / "a"
    assert node(folder).state() is None
    folder.mkdir()
    empty = node(folder).state()
    (folder / "tabel-1.csv").write_text("a")
    one = node(folder).state()
    assert one == node(folder).state()
    (folder / "tabel-1.csv").unlink()
    assert empty == node(folder).state() != one


def test_a_folder_is_not_taken_for_a_file(tmp_path):
    assert not isinstance(node(tmp_path), PPathNode)
    assert node(tmp_path).load(is_product=True) == Path(tmp_path)
