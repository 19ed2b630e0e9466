"""The command line says what is wrong and returns 1, and never writes over what is there."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from individual_records import PNS

from analysis.datasets import read_processed
from analysis.individuals.__main__ import main
from analysis.individuals.person_keys import VARIABLE
from analysis.individuals.reading.opening import Named, mapping_for
from analysis.paths import ROOT


@pytest.fixture
def file(tmp_path):
    columns = {"Nomor": PNS["nipBaru"], "TANGGAL LAHIR": "05-03-1985", "UNOR ID": "U1"}
    path = tmp_path / "simpeg.csv"
    path.write_text(";".join(columns) + "\n" + ";".join(columns.values()) + "\n")
    return path


def test_a_mapping_is_drafted_once_and_says_what_is_needed(file, capsys):
    assert main(["map", f"people={file}"]) == 0
    told = capsys.readouterr().out
    assert "not recognised, so not read: Nomor\n" in told
    assert "NEEDED, so write in it which heading is which: nipBaru, jenisKelamin, jenisJab" in told
    text = file.with_suffix(".toml").read_text()
    assert 'unorId = "UNOR ID"' in text
    assert '# nipBaru = ""  # NEEDED' in text
    assert 'tabel = "people"' in text
    assert PNS["nipBaru"] not in text
    assert main(["map", f"people={file}"]) == 1
    assert "already there" in capsys.readouterr().err


LAYOUTS = {  # as applications of agencies head their exports: those that count, others, of persons
    "simpeg": (
        "NIP;TGL_LAHIR;JNS_KELAMIN;STATUS_PEGAWAI;GOL_RUANG;PENDIDIKAN;KODE_UNIT_KERJA;"
        "UNIT_KERJA;OPD;JENIS_JABATAN;JABATAN;TMT_JABATAN",
        "HOBI",
        "NAMA;AGAMA NAMA",
    ),
    "bkd": (
        "Nomor Induk Pegawai;Tgl. Lahir;L/P;Golongan Akhir;Tingkat Pendidikan;Kode Unit;"
        "Nama Unit Kerja;Nama SKPD;Jns. Jabatan;Nama Jabatan;TMT CPNS",
        "Masa Kerja",
        "Nama;No. HP",
    ),
    "e-kinerja": (
        "nip_baru;tanggal_lahir;jenkel;stapeg;pangkat_golongan;tk_pendidikan;id_unor;nama_unor;"
        "nama_opd;kode_jenis_jabatan;nm_jabatan;tgl_pensiun;tempat_tugas",
        "hobi",
        "email",
    ),
}


@pytest.mark.parametrize(("known", "others", "of_persons"), LAYOUTS.values(), ids=list(LAYOUTS))
def test_layouts_of_agencies_are_recognised_and_the_rest_is_listed(
    known, others, of_persons, tmp_path, capsys
):
    path = tmp_path / "pegawai.csv"
    headings = [*known.split(";"), *others.split(";"), *of_persons.split(";")]
    path.write_text(";".join(headings) + "\n" + ";".join("x" for _ in headings) + "\n")
    assert main(["map", f"people={path}"]) == 0
    told = capsys.readouterr().out
    assert f"{known.count(';') + 1} of {len(headings)} columns recognised" in told
    assert f"not recognised, so not read: {', '.join(others.split(';'))}\n" in told
    assert f"of persons, so not read: {', '.join(of_persons.split(';'))}\n" in told
    text = path.with_suffix(".toml").read_text()
    assert "NEEDED" not in text
    _, _, apart = text.partition("# Data of persons, which is not read unless a field names it:\n")
    assert all(f'# ... = "{heading}"' in apart for heading in of_persons.split(";"))
    assert not any(f'# ... = "{heading}"' in apart for heading in others.split(";"))


def test_what_siasn_keeps_of_persons_is_told_apart_from_what_no_table_needs(tmp_path, capsys):
    layouts = read_processed("susunan_siasn")
    headings = layouts.loc[layouts["susunan"] == "profil", "kolom"]
    path = tmp_path / "siasn.csv"
    path.write_text(";".join(headings) + "\n")
    assert main(["map", f"people={path}"]) == 0
    told = capsys.readouterr().out
    (of_persons,) = re.findall("of persons, so not read: (.*)", told)
    (others,) = re.findall("not recognised, so not read: (.*)", told)
    assert {"NIK", "AGAMA ID", "NAMA SEKOLAH"} <= {*of_persons.split(", ")}
    assert {"KPKN ID", "MK TAHUN"} <= {*others.split(", ")}
    assert "NIP BARU" not in told


def test_codes_under_the_heading_of_a_name_are_codes(tmp_path):
    path = tmp_path / "siasn.csv"
    path.write_text("NIP;INSTANSI\n1;A5EB03E23CCCF6A0E040640A040252AD\n")
    assert main(["map", f"people={path}"]) == 0
    text = path.with_suffix(".toml").read_text()
    assert 'instansiKerjaId = "INSTANSI"' in text
    assert '# instansiKerjaNama = ""' in text
    path.write_text("NIP;INSTANSI\n1;Kabupaten Contoh\n")
    assert main(["map", f"people={path}", "--replace"]) == 0
    assert 'instansiKerjaNama = "INSTANSI"' in path.with_suffix(".toml").read_text()


def test_codes_beside_the_name_are_codes_and_the_name_is_read_too(tmp_path):
    path = tmp_path / "siasn.csv"
    path.write_text("NIP;INSTANSI;instansiKerjaNama\n1;A5EB03E23CCCF6A0E040640A;Kab. Contoh\n")
    assert main(["map", f"people={path}"]) == 0
    text = path.with_suffix(".toml").read_text()
    assert 'instansiKerjaId = "INSTANSI"' in text
    assert 'instansiKerjaNama = "instansiKerjaNama"' in text


def test_files_of_one_stem_have_a_mapping_each(file, tmp_path):
    other = tmp_path / "simpeg.txt"
    other.write_text("NIP;JP\n1;20\n")
    assert main(["map", f"people={file}"]) == 0
    assert main(["map", f"training={other}"]) == 0
    assert Named.of(f"people={file}").mapping == tmp_path / "simpeg.csv.toml"
    assert Named.of(f"training={other}").mapping == tmp_path / "simpeg.txt.toml"


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


def test_an_extract_after_a_choice_is_no_rule_and_told_where_it_belongs(file, capsys):
    with pytest.raises(SystemExit):
        main(["validate", "--date", "2026-06-30", "--accept", "people.*", f"people={file}"])
    assert "Extracts stand before --accept" in capsys.readouterr().err


def test_a_heading_of_names_will_do_where_a_code_is_needed(tmp_path, capsys):
    path = tmp_path / "simpeg.csv"
    path.write_text("NIP;L/P;Tgl Lahir;Kode Unit;Jenis\n1;L;25-03-1985;U1;Jabatan Struktural\n")
    mapping = path.with_suffix(".toml")
    mapping.write_text(
        '[kolom]\nnipBaru = "NIP"\njenisKelamin = "L/P"\ntglLahir = "Tgl Lahir"\n'
        'unorId = "Kode Unit"\njenisJabatan = "Jenis"\n[sumber]\ntabel = "people"\n'
    )
    assert main(["validate", f"people={path}", "--date", "2026-06-30"]) == 1
    told = capsys.readouterr().err
    assert "needs jenisJabatanId (code or name)" in told
    mapping.write_text(mapping.read_text().replace("jenisJabatan ", "jenisJabatanId "))
    assert main(["validate", f"people={path}", "--date", "2026-06-30"]) == 0
    assert "Jabatan Struktural = 1" in capsys.readouterr().out


def test_a_dataset_is_not_written_where_it_could_be_published(file, capsys, tmp_path):
    (tmp_path / "key").write_text("5" * 64)
    asked = ["ingest", str(ROOT / "asn"), f"people={file}", "--date", "2026-06-30"]
    assert main([*asked, "--key-file", str(tmp_path / "key")]) == 1
    assert "asn lies in the repository, where it could be published" in capsys.readouterr().err
    assert not (ROOT / "asn").exists()


def test_what_is_no_dataset_is_told_how_to_become_one(file, capsys):
    assert main(["tables", str(file), "--run", "2026-06"]) == 1
    assert "with `python -m analysis.individuals ingest`" in capsys.readouterr().err


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
    assert told[2:] == ["  a, b: not made; no posts.", "  c: not made; no units."]


def test_cells_that_are_public_exactly_are_told_apart(monkeypatch, capsys, tmp_path):
    seen = {}
    monkeypatch.setattr("analysis.individuals.__main__.open_records", lambda *_: None)
    monkeypatch.setattr(
        "analysis.individuals.__main__.make_run",
        lambda *_, **given: seen.update(given) or SimpleNamespace(tables={}, lacking={}),
    )
    file = tmp_path / "known.csv"
    file.write_text("tabel,unit,paling_sedikit,paling_banyak,sumber\nt,a,1,1,Perda\nt,b,,3,Perda\n")
    asked = ["tables", str(tmp_path), "--run", "r", "--to", str(tmp_path / "r")]
    assert main([*asked, "--known", str(file)]) == 0
    assert "2 cells of which something is public, 1 of them exactly" in capsys.readouterr().out
    assert [(each.least, each.most) for each in seen["known"]] == [(1, 1), (0, 3)]


@pytest.mark.parametrize("table", ["ms_pegawai", "public.pegawai"])
def test_the_mapping_of_a_table_of_a_database_is_where_map_drafts_it(table, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    address = f"people=postgresql://u@h/db?schema=simpeg&table={table}"
    assert Named.of(address).mapping is None
    drafted = mapping_for(Path(f"{table}.toml"))
    drafted.write_text("")
    assert Named.of(address).mapping == drafted
    assert Named.of("postgresql://u@h/db").mapping is None
    Path("people.toml").write_text("")
    assert str(Named.of("people=postgresql://u@h/db").mapping) == "people.toml"
