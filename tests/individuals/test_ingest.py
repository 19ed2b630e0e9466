"""From an extract to a dataset: keyed, whole or not at all, and every row accounted for."""

import datetime as dt
import resource

import duckdb
import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from individual_records import PNS, PPPK, as_arrow, units

from analysis.errors import DataError, ParameterError
from analysis.individuals import ingest as ingesting
from analysis.individuals import row_files
from analysis.individuals.folders import new_dataset, open_dataset
from analysis.individuals.ingest import ingest, read_extracts
from analysis.individuals.person_keys import PersonKey
from analysis.individuals.reading.engine import embedded, streamed
from analysis.individuals.reading.opening import Named, open_named, reading
from analysis.individuals.validation.choices import Choices
from analysis.individuals.validation.parts import with_parts
from analysis.individuals.validation.rules import RULES

KEY = PersonKey(b"0123456789abcdef0123456789abcdef")
OTHER = PNS | {"nipBaru": "198503052010019007", "golRuangAkhir": "III/z"}
ASIDE = Choices([("people.*", "set aside")])


def named(path, table="people"):
    return Named.of(f"{table}={path}")


def csv(path, rows):
    columns = list(rows[0])
    lines = [";".join(columns)]
    lines += [";".join("" if row[c] is None else str(row[c]) for c in columns) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def engine():
    with embedded(2) as engine:
        yield engine


@pytest.fixture(scope="module")
def extracts(engine, basis, tmp_path_factory):
    """Return people as a CSV: two sound, one with an unknown code, and one of them twice more."""
    rows = [PNS, PPPK, OTHER, PNS, PNS]
    file = csv(tmp_path_factory.mktemp("extract") / "people.csv", rows)
    return read_extracts(engine, [named(file)], basis, basis.codes)


@pytest.fixture(scope="module")
def dataset(engine, extracts, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "data"
    return ingest(engine, extracts, folder, KEY, ASIDE), open_dataset(folder)


def rows_of(dataset, table):
    (file,) = dataset.of(table)
    return pq.read_table(file).to_pylist()


def test_rows_in_are_rows_used_and_rows_set_aside(dataset, extracts):
    rows, whole = dataset
    assert rows == {"people": (2, 3)}
    assert whole.rows == {"people": 2, "set_aside_people": 3}
    assert whole.notes["rows"]["people"] == {"in": 5, "used": 2, "set_aside": 3}
    text = extracts.report(ASIDE, rows).to_text("id")
    assert "people: 5 baris masuk = 2 baris dipakai + 3 baris disisihkan" in text


def test_rows_set_aside_say_why_and_where_they_stood(dataset):
    aside = rows_of(dataset[1], "set_aside_people")
    assert [(row["_baris"], row["alasan"]) for row in aside] == [
        (4, "code_golRuangAkhir"),
        (5, "repeated_row"),
        (6, "repeated_row"),
    ]


def test_a_key_stands_for_every_number(dataset):
    whole = dataset[1]
    people = rows_of(whole, "people")
    assert {row["kunci"] for row in people} == {KEY.of(PNS["nipBaru"]), KEY.of(PPPK["nipBaru"])}
    assert "nipBaru" not in people[0]
    everything = b"".join(file.read_bytes() for file in whole.folder.rglob("*") if file.is_file())
    for row in people:
        assert str(row).find("19850305201001") == -1
    for secret in (b"198503052010019001", b"199205052024219002", KEY.secret):
        assert secret not in everything
    assert whole.keyed
    assert whole.synthetic


def test_the_manifest_says_what_was_chosen(dataset):
    assert dataset[1].notes["rules"]["people.repeated_row"] == {"rows": 2, "choice": "set aside"}
    assert dataset[1].notes["key_fingerprint"] == KEY.fingerprint


def test_without_a_choice_nothing_is_written(engine, extracts, tmp_path):
    with pytest.raises(DataError, match=r"(?s)people.repeated_row: 2 rows.*--set-aside RULE"):
        ingest(engine, extracts, tmp_path / "data", KEY, Choices())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("trouble", "error", "message"),
    [
        (KeyboardInterrupt("now"), KeyboardInterrupt, "now"),
        (
            duckdb.IOException("No space left on device"),
            DataError,
            "the disk for temporary files is full",
        ),
        (duckdb.InvalidInputException("row 1985"), DataError, "cannot be read to its end"),
        ((1, 1), DataError, "had 5 rows when it was checked and 2 when it was written"),
    ],
)
def test_whatever_stops_it_leaves_no_dataset(
    engine, extracts, tmp_path, monkeypatch, trouble, error, message
):
    def write(*_):
        if isinstance(trouble, BaseException):
            raise trouble
        return trouble

    monkeypatch.setattr(ingesting, "_write", write)
    with pytest.raises(error, match=message):
        ingest(engine, extracts, tmp_path / "data", KEY, ASIDE)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_takes_no_more_leaves_no_dataset(engine, extracts, tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))  # the system refuses the rest
    try:
        with pytest.raises(DataError, match=r"cannot be written: .* disk is not full"):
            ingest(engine, extracts, tmp_path / "data", KEY, ASIDE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_a_row_that_cannot_be_read_on_the_way_is_said_and_not_shown(engine):
    half = "SELECT CASE WHEN i < 5000 THEN i ELSE ('secret' || i)::INT END FROM range(9000) t(i)"
    with pytest.raises(DataError, match="x cannot be read to its end") as caught, reading("x"):
        list(streamed(engine, half, 10))
    assert "secret" not in str(caught.value)


def shuffled(rng, number=60):
    """Return people of whom a third stand twice, a few contradict themselves, a few are wrong."""
    people = [PNS | {"nipBaru": f"198503052010019{i:03}"} for i in range(1, number + 1)]
    for i, change in enumerate([{"golRuangAkhir": "III/z"}, {"unorId": "U9"}, {"nipBaru": None}]):
        for row in people[i:number:11]:
            row |= change
    again = [dict(people[i]) for i in rng.integers(0, number, number // 2)]
    for row in again[::4]:
        row["golRuangAkhir"] = "III/d"
    return [(people + again)[i] for i in rng.permutation(number + number // 2)]


def by_hand(rows):
    """Return the rules that each row breaks, in their order, row after row."""
    frame = pd.DataFrame(rows).astype(object)
    known = frame["nipBaru"].notna()
    whole = frame.apply(lambda row: tuple(map(str, row)), axis=1)
    different = whole.groupby(frame["nipBaru"]).transform("nunique")
    broken = {
        "unit_unknown": ~frame["unorId"].isin(["U0", "U1", "U2", "U3"]),
        "missing_nipBaru": ~known,
        "code_golRuangAkhir": frame["golRuangAkhir"] == "III/z",
        "repeated_row": known & whole.duplicated(),
        "repeated_key": known & (different > 1),
    }
    return [";".join(name for name in broken if broken[name][i]) for i in frame.index]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_set_aside_is_what_is_found_by_hand(engine, basis, tmp_path, monkeypatch, seed):
    monkeypatch.setattr(row_files, "BATCH", 16)
    monkeypatch.setattr(ingesting, "BATCH", 7)
    rows = shuffled(np.random.default_rng(seed))
    pq.write_table(as_arrow("people", rows), tmp_path / "people.parquet", row_group_size=10)
    pq.write_table(units().to_pyarrow(), tmp_path / "units.parquet")
    places = [named(tmp_path / f"{name}.parquet", name) for name in ("people", "units")]
    extracts = read_extracts(engine, places, basis, basis.codes)
    written = ingest(engine, extracts, tmp_path / "data", KEY, ASIDE)
    whole = open_dataset(tmp_path / "data")
    reasons = by_hand(rows)
    asked = [(row["nipBaru"] and KEY.of(row["nipBaru"]), row["golRuangAkhir"]) for row in rows]
    used = [(row["kunci"], row["golRuangAkhir"]) for row in rows_of(whole, "people")]
    aside = [
        (row["kunci"], row["golRuangAkhir"], row["alasan"])
        for row in rows_of(whole, "set_aside_people")
    ]
    assert written == {"people": (len(used), len(aside)), "units": (4, 0)}
    assert used == [row for row, why in zip(asked, reasons, strict=True) if not why]
    assert aside == [(*row, why) for row, why in zip(asked, reasons, strict=True) if why]


def test_rows_are_written_alike_however_they_come(tmp_path, monkeypatch):
    monkeypatch.setattr(row_files, "BATCH", 16)
    table = pa.table({"a": range(50), "b": [f"text {i % 7}" for i in range(50)]})
    written = set()
    for size in (1, 7, 16, 50):
        with row_files.RowFile(tmp_path / str(size)) as file:
            for batch in table.to_batches(max_chunksize=size):
                file.add(batch)
        (part,) = (tmp_path / str(size)).iterdir()
        assert pq.read_table(part).equals(table)
        written.add(part.read_bytes())
    assert len(written) == 1


@pytest.mark.parametrize("rows", [8, 40])
def test_what_goes_wrong_while_rows_are_packed_is_raised(tmp_path, monkeypatch, rows):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(row_files, "BATCH", 16)
    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    batches = pa.table({"a": range(rows)}).to_batches(max_chunksize=8)

    def write():
        with row_files.RowFile(tmp_path / "rows") as file:
            for batch in batches:
                file.add(batch)

    with pytest.raises(OSError, match="No space"):
        write()


def test_a_pattern_means_faults_and_a_later_choice_goes_first():
    choices = Choices(
        [("people.*", "set aside"), ("people.nip_*", "accept"), ("people.nip_form", "stop")]
    )
    assert choices.of("people.echelon_missing") == "set aside"
    assert choices.of("people.nip_rounded") == "accept"
    assert choices.of("people.nip_form") == "stop"
    assert choices.of("people.seconded") == "accept"
    assert Choices([("people.seconded", "stop")]).of("people.seconded") == "stop"
    with pytest.raises(ParameterError, match=r"no rule is named 'people\.nip'"):
        Choices([("people.nip", "accept")])


def opened(engine, basis, path, table="people"):
    (found,) = open_named(engine, named(path, table), basis.codes)
    return found


def test_excel_numbers_and_mixed_dates_are_reported_and_not_dropped(engine, basis, tmp_path):
    dates = ["05/03/1985", "1985-03-05 00:00:00", "31-06-1985", "44197"]
    rows = [PNS | {"tglLahir": date, "nipBaru": "1,98503E+17"} for date in dates]
    found = opened(engine, basis, csv(tmp_path / "p.csv", rows))
    cells = found.table.select("nipBaru", "tglLahir", "_tak_terbaca").to_pyarrow().to_pylist()
    assert [row["tglLahir"] for row in cells] == [dt.date(1985, 3, 5)] * 2 + [None] * 2
    assert [row["_tak_terbaca"] for row in cells] == ["", "", "|tglLahir|", "|tglLahir|"]
    assert cells[0]["nipBaru"] == "1,98503E+17"
    texts = " ".join(note.text() for note in found.notes)
    assert "YYYY-MM-DD 1, DD-MM-YYYY 2, ? 1" in texts


def test_a_number_in_place_of_a_text_is_found_to_be_rounded(engine, basis, tmp_path):
    table = as_arrow("people", [PNS])
    number = pa.array([float(PNS["nipBaru"])])
    pq.write_table(table.set_column(0, "nipBaru", number), tmp_path / "p.parquet")
    found = opened(engine, basis, tmp_path / "p.parquet").table
    rounded = RULES["people.nip_rounded"]
    parts = with_parts(found)
    assert parts.aggregate(n=rounded.failing(parts, basis).sum()).to_pyarrow().to_pylist() == [
        {"n": 1}
    ]


def test_thousands_and_fractions_of_people(engine, basis, tmp_path):
    post = {"unorId": "U1", "jabatan": "Guru", "kelas": 9}
    rows = [post | {"kebutuhan": text} for text in ("1.200", "1.000", "12", "3,0", "1,5", "-")]
    found = opened(engine, basis, csv(tmp_path / "posts.csv", rows), "posts")
    cells = found.table.to_pyarrow().to_pylist()
    assert [row["kebutuhan"] for row in cells] == [1200, 1000, 12, 3, None, None]
    assert [row["_tak_terbaca"] for row in cells] == ["", "", "", "", "|kebutuhan|", ""]
    assert any(note.key == "thousands" and note.values == {"count": 2} for note in found.notes)


def test_places_of_work_are_found_by_name(engine, basis, tmp_path):
    names = ["KAB. BANDUNG", "Kota Bandung", "Jawa Barat", "Atlantis", None]
    rows = [
        {k: v for k, v in PNS.items() if k not in ("provinsi", "kabkota")} | {"lokasiKerja": name}
        for name in names
    ]
    found = opened(engine, basis, csv(tmp_path / "p.csv", rows))
    cells = found.table.select("provinsi", "kabkota").to_pyarrow().to_pylist()
    assert [(row["provinsi"], row["kabkota"]) for row in cells] == [
        ("32", "32.04"),
        ("32", "32.73"),
        ("32", None),
        (None, None),
        (None, None),
    ]


def test_a_place_is_found_among_thousands_of_names(engine, basis, tmp_path):
    names = [f"Desa {number}" for number in range(5_001)] + ["Kota Bandung"]
    lacking = {k: v for k, v in PNS.items() if k not in ("provinsi", "kabkota")}
    rows = [lacking | {"lokasiKerja": name} for name in names]
    found = opened(engine, basis, csv(tmp_path / "p.csv", rows))
    assert found.table.kabkota.count().to_pyarrow().as_py() == 1
    assert {"column": "lokasiKerja", "count": 5_002, "unknown": 5_001} in [
        note.values for note in found.notes
    ]


def test_a_mapping_beside_the_file_says_other_names_and_values(engine, basis, tmp_path):
    rows = [{"no_induk" if k == "nipBaru" else k: v for k, v in PNS.items()} | {"jenisKelamin": 1}]
    file = csv(tmp_path / "p.csv", rows)
    with pytest.raises(DataError, match=r"needs nipBaru.*not recognised: 'no_induk'"):
        opened(engine, basis, file)
    columns = "\n".join(f'{k} = "{"no_induk" if k == "nipBaru" else k}"' for k in PNS)
    file.with_suffix(".toml").write_text(
        f'[kolom]\n{columns}\n[sumber]\ntabel = "people"\n[nilai.jenisKelamin]\n"1" = "M"\n'
    )
    (row,) = opened(engine, basis, file).table.to_pyarrow().to_pylist()
    assert (row["nipBaru"], row["jenisKelamin"]) == (PNS["nipBaru"], "M")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[kolom]\nnipBaru = "X"\n[sumber]\ntabel = "people"', "no column of .* is headed so"),
        ('[kolom]\nnik = "X"', "'nik' is not known"),
        ('[kolom]\nId = "nipBaru"\n[sumber]\ntabel = "people"', "has no column 'Id'"),
        ('[kolom]\nnipBaru = "nipBaru"\n[tanggal]\nurutan = "x"', "is none of hari-bulan-tahun"),
        ("[kolom\n", "no TOML"),
    ],
)
def test_a_mapping_that_is_wrong(engine, basis, tmp_path, text, message):
    file = csv(tmp_path / "p.csv", [PNS])
    file.with_suffix(".toml").write_text(text)
    with pytest.raises(DataError, match=message):
        opened(engine, basis, file)


def test_extracts_that_are_no_extracts(engine, basis, tmp_path):
    empty = csv(tmp_path / "empty.csv", [PNS])
    empty.write_text(empty.read_text().splitlines()[0] + "\n")
    with pytest.raises(DataError, match="headings but no rows"):
        opened(engine, basis, empty)
    cut = tmp_path / "cut.parquet"
    pq.write_table(as_arrow("people", [PNS]), cut)
    cut.write_bytes(cut.read_bytes()[:-20])
    with pytest.raises(DataError, match="no whole Parquet file"):
        opened(engine, basis, cut)
    with pytest.raises(DataError, match="is not there"):
        opened(engine, basis, tmp_path / "none.csv")
    (tmp_path / "a.docx").write_text("x")
    with pytest.raises(DataError, match=r"kind \.docx are not read"):
        opened(engine, basis, tmp_path / "a.docx")
    with pytest.raises(ParameterError, match="there is no table 'pegawai'"):
        Named.of("pegawai=x.csv")


def test_a_table_that_comes_twice(engine, basis, tmp_path):
    file = csv(tmp_path / "p.csv", [PNS])
    with pytest.raises(DataError, match="The table people comes twice"):
        read_extracts(engine, [named(file), Named.of(str(file))], basis, basis.codes)


def test_a_database_is_left_where_its_tables_cannot_be_read(engine, basis, monkeypatch):
    class Database:
        left = 0

        def disconnect(self):
            self.left += 1

    database = Database()

    def connected(_engine, _place, _codes, connections):
        connections["postgresql://"] = database
        raise DataError("no such table")
        yield

    monkeypatch.setattr(ingesting, "open_named", connected)
    with pytest.raises(DataError, match="no such table"):
        read_extracts(engine, [Named("people", "postgresql://", None)], basis, basis.codes)
    assert database.left == 1


@pytest.mark.parametrize(
    ("marks", "made_up"),
    [(("ya", "ya"), True), (("ya", "tidak"), False), (("tidak", "tidak"), False)],
)
def test_rows_that_say_they_are_made_up_are_so_though_their_numbers_do_not(
    engine, basis, tmp_path, marks, made_up
):
    rounded = [PNS | {"nipBaru": number} for number in ("198503052010010000", "198503052010020000")]
    marked = [row | {"sintetis": mark} for row, mark in zip(rounded, marks, strict=True)]
    file = csv(tmp_path / "people.csv", marked)
    assert read_extracts(engine, [named(file)], basis, basis.codes).synthetic == made_up


def test_a_dataset_is_read_as_a_whole_unless_it_was_keyed(engine, basis, tmp_path, dataset):
    with new_dataset(tmp_path / "made", synthetic=True, keyed=False) as draft:
        folder = draft.path / "people" / "provinsi=32"
        folder.mkdir(parents=True)
        rows = as_arrow("people", [PNS, PPPK]).drop_columns(["provinsi"])
        pq.write_table(rows, folder / "a.parquet")
    (found,) = open_named(engine, Named.of(str(tmp_path / "made")), basis.codes)
    assert found.synthetic
    assert found.table.provinsi.to_pyarrow().to_pylist() == ["32", "32"]
    with pytest.raises(DataError, match="was ingested already"):
        list(open_named(engine, Named.of(str(dataset[1].folder)), basis.codes))


def test_the_engine_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with embedded(1) as engine:
        assert [path.stat().st_mode & 0o077 for path in tmp_path.iterdir()] == [0]
        engine.con.execute("SELECT 1")
    assert list(tmp_path.iterdir()) == []
    assert ibis.options.sql.fuse_selects is False
