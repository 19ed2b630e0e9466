"""The command line says what is wrong and returns 1, and never writes over what is there."""

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
