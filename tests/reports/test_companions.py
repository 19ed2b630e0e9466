"""The folder beside a page holds what the page put there, and never loses what others did."""

import pytest

from analysis.errors import DataError
from analysis.reports.companions import write_companions


def visible(folder):
    return {path.name: path.read_text() for path in folder.iterdir() if path.name[0] != "."}


def test_what_an_earlier_page_put_there_goes(tmp_path):
    write_companions({"gambar-1.csv": "a", "gambar-2.csv": "b"}, tmp_path / "peta")
    write_companions({"gambar-1.csv": "c"}, tmp_path / "peta")
    assert visible(tmp_path / "peta") == {"gambar-1.csv": "c"}


@pytest.mark.parametrize("earlier", [{}, {"gambar-1.csv": "a"}])
def test_a_file_of_somebody_else_stays_and_stops_the_page(tmp_path, earlier):
    folder = tmp_path / "peta"
    folder.mkdir()
    if earlier:
        write_companions(earlier, folder)
    (folder / "own.docx").write_text("mine")
    with pytest.raises(DataError, match=r"own\.docx\. Give the page another name"):
        write_companions({"gambar-1.csv": "c"}, folder)
    assert visible(folder) == {**earlier, "own.docx": "mine"}
