"""What report 04 says, also of kabupaten and kota that no table has."""

import datetime as dt
import json
import re

import numpy as np
import pandas as pd
import pytest
from extremes import EXTREMES, FURTHER
from notebook_cells import run

from analysis import datasets, inequality
from analysis.errors import DataError, ParameterError
from analysis.inequality import Confidence
from analysis.language import Language
from analysis.reports.tenaga_kabupaten import (
    TenagaKabupaten,
    findings,
    inputs,
    spread,
    tables,
)
from analysis.reports.tenaga_kabupaten import level_findings as levels
from analysis.reports.tenaga_kabupaten.findings import FINDINGS
from analysis.reports.tenaga_kabupaten.level_findings import Scope
from analysis.reports.wording import Words

DEFAULTS = {
    "table": "dokter_kabkota_2020",
    "profession": "dokter_umum",
    "compared_with": "dokter_spesialis",
    "population": "kabkota_2024",
    "basis": "38",
    "level": "nasional",
    "standard": None,
    "boundaries": None,
    "measures": ["gini", "hoover"],
    "randomness": "superpopulation",
    "seed": 1,
    "language": "id",
}
KINDS = ["umum", "gigi", "spesialis", "subspesialis", "gigi_spesialis", "total"]
MEASURES = ["gini", "theil_l", "coefficient_of_variation"]


def parameters(**changes):
    return TenagaKabupaten.check(DEFAULTS | changes)


def supply(**changes):
    return inputs.supply(parameters(**changes), Language("id"))


def raw(name):
    return datasets.read_table(name).set_index("kode_kemendagri")


class TestNumbers:
    def test_the_gini_of_general_practitioners_by_all_pairs(self):
        people = raw("kabkota_2024")["penduduk"].to_numpy(dtype=float)
        staff = raw("dokter_kabkota_2020")["dokter_umum"].to_numpy(dtype=float)
        ratio, share = staff / people, people / people.sum()
        pairs = np.abs(ratio[:, None] - ratio[None, :]) * share[:, None] * share[None, :]
        expected = pairs.sum() / (2 * staff.sum() / people.sum())
        found = supply()
        assert expected == pytest.approx(0.370520293626, abs=1e-12)
        assert inequality.gini(found.units["rasio"], found.units["penduduk"]) == pytest.approx(
            expected, abs=1e-12
        )

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("basis", ["34", "38"])
    def test_the_levels_add_up_and_provinces_see_two_of_them(self, kind, basis):
        units = supply(profession=f"dokter_{kind}", compared_with=None, basis=basis).units
        parts = spread.nested(units)
        whole = inequality.theil_t(units["rasio"], units["penduduk"])
        assert parts.total == pytest.approx(whole, abs=1e-12)
        totals = units.groupby("kode_provinsi")[["tenaga", "penduduk"]].sum()
        seen = inequality.theil_t(totals["tenaga"] / totals["penduduk"], totals["penduduk"])
        assert parts.between_outer + parts.between_inner == pytest.approx(seen, abs=1e-12)
        provinces = spread.provinces(units)
        assert provinces["di_dalam"].sum() == pytest.approx(parts.within_inner, abs=1e-12)

    def test_island_groups_and_indonesia_close_the_table_of_provinces(self):
        data = supply()
        say = Words.of("tenaga_kabupaten", "id", FINDINGS)
        about = findings.scope(data, parameters())
        shown = tables.provinces(spread.provinces(data.units), data.units, about, say)
        totals = shown.totals.set_index("nama")
        assert len(shown.frame) == 38
        assert list(totals.index)[-1] == "Indonesia"
        assert len(totals) == 8
        whole = totals.loc["Indonesia"]
        assert (whole["satuan"], whole["bagian"]) == (514, pytest.approx(1))
        assert whole["gini"] == pytest.approx(0.370520293626, abs=1e-12)
        assert whole["terendah"] == shown.frame["terendah"].min()
        assert totals["satuan"][:-1].sum() == 514

    def test_shares_of_every_kind_make_up_the_whole(self):
        data = supply()
        table = spread.by_kind(data.units, data.kinds)
        shares = table[["antarpulau", "antarprovinsi", "di_dalam"]].sum(axis=1)
        assert shares.to_numpy() == pytest.approx(1, abs=1e-12)
        assert (table["antarjenis"] + table["dalam_jenis"]).to_numpy() == pytest.approx(
            1, abs=1e-12
        )
        assert table["tenaga"].iloc[:-1].sum() == table["tenaga"].iloc[-1] == 107007
        assert len(table) == len(KINDS)

    def test_the_units_that_reported_nothing_are_found_by_their_facilities(self):
        data = supply()
        about = findings.scope(data, parameters())
        found = findings.nobody(data.units, data.kinds, about)
        assert [(each.name, each.facilities) for each in found.silent] == [
            ("Kabupaten Pegunungan Arfak", 10),
            ("Kabupaten Maybrat", 15),
        ]
        hidden = data.units.assign(fasilitas=pd.NA)
        assert findings.nobody(hidden, data.kinds, about).silent == ()


