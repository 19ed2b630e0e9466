"""What a table of individual records is declared by: columns with meaning, type and constraint."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from analysis.errors import ParameterError

Type = Literal["text", "date", "integer", "number", "flag"]


@dataclass(frozen=True)
class Column:
    """A column of a table of individual records.

    Attributes
    ----------
    name : str
        In the field names of BKN's SIASN, where it has one.
    indonesian, english : str
        What it means.
    type : {"text", "date", "integer", "number", "flag"}
        Codes are text, so that no zero in front is lost.
    codes : str
        Lists of `kode_siasn` whose codes it holds, divided by blanks; after a colon the column of
        the list, such as "golongan:nama golongan_pppk:nama". Empty where any value may stand.
    pattern : str
        Regular expression that the whole of a text matches.
    minimum, maximum : float, optional
        Range of a number, both ends included.
    references : str
        Column of another table whose values it points to, such as "units.Id".
    required : bool
        Whether a table without the column is refused.
    filled : bool
        Whether every row must have a value.
    identifying : bool
        Whether it tells who a person is; see `keyed`.
    keyed : bool
        Whether a keyed hash takes its place from ingestion on.
    headings : tuple of str
        Other headings that it is recognised by; capitals, dots and underscores do not count.
    """

    name: str
    indonesian: str
    english: str
    type: Type = "text"
    codes: str = ""
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None
    references: str = ""
    required: bool = False
    filled: bool = False
    identifying: bool = False
    keyed: bool = False
    headings: tuple[str, ...] = ()

    @property
    def lists(self) -> tuple[tuple[str, str], ...]:
        """The code lists, each with the column of it that holds the values."""
        pairs = (each.partition(":") for each in self.codes.split())
        return tuple((name, column or "kode") for name, _, column in pairs)


@dataclass(frozen=True)
class Table:
    """A table of individual records, or of units, posts and centres beside them.

    Attributes
    ----------
    name : str
        Name of the table, and of its folder in a dataset.
    indonesian, english : str
        What one row is.
    source : str
        What BKN calls it.
    columns : tuple of Column
    key : tuple of str
        Columns that no two rows have in common; empty where rows have no key.
    """

    name: str
    indonesian: str
    english: str
    source: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def __getitem__(self, name: str) -> Column:
        """Return the column of a name.

        Raises
        ------
        ParameterError
            If there is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise ParameterError(
            f"the table {self.name} has no column {name!r}; there are {', '.join(self.names)}."
        )


def headings(text: str) -> tuple[str, ...]:
    """Return headings that are written between bars.

    Examples
    --------
    >>> headings("NIP BARU | nip")
    ('NIP BARU', 'nip')
    """
    return tuple(part.strip() for part in text.split("|"))


NIP = Column(
    "nipBaru",
    "NIP, 18 angka, sebagai teks",
    "NIP, 18 digits, as text",
    pattern=r"[0-9]{18}",
    required=True,
    filled=True,
    identifying=True,
    keyed=True,
    headings=headings("NIP BARU | NIP | NIP NRP | nomor induk pegawai | NIP/NIPPPK | no NIP"),
)
"""The person that a row is about; no other column of any table leads to one."""

SYNTHETIC = Column(
    "sintetis",
    "baris buatan, bukan orang yang ada",
    "made up: no person that exists",
    type="flag",
)

PROVINCE = Column(
    "provinsi",
    "provinsi, kode Kemendagri",
    "province, code of Kemendagri",
    pattern=r"[0-9]{2}",
    headings=headings("kode provinsi"),
)

KABKOTA = Column(
    "kabkota",
    "kabupaten/kota, kode Kemendagri; memberi provinsi bila tabel tidak memilikinya",
    "kabupaten or kota, code of Kemendagri; gives the province where the table has none",
    pattern=r"[0-9]{2}\.[0-9]{2}",
    headings=headings("kode kabkota | kode kabupaten kota"),
)
