"""The opening of every province's profile is read back and held against the published tables."""

import re

import pandas as pd
import pytest
from test_profil_provinsi import BEFORE, DATE, parameters

from analysis.datasets import read_processed
from analysis.language import Language
from analysis.reports.profil_provinsi import findings, inputs, words

CODES = sorted(read_processed("provinsi")["kode_kemendagri"])
SAID = {
    "id": {
        "standing": r"memiliki (?P<ratio>\S+) pegawai .* peringkat (?P<rank>\d+) dari 38 "
        r"provinsi dan (?P<way>lebih tinggi|lebih rendah|sama).*?\((?P<overall>\S+)\)\.",
        "change": r"rasionya (?P<way>naik|turun) (?P<share>\d+)% dari (?P<before>[\d,]+)\.",
        "founded": r"dibentuk pada",
        "joined": r"hanya diketahui bersama",
        "need": r"menurut (?P<low>penduduk|desa|kecamatan|gabungan) (?P<least>\S+) orang, "
        r"menurut (?P<high>\w+) (?P<most>\S+) orang",
        "short": r"semua 4 ukuran kebutuhan yang dicoba, PNS-nya kurang",
        "surplus": r"semua 4 ukuran kebutuhan yang dicoba, PNS-nya lebih",
        "doctors": r"paling banyak menurut penduduk di (?P<high>.+?) \((?P<most>\S+) per .*? "
        r"dan paling sedikit di (?P<low>.+?) \((?P<least>\S+)\)",
    },
    "en": {
        "standing": r"has (?P<ratio>\S+) civil servants .* rank (?P<rank>\d+) of 38 provinces and "
        r"(?P<way>above|below|the same).*?\((?P<overall>\S+)\)\.",
        "change": r"has (?P<way>risen|fallen) by (?P<share>\d+)% from (?P<before>[\d.]+)\. ",
        "founded": r"was founded on",
        "joined": r"is known only together with",
        "need": r"by (?P<low>population|villages|kecamatan|combined indicators) (?P<least>\S+), "
        r"by (?P<high>.+?) (?P<most>[+−]\S+) people",
        "short": r"all 4 measures of need that were tried it has less",
        "surplus": r"all 4 measures of need that were tried it has more",
        "doctors": r"most frequent for the people in (?P<high>.+?) \((?P<most>\S+) per .*? and "
        r"least in (?P<low>.+?) \((?P<least>\S+)\)",
    },
}
WAYS = {
    1: {"lebih tinggi", "above", "naik", "risen"},
    0: {"sama", "the same"},
    -1: {"lebih rendah", "below", "turun", "fallen"},
}
MODELS = {
    "penduduk": "penduduk",
    "population": "penduduk",
    "desa": "desa",
    "villages": "desa",
    "kecamatan": "kecamatan",
}


def ways(before, after):
    """How the way from a number to another may be called, as both are printed."""
    before, after = round(float(before), 1), round(float(after), 1)
    return WAYS[(after > before) - (after < before)]


def number(text, code):
    mark = {"id": ",", "en": "."}[code]
    return float(re.sub(rf"[^\d{mark}−]", "", text).replace(mark, ".").replace("−", "-"))


def of_date(name, date, **others):
    """A published table by province on one date."""
    table = read_processed(name)
    chosen = table["tanggal"] == pd.Timestamp(date)
    for column, value in others.items():
        chosen &= table[column] == value
    return table[chosen].set_index("kode_kemendagri")


@pytest.fixture(scope="module")
def expected():
    """What the tables say of each province, worked out without the package."""
    staff = of_date("pns_provinsi", DATE)["total"].astype(float)
    people = of_date("penduduk_provinsi", "2024-12-31")["penduduk"].astype(float)
    territory = of_date("wilayah_provinsi", "2024-12-31")
    territory["desa"] = territory["desa"] + territory["kelurahan"]
    territory["penduduk"] = people
    central = read_processed("asn_pusat_daerah").set_index("kode_kemendagri")["pusat"]
    regional = staff - central.reindex(staff.index).fillna(0)
    first, last = (
        of_date("penduduk_provinsi", date)["penduduk"].astype(float)
        for date in ("2010-05-15", "2020-09-15")
    )
    days = (pd.Timestamp(BEFORE) - pd.Timestamp("2010-05-15")).days
    between = (pd.Timestamp("2020-09-15") - pd.Timestamp("2010-05-15")).days
    then = first * (last / first) ** (days / between)
    found = pd.DataFrame({"ratio": 1000 * staff / people})
    found["rank"] = found["ratio"].rank(ascending=False)
    found["overall"] = 1000 * staff.sum() / people.sum()
    found["before"] = 1000 * of_date("pns_provinsi", BEFORE)["total"].astype(float) / then
    for model in set(MODELS.values()):
        share = territory[model].astype(float) / territory[model].sum()
        found[model] = regional - share * regional.sum()
    return found


