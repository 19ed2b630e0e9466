"""Codes and names of provinces, in the systems of Kemendagri and of BPS."""

from collections.abc import Set
from functools import cached_property

import pandas as pd

from analysis.errors import DataError
from analysis.geography.codebook import BPS_CODE, CODE, CodeBook, Row
from analysis.geography.names import plain

# Official and everyday names of the same province; anything else must match.
_ALIASES = {
    "nanggroeacehdarussalam": "aceh",
    "daerahistimewayogyakarta": "diyogyakarta",
    "jakarta": "dkijakarta",
    "daerahkhususibukotajakarta": "dkijakarta",
    "daerahkhususjakarta": "dkijakarta",
    "bangkabelitung": "kepulauanbangkabelitung",
}


class ProvinceBook(CodeBook):
    """Codes and names of provinces, with `kode_bps` for each."""

    level = "province"
    form = "two digits"

    def readings(self, name: str) -> list[str]:
        """Return what a written name may be, normalised."""
        written = plain(name)
        return [_ALIASES.get(written, written)]

    @cached_property
    def bps(self) -> dict[str, str]:
        """The BPS code of each Kemendagri code."""
        return dict(zip(self.places[CODE], self.places[BPS_CODE], strict=True))

    def misread(self, code: object, name: str | None) -> tuple[str, str] | None:
        """Return the Kemendagri code of a row whose code is right only for BPS."""
        for kemendagri in self.index.meant(name or ""):
            if code == self.bps[kemendagri] != kemendagri:
                return kemendagri, (
                    f"is the BPS code of {name}; the Kemendagri code is {kemendagri!r}"
                )
        return None

    def cure(self, rows: list[Row], expected: Set[str]) -> str:
        """Return what to do about the problems of a frame."""
        swapped = any(row.meant != row.code for row in rows)
        if swapped or {row.meant for row in rows} == {self.bps[code] for code in expected}:
            return (
                "These are codes of BPS, which differ in Papua: bring the frame to Kemendagri "
                "codes with Regions.to_kemendagri."
            )
        return "Correct these rows, or state the basis the table was made for."

    def to_kemendagri(self, frame: pd.DataFrame, *, column: str = BPS_CODE) -> pd.DataFrame:
        """Return a frame with BPS codes in `column` as one with Kemendagri codes.

        Raises
        ------
        DataError
            If a code is no BPS code of a province.
        """
        translation = self.places.set_index(BPS_CODE)[CODE]
        unknown = frame.loc[~frame[column].isin(translation.index), column].unique()
        if len(unknown):
            raise DataError(
                f"Column {column}: {', '.join(map(repr, unknown))} is no BPS code of a "
                f"{self.level}. Codes are text of {self.form}; correct them."
            )
        return frame.assign(**{CODE: frame[column].map(translation)}).drop(
            columns=[] if column == CODE else column
        )
