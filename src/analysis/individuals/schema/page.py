"""The reference page of the schema, from its declarations."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from analysis.individuals.schema import TABLES
from analysis.individuals.schema.code_lists import CodeLists
from analysis.individuals.schema.declarations import Column, Table

_OPENING: Final = """# Individual records · Data perorangan

Made by `make docs` from `analysis.individuals.schema`; do not edit. Names of columns are those of
BKN's SIASN where it has one. A table may lack any column that is not required: what hangs on it is
then missing, never zero. People are keyed (the NIP becomes `kunci`, a keyed hash) when an extract
is ingested; names, NIK, addresses and other personal data never enter a dataset.

*Halaman ini dibuat oleh `make docs` dari `analysis.individuals.schema`; jangan disunting. Nama
kolom mengikuti SIASN BKN bila ada. Tabel boleh tidak memiliki kolom yang tidak wajib: yang
bergantung padanya lalu tidak tersedia, bukan nol. Saat ekstrak dimasukkan, NIP diganti `kunci`
(hash berkunci); nama, NIK, alamat, dan data pribadi lain tidak masuk ke himpunan data.*

From an extract to tables, by five commands: see [the README](../README.md). `map` writes beside an
extract, as TOML, which of its columns is which of the schema, and what it did not recognise; check
and mend it: whoever reads the extract reads it too. `validate` says which rows break which rule;
`ingest` holds rows to the same rules and writes the dataset. What becomes of rows that break a rule
(`people.nip_form`), or any of a table (`people.*`), is yours to say: `--stop` (the default for what
is a fault), `--set-aside`, with the reason, or `--accept`. *Required*, below, is a column that a
table must have; *never missing*, one that must have a value in every row.

*Dari ekstrak ke tabel dengan lima perintah: lihat [README](../README.id.md). `map` menulis di
samping ekstrak, sebagai TOML, kolom mana yang mana menurut skema dan apa yang tidak dikenalinya;
periksa dan perbaiki: berkas itu dibaca setiap kali ekstrak dibaca. `validate` menyebut baris yang
melanggar aturan; `ingest` memeriksa aturan yang sama dan menulis himpunan data. Nasib baris yang
melanggar sebuah aturan (`people.nip_form`) atau semua aturan sebuah tabel (`people.*`) Anda yang
menentukan: `--stop` (bawaan untuk kesalahan), `--set-aside` beserta alasannya, atau `--accept`.
Di bawah ini "wajib" berarti kolomnya harus ada; "tidak boleh kosong", setiap barisnya terisi.*

Rules are checked and people counted by DuckDB, unless ASN_ENGINE, or `--engine` of `validate` and
`tables`, names another engine: `postgresql://user@host/database` (`uv sync --extra postgres`; the
password in PGPASSWORD or `~/.pgpass`; rows go into temporary tables), `spark` (`uv sync --extra
spark`; Java 17) or `spark://host:7077`, whose workers must see the dataset, and TMPDIR, under the
same names. The results are the same; Spark is for what one machine cannot hold. Each `uv sync`
takes out the extras that it does not name: for both engines, name both.

*Aturan diperiksa dan pegawai dihitung dengan DuckDB, kecuali ASN_ENGINE, atau `--engine` pada
`validate` dan `tables`, menyebut mesin lain: `postgresql://pengguna@host/basisdata` (`uv sync
--extra postgres`; kata sandi dalam PGPASSWORD atau `~/.pgpass`; baris masuk ke tabel sementara),
`spark` (`uv sync --extra spark`; Java 17), atau `spark://host:7077`, yang semua pekerjanya harus
melihat himpunan data dan TMPDIR dengan nama yang sama. Hasilnya sama; Spark untuk data yang tidak
muat pada satu mesin. Setiap `uv sync` mengeluarkan extra yang tidak disebutnya: untuk dua mesin,
sebut keduanya.*

An extract may lack what SIASN's own exports lack. The list of units of 10 columns has neither
`JenisUnorId`, which report 10 and the study of report 13 need, nor `kabkota`, which report 14
needs: add a column of that name (the kind in words, as `data/raw/aturan_penyederhanaan.csv` has
them in `jenis_unit`, such as kecamatan, uptd or sekretariat). A code may stand under its heading as
its name: Jabatan Struktural is 1.

