"""The reports there are, by the name a notebook's metadata gives."""

from analysis.reports.distribusi import Distribusi
from analysis.reports.parameters import Parameters
from analysis.reports.penyederhanaan import Penyederhanaan
from analysis.reports.redistribusi import Redistribusi
from analysis.reports.sebelum_sesudah import SebelumSesudah

REPORTS: dict[str, type[Parameters]] = {
    "distribusi": Distribusi,
    "sebelum_sesudah": SebelumSesudah,
    "penyederhanaan": Penyederhanaan,
    "redistribusi": Redistribusi,
}
