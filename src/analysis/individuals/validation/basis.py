"""What extracts are held to, from the tables of the repository."""

import datetime as dt

from analysis.datasets import read_processed, regulation_at
from analysis.errors import ParameterError
from analysis.individuals.schema import code_lists
from analysis.individuals.validation.rule import Basis


def basis_on(day: dt.date) -> Basis:
    """Return what an extract of a day is held to.

    Parameters
    ----------
    day : date
        Day that the extract describes.

    Raises
    ------
    ParameterError
        If no regulation is known that holds on that day.
    DataError
        If `data/processed` has not been built.
    """
    regulations = read_processed("aturan")
    youngest = {}
    for status in ("PNS", "PPPK"):
        rule = regulation_at(regulations, f"usia_minimum_{status.lower()}", day)
        if rule is None:
            raise ParameterError(
                f"date {day}: the table aturan has no least age of {status} for that day. Name a "
                "later day, or add the regulation that held."
            )
        youngest[status] = int(rule.value)
    return Basis(
        day,
        youngest,
        code_lists(),
        tuple(read_processed("provinsi")["kode_kemendagri"]),
        tuple(read_processed("kabkota")["kode_kemendagri"]),
        tuple(read_processed("konversi_jp")["jenis"].unique()),
    )
