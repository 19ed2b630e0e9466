"""Parameters under which every report's words are tried, beside its defaults.

A report whose words are in text files has a row here. Choose what pulls the sentences apart: every
kind of population, another date, the ends of each range, and what leaves nothing to say.
"""

from pathlib import Path

from analysis.paths import NOTEBOOKS
from analysis.site.editions import editions

HERE = Path(__file__).parent
ALL = editions([path.stem for path in sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))])
EXTREMES = {
    "distribusi": (
        {},
        {"date": "2014-12-31", "basis": "33", "population": "sensus", "randomness": "count"},
        {"basis": "33", "population": "gabungan", "measures": ["palma", "theil_l"]},
    ),
    "sebelum_sesudah": (
        {},
        {"population_after": "gabungan", "randomness": "count", "measures": ["palma"]},
        {"population_before": "gabungan", "measures": ["max_min_ratio", "hoover"]},
    ),
    "penyederhanaan": (
        {},
        {"start": "2020-11-10", "end": "2022-12-31"},
        {"start": "2000-01-01", "deadline": "2024-12-31"},
    ),
    "tenaga_kabupaten": (
        {},
        {"profession": "dokter_spesialis", "compared_with": "dokter_umum", "basis": "34"},
        {"profession": "dokter_total", "level": "76", "compared_with": "dokter_subspesialis"},
        {"level": "92", "compared_with": "dokter_subspesialis", "measures": ["max_min_ratio"]},
    ),
    "data_nasional": ({},),
    "mutu_guru": (
        {"need": "rombel"},
        {"basis": "33"},
        {"need": "rombel", "basis": "34"},
    ),
    "redistribusi": (
        {"replicates": 20},
        {
            "date": "2014-12-31",
            "basis": "33",
            "population": "sensus",
            "need": "penduduk",
            "budget": 0.0,
            "replicates": 10,
        },
        {
            "central_staff": "hitung",
            "need": "desa",
            "within": "pulau",
            "vacancies": {"32": 1000},
            "rupiah_per_move": 25e6,
            "replicates": 10,
        },
        {
            "population": "gabungan",
            "basis": "34",
            "budget": 1.0,
            "floor_adequacy": 0.0,
            "max_share_leaving": 1.0,
            "need": "kecamatan",
            "hire_price": 0.001,
            "replicates": 10,
        },
    ),
    "redistribusi_kabupaten": (
        {},
        {"circle": "pulau", "budget": 1.0, "silent": "keluarkan"},
        {"circle": "nasional", "profession": "dokter_subspesialis", "budget": 0.2},
        {"need": "standar", "circle": "nasional", "budget": 1.0},
        {"need": "standar", "profession": "dokter_subspesialis", "standard": 0.4},
        {"need": "standar", "profession": "dokter_gigi_spesialis", "standard": 0.5, "budget": 0.0},
        {"need": "standar", "profession": "dokter_total", "standard": 0.001, "circle": "pulau"},
    ),
    "peta_jabatan": (
        {},
        {"standard": {"Guru SD": 1.0, "Guru SMP": 1.0}},
        {"substitution": [["Guru SMP", "Guru SD", 2.0]], "standard": {"Guru SD": 1.5}, "budget": 9},
        {"source": "contoh", "circle": "tetangga", "floor_heads": 12, "floor_adequacy": 1.1},
        {"source": "contoh", "circle": "kelompok", "max_share_leaving": 0.05, "horizon": 1},
        {"source": "contoh", "budget": 3, "hire_price": 1.2},
        {"source": "dokter", "circle": "tetangga", "standard": {"dokter_umum": 45.0}},
        {"source": "dokter", "budget": 0},
    ),
    "kemajuan_penyederhanaan": (
        {},
        {"stage": "Usulan struktur diterima", "deadline": "2021-12-02"},
        {"deadline": "2021-01-01"},
        {"deadline": "2021-12-20"},
        {
            "stage": "Penyetaraan",
            "deadline": "2022-01-31",
            "file": str(HERE / "kemajuan_sendiri.csv"),
            "mapping": str(HERE / "kemajuan_sendiri.toml"),
        },
    ),
    "restrukturisasi": (
        {},
        {"switched_off": ["bubar_pusat_iii"], "day": "2022-06-30"},
        {"tree": "riau", "switched_off": ["upt_daerah"]},
        {
            "tree": "berkas",
            "file": str(HERE / "unor_sendiri.csv"),
            "mapping": str(HERE / "unor_sendiri.toml"),
            "scope": "kabkota",
        },
    ),
    "kompetensi": (
        {},
        {"budget": 1_000_000.0},
    ),
    "skuad": (
        {},
        {"agency": "Pemerintah Kabupaten Maluku Tengah", "ratios": [0.25]},
    ),
    "sekolah_kecamatan": (
        {},
        {"level": "SMP", "before": 2023, "need": "peserta_didik", "pupils_per_teacher": 12.0},
        {"before": 2023, "after": 2024, "need": "peserta_didik", "budget": 0},
        {"teachers_per_class": 10.0, "pupils_per_teacher": 0.5, "before": 2023},
        {"level": "SMP", "teachers_per_class": 0.01, "pupils_per_teacher": 1000.0},
        {"teachers_per_class": 1.2, "budget": 1},
        {"budget": 0},
    ),
    "risalah_redistribusi": (
        {},
        {"budget": 0.0},
        {"need": "penduduk", "basis": "33", "hire_price": 0.01},
    ),
    "risalah_kabupaten": (
        {},
        {"budget": 0.0, "need": "standar", "profession": "dokter_total", "standard": 0.001},
        {"need": "standar", "circle": "pulau", "budget": 1.0},
    ),
    "risalah_penyederhanaan": (
        {},
        {
            "trees": ["bps_provinsi"],
            "deadline": "2022-01-31",
            "file": str(HERE / "kemajuan_sendiri.csv"),
            "mapping": str(HERE / "kemajuan_sendiri.toml"),
            "stage": "Penyetaraan",
        },
    ),
    "risalah_kompetensi": (
        {},
        {"budget": 1_000_000.0},
    ),
    "risalah_sekolah": (
        {},
        {"level": "SMP", "before": 2023, "need": "peserta_didik", "pupils_per_teacher": 12.0},
        {"before": 2023, "after": 2024, "need": "peserta_didik", "budget": 0},
        {"level": "SMP", "teachers_per_class": 0.01, "pupils_per_teacher": 1000.0},
        {"teachers_per_class": 10.0, "pupils_per_teacher": 0.5},
        {"budget": 1},
    ),
    "risalah_peta_jabatan": (
        {},
        {"substitution": [], "standard": {"Guru SD": 1.0, "Guru SMP": 1.0}},
        {"source": "contoh", "substitution": [], "circle": "tetangga", "horizon": 1},
        {"source": "dokter", "substitution": [], "budget": 0},
        {"source": "dokter", "substitution": [["Dokter umum", "Dokter gigi", 9.0]], "budget": 99},
    ),
    "profil_provinsi": (
        {},
        {"province": "95", "profession": "dokter_spesialis"},
        {"province": "64", "population_before": "gabungan", "profession": "dokter_gigi"},
        {"province": "31", "profession": "dokter_total"},
    ),
}

