import re
import shutil

import pytest

from analysis.errors import AnalysisError
from analysis.reports.rendering import style
from analysis.site import printing


def test_says_what_to_do_where_there_is_no_page(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(printing, "REPORTS", tmp_path)
    assert printing.main([]) == 1
    assert "make report" in capsys.readouterr().err


def test_says_what_to_do_where_there_is_no_browser(monkeypatch, tmp_path, capsys):
    (tmp_path / "01_a.html").write_text("<title>a</title>")
    monkeypatch.setattr(printing, "REPORTS", tmp_path)
    monkeypatch.setattr(printing, "_PROGRAMS", ("no-such-browser",))
    assert printing.main(["01_*"]) == 1
    assert "apt-get install chromium" in capsys.readouterr().err


def test_says_which_page_printed_nothing(tmp_path):
    with pytest.raises(AnalysisError, match="printed nothing of"):
        printing.print_page(tmp_path / "a.html", tmp_path / "a.pdf", "true")


@pytest.mark.exhaustive
def test_the_same_page_gives_the_same_bytes_and_only_when_it_is_newer(
    monkeypatch, tmp_path, capsys
):
    if not shutil.which("chromium"):
        pytest.skip("needs chromium: apt-get install chromium")
    monkeypatch.setattr(printing, "REPORTS", tmp_path)
    page = tmp_path / "01_a.html"
    page.write_text("<title>a</title><p>Isi")
    assert printing.main([]) == 0
    first = printing.pdf_of(page).read_bytes()
    assert first.startswith(b"%PDF")
    assert printing.main([]) == 0
    assert re.findall(r"(\d+) pages printed", capsys.readouterr().out) == ["1", "0"]
    printing.pdf_of(page).unlink()
    assert printing.main([]) == 0
    assert printing.pdf_of(page).read_bytes() == first


@pytest.mark.exhaustive
def test_text_goes_on_before_a_picture_that_has_no_room_past_the_next_heading(tmp_path):
    if not shutil.which("chromium"):
        pytest.skip("needs chromium: apt-get install chromium")
    body = "<p>{}</p>".format("<br>".join(["Isi"] * 26))  # more than half of a page
    picture = (
        '<figure class="gambar"><svg viewBox="0 0 10 17"></svg><figcaption>G</figcaption></figure>'
    )
    page = tmp_path / "a.html"
    page.write_text(
        f"<!DOCTYPE html><style>@page {{ size: A4; margin: 20mm }} {style()}</style>"
        f'<body class="laporan"><main><h2>A</h2>{body}{picture}<h2>B</h2>'
        f"<p>{'Isi<br>' * 8}</p>{'<p>Isi</p>' * 10}</main>"
    )
    printing.print_page(page, tmp_path / "a.pdf", "chromium")
    assert len(re.findall(rb"/Type /Page\b", (tmp_path / "a.pdf").read_bytes())) == 2