@pytest.fixture(scope="module")
def doctors():
    """Doctors per 100,000 people of every kabupaten and kota, by profession."""
    people = read_processed("penduduk_kabkota").set_index("kode_kemendagri")["penduduk"]
    names = read_processed("kabkota").set_index("kode_kemendagri")["nama"]
    table = read_processed("tenaga_kabkota").set_index("kode_kemendagri")
    ratios = 100_000 * table["jumlah"].astype(float) / people.reindex(table.index).astype(float)
    return table.assign(ratio=ratios, nama=names.reindex(table.index))


@pytest.fixture(scope="module")
def opening():
    """The opening of a profile, in one line."""
    shared = {}

    def said(province, code, profession):
        p = parameters(province, language=code, profession=profession)
        language = Language(code)
        if code not in shared:
            provinces = inputs.provinces(p, language)
            needed = inputs.model_needs(provinces)
            shared[code] = provinces, needed, inputs.plans(p, provinces, needed)
        provinces, needed, plans = shared[code]
        standing = findings.standing(provinces, province, p.date)
        earlier = inputs.earlier(p, language)
        summary = findings.Summary(
            standing,
            findings.change(earlier, standing.province, p.before, p.date),
            findings.needs(
                provinces,
                findings.models(provinces, needed, plans, province),
                province,
                p.date,
            ),
            findings.spread(inputs.doctors(p), standing.province),
        )
        return " ".join(words(p)("summary", summary).markdown.replace("\\", "").split())

    return said


@pytest.mark.parametrize(
    ("province", "code"),
    [
        pytest.param(province, code, marks=() if number % 2 == turn else pytest.mark.exhaustive)
        for number, province in enumerate(CODES)
        for turn, code in enumerate(("id", "en"))
    ],
)
def test_the_opening_says_what_the_tables_say(province, code, opening, expected):
    text, of = opening(province, code, "dokter_umum"), expected.loc[province]
    said = {name: re.search(pattern, text) for name, pattern in SAID[code].items()}

    standing = said["standing"]
    assert number(standing["ratio"], code) == pytest.approx(of["ratio"], abs=0.051)
    assert int(standing["rank"]) == of["rank"]
    assert number(standing["overall"], code) == pytest.approx(of["overall"], abs=0.051)
    assert standing["way"] in ways(of["overall"], of["ratio"])

    split = read_processed("pemekaran")
    young = split[split["tanggal"] > pd.Timestamp(BEFORE)]
    assert bool(said["founded"]) == (province in set(young["kode_baru"]))
    parted = set(young["kode_induk"]) | {"64", "65"}  # the census of 2010 knew these two as one
    assert bool(said["joined"]) == (province in parted)
    assert bool(said["change"]) == (not said["founded"] and not said["joined"])
    if change := said["change"]:
        assert number(change["before"], code) == pytest.approx(of["before"], abs=0.051)
        assert change["way"] in ways(of["before"], of["ratio"])
        assert int(change["share"]) == round(100 * abs(of["ratio"] / of["before"] - 1))

    gaps = of[list(set(MODELS.values()))]
    assert not said["short"] or (gaps < 0).all()
    assert not said["surplus"] or (gaps > 0).all()
    assert [bool(said[name]) for name in ("need", "short", "surplus")].count(True) == 1
    if need := said["need"]:
        for model, gap in ((need["low"], need["least"]), (need["high"], need["most"])):
            if model in MODELS:
                assert number(gap, code) == pytest.approx(of[MODELS[model]], abs=1)
        assert number(need["least"], code) <= gaps.min() + 1
        assert number(need["most"], code) >= gaps.max() - 1


@pytest.mark.parametrize(
    "profession",
    [
        "dokter_umum",
        pytest.param("dokter_gigi", marks=pytest.mark.exhaustive),
        pytest.param("dokter_spesialis", marks=pytest.mark.exhaustive),
    ],
)
@pytest.mark.parametrize("province", CODES)
def test_the_kabupaten_it_names_have_most_and_fewest(province, profession, opening, doctors):
    rows = doctors[
        (doctors["profesi"] == profession) & doctors.index.str.startswith(province + ".")
    ]
    most, fewest = rows["ratio"].max(), rows["ratio"].min()
    said = re.search(SAID["id"]["doctors"], opening(province, "id", profession))
    if not said:
        assert round(most, 1) == round(fewest, 1)
        return
    assert said["high"] in set(rows.loc[rows["ratio"] == most, "nama"])
    assert said["low"] in set(rows.loc[rows["ratio"] == fewest, "nama"])
    assert number(said["most"], "id") == pytest.approx(most, abs=0.051)
    assert number(said["least"], "id") == pytest.approx(fewest, abs=0.051)