# More of the same kind, and what is published beside the defaults: too much to try every time.
FURTHER = {
    "tenaga_kabupaten": (
        {"profession": "dokter_gigi", "randomness": "count", "measures": ["gini", "theil_l"]},
        {"profession": "dokter_gigi_spesialis", "compared_with": None, "level": "34"},
        {"profession": "dokter_subspesialis", "standard": 0.5, "measures": ["quantile_ratio"]},
        {"level": "31", "randomness": "count", "compared_with": "dokter_gigi"},
    ),
    "redistribusi": ({"budget": 0.0001, "replicates": 10},),
    "data_nasional": tuple(
        {"run": run} for run in ("kecil", "tanpa-pelatihan", "tanpa-kebutuhan", "tersembunyi")
    ),
    "restrukturisasi": (
        {"tree": "setwapres", "day": "2023-06-30"},
        {"run": "kecil"},
        {"run": "tanpa-pelatihan"},
        {"run": "tersembunyi"},
    ),
    "kompetensi": (
        {"budget": 1e12},
        {"run": "kecil"},
        {"run": "tanpa-kebutuhan"},
        {"run": "tersembunyi"},
    ),
    "risalah_kompetensi": ({"run": "kecil"},),
    "skuad": (
        {"agency": "Pemerintah Provinsi DKI Jakarta"},
        {"run": "kecil", "agency": None},
    ),
    "sekolah_kecamatan": ({"level": "SMP", "budget": 2},),
}

EDITIONS = {
    edition.notebook.partition("_")[2]: tuple(
        dict(each.parameters)
        for each in ALL
        if each.notebook == edition.notebook and "language" not in each.parameters
    )
    for edition in ALL
    if edition.parameters.keys() - {"language"}
}
