"""People (*data utama*): one row a civil servant, as SIASN's service of that name returns it."""

from dataclasses import replace

from analysis.individuals.schema.declarations import (
    KABKOTA,
    NIP,
    PROVINCE,
    SYNTHETIC,
    Column,
    Table,
    headings,
)

PEOPLE = Table(
    "people",
    "seorang ASN",
    "a civil servant",
    "data utama; profil SIASN (69 kolom)",
    (
        NIP,
        Column(
            "jenisKelamin",
            "jenis kelamin",
            "sex",
            codes="jenis_kelamin",
            required=True,
            headings=headings(
                "JENIS KELAMIN | JK | L/P | kelamin | gender | jns kelamin | jenkel | sex"
            ),
        ),
        Column(
            "tglLahir",
            "tanggal lahir",
            "date of birth",
            type="date",
            required=True,
            identifying=True,
            headings=headings("TANGGAL LAHIR | tgl lahir | tgllhr | tgl lhr | tanggallahir"),
        ),
        Column(
            "statusPegawai",
            "CPNS, PNS, atau PPPK; tanpa kolom ini: dari golongan",
            "CPNS, PNS or PPPK; without the column: by golongan",
            codes="status_pegawai",
            headings=headings(
                "STATUS CPNS PNS | status kepegawaian | status asn | status pegawai | stapeg"
            ),
        ),
        Column(
            "jenisPegawaiId",
            "jenis pegawai: pusat atau daerah, dipekerjakan (DPK), diperbantukan (DPB); tanpa "
            "kolom ini: dari namanya",
            "kind of employment: central or regional, seconded (DPK, DPB); without the column: by "
            "its name",
            codes="jenis_pegawai",
            headings=headings("JENIS PEGAWAI ID"),
        ),
        Column(
            "jenisPegawaiNama",
            "nama jenis pegawai",
            "name of the kind of employment",
            codes="jenis_pegawai:nama",
            headings=headings("JENIS PEGAWAI NAMA"),
        ),
        Column(
            "kedudukanPnsId",
            "kedudukan hukum: siapa yang aktif; tanpa kolom ini: dari namanya",
            "legal standing: who is active; without the column: by its name",
            codes="kedudukan_hukum",
            headings=headings("KEDUDUKAN HUKUM ID"),
        ),
        Column(
            "kedudukanPnsNama",
            "nama kedudukan hukum",
            "name of the legal standing",
            codes="kedudukan_hukum:nama",
            headings=headings(
                "KEDUDUKAN HUKUM NAMA | kedudukan hukum | kedudukan pegawai | kedudukan pns"
            ),
        ),
        Column(
            "tkPendidikanTerakhir",
            "tingkat pendidikan terakhir: dua angka, atau namanya",
            "level of education: two digits, or its name",
            codes="tingkat_pendidikan",
            headings=headings(
                "TINGKAT PENDIDIKAN ID | tkPendidikanTerakhirId | tingkat pendidikan | "
                "tk pendidikan | "
                "pendidikan terakhir | pendidikan | jenjang pendidikan | tkpend"
            ),
        ),
        Column(
            "golRuangAkhir",
            "golongan ruang: I/a sampai IV/e, PPPK I sampai XVII",
            "golongan: I/a to IV/e, of PPPK I to XVII",
            codes="golongan:nama golongan_pppk:nama",
            headings=headings(
                "GOL AKHIR NAMA | golongan | gol ruang | golongan ruang | gol | "
                "gol akhir | golru | "
                "golongan akhir | pangkat golongan | pangkat gol ruang"
            ),
        ),
        Column(
            "tmtCpns",
            "tanggal mulai sebagai CPNS (PPPK: mulai bekerja)",
            "first day as CPNS (of PPPK: of work)",
            type="date",
            headings=headings("TMT CPNS | tmtcpns | tanggal cpns | tgl cpns"),
        ),
        Column(
            "tmtPensiun",
            "tanggal pensiun; tidak ada dalam profil 69 kolom",
            "date of pension; the 69-column profile lacks it",
            type="date",
            headings=headings("TMT PENSIUN | tanggal pensiun | tgl pensiun"),
        ),
        Column(
            "bupPensiun",
            "batas usia pensiun; tidak ada dalam profil 69 kolom",
            "age of pension (BUP); the 69-column profile lacks it",
            type="integer",
            minimum=50,
            maximum=70,
            headings=headings("BUP PENSIUN | BUP | batas usia pensiun"),
        ),
        Column(
            "instansiIndukId",
            "instansi induk, yang menggaji",
            "agency of origin, which pays",
            headings=headings("INSTANSI INDUK ID"),
        ),
        Column(
            "instansiIndukNama",
            "nama instansi induk",
            "name of the agency of origin",
            headings=headings("INSTANSI INDUK NAMA | instansi induk"),
        ),
        Column(
            "instansiKerjaId",
            "instansi kerja, tempat bertugas",
            "agency of work",
            headings=headings("INSTANSI KERJA ID | kode instansi | id instansi"),
        ),
        Column(
            "instansiKerjaNama",
            "nama instansi kerja",
            "name of the agency of work",
            headings=headings("INSTANSI KERJA NAMA | instansi kerja | instansi"),
        ),
        Column(
            "satuanKerjaKerjaNama",
            "nama satuan kerja tempat bertugas",
            "name of the work unit",
            headings=headings("SATUAN KERJA KERJA NAMA | satuan kerja | satker"),
        ),
        Column(
            "unorId",
            "unit organisasi",
            "organisational unit",
            references="units.Id",
            required=True,
            headings=headings(
                "UNOR ID | kode unor | id unor | kode unit kerja | kode unit | kd unor"
            ),
        ),
        Column(
            "unorNama",
            "nama unit organisasi",
            "name of the organisational unit",
            headings=headings(
                "UNOR NAMA | unor | unit organisasi | unit kerja | nama unit kerja | nama unor"
            ),
        ),
        Column(
            "unorIndukId",
            "unit induk (OPD atau unit eselon I); tidak ada dalam profil 69 kolom",
            "parent unit (OPD or eselon I unit); the 69-column profile lacks it",
            references="units.Id",
            headings=headings("UNOR INDUK ID | kode opd | kode skpd"),
        ),
        Column(
            "unorIndukNama",
            "nama unit induk",
            "name of the parent unit",
            headings=headings("UNOR INDUK NAMA | unor induk | opd | skpd | nama opd | nama skpd"),
        ),
        Column(
            "jenisJabatanId",
            "jenis jabatan, kode atau nama: 1 struktural, 2 fungsional, 3 rangkap, 4 pelaksana",
            "kind of post, code or name: 1 structural, 2 functional, 3 both, 4 pelaksana",
            codes="jenis_jabatan",
            required=True,
            headings=headings(
                "JENIS JABATAN ID | jenis jabatan | jns jabatan | kode jenis jabatan | jenjab"
            ),
        ),
        Column(
            "jenisJabatan",
            "nama jenis jabatan",
            "name of the kind of post",
            codes="jenis_jabatan:nama",
            headings=headings("JENIS JABATAN NAMA"),
        ),
        Column(
            "jabatanNama",
            "nama jabatan",
            "name of the post",
            headings=headings("JABATAN NAMA | jabatan | nama jabatan | nm jabatan"),
        ),
        Column("jabatanStrukturalId", "jabatan struktural", "structural post"),
        Column("jabatanFungsionalId", "jabatan fungsional", "functional post"),
        Column("jabatanFungsionalNama", "nama jabatan fungsional", "name of the functional post"),
        Column("jabatanFungsionalUmumId", "jabatan pelaksana", "post of pelaksana"),
        Column(
            "jabatanFungsionalUmumNama",
            "nama jabatan pelaksana",
            "name of the post of pelaksana",
        ),
        Column(
            "eselonId",
            "eselon jabatan; tanpa kolom ini: dari namanya",
            "echelon of the post; without the column: by its name",
            codes="eselon",
            headings=headings("ESELON ID | kode eselon | kd eselon"),
        ),
        Column(
            "eselon",
            "nama eselon",
            "name of the echelon",
            codes="eselon:nama",
            headings=headings("ESELON NAMA"),
        ),
        Column(
            "eselonLevel",
            "tingkat eselon, 1 sampai 5",
            "level of the echelon, 1 to 5",
            type="integer",
            minimum=1,
            maximum=5,
        ),
        Column(
            "tmtJabatan",
            "tanggal mulai dalam jabatan",
            "first day in the post",
            type="date",
            headings=headings("TMT JABATAN | tmtjab | tmt jab | tanggal jabatan"),
        ),
        Column(
            "lokasiKerjaId",
            "lokasi kerja, kode SIASN",
            "place of work, code of SIASN",
            headings=headings("LOKASI KERJA ID"),
        ),
        Column(
            "lokasiKerja",
            "nama lokasi kerja",
            "name of the place of work",
            headings=headings("LOKASI KERJA NAMA | lokasi kerja | tempat tugas"),
        ),
        replace(
            PROVINCE,
            indonesian="provinsi tempat bekerja, kode Kemendagri; tanpa kolom ini: dari kabkota "
            "atau lokasiKerja",
            english="province of work, code of Kemendagri; without the column: by kabkota or "
            "lokasiKerja",
        ),
        replace(
            KABKOTA,
            indonesian="kabupaten/kota tempat bekerja, kode Kemendagri; tanpa kolom ini: dari "
            "lokasiKerja",
            english="kabupaten or kota of work, code of Kemendagri; without the column: by "
            "lokasiKerja",
        ),
        SYNTHETIC,
    ),
    key=("nipBaru",),
)
