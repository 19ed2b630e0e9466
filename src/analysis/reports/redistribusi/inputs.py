"""Staff, need and limits by province, as the plans of report 07 take them."""

from collections.abc import Mapping

import pandas as pd

from analysis import datasets
from analysis.errors import DataError, ParameterError
from analysis.language import Language
from analysis.messages import some
from analysis.redistribution import Limits, composite_need, proportional_need
from analysis.reports.provincial import provincial_staffing
from analysis.reports.redistribusi.parameters import Redistribusi

VARIANTS = {"keluarkan": "tanpa_pusat", "hitung": "pns"}
"""Column of staff for each way to treat the staff of central agencies."""


def provinces(p: Redistribusi, language: Language) -> pd.DataFrame:
    """Return what is known of every province.

    Returns
    -------
    DataFrame
        `provincial_staffing`, indexed by `kode_kemendagri`, with `pusat` (staff of central
        agencies, missing where unknown), `tanpa_pusat` (`pns` without them, where known), `pegawai`
        (the one of both that the parameters choose), `luas_km2`, `desa`, `kecamatan`, `lintang` and
        `bujur` of the capital.

    Raises
    ------
    DataError
        As `provincial_staffing`; also if a province has more central staff than staff.
    """
    frame = provincial_staffing(p.date, p.basis, p.population, language)
    frame = frame.set_index("kode_kemendagri")
    regions = datasets.load_regions()
    territory = datasets.territory_at(datasets.read_processed("wilayah_provinsi"), regions, p.basis)
    central = datasets.central_staff_at(datasets.read_processed("asn_pusat_daerah"), p.date)
    known = central.set_index("kode_kemendagri")["pusat"].reindex(frame.index)
    places = regions.coordinates(p.basis).loc[frame.index]
    frame = frame.join(territory[["luas_km2", "desa", "kecamatan"]]).assign(
        pusat=known,
        tanpa_pusat=without_central(frame["pns"], known),
        lintang=places["lintang"],
        bujur=places["bujur"],
    )
    return frame.assign(pegawai=frame[VARIANTS[p.central_staff]])


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


def needs(frame: pd.DataFrame, staff: pd.Series, weights: Mapping[str, float]) -> pd.DataFrame:
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


def limits(p: Redistribusi, frame: pd.DataFrame, staff: pd.Series, need: pd.Series) -> Limits:
    """Return the limits that the parameters set.

    Raises
    ------
    ParameterError
        If a vacancy is of no province of the frame.
    """
    unknown = sorted(set(p.vacancies) - set(frame.index))
    if unknown:
        raise ParameterError(
            f"Parameter 'vacancies': {some(unknown)} is the code of no province on the basis "
            f"{p.basis}. Use kode_kemendagri, such as {frame.index[0]!r}."
        )
    return Limits(
        floor_adequacy=p.floor_adequacy * staff.sum() / need.sum() if p.floor_adequacy else None,
        max_share_leaving=p.max_share_leaving if p.max_share_leaving < 1 else None,
        within=frame["pulau"] if p.within == "pulau" else None,
        capacity=pd.Series(p.vacancies, dtype=float).reindex(frame.index) if p.vacancies else None,
    )
