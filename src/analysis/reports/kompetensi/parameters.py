"""What can be chosen in report 13."""

from pydantic import Field

from analysis.reports.parameters import Parameters


class Kompetensi(Parameters):
    """Parameters of report 13."""

    run: str = Field(
        description="run of tables; of one's own people: python -m analysis.individuals tables"
    )
    catalogue: str | None = Field(
        description="CSV of trainings with jenis, jp, tempat, biaya, klasikal and, if known, "
        "wilayah (code of a province) and kode_diklat (code of its kind in records, by which it "
        "counts for a post); null takes the invented data/contoh/katalog_pelatihan.csv"
    )
    budget: float | None = Field(
        gt=0, description="rupiah that the programme may cost; null for no limit"
    )
