"""Staff and need by province under each model of need, as reports 07 and 15 take them."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from analysis import datasets
from analysis.datasets.population import Kind
from analysis.errors import DataError
from analysis.language import Language
from analysis.messages import some
from analysis.redistribution import DEFAULT_WEIGHTS, composite_need, proportional_need
from analysis.reports.provincial import Basis, CentralStaff, provincial_staffing
from analysis.reports.wording import Words

_INDICATORS = {"penduduk": "population", "luas_km2": "area", "desa": "villages"}
WEIGHTS: Mapping[str, float] = {ours: DEFAULT_WEIGHTS[name] for ours, name in _INDICATORS.items()}
"""Weights of the model `gabungan`, an assumption; report 07 tries others."""

VARIANTS: Mapping[CentralStaff, str] = {"keluarkan": "tanpa_pusat", "hitung": "pns"}
"""Column of staff for each way to treat the staff of central agencies."""


def provinces_with_territory(
    date: dt.date, basis: Basis, population: Kind, central_staff: CentralStaff, language: Language
) -> pd.DataFrame:
    """Return what is known of every province.

    Returns
    -------
    DataFrame
        `provincial_staffing`, indexed by `kode_kemendagri`, with `pusat` (staff of central
        agencies, missing where unknown), `tanpa_pusat` (`pns` without them, where known), `pegawai`
        (the one of both that `central_staff` chooses), `luas_km2`, `desa`, `kecamatan`, `lintang`
        and `bujur` of the capital.

    Raises
    ------
    DataError
        As `provincial_staffing`; also if a province has more central staff than staff.
    """
    frame = provincial_staffing(date, basis, population, language).set_index("kode_kemendagri")
    regions = datasets.load_regions()
    territory = datasets.territory_at(datasets.read_processed("wilayah_provinsi"), regions, basis)
    central = datasets.central_staff_at(datasets.read_processed("asn_pusat_daerah"), date)
    known = central.set_index("kode_kemendagri")["pusat"].reindex(frame.index)
    places = regions.coordinates(basis).loc[frame.index]
    frame = frame.join(territory[["luas_km2", "desa", "kecamatan"]]).assign(
        pusat=known,
        tanpa_pusat=without_central(frame["pns"], known),
        lintang=places["lintang"],
        bujur=places["bujur"],
    )
    return frame.assign(pegawai=frame[VARIANTS[central_staff]])


def without_central(staff: pd.Series, central: pd.Series) -> pd.Series:
    """Return staff without that of central agencies, where its number is not missing.

    Raises
    ------
    DataError
        If there is more central staff than staff.

    Examples
    --------
    >>> codes = ["31", "32"]
    >>> without_central(pd.Series([90, 50], codes), pd.Series([70, None], codes)).tolist()
    [20, 50]
    """
    left = (staff - central.fillna(0)).astype(int)
    if (left < 0).any():
        raise DataError(
            f"asn_pusat_daerah: province {some(left.index[left < 0])} has more staff of central "
            "agencies than staff. Correct the table, or choose central_staff = 'hitung'."
        )
    return left


def needs(
    frame: pd.DataFrame, staff: pd.Series, weights: Mapping[str, float] = WEIGHTS
) -> pd.DataFrame:
    """Return the need of every province under each model; each model shares out all staff."""
    people = int(staff.sum())
    return pd.DataFrame(
        {
            "penduduk": proportional_need(frame["penduduk"], people),
            "gabungan": composite_need(frame, people, dict(weights)),
            "desa": proportional_need(frame["desa"], people),
            "kecamatan": proportional_need(frame["kecamatan"], people),
        }
    )


def model_labels(say: Words) -> dict[str, str]:
    """Return the name of each model of need, and of the indicators that none is called after."""
    return {
        "penduduk": say.label("penduduk"),
        "gabungan": say.label("gabungan"),
        "desa": say.label("desa"),
        "kecamatan": say.label("kecamatan"),
        "luas": say.label("luas"),
    }
