import base64

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.errors import DataError
from analysis.language import Language
from analysis.reports.display import (
    METADATA,
    PICTURES,
    Column,
    Download,
    KeyFigure,
    KeyFigures,
    Picture,
    Table,
)

EVIL = "<script>alert(1)</script>"


def table(frame, **columns):
    return Table(frame, columns, "PNS menurut <provinsi>", Language("id"))


def picture():
    figure = Figure()
    figure.subplots().plot([0, 1], [0, 2])
    return Picture(figure, "Gambar PNS", "Naik dari 0 ke 2")


class TestTable:
    def test_two_columns_of_one_heading_are_refused(self):
        columns = {name: Column("X", "text") for name in ("nama", "total")}
        with pytest.raises(DataError, match="more than one column headed X"):
            Table(self.FRAME, columns, "PNS", Language("id"))

    FRAME = pd.DataFrame(
        {
            "nama": ["Aceh", EVIL],
            "pns": pd.array([153733, None], dtype="Int64"),
            "rasio": [27.3376, 0.5],
            "selisih": [80080.4, -12.2],
            "bagian": [0.0414, -0.2],
        }
    )

    def test_writes_numbers_in_indonesian_and_gaps_as_a_dash(self):
        cells = table(
            self.FRAME,
            nama=Column("Provinsi"),
            pns=Column("PNS", "integer"),
            rasio=Column("Rasio", "number", 2),
            selisih=Column("Selisih", "signed"),
            beda=Column("Beda", "signed_number", 1),
            bagian=Column("Bagian", "signed_percent"),
        )
        cells = Table(
            self.FRAME.assign(beda=[1.25, -1.25]), cells.columns, cells.caption, cells.language
        ).formatted()
        assert cells.iloc[0].tolist() == ["Aceh", "153.733", "27,34", "+80.080", "+1,2", "+4,1%"]
        assert cells.iloc[1].tolist() == [EVIL, "–", "0,50", "−12", "−1,2", "−20,0%"]

    def test_in_a_column_of_several_units_each_number_has_the_decimals_it_needs(self):
        frame = pd.DataFrame({"nilai": [60_000_000.0, 0.5, 2.25]})
        cells = table(frame, nilai=Column("Nilai", "number", None)).formatted()
        assert cells["Nilai"].tolist() == ["60.000.000", "0,5", "2,25"]

    def test_escapes_what_comes_from_data(self):
        data, _ = table(self.FRAME, nama=Column(f"Kolom {EVIL}"))._repr_mimebundle_()
        assert "<script" not in data["text/html"]
        assert "&lt;script&gt;" in data["text/html"]

    def test_prints_totals_last_and_leaves_them_out_of_the_data_to_take_along(self):
        shown = Table(
            pd.DataFrame({"nama": ["Aceh"], "pns": [3]}),
            {"nama": Column("Provinsi"), "pns": Column("PNS", "integer")},
            "PNS",
            Language("id"),
            totals=pd.DataFrame({"pns": [4321], "nama": ["Indonesia"]}),
        )
        data, said = shown._repr_mimebundle_()
        assert shown.formatted()["Provinsi"].tolist() == ["Aceh", "Indonesia"]
        assert "Indonesia 4321" in data["text/plain"]
        assert said[METADATA]["totals"] == 1
        assert said[METADATA]["data"]["rows"] == [["Aceh", 3]]

    def test_keeps_unrounded_values_for_nbval(self):
        data, _ = table(self.FRAME, rasio=Column("Rasio", "number", 0))._repr_mimebundle_()
        assert "27.3376" in data["text/plain"]

    def test_shows_nbval_no_digit_that_depends_on_the_processor(self):
        here, there = (
            table(pd.DataFrame({"pns": values}), pns=Column("PNS"))._repr_mimebundle_()[0]
            for values in ([403603.066244267, 0.0], [403603.0662442667, -1e-17])
        )
        assert here["text/plain"] == there["text/plain"]


class TestPicture:
    def test_carries_caption_text_alternative_and_fingerprint(self):
        data, metadata = picture()._repr_mimebundle_()
        caption, alt, fingerprint = data["text/plain"].splitlines()
        assert (caption, alt) == ("Gambar PNS", "Naik dari 0 ke 2")
        assert len(fingerprint.strip("[]")) == 16
        assert metadata["image/png"]["alt"] == "Naik dari 0 ke 2"
        assert metadata[METADATA] == {"kind": "picture", "caption": "Gambar PNS"}

    def test_is_svg_instead_in_the_run_of_an_edition(self, monkeypatch):
        monkeypatch.setenv(PICTURES, "svg")
        data, metadata = picture()._repr_mimebundle_()
        assert set(data) == {"image/svg+xml", "text/plain"}
        assert 'aria-label="Naik dari 0 ke 2"' in data["image/svg+xml"]
        assert set(metadata) == {METADATA}

    def test_is_a_png_with_the_same_bytes_every_time(self):
        first, second = (picture()._repr_mimebundle_()[0]["image/png"] for _ in range(2))
        assert base64.b64decode(first).startswith(b"\x89PNG")
        assert first == second


def test_a_download_is_compared_by_what_the_file_holds():
    data, _ = Download("a.xlsx", b"abc", "text/plain", "Unduh", "0123")._repr_mimebundle_()
    assert 'href="data:text/plain;base64,YWJj"' in data["text/html"]
    assert data["text/plain"] == "Unduh: a.xlsx\n[0123]"


def test_key_figures_escape_and_carry_themselves():
    figures = KeyFigures((KeyFigure("1,5", EVIL, "catatan"),), "Data: 2023")
    data, metadata = figures._repr_mimebundle_()
    assert "<script" not in data["text/html"]
    assert metadata[METADATA] == {
        "kind": "key_figures",
        "data_date": "Data: 2023",
        "figures": [{"value": "1,5", "label": EVIL, "note": "catatan"}],
    }
