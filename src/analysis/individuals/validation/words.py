"""The words of a report of validation, Indonesian and English."""

from analysis.language import Code

WORDS: dict[str, dict[Code, str]] = {
    "title": {"id": "Mutu data perorangan", "en": "Quality of individual records"},
    "day": {"id": "Keadaan pada {day}", "en": "As of {day}"},
    "synthetic": {
        "id": "DATA BUATAN: orang-orang ini tidak ada.",
        "en": "MADE UP: these people do not exist.",
    },
    "private": {
        "id": "Contoh disamarkan: dari data pribadi hanya bentuknya (9 untuk angka, A untuk "
        "huruf).",
        "en": "Examples are masked: of personal data only the shape (9 for a digit, A for a "
        "letter).",
    },
    "table": {"id": "Tabel {table}: {rows} baris", "en": "Table {table}: {rows:row|rows}"},
    "read": {"id": "Cara membaca", "en": "How it was read"},
    "sound": {"id": "Tidak ada baris yang melanggar aturan.", "en": "No row breaks a rule."},
    "rule": {"id": "Aturan", "en": "Rule"},
    "rows": {"id": "Baris", "en": "Rows"},
    "share": {"id": "Bagian", "en": "Share"},
    "meaning": {"id": "Artinya", "en": "Meaning"},
    "choice": {"id": "Tindakan", "en": "Choice"},
    "examples": {"id": "Contoh", "en": "Examples"},
    "row": {"id": "baris {row}", "en": "row {row}"},
    "unchecked": {
        "id": "Tidak dapat diperiksa ({count} aturan), karena tidak ada: {lacking}",
        "en": "Not checked ({count:rule|rules}), for want of: {lacking}",
    },
    "checked": {"id": "{count} aturan diperiksa.", "en": "{count:rule was|rules were} checked."},
    "stop": {"id": "berhenti", "en": "stop"},
    "set aside": {"id": "sisihkan", "en": "set aside"},
    "accept": {"id": "terima dan catat", "en": "accept and note"},
    "note": {"id": "catatan", "en": "note"},
    "account": {
        "id": "{table}: {total} baris masuk = {kept} baris dipakai + {aside} baris disisihkan",
        "en": "{table}: {total:row|rows} in = {kept:row|rows} used + {aside:row|rows} set aside",
    },
}
