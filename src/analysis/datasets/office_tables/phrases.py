"""The words of an account, by key: Indonesian and English."""

from analysis.language import Code

PHRASES: dict[str, dict[Code, str]] = {
    "text_file": {
        "id": "dibaca sebagai {encoding}, pemisah {separator}",
        "en": "read as {encoding}, separated by {separator}",
    },
    "sheet": {"id": "lembar {sheet}", "en": "sheet {sheet}"},
    "parquet": {"id": "berkas Parquet", "en": "Parquet"},
    "dump": {
        "id": "perintah INSERT untuk tabel {table}",
        "en": "INSERT statements of the table {table}",
    },
    "database": {"id": "tabel {table} di PostgreSQL", "en": "the table {table} of PostgreSQL"},
    "whole": {"id": "himpunan data utuh, sudah baku", "en": "a whole dataset, in the schema"},
    "layout": {
        "id": "susunan SIASN {layout} ({count} kolom)",
        "en": "SIASN's own layout {layout} ({count:column|columns})",
    },
    "ignored": {
        "id": "{count} kolom tidak dibaca: {text}",
        "en": "{count:column|columns} not read: {text}",
    },
    "dates_said": {
        "id": "tanggal dibaca {order}, menurut pemetaan atau susunan SIASN",
        "en": "dates read as {order}, as the mapping or SIASN's layout says",
    },
    "dates_found": {
        "id": "tanggal dibaca {order}, dipastikan oleh tanggal dengan hari di atas 12",
        "en": "dates read as {order}, settled by dates whose day is above 12",
    },
    "dates_born": {
        "id": "tanggal dibaca {order}, menurut tanggal lahir dalam NIP",
        "en": "dates read as {order}, as the dates of birth in the NIPs say",
    },
    "dates_assumed": {
        "id": "{count} tanggal dapat dibaca dua cara dan tidak ada yang memastikan urutannya di "
        "kolom ini: dianggap {order} seperti kolom lain",
        "en": "{count:date has|dates have} two readings and none of the column settles the order: "
        "taken to be {order}, like other columns",
    },
    "dates_mixed": {
        "id": "{count} tanggal hanya cocok dengan NIP bila dibaca {order}: kolom ini mencampur dua "
        "urutan, dan tanggal lain pada baris itu patut diperiksa",
        "en": "{count:date fits|dates fit} the NIP only if read as {order}: the column mixes "
        "two orders, and other dates of those rows are to be checked",
    },
    "dates_same": {
        "id": "tanggal dibaca {order}: hari dan bulannya sama",
        "en": "dates read as {order}: their day and month are the same",
    },
    "date_forms": {"id": "bentuk tanggal: {text}", "en": "forms of dates: {text}"},
    "spelled": {"id": "ejaan dibakukan: {text}", "en": "spellings made one: {text}"},
    "thousands": {
        "id": "tanda ribuan dihapus pada {count} sel",
        "en": "marks between thousands removed from {count:cell|cells}",
    },
    "places": {
        "id": "wilayah dicari dari {column}: {count} nama, tidak dikenal {unknown}",
        "en": "places found by {column}: {count:name|names}, not known {unknown}",
    },
    "codes_named": {
        "id": "kode {column} diambil dari nama pada kolom {text}",
        "en": "codes of {column} taken from the names of the column {text}",
    },
    "hidden": {"id": "lembar tersembunyi: {sheets}", "en": "hidden sheets: {sheets}"},
    "words": {"id": "{text}", "en": "{text}"},
    "counter": {"id": "nomor kolom", "en": "numbers of the columns"},
    "blank": {"id": "kosong", "en": "blank"},
    "again": {"id": "judul kolom yang terulang", "en": "the heading again"},
    "total": {
        "id": "{text}: tidak ikut dihitung; dibandingkan dengan bagiannya di tiap kolom yang "
        "dibaca sebagai angka",
        "en": "{text}: left out; compared with its parts in each column that is read as numbers",
    },
    "totals": {
        "id": "{count} jumlah: tidak ikut dihitung; dibandingkan dengan bagiannya di tiap kolom "
        "yang dibaca sebagai angka",
        "en": "{count:total|totals}: left out; compared with the parts in each column that is read "
        "as numbers",
    },
    "signature": {"id": "teks {count} huruf", "en": "text of {count:character|characters}"},
    "merged": {
        "id": "{count} sel gabung meliputi beberapa baris: katanya berlaku untuk tiap baris itu",
        "en": "{count:merged cell|merged cells} over several rows: words hold for each of "
        "these rows",
    },
    "mark": {
        "id": "tanda desimal {mark}, dipastikan oleh baris {row}: {text}",
        "en": "decimal mark {mark}, settled by row {row}: {text}",
    },
    "open": {
        "id": "tanda desimal belum pasti: kolom ini ditolak selama belum ditentukan",
        "en": "the decimal mark is not settled: the column is refused until it is said",
    },
    "missing": {"id": "{text} dibaca sebagai tidak ada nilai", "en": "{text} taken as missing"},
    "zero": {"id": "{text} dibaca sebagai 0", "en": "{text} taken as 0"},
    "placeholder": {
        "id": "{count} tanggal pengganti, dibaca sebagai tidak ada nilai",
        "en": "{count:placeholder instead of a date|placeholders instead of dates}, taken as "
        "missing",
    },
    "personal": {
        "id": "{text}: data pribadi, tidak dibawa",
        "en": "{text}: data of persons, not carried",
    },
    "copied": {
        "id": "angkanya sama dengan kolom {other} di semua {count} baris: apakah tersalin?",
        "en": "the same numbers as column {other} in all {count:row|rows}: was one copied?",
    },
    "wrong_sum": {
        "id": "bernama jumlah, tetapi baris {row} berisi {total} sedangkan {parts} berjumlah "
        "{sum} (begitu pula {count} dari {all} baris: {rows})",
        "en": "named a total, but row {row} has {total} where {parts} add up to {sum} (so in "
        "{count} of {all:row|rows}: {rows})",
    },
    "similar": {
        "id": "{one} dan {other} hampir sama: bila maksudnya satu jabatan, tambahkan "
        '"{wrong}" = "{right}" di bawah [ejaan]; bila dua, biarkan',
        "en": "{one} and {other} are nearly the same: if one post is meant, add "
        '"{wrong}" = "{right}" under [ejaan]; if two are, leave them',
    },
    "posts": {
        "id": "{units} unit, {families} kelompok jabatan, {posts} jabatan; pasangan lain tidak ada",
        "en": "{units:unit|units}, {families:family|families}, {posts:post|posts}; other pairs do "
        "not exist",
    },
    "tree": {
        "id": "{units} unit, {tops} di puncak; disimpulkan: {parents} induk, {echelons} eselon; "
        "{without} tanpa eselon",
        "en": "{units:unit|units}, {tops} at the top; inferred: {parents:parent|parents}, "
        "{echelons:echelon|echelons}; {without} without an echelon",
    },
    "stay": {
        "id": "{count} dari {all} pegawai tidak dapat dipindahkan",
        "en": "{count} of {all:person|people} may not be moved",
    },
    "two_places": {
        "id": "{text} dapat berarti {places}: kabupaten dan kota senama",
        "en": "{text} may be {places}: a kabupaten and a kota of one name",
    },
    "whole_degrees": {
        "id": "koordinat berupa derajat bulat, yang berjarak sekitar {km} km",
        "en": "coordinates are whole degrees, about {km} km apart",
    },
}

KINDS: dict[str, dict[Code, str]] = {
    "file": {"id": "berkas", "en": "file"},
    "heading": {"id": "judul kolom", "en": "heading"},
    "title": {"id": "judul tabel", "en": "title"},
    "left out": {"id": "tidak dibaca", "en": "left out"},
    "total": {"id": "jumlah", "en": "total"},
    "footnote": {"id": "catatan kaki", "en": "footnote"},
    "section": {"id": "bagian", "en": "section"},
    "merged": {"id": "sel gabung", "en": "merged"},
    "numbers": {"id": "angka", "en": "numbers"},
    "filler": {"id": "pengisi", "en": "filler"},
    "personal": {"id": "data pribadi", "en": "personal"},
    "warning": {"id": "periksa", "en": "warning"},
}

PLACES: dict[str, dict[Code, str]] = {
    "row": {"id": "baris", "en": "row"},
    "rows": {"id": "baris", "en": "rows"},
    "column": {"id": "kolom", "en": "column"},
    "kind": {"id": "jenis", "en": "kind"},
    "where": {"id": "tempat", "en": "where"},
    "text": {"id": "isi", "en": "text"},
}
