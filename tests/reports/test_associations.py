"""What report 04 says goes with staff: numbers from the raw tables, and what cannot be told."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis import datasets
from analysis.inequality.decomposition import LocalAutocorrelation
from analysis.language import Language
from analysis.reports.tenaga_kabupaten import (
    TenagaKabupaten,
    association_findings,
    association_tables,
    associations,
    characteristics,
    findings,
    inputs,
    place_findings,
    places,
    words,
)
from analysis.reports.wording import read_blocks

GROUPS = {
    "related",
    "ways",
    "fitting",
    "counts",
    "unusual",
    "missing",
    "alike",
    "spots",
    "left_spots",
    "stand_out",
}
CAUSAL = {
    "id": r"\b(sebab|menyebabkan|disebabkan|akibat\w*|mengakibatkan|pengaruh\w*|dipengaruhi|"
    r"berdampak|dampak|gara|karenanya|berkat|meningkatkan|menurunkan|mengurangi)\b",
    "en": r"\b(caus\w+|effects?|because|due to|leads?|impacts?|influences?|results? in|"
    r"increases?|reduces?|lowers?|raises?|thanks to|owing)\b",
}


def parameters(**changes):
    defaults = {
        "table": "dokter_kabkota_2020",
        "profession": "dokter_umum",
        "compared_with": "dokter_spesialis",
        "population": "kabkota_2024",
        "basis": "38",
        "level": "nasional",
        "standard": None,
        "boundaries": None,
        "measures": ["gini"],
        "randomness": "superpopulation",
        "seed": 1,
        "language": "id",
    }
    return TenagaKabupaten.check(defaults | changes)


class Report:
    """What the cells of the notebook compute."""

    def __init__(self, **changes):
        self.p = parameters(**changes)
        self.data = inputs.supply(self.p, Language("id"))
        self.about = findings.scope(self.data, self.p)
        self.around = characteristics.surroundings(self.data.units)
        self.supplies, self.silent = associations.reporting(
            self.data, findings.compared(self.data, self.p), self.p
        )
        self.units = self.supplies[self.about.kind]


@pytest.fixture(scope="module")
def report():
    return Report()


@pytest.fixture(scope="module")
def fitted(report):
    return {
        kind: associations.associations(units, report.around)
        for kind, units in report.supplies.items()
    }


@pytest.fixture(scope="module")
def raw():
    """The raw tables side by side, and the terms computed from them with plain NumPy."""
    read = {
        name: datasets.read_table(name).set_index("kode_kemendagri")
        for name in ("kabkota", "kabkota_2024", "dokter_kabkota_2020", "kabkota_titik", "provinsi")
    }
    area = read["kabkota_2024"]
    rows = area.join(read["dokter_kabkota_2020"].filter(like="dokter")).join(read["kabkota_titik"])
    rows["kota"] = (read["kabkota"]["jenis"].reindex(rows.index) == "kota").astype(float)
    pairs = datasets.read_table("kabkota_berbatasan")
    bordering = set(pairs["kode_a"]) | set(pairs["kode_b"])
    capital = read["provinsi"].loc[rows.index.str[:2], ["lintang", "bujur"]].to_numpy(float)
    here = rows[["lintang", "bujur"]].to_numpy(float)
    (a, b), (c, d) = np.radians(here).T, np.radians(capital).T
    cosine = np.sin(a) * np.sin(c) + np.cos(a) * np.cos(c) * np.cos(b - d)
    km = 6371.0088 * np.arccos(np.clip(cosine, -1, 1))
    terms = pd.DataFrame(
        {
            "penduduk": np.log2(rows["penduduk"].to_numpy(float)),
            "kepadatan": np.log2((rows["penduduk"] / rows["luas_km2"]).to_numpy(float)),
            "desa": (rows["desa"] / (rows["desa"] + rows["kelurahan"])).to_numpy(float),
            "kota": rows["kota"].to_numpy(),
            "pulau": [float(code not in bordering) for code in rows.index],
            "jarak": np.log2(np.maximum(km, 10)),
        },
        index=rows.index,
    )
    return rows, terms, pairs


class TestCharacteristics:
    def test_they_are_those_of_the_raw_tables(self, report, raw):
        terms = report.around.terms
        pd.testing.assert_frame_equal(
            terms, raw[1].loc[terms.index], rtol=1e-6, atol=1e-6, check_names=False
        )
        assert tuple(terms.columns) == characteristics.TERMS
        assert terms["pulau"].sum() == 28
        assert terms["kota"].sum() == 98

    def test_neighbours_are_mutual_and_those_of_the_table(self, report, raw):
        beside = report.around.neighbours
        assert sum(map(len, beside.values())) == 2 * len(raw[2])
        assert all(code in beside[other] for code in beside for other in beside[code])


class TestModels:
    @pytest.mark.parametrize("column", ["dokter_umum", "dokter_spesialis"])
    def test_the_effects_solve_the_equations_on_the_raw_tables(self, report, fitted, raw, column):
        found = fitted[report.data.titles[column]]
        rows, terms, _ = raw
        rows, terms = rows.loc[found.together.units.index], terms.loc[found.together.units.index]
        x = np.column_stack([terms, np.ones(len(terms))])
        y, p = rows[column].to_numpy(float), rows["penduduk"].to_numpy(float)
        b = np.zeros(x.shape[1])
        eta = np.log(y + 0.5)
        for _ in range(80):
            mu = np.exp(eta)
            w = mu / (1 + found.together.alpha * mu)
            z = eta - np.log(p) + (y - mu) / mu
            b = np.linalg.solve((x.T * w) @ x, x.T @ (w * z))
            eta = x @ b + np.log(p)
        np.testing.assert_allclose(found.together.coefficients["estimate"], b[:-1], rtol=1e-4)

    def test_who_may_not_have_reported_is_left_out_and_named(self, report, fitted):
        assert report.silent == ("Kabupaten Pegunungan Arfak", "Kabupaten Maybrat")
        related = association_findings.related(
            fitted[report.about.kind], report.around, report.units, report.silent, report.about
        )
        assert (related.units, related.clusters, related.silent) == (512, 38, report.silent)

    def test_counts_vary_too_much_for_poissons_law(self, fitted):
        for found in fitted.values():
            assert found.dispersion.pearson > 10
            assert found.together.family == "negative_binomial"
            assert found.together.pearson == pytest.approx(1.0, abs=0.1)

    def test_the_table_holds_every_model_of_both_professions(self, report, fitted):
        say = words(report.p)
        said = association_findings.ways(fitted, report.about)
        table = association_tables.ways(fitted, said, say).frame
        assert len(table) == 2 * 6
        assert (said.other, said.without) == ("Dokter spesialis", 0)
        first = table.iloc[0]
        assert first["ciri"] == "Dokter umum: penduduk dua kali lebih banyak"
        assert first["Binomial negatif"] == "−22% (−28%; −17%)"
        assert table[["Poisson", "Log-linear", "Di dalam provinsi"]].notna().all(axis=None)


class TestAbsence:
    def test_the_scarcer_profession_is_asked_for(self, report):
        assert associations.scarcest(report.supplies) == "Dokter spesialis"

    def test_shares_and_the_term_that_parts_are_those_of_the_raw_table(self, report, raw):
        units = report.supplies["Dokter spesialis"]
        found = associations.absence(units, report.around)
        rows, terms, _ = raw
        none = rows.loc[units.index, "dokter_spesialis"] == 0
        assert (rows["dokter_spesialis"] == 0).sum() == 38  # two of them may not have reported
        assert none.sum() == 36
        assert none[terms.loc[units.index, "kota"] == 1].sum() == 0
        assert found.parted == ("kota",)
        assert "kota" not in found.together.coefficients.index
        assert len(found.together.units) == 512 - 98
        quarters = found.shares[found.shares["term"] == "penduduk"]
        smallest = rows.loc[units.index, "penduduk"].nsmallest(128).index
        assert quarters["events"].iloc[0] == none[smallest].sum()
        said = association_findings.missing(found, "Dokter spesialis", units, report.silent)
        assert (said.without, said.units, said.rough) == (36, 512, True)
        assert said.parted == ("status kota",)

    def test_where_too_few_lack_staff_there_are_shares_and_no_model(self, report):
        found = associations.absence(report.units, report.around)
        assert found.together is None
        assert found.shares["events"].sum() == 0


class TestOverlap:
    TERMS = pd.DataFrame({"kota": [1.0, 1, 0, 0, 0, 0], "size": [5.0, 4, 9, 3, 1, 2]}, [*"abcdef"])

    def test_a_kind_of_which_none_has_it_leaves_with_its_term(self):
        some = pd.Series([False, False, True, False, True, False], [*"abcdef"])
        kept, parted = associations.overlapping(some, self.TERMS, "event")
        assert kept[kept].index.tolist() == [*"cdef"]
        assert parted == ("kota",)

    def test_of_counts_a_kind_of_which_all_have_some_stays(self):
        some = pd.Series([True, True, True, False, True, False], [*"abcdef"])
        kept, parted = associations.overlapping(some, self.TERMS, "count")
        assert kept.all()
        assert parted == ()

    @pytest.mark.parametrize("value", [True, False])
    def test_where_all_are_alike_there_is_nothing_to_part(self, value):
        some = pd.Series(value, [*"abcdef"])
        assert associations.overlapping(some, self.TERMS, "event")[1] == ()


class TestPlace:
    def test_morans_i_is_its_definition_on_the_raw_tables(self, report, fitted, raw):
        rows, _, pairs = raw
        codes = report.units.index
        linked = pd.DataFrame(0.0, codes, codes)
        for a, b in pairs.itertuples(index=False):
            if a in linked.index and b in linked.index:
                linked.loc[a, b] = linked.loc[b, a] = 1.0
        w = linked.to_numpy()
        w = w / np.maximum(w.sum(axis=1, keepdims=True), 1)

        def moran(values):
            z = values - values.mean()
            return len(z) / w.sum() * (z @ w @ z) / (z @ z)

        found = places.places(report.units, report.around, fitted[report.about.kind], seed=1)
        tests = found.tests.set_index(["what", "how"])
        ratio = (rows["dokter_umum"] / rows["penduduk"]).loc[codes].to_numpy(float)
        assert tests.loc[("ratio", "all"), "estimate"] == pytest.approx(moran(ratio))
        for what in ("together", "within"):
            fit = getattr(fitted[report.about.kind], what)
            left = fit.units["residual"].loc[codes].to_numpy()
            assert tests.loc[(what, "all"), "estimate"] == pytest.approx(moran(left))
        # Inside provinces, chance itself makes neighbours unlike each other.
        assert tests.loc[("within", "all"), "expected"] < -0.03
        assert tests.loc[("ratio", "without"), "units"] == 512 - 28
        assert set(tests.index.get_level_values("what")) == {"ratio", "together", "within"}
        assert found.tests.equals(
            places.places(report.units, report.around, fitted[report.about.kind], seed=1).tests
        )
        said = place_findings.alike(found, report.about)
        assert (said.islands, said.steady, said.ratio.clear) == (28, True, True)
        assert not said.within.clear

    def test_an_answer_that_islands_change_is_said_to(self, report):
        tests = pd.DataFrame(
            {
                "what": "ratio",
                "how": ["all", "joined", "without"],
                "units": 9,
                "estimate": [0.3, 0.1, 0.3],
                "expected": 0.0,
                "se": 0.1,
                "p_value": [0.01, 0.4, 0.01],
            }
        )
        local = LocalAutocorrelation(pd.DataFrame({"kind": ["no_neighbour"]}), 0.05, 9, 1)
        found = places.Places(tests, local, None)
        assert not place_findings.alike(found, report.about).steady


def test_a_difference_is_clear_as_it_is_printed():
    table = pd.DataFrame(
        {"ratio": [0.9, 0.9, 1.3], "low": [0.8, 0.8, 1.1], "high": [0.994, 0.996, 1.6]},
        index=["jarak", "desa", "kota"],
    )
    said = association_findings.as_effects(table)
    assert [each.clear for each in said] == [True, False, True]  # 0.996 is printed 0 %


def test_one_province_has_no_model_and_says_what_it_would_take():
    report = Report(level="76", profession="dokter_total")
    found = associations.associations(report.units, report.around)
    assert found is None
    said = association_findings.related(
        found, report.around, report.units, report.silent, report.about
    )
    assert (said.fitted, said.clusters, said.least) == (False, 1, 20)
    say = words(report.p)
    assert "sedikitnya 20 provinsi" in say("related", said).markdown
    fitting = association_findings.fitting(found, report.units["nama"], report.about)
    assert "Tanpa model" in say("fitting", fitting).markdown


@pytest.mark.parametrize("code", ["id", "en"])
def test_no_text_calls_what_goes_together_a_cause(code):
    blocks = read_blocks("tenaga_kabupaten", code)
    mine = {name: text for name, text in blocks.items() if name.partition(".")[0] in GROUPS}
    assert {name.partition(".")[0] for name in mine} == GROUPS
    named = {
        name: re.findall(CAUSAL[code], re.sub(r"\{[{%].*?[%}]\}", " ", text, flags=re.DOTALL))
        for name, text in mine.items()
    }
    assert {name: found for name, found in named.items() if found} == {}