*Ekspor SIASN sendiri tidak memuat semuanya. Daftar unor (10 kolom) tidak memiliki `JenisUnorId`,
yang diperlukan laporan 10 dan tugas belajar dalam laporan 13, ataupun `kabkota`, yang diperlukan
laporan 14: tambahkan kolom dengan nama itu (jenisnya dengan kata, seperti dalam kolom `jenis_unit`
pada `data/raw/aturan_penyederhanaan.csv`, misalnya kecamatan, uptd, atau sekretariat). Sebagai
ganti kode, namanya boleh ditulis: Jabatan Struktural sama dengan 1.*

To remove a dataset, delete its folder. If `ingest` was killed, or the machine stopped, delete what
it could not: the hidden folder `.asn-...` beside that of the dataset. A run is the folder of its
name in `data/processed/protected`; of a run that left the machine keep the file in the log, without
which nobody protects what it told. The key is needed only to give the same people the same `kunci`
in the next extract.

*Untuk menghapus himpunan data, hapus foldernya. Jika `ingest` dihentikan paksa, atau mesinnya mati,
hapus pula yang tidak sempat dihapusnya: folder tersembunyi `.asn-...` di samping folder himpunan
data. Run adalah folder bernama sama di `data/processed/protected`; bila run sudah keluar dari
mesin, simpan berkasnya di log, sebab tanpa itu yang sudah dikatakannya tidak dilindungi. Kuncinya
hanya diperlukan agar orang yang sama mendapat `kunci` yang sama pada ekstrak berikutnya.*

Verification of codes · tingkat pemeriksaan kode: V1 text read · naskah dibaca; V2 second source ·
sumber kedua; C seen in software · tampak dalam kode; U not checked · belum diperiksa.
"""

_TYPES: Final = {
    "text": "text · teks",
    "date": "date · tanggal",
    "integer": "whole number · bilangan bulat",
    "number": "number · angka",
    "flag": "yes or no · ya atau tidak",
}


def schema_page(codes: CodeLists) -> str:
    """Return the page, in Markdown: every table with its columns, then the code lists."""
    return "\n".join([_OPENING, *map(_table, TABLES.values()), *_lists(codes)])


def _table(table: Table) -> str:
    lines = [
        f'<a id="{table.name}"></a>',
        "",
        f"## `{table.name}`",
        "",
        f"One row: {table.english}. *Satu baris: {table.indonesian}.* BKN: {table.source}."
        + (f" Key · kunci: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""),
        "",
        "| column · kolom | meaning · arti | type · tipe | constraint · batasan |",
        "|---|---|---|---|",
    ]
    for column in table:
        meaning = f"{column.english} · *{column.indonesian}*"
        cells = [f"`{column.name}`", meaning, _TYPES[column.type], "; ".join(_limits(column))]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([*lines, ""])


def _limits(column: Column) -> Iterator[str]:
    if column.required:
        yield "required · wajib"
    if column.filled:
        yield "never missing · tidak boleh kosong"
    if column.keyed:
        yield "keyed on ingestion · diganti kunci"
    elif column.identifying:
        yield "personal · pribadi"
    if column.lists:
        yield "codes · kode: " + ", ".join(
            f"[{name}](#{name})" + ("" if part == "kode" else f" ({part})")
            for name, part in column.lists
        )
    if column.pattern:
        yield f"`{column.pattern}`"
    if column.minimum is not None or column.maximum is not None:
        yield "..".join("" if b is None else f"{b:g}" for b in (column.minimum, column.maximum))
    if column.references:
        yield f"points to · mengacu `{column.references}`"


def _lists(codes: CodeLists) -> Iterator[str]:
    yield "## Code lists · Daftar kode\n"
    used = {name for table in TABLES.values() for column in table for name, _ in column.lists}
    for name, rows in codes.table.groupby("daftar", sort=True):
        if name not in used:
            continue
        counts = Counter(rows["verifikasi"].tolist())
        levels = ", ".join(f"{level} {n}" for level, n in sorted(counts.items()))
        yield f'<a id="{name!s}"></a>\n\n### {name!s}\n\n{levels}\n'
        yield "| kode | nama | |\n|---|---|---|"
        for row in rows.itertuples(index=False):
            yield f"| {row.kode} | {row.nama} | {row.verifikasi} |"
        yield ""
