"""A mapping of an own tree is drafted, then checked, before a report is made of it."""

import pytest

from analysis.datasets.organisations.__main__ import main

TREE = """Kode Unor;Nama Unor;ID Induk;Eselon;Telepon
1;Dinas Sosial;;II.b;021
2;Bidang Bantuan;1;III.b;022
3;Seksi Data;2;IV.a;023
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "unor.csv"
    path.write_text(TREE, encoding="utf-8")
    return path


def test_the_draft_is_a_mapping_that_the_check_reads(file, capsys):
    assert main(["draft", str(file)]) == 0
    mapping = file.with_suffix(".toml")
    text = mapping.read_text("utf-8")
    assert 'induk = "ID Induk"' in text
    assert '# ... = "Telepon"' in text
    assert "# induk_dari_urutan = true" in text
    assert main(["check", str(file), str(mapping), "--scope", "kabkota"]) == 0
    assert "3 units; inferred: 0 parents, 0 echelons" in capsys.readouterr().out


def test_a_mapping_is_not_written_over_unasked(file, capsys):
    assert main(["draft", str(file)]) == 0
    assert main(["draft", str(file)]) == 1
    assert "is already there. Say --replace" in capsys.readouterr().err
    assert main(["draft", str(file), "--replace"]) == 0
