"""What can be chosen in report 20."""

from analysis.reports.sekolah_kecamatan.parameters import SekolahKecamatan


class RisalahSekolah(SekolahKecamatan):
    """Parameters of report 20: those of report 12."""