def test_intervals_take_whole_provinces_since_units_alone_would_promise_too_much():
    rng = np.random.default_rng(3)
    sizes = spread.provinces(supply().units)["satuan"].to_numpy()

    def world(provinces):
        chosen = rng.choice(sizes, provinces)
        group = np.repeat(np.arange(provinces), chosen)
        logs = rng.normal(0, 0.49, provinces)[group] + rng.normal(0, 0.56, len(group))
        people = np.exp(rng.normal(0, 0.8, provinces)[group] + rng.normal(0, 0.7, len(group)))
        return pd.DataFrame({"rasio": np.exp(logs), "penduduk": people, "kode_provinsi": group})

    many = world(40_000)
    truth = inequality.gini(many["rasio"], many["penduduk"])
    ways = {"whole": inputs.confidence(parameters()), "alone": Confidence("superpopulation")}
    held = dict.fromkeys(ways, 0)
    for _ in range(120):
        frame = world(38)
        for name, ci in ways.items():
            row = spread.measures(frame, ["gini"], ci).iloc[0]
            held[name] += row["low"] <= truth <= row["high"]
    assert 0.88 <= held["whole"] / 120 <= 1.0
    assert held["alone"] / 120 < 0.85


def units_of(rows):
    frame = pd.DataFrame(
        rows, columns=["nama", "jenis", "provinsi", "pulau", "tenaga", "penduduk", "fasilitas"]
    )
    frame["kode_kemendagri"] = [f"{n:02d}.01" for n in range(len(frame))]
    frame["kode_provinsi"] = frame["provinsi"]
    return frame.assign(
        rasio=spread.ratio(frame["tenaga"], frame["penduduk"]), lintang=0.0, bujur=110.0
    )


