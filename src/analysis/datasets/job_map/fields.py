"""The fields of a job map, and the headings they are recognised by."""

from analysis.datasets.office_tables.mapping import Field

YEARS = 5
"""Years ahead that need is planned for, each with its retirements (PP 11/2017, Pasal 5)."""


def _field(name: str, synonyms: str, says: str, *, needed: bool = False, columns: int = 1) -> Field:
    words = frozenset(part.strip() for part in synonyms.replace("\n", "|").split("|"))
    return Field(name, words - {""}, says, needed, columns)


FIELDS = (
    _field(
        "unit",
        """unit|unit kerja|nama unit|nama unit kerja|unit organisasi|unor|nama unor|unor nama
        opd|nama opd|perangkat daerah|nama perangkat daerah|skpd|satuan kerja|satker|instansi
        sekolah|nama sekolah|puskesmas|unit penempatan|work unit""",
        "the unit that has the post",
        needed=True,
    ),
    _field(
        "jabatan",
        """jabatan|nama jabatan|jabatan nama|nama jabatan fungsional|jabatan fungsional
        kelompok jabatan|rumpun jabatan|rumpun|post|position|job family|family""",
        "the post or job family",
        needed=True,
    ),
    _field(
        "bezetting",
        """bezetting|bezzeting|bezeting|b|bezetting b|jumlah bezetting|jumlah pegawai|pegawai
        pegawai yang ada|jumlah pegawai yang ada|jumlah asn|asn|jumlah asn yang ada|asn yang ada
        jumlah pemangku|existing|staff""",
        "people in the post, PNS and PPPK together",
    ),
    _field(
        "bezetting_pns",
        "bezetting pns|pns|jumlah pns|b pns|pegawai pns",
        "PNS in the post, where PPPK have a column of their own",
    ),
    _field(
        "bezetting_pppk",
        "bezetting pppk|pppk|jumlah pppk|b pppk|pegawai pppk|p3k|jumlah p3k",
        "PPPK in the post, where PNS have a column of their own",
    ),
    _field(
        "kebutuhan",
        """kebutuhan|k|kebutuhan k|kebutuhan pegawai|jumlah kebutuhan|jumlah kebutuhan pegawai
        abk|hasil abk|kebutuhan abk|kebutuhan menurut abk|kebutuhan hasil abk|need""",
        "people that the post needs",
        needed=True,
    ),
    _field(
        "kelompok",
        """kelompok|kecamatan|nama kecamatan|kabupaten|kabupaten kota|kab kota|wilayah|opd induk
        unit induk|unor induk|unor induk nama|unit organisasi induk|group""",
        "the group of the unit inside which people may move: kecamatan, OPD, kabupaten",
    ),
    _field("lintang", "lintang|latitude|lat|garis lintang", "latitude of the unit in degrees"),
    _field("bujur", "bujur|longitude|long|lon|lng|garis bujur", "longitude of the unit in degrees"),
    _field(
        "jenjang",
        "jenjang|jenjang jabatan|jenjang jf|kelas|kelas jabatan|tingkat jabatan",
        "class or jenjang of the post",
    ),
    _field(
        "status",
        "status|status kepegawaian|status pegawai|jenis pegawai|jenis pegawai nama|status asn",
        "PNS or PPPK, where a row has people of one status",
    ),
    _field(
        "masa_jabatan",
        """masa jabatan|masa dalam jabatan|lama menjabat|lama dalam jabatan|tahun dalam jabatan
        masa kerja dalam jabatan|years in post""",
        "years that the people of a row have been in the post",
    ),
    _field(
        "tetap",
        """tetap|tidak dapat dipindah|tidak dapat dipindahkan|tidak boleh pindah|tidak pindah
        pegawai yang tidak dapat dipindahkan|may not move""",
        "people who may not move",
    ),
    _field(
        "minimum",
        """minimum|minimal|pegawai minimum|pegawai minimal|minimum pegawai|jumlah minimum
        jumlah minimal|minimum staffing""",
        "people who must stay at least",
    ),
    _field(
        "pensiun",
        """pensiun|akan pensiun|jumlah pensiun|jumlah akan pensiun|pegawai pensiun|bup
        proyeksi pensiun|retirements""",
        "people who retire, in each of the next five years",
        columns=YEARS,
    ),
    _field(
        "kontrak",
        """kontrak berakhir|akhir kontrak|pppk berakhir|kontrak pppk berakhir
        akhir perjanjian kerja|perjanjian kerja berakhir|contracts ending""",
        "PPPK whose contract ends, in each of the next five years",
        columns=YEARS,
    ),
)
