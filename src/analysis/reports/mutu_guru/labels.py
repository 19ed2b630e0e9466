"""Short labels that figures and tables of report 05 share; their English is in the catalogue."""

from analysis.reports.mutu_guru.parameters import Need

RATIOS: dict[Need, str] = {"siswa": "Guru per 100 siswa", "rombel": "Guru per rombel"}
CUMULATIVE: dict[Need, str] = {
    "siswa": "Bagian kumulatif siswa, dari provinsi berasio terendah",
    "rombel": "Bagian kumulatif rombel, dari provinsi berasio terendah",
}
GROUPS = {"below": "Di bawah S1", "qualified": "Berijazah S1 ke atas"}
FIELDS = {
    "few_high": "Guru sedikit, S1 tinggi",
    "many_high": "Guru banyak, S1 tinggi",
    "few_low": "Guru sedikit, S1 rendah",
    "many_low": "Guru banyak, S1 rendah",
}
RULES = {
    "logarithmic": "Logaritmik",
    "interaction": "Dengan interaksi",
    "shapley": "Shapley",
}
INDICES = {
    "qualified": "Berijazah S1 ke atas, baku",
    "below": "Di bawah S1, baku",
    "wagstaff": "Bagian S1, Wagstaff",
    "erreygers": "Bagian S1, Erreygers",
}
