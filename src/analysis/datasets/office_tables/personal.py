"""Which columns hold data of single persons: they are not carried further unless asked for."""

import re

from analysis.datasets.office_tables.cells import Cells
from analysis.geography.names import words_of

_HEADINGS = frozenset(
    """
    nama|nama pegawai|nama lengkap|nama asn|nama pns|nama pejabat|nama pemangku|nama guru
    pemangku|pemangku jabatan|nip|nip baru|nip lama|nip nrp|nik|no ktp|nuptk|npwp|npwp nomor
    nomor hp|no hp|no telepon|telepon|email|email gov|alamat|alamat rumah|bpjs|no bpjs
    tanggal lahir|tgl lahir|tempat lahir|tempat lahir nama|tempat tanggal lahir|pns id
    gelar depan|gelar belakang|agama nama|jenis kawin nama|kartu asn virtual
    nomor sk cpns|nomor sk pns|name|employee name|date of birth
    """.replace("\n", "|").split("|")
)
_NUMBER = re.compile(r"'?(?:\d{16}|\d{18}|\d{8} \d{6} \d \d{3})|\d[.,]\d+E\+1[57]")


def normalised(heading: str) -> str:
    """Return the words of a heading in small letters, without punctuation.

    Examples
    --------
    >>> normalised("KEBUTUHAN (K)")
    'kebutuhan k'
    """
    return " ".join(words_of(heading))


def named_personal(heading: str) -> bool:
    """Whether a column is named for data of persons."""
    return normalised(heading) in {known.strip() for known in _HEADINGS if known.strip()}


def is_personal(heading: str, cells: Cells) -> bool:
    """Whether a column is named for data of persons, or most of its cells are NIP or NIK."""
    if named_personal(heading):
        return True
    filled = [str(cell) for cell in cells.tolist() if cell is not None]
    return bool(filled) and 2 * sum(bool(_NUMBER.fullmatch(text)) for text in filled) >= len(filled)