ROWS = [
    ("Kabupaten A", "kabupaten", "P", "Jawa", 10, 100_000, 5),
    ("Kota B", "kota", "P", "Jawa", 60, 200_000, 9),
    ("Kabupaten C", "kabupaten", "Q", "Jawa", 5, 100_000, 3),
    ("Kabupaten D", "kabupaten", "R", "Papua", 0, 50_000, 7),
]
CASES = {
    "uneven": ROWS,
    "even": [(*row[:4], row[5] // 10_000, *row[5:]) for row in ROWS],
    "one unit": ROWS[:1],
    "one province": ROWS[:2],
    "only kota": ROWS[1:2],
    "a province without staff": [*ROWS[1:2], *ROWS[3:]],
    "facilities not counted": [(*row[:6], None) for row in ROWS],
}


def spoken(rows, language="id", *, missing=(), other=True, value=30.0):
    """Every sentence of the report on some units, by group."""
    units = units_of(rows)
    kinds = pd.DataFrame({"x": units["tenaga"], "y": units["tenaga"] // 2}).astype("Int64")
    single = units["provinsi"].nunique() == 1
    about = Scope(
        kind="Dokter umum",
        province=str(units["provinsi"].iloc[0]) if single else None,
        units=len(units),
        provinces=units["provinsi"].nunique(),
        missing=missing,
        date=dt.date(2020, 9, 20),
        people_date=dt.date(2024, 12, 31),
        decimals=1,
    )
    p = parameters(profession="x", compared_with="y" if other else None)
    lacking = pd.DataFrame({"nama": list(missing)})
    titles = {"x": "Dokter umum", "y": "Dokter gigi"}
    data = inputs.Supply(units, kinds, titles, lacking, about.date, about.people_date)
    provinces, table = spread.provinces(units), spread.by_kind(units, kinds)
    key = findings.key(units, provinces, about)
    ci = Confidence("superpopulation")
    ranking = findings.ranking(units, about)
    found = {
        "summary": levels.summary(units, key.gini, key.gini_provinces, about),
        "ranking": ranking,
        "map": findings.unit_map(units, ranking, areas=False),
        "measures": levels.intervals(spread.measures(units, MEASURES, ci), ci, about),
        "levels": levels.levels(units, table, titles, about),
        "moves": levels.moves(units, about),
        "inside": levels.inside(provinces, about),
        "cities": findings.cities(units, about),
        "nobody": findings.nobody(units, kinds, about),
        "quality": findings.quality(data, p, about),
        "standard": findings.standard(units, value, None, about),
        "limits": findings.limits(about, ()),
    }
    say = Words.of("tenaga_kabupaten", language, FINDINGS)
    say.key_figures(key)
    tables.kinds(table, titles, about, say)
    tables.provinces(provinces, units, about, say)
    return {group: " ".join(say.lines(f"{group}.text", each)) for group, each in found.items()}


class TestWords:
    @pytest.mark.parametrize("language", ["id", "en"])
    @pytest.mark.parametrize("missing", [(), ("Kota Solok",)])
    @pytest.mark.parametrize("rows", CASES.values(), ids=CASES)
    def test_there_are_whole_sentences_for_every_spread(self, rows, missing, language):
        said = spoken(rows, language, missing=missing)
        broken = re.compile(r"\S {2,}\S| [.,;:)]|\(\s|\.\.|,,|\bnan\b|None|\{|\}")
        assert [text for text in said.values() if not text or broken.search(text)] == []

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_a_unit_that_the_data_lack_is_named_beside_every_total(self, language):
        said = spoken(ROWS, language, missing=("Kota Solok",))
        totals = ["summary", "ranking", "measures", "standard", "limits"]
        assert [group for group in totals if "Kota Solok" not in said[group]] == []

    def test_the_map_is_read_by_island_groups_and_inside_a_province_by_kota_and_kabupaten(self):
        said = spoken(ROWS)["map"]
        assert "berada semua 1 kabupaten/kota di Papua" in said
        assert "dan 2 dari 3 di Jawa, bagian terkecil" in said
        said = spoken(CASES["one province"], "en")["map"]
        assert said.endswith("are all 1 kabupaten and none of 1 kota.")
        assert spoken(CASES["even"])["map"].startswith("Tidak satu pun dari 4 kabupaten/kota")

    def test_an_even_spread_is_called_even(self):
        said = spoken(CASES["even"])
        assert (
            said["summary"] == "Semua kabupaten/kota memiliki rasio yang sama terhadap penduduknya."
        )
        assert said["moves"].startswith("Tidak seorang pun perlu berpindah")
        assert said["levels"].startswith("Persebaran merata sempurna")

    def test_one_province_is_not_split_into_levels(self):
        said = spoken(CASES["one province"])
        assert "antarprovinsi" not in " ".join(said.values())
        assert "ke provinsi lain" not in said["moves"]

    def test_moves_are_told_by_the_borders_they_cross(self):
        assert "sedikitnya 27 dari 75 orang (35,6%, indeks Hoover)" in spoken(ROWS)["moves"]

    def test_nothing_is_said_of_facilities_that_were_not_counted(self):
        assert (
            "tidak mencatat banyaknya fasilitas"
            in spoken(CASES["facilities not counted"])["nobody"]
        )
        assert "7 fasilitas terhitung" in spoken(ROWS)["nobody"]

    def test_a_measure_that_zeros_leave_undefined_is_named(self):
        assert "Tidak terdefinisi untuk kabupaten/kota" in spoken(ROWS)["measures"]
        assert "Theil L" in spoken(ROWS)["measures"]

    def test_what_a_total_covers_up_is_told_only_where_it_does(self):
        hiding = spoken(ROWS, value=25.0)["standard"]
        assert "tertutup oleh kelebihan" in hiding
        assert "tertutup" not in spoken(ROWS, value=1000.0)["standard"]
        assert "isi parameter standard" in spoken(ROWS, value=None)["standard"]


class TestOwnTable:
    """A table of one province that lacks a unit, as a dinas may bring it."""

    @pytest.fixture
    def table(self, monkeypatch):
        places = datasets.read_processed("kabkota")
        here = places[places["kode_provinsi"] == "13"].reset_index(drop=True)
        counts = pd.Series(range(20, 20 + len(here)), dtype="Int64")
        counts[here["nama"] == "Kota Solok"] = pd.NA
        own = pd.DataFrame(
            {
                "tabel": "perawat_sumbar",
                "tanggal": pd.Timestamp("2022-12-31"),
                "cakupan": "13",
                "profesi": "perawat",
                "judul": "Perawat",
                "kode_kemendagri": here["kode_kemendagri"],
                "jumlah": counts,
                "fasilitas": pd.array([pd.NA] * len(here), dtype="Int64"),
            }
        )
        read = datasets.read_processed

        def both(name):
            found = read(name)
            return pd.concat([found, own]) if name == "tenaga_kabkota" else found

        monkeypatch.setattr(datasets, "read_processed", both)
        monkeypatch.setattr(inputs, "marks", lambda _: ())
        return {
            "table": "perawat_sumbar",
            "profession": "perawat",
            "compared_with": None,
            "level": "13",
        }

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_names_the_missing_unit_and_counts_the_others(self, table, language):
        shown = run("tenaga_kabupaten", language=language, **table)
        text = "\n".join(shown.texts)
        assert len(re.findall("Kota Solok", text)) > 10
        units = inputs.supply(parameters(**table), Language("id")).units
        assert len(units) == 18
        assert "Kota Solok" not in set(units["nama"])

    def test_of_one_province_is_not_shown_as_the_nation(self, table):
        with pytest.raises(ParameterError, match=r"covers, on 38 provinces, 13\. Choose one of"):
            supply(**(table | {"level": "nasional"}))


class TestBadInputs:
    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"table": "dokter"}, r"'table' = 'dokter' is no table with the role 'tenaga_kabkota'"),
            ({"population": "x"}, r"'population' = 'x' is no table .* Choose from kabkota_2024"),
            ({"profession": "dokter"}, r"'profession' = 'dokter' is no profession of the table"),
            ({"compared_with": "bidan"}, r"'compared_with' = 'bidan' is no profession"),
            ({"level": "99"}, r"'level' = '99': the table .* covers, on 38 provinces, 11, 12"),
            ({"level": "96", "basis": "34"}, r"'level' = '96': .* on 34 provinces"),
            (
                {"profession": "dokter_subspesialis", "level": "95"},
                r"nobody is counted at level = '95'",
            ),
        ],
    )
    def test_what_is_not_there_is_refused_with_what_is(self, changes, message):
        with pytest.raises(ParameterError, match=message):
            supply(**changes)

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"level": "jawa"}, "'level' = 'jawa' is neither 'nasional' nor the Kemendagri code"),
            ({"compared_with": "dokter_umum"}, "are both 'dokter_umum'"),
            ({"standard": 0}, "standard"),
            ({"basis": "33"}, "basis"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, changes, message):
        with pytest.raises(ParameterError, match=message):
            parameters(**changes)

    def test_a_rule_in_another_unit_is_not_compared(self, monkeypatch):
        rules = datasets.read_processed("aturan").assign(satuan="per 1.000 penduduk")
        monkeypatch.setattr(datasets, "read_processed", lambda _: rules)
        with pytest.raises(DataError, match=r"aturan, rasio_dokter_umum: the unit is 'per 1\.000"):
            inputs.standard(parameters(), dt.date(2020, 9, 20))

    def test_papermill_may_read_a_code_as_a_number(self):
        p = parameters(level=13, basis=34)
        assert (p.level, p.basis) == ("13", "34")


def test_a_reader_s_boundaries_are_drawn(tmp_path):
    points = datasets.read_processed("kabkota")
    here = points[points["kode_provinsi"] == "76"]
    features = [
        {
            "type": "Feature",
            "properties": {"kode": row.kode_kemendagri},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [
                        [row.bujur + dx, row.lintang + dy]
                        for dx, dy in (
                            (-0.1, -0.1),
                            (0.1, -0.1),
                            (0.1, 0.1),
                            (-0.1, 0.1),
                            (-0.1, -0.1),
                        )
                    ]
                ],
            },
        }
        for row in here.itertuples()
    ]
    file = tmp_path / "batas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    shown = run("tenaga_kabupaten", level="76", boundaries=str(file), measures=["gini"])
    assert any("Batas wilayah dari berkas pembaca" in text for text in shown.texts)


def test_each_profession_and_a_province_short_of_a_kind_are_tried():
    every = (*EXTREMES["tenaga_kabupaten"], *FURTHER["tenaga_kabupaten"])
    tried = {changes.get("profession", "dokter_umum") for changes in every}
    assert {f"dokter_{kind}" for kind in KINDS} <= tried
