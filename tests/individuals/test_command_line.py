"""The command line says what is wrong and returns 1, and never writes over what is there."""

from types import SimpleNamespace

import pytest
from individual_records import PNS

from analysis.individuals.__main__ import main
from analysis.individuals.person_keys import VARIABLE


@pytest.fixture
def file(tmp_path):
    columns = {"Nomor": PNS["nipBaru"], "TANGGAL LAHIR": "05-03-1985", "UNOR ID": "U1"}
    path = tmp_path / "simpeg.csv"
    path.write_text(";".join(columns) + "\n" + ";".join(columns.values()) + "\n")
    return path


def test_a_mapping_is_drafted_once_and_says_what_is_needed(file, capsys):
    assert main(["map", f"people={file}"]) == 0
    text = file.with_suffix(".toml").read_text()
    assert 'unorId = "UNOR ID"' in text
    assert '# nipBaru = ""  # NEEDED' in text
    assert 'tabel = "people"' in text
    assert PNS["nipBaru"] not in text
    assert main(["map", f"people={file}"]) == 1
    assert "already there" in capsys.readouterr().err


def test_what_cannot_be_read_is_said(file, capsys):
    assert main(["validate", f"people={file}", "--date", "2026-06-30"]) == 1
    assert "needs nipBaru, jenisKelamin" in capsys.readouterr().err


def test_without_a_key_nothing_is_read(file, capsys, monkeypatch, tmp_path):
    monkeypatch.delenv(VARIABLE, raising=False)
    asked = ["ingest", str(tmp_path / "out"), f"people={file}", "--date", "2026-06-30"]
    assert main(asked) == 1
    assert "keyed under a secret" in capsys.readouterr().err


def test_a_rule_that_is_none_is_refused_before_anything_is_read(file, capsys):
    with pytest.raises(SystemExit):
        main(["validate", str(file), "--date", "2026-06-30", "--accept", "people.nik"])
    assert "no rule is named 'people.nik'" in capsys.readouterr().err


def test_a_folder_that_is_taken_is_refused_before_anything_is_read(file, capsys, tmp_path):
    (tmp_path / "key").write_text("5" * 64)
    (tmp_path / "out").mkdir()
    asked = ["ingest", str(tmp_path / "out"), f"people={file}", "--date", "2026-06-30"]
    assert main([*asked, "--key-file", str(tmp_path / "key")]) == 1
    told = capsys.readouterr()
    assert "out is already there. Name another folder, or say --replace." in told.err
    assert not told.out


def test_a_day_in_another_order_is_told_how_to_be_written(file, capsys):
    with pytest.raises(SystemExit):
        main(["validate", str(file), "--date", "30-06-2026"])
    assert "'30-06-2026' is no day. Write year, month and day" in capsys.readouterr().err


def test_tables_that_lack_the_same_are_told_together(monkeypatch, capsys, tmp_path):
    made = SimpleNamespace(
        tables={}, lacking={"b": "no posts.", "c": "no units.", "a": "no posts."}
    )
    monkeypatch.setattr("analysis.individuals.__main__.open_records", lambda *_: None)
    monkeypatch.setattr("analysis.individuals.__main__.make_run", lambda *_, **__: made)
    assert main(["tables", str(tmp_path), "--run", "r", "--to", str(tmp_path / "r")]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[1:] == ["  a, b: not made; no posts.", "  c: not made; no units."]
