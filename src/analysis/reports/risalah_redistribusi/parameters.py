"""What can be chosen in report 16."""

from analysis.reports.redistribusi.parameters import Plannable


class RisalahRedistribusi(Plannable):
    """Parameters of report 16: those of report 07 that its alternatives depend on."""
