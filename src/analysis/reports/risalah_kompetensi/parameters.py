"""What can be chosen in report 19."""

from analysis.reports.kompetensi.parameters import Kompetensi


class RisalahKompetensi(Kompetensi):
    """Parameters of report 19: those of report 13; no budget means half the cost of everything."""
