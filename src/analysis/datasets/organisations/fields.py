"""The fields of an organisation tree, and the headings they are recognised by."""

from analysis.datasets.office_tables.mapping import Field


def _field(name: str, synonyms: str, says: str) -> Field:
    words = frozenset(part.strip() for part in synonyms.replace("\n", "|").split("|"))
    return Field(name, words - {""}, says)


FIELDS = (
    _field(
        "unit",
        """unit id|id unit|kode unit|kode unor|id unor|unor id|unor|kode|id|kode satker
        kode jabatan|id jabatan|position id|unit""",
        "code of the unit; its name, where there are no codes",
    ),
    _field(
        "nama",
        "nama unit|nama unor|nama unit kerja|nama unit organisasi|unit kerja|unor nama|name",
        "name of the unit; needed unless kepala is there",
    ),
    _field(
        "kepala",
        "nama jabatan|jabatan|jabatan nama|kepala|jabatan kepala|jabatan pimpinan|title",
        "title of its head, where the file lists heads instead of units",
    ),
    _field(
        "induk",
        """induk|kode induk|id induk|unor induk|unor induk id|kode unor atasan|diatasan id
        id atasan|kode atasan|atasan|parent|parent id""",
        "code of the unit above, as the unit itself is written; empty at the top",
    ),
    _field("eselon", "eselon|eselon id|kode eselon|echelon", "echelon of the head"),
    _field("opd", "opd|nama opd|perangkat daerah|skpd|satuan kerja", "office it belongs to"),
    _field("instansi", "instansi|nama instansi|agency", "agency, where the file has several"),
)
OF_PARENTS = ("unit", "induk")
"""Keys of the table [induk] of a mapping, besides `berkas`: the headings of the second file."""
