"""What can be chosen in report 21."""

from analysis.reports.peta_jabatan.parameters import PetaJabatan


class RisalahPetaJabatan(PetaJabatan):
    """Parameters of report 21: those of report 09."""
