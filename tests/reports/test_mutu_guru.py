"""What report 05 says, also of provinces that no table has."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from notebook_cells import run

from analysis import inequality
from analysis.datasets import read_processed
from analysis.errors import DataError, ParameterError
from analysis.language import Language
from analysis.reports.mutu_guru import MutuGuru, figures, findings, inputs, tables, words
from analysis.reports.mutu_guru.findings import FINDINGS
from analysis.reports.wording import Words

DEFAULTS = {"date": "2023-12-31", "need": "siswa", "basis": "38"}
P = MutuGuru.check(DEFAULTS)


def provinces(pupils, teachers, qualified, need="siswa"):
    teachers, qualified = np.array(teachers), np.array(qualified)
    counts = pd.DataFrame(
        {
            "sekolah": 1,
            "siswa": pupils,
            "rombel": np.array(pupils) // 20,
            "guru_di_bawah_s1": teachers - qualified,
            "guru_s1": qualified,
            "guru": teachers,
        }
    )
    frame = inputs.with_quality(counts, need)
    return frame.assign(nama=[f"P{n}" for n in frame.index], kode_kemendagri="11")


NONE_BESIDE = provinces([20], [1], [1]).iloc[:0]
ABROAD = provinces([400], [50], [10]).assign(nama="Luar Negeri")

# Four provinces of 2,000 pupils: teachers, and those with a degree.
EVEN = provinces([2000] * 4, [100] * 4, [80] * 4)
ALL_QUALIFIED = provinces([2000] * 4, [50, 100, 150, 200], [50, 100, 150, 200])
SAME_QUALITY = provinces([2000] * 4, [50, 100, 150, 200], [40, 80, 120, 160])
SAME_NUMBER = provinces([2000] * 4, [100] * 4, [20, 40, 60, 80])
BALANCED = provinces([2000] * 4, [50, 100, 50, 100], [40, 40, 40, 40])
ALONG = provinces([2000] * 5, [50, 100, 150, 200, 250], [10, 40, 90, 140, 225])
AGAINST = provinces([2000] * 5, [50, 100, 150, 200, 250], [45, 80, 90, 60, 25])
CASES = {
    "even": EVEN,
    "all qualified": ALL_QUALIFIED,
    "same quality": SAME_QUALITY,
    "same number": SAME_NUMBER,
    "balanced": BALANCED,
    "along": ALONG,
    "against": AGAINST,
}


def spoken(frame, beside=NONE_BESIDE, language="id"):
    """Every sentence of the report on some provinces, by group."""
    say = Words.of("mutu_guru", language, FINDINGS)
    ways = inputs.effects(frame)
    effects = findings.effects(frame, ways, P)
    indices = inputs.concentrations(frame)
    curves = inputs.concentration_curves(frame)
    index = indices["qualified"]
    lorenz = (
        inequality.lorenz_curve(frame[name], frame["dilayani"]) for name in ("rasio", "hasil")
    )
    concentration = findings.concentration(curves, index, P)
    found = {
        "summary": findings.summary(frame, index, effects, P),
        "fields": findings.fields(frame, P),
        "beside": findings.places(frame, beside, P),
        "lorenz": findings.lorenz(*lorenz, P),
        "concentration": concentration,
        "effects": effects,
    }
    key = say.key_figures(findings.key(frame, effects, P))
    tables.provinces(frame, beside, findings.table(beside, P), say).formatted()
    tables.concentrations(indices, findings.indices(index, P), say).formatted()
    tables.effects(ways, findings.Rules(P.need), say).formatted()
    figures.concentration(curves, concentration, say)
    said = {group: " ".join(say.lines(f"{group}.text", each)) for group, each in found.items()}
    return said | {"key": " | ".join(f"{f.value} {f.label} {f.note}" for f in key.figures)}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("frame", CASES.values(), ids=CASES)
@pytest.mark.parametrize("beside", [NONE_BESIDE, ABROAD], ids=["none beside", "abroad"])
def test_there_are_words_for_every_spread(frame, beside, language):
    assert all(spoken(frame, beside, language).values())


def test_an_even_spread_has_nothing_to_divide():
    said = spoken(EVEN)
    assert "tidak ada ketimpangan yang dapat diurai" in said["effects"]
    assert "sama di semua provinsi" in said["summary"]
    assert said["fields"].startswith("Tidak ada provinsi yang rasio guru dan bagian S1-nya")
    assert "tidak di bawah seluruh provinsi di 4 provinsi" in said["fields"]
    assert "tidak ada ketimpangan (Theil T 0,0000)" in said["key"]


def test_where_all_have_a_degree_quality_is_the_same_everywhere():
    said = spoken(ALL_QUALIFIED)
    assert said["concentration"].startswith("Semua guru berijazah S1 ke atas")
    assert set(inputs.concentrations(ALL_QUALIFIED)) == {"qualified"}
    assert "(100,0%) adalah pengaruh jumlah dan 0,00000 (0,0%) pengaruh mutu" in said["effects"]


def test_one_factor_that_is_even_has_no_effect():
    assert "100,0% adalah pengaruh jumlah guru dan 0,0%" in spoken(SAME_QUALITY)["summary"]
    assert "0,0% adalah pengaruh jumlah guru dan 100,0%" in spoken(SAME_NUMBER)["summary"]
    assert "bersama-sama hampir nol" in spoken(SAME_NUMBER)["effects"]


def test_quality_that_makes_up_for_number_leaves_no_inequality():
    said = spoken(BALANCED)
    assert "Guru S1 per siswa sama di semua provinsi" in said["summary"]
    assert "bersama-sama negatif" in said["effects"]


def test_quality_along_with_number_and_against_it():
    along, against = spoken(ALONG), spoken(AGAINST)
    assert "Mutu cenderung berada di tempat jumlahnya" in along["summary"]
    assert "bagian S1 lebih tinggi di tempat guru banyak" in along["concentration"]
    assert "bersama-sama positif" in along["effects"]
    assert "tidak berada di tempat jumlahnya" in against["summary"]
    assert "bagian S1 lebih rendah di tempat guru banyak" in against["concentration"]


def test_places_beside_change_no_other_figure():
    without, with_ = spoken(ALONG), spoken(ALONG, ABROAD)
    assert without.pop("beside") == "Sumbernya tidak menyebut sekolah di luar provinsi."
    said = with_.pop("beside")
    assert with_ == without
    assert "Luar Negeri bukan provinsi: 1 sekolah dengan 50 guru, 20,0% berijazah" in said
    # 750 teachers of 10,000 pupils; 800 of 10,400 with those abroad.
    assert "dari 7,50 menjadi 7,69" in said


class TestOfficialFigures:
    @pytest.fixture
    def frame(self):
        return inputs.provinces(P, Language("id"))

    def test_the_frame_is_that_of_the_table(self, frame):
        teachers = read_processed("guru_sd_provinsi").dropna(subset="kode_kemendagri")
        assert len(frame) == 38
        assert frame["guru"].sum() == teachers["guru"].sum()
        overall = 100 * frame["guru"].sum() / frame["siswa"].sum()
        assert inputs.together(frame, "siswa")["rasio"] == pytest.approx(overall)
        product = frame["jumlah_relatif"] * frame["mutu_relatif"]
        assert frame["hasil_relatif"].to_numpy() == pytest.approx(product.to_numpy())

    @pytest.mark.parametrize("need", ["siswa", "rombel"])
    @pytest.mark.parametrize("basis", ["33", "34", "37", "38"])
    def test_every_way_adds_up_to_the_measure(self, need, basis):
        p = MutuGuru.check(DEFAULTS | {"need": need, "basis": basis})
        frame = inputs.provinces(p, Language("id"))
        ways = inputs.effects(frame)
        assert len({(way.index, way.rule) for way in ways}) == len(ways) == 6
        for way in ways:
            measure = getattr(inequality, way.index)
            assert abs(way.total - measure(frame["hasil"], frame["dilayani"])) < 1e-12

    def test_a_covariance_is_not_told_as_a_ranking(self):
        # By classes the two have different signs: the provinces with fewest teachers are far off.
        p = MutuGuru.check(DEFAULTS | {"need": "rombel"})
        frame = inputs.provinces(p, Language("id"))
        effects = findings.effects(frame, inputs.effects(frame), p)
        assert effects.interaction > 0 > inputs.concentrations(frame)["qualified"].estimate
        said = " ".join(words(p).lines("effects.text", effects))
        assert "bersama-sama positif" in said
        assert "keduanya dapat berlainan tanda" in said
        assert "lebih tinggi" not in said

    def test_the_table_ends_with_all_provinces_and_those_beside(self, frame):
        say = words(P)
        beside = inputs.beside(P)
        table = tables.provinces(frame, beside, findings.table(beside, P), say).formatted()
        assert table.iloc[-2:]["Provinsi"].tolist() == ["Seluruh provinsi", "Luar Negeri"]
        assert table.iloc[-2][["Jumlah, relatif", "Hasil kali"]].tolist() == ["1,00", "1,00"]
        assert len(table) == 40

    def test_every_province_is_named_in_the_figure_and_its_alternative(self, frame):
        shown = run("mutu_guru").texts
        alternative = next(text for text in shown if text.startswith("Diagram empat bidang"))
        for name in frame["nama"]:
            assert name in alternative
            assert name in shown


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"need": "guru"}, "Parameter 'need' = 'guru'"),
        ({"basis": "39"}, "Parameter 'basis' = '39'"),
        ({"needs": "siswa"}, "Did you mean 'need'?"),
        ({"date": "2023"}, "is no date YYYY-MM-DD"),
    ],
)
def test_wrong_parameters_are_refused(changes, says):
    with pytest.raises(ParameterError, match=says):
        MutuGuru.check(DEFAULTS | changes)


def test_a_date_without_a_table_names_those_there_are():
    p = MutuGuru.check(DEFAULTS | {"date": dt.date(2022, 12, 31)})
    with pytest.raises(DataError, match=r"for 2022-12-31\. There is one for 2023-12-31"):
        inputs.provinces(p, Language("id"))
