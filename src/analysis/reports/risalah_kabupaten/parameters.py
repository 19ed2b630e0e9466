"""What can be chosen in report 17."""

from analysis.reports.redistribusi_kabupaten.parameters import RedistribusiKabupaten


class RisalahKabupaten(RedistribusiKabupaten):
    """Parameters of report 17: those of report 06; people of the mix move inside its circle."""
