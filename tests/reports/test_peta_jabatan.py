"""What report 09 plans and says, on small job maps and on the data it shows without a file."""

import io
import itertools
import shutil
import subprocess
from functools import cache

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from job_map_parameters import PARAMETERS

from analysis.datasets.job_map import MovingRules, read_job_map
from analysis.datasets.office_tables import read_office_table
from analysis.errors import DataError, ParameterError
from analysis.redistribution import FamilyUnits
from analysis.reports.peta_jabatan import (
    PetaJabatan,
    book,
    figures,
    findings,
    plan_findings,
    sources,
    standards,
    tables,
    words,
)
from analysis.reports.peta_jabatan.planning import Planning, alternatives
from analysis.reports.peta_jabatan.sources import Situation

FAMILIES = ["Perawat", "Bidan"]
ONCE = settings(max_examples=15, derandomize=True, deadline=None)


def check(**changes):
    return PetaJabatan.check(PARAMETERS | changes)


def test_a_day_before_the_norms_of_teachers_is_refused():
    with pytest.raises(DataError, match=r"no jam_guru_mapel for 'SD' on 2018-01-01.*later date"):
        sources.teachers_per_class(check(date="2018-12-31"))


@cache
def shown(source, **changes):
    """Return the planning of what is shown without a file."""
    p = check(
        source=source, **{k: list(v) if k == "substitution" else v for k, v in changes.items()}
    )
    return Planning(sources.situation(p), p)


def small(staff, need, *, p=None, km=None, groups=None, units=None, leaving=()):
    """Return the planning of a few units of one government, all of whom may move."""
    names = units or [f"unit {i}" for i in range(len(staff))]
    columns = FAMILIES[: np.shape(staff)[1]]

    def frame(values):
        return pd.DataFrame(values, names, columns)

    found = FamilyUnits.of(frame(staff), frame(need), as_given=True)
    distances = None if km is None else pd.DataFrame(km, names, names)
    return Planning(
        Situation(
            source="berkas",
            name="peta.csv",
            date=check().date,
            units=found,
            movable=frame(staff),
            minimum=frame(np.zeros_like(staff)),
            groups=None if groups is None else pd.Series(groups, names),
            km=distances,
            near=None if distances is None else distances <= 25,
            retirements=tuple(map(frame, leaving)),
            contracts=(),
            years=tuple(f"Pensiun {2026 + i}" for i in range(len(leaving))),
            has=frozenset(),
            kinds=sources._within_one(found),
            norms={},
            account=None,
        ),
        p or check(),
    )


@st.composite
def few(draw, units=3):
    """Staff and need of few units by two families, with whole distances."""
    cells = st.lists(st.integers(0, 3), min_size=units * 2, max_size=units * 2)
    staff, need = (np.array(draw(cells)).reshape(units, 2) for _ in range(2))
    half = np.array(draw(st.lists(st.integers(0, 40), min_size=units**2, max_size=units**2)))
    km = np.triu(half.reshape(units, units), 1)
    need[0, 0] += 1  # somebody is needed
    return staff, need, (km + km.T).astype(float)


def by_trying(planning, penalty):
    """Return most posts filled and the least cost of it, person by person."""
    at, p = planning.at, planning.p
    staff, need, n = at.units.staff, at.units.need, len(at.units.labels)
    spare = [
        (u, f)
        for u, f in itertools.product(range(n), range(2))
        for _ in range(int(max(staff[u, f] - need[u, f], 0)))
    ]
    room = {(u, f): int(max(need[u, f] - staff[u, f], 0)) for u in range(n) for f in range(2)}
    may_leave = np.floor(p.max_share_leaving * staff.sum(axis=1) + 1e-9)
    best = {(0, 0.0)}
    budget = len(spare) if p.budget is None else p.budget

    def go(k, filled, cost, leaving):
        best.add((-filled, round(cost, 9)))
        if k == len(spare) or filled == budget:
            return
        u, f = spare[k]
        go(k + 1, filled, cost, leaving)
        for v, g in itertools.product(range(n), range(2)):
            away = u != v
            if room[v, g] == 0 or (f != g and (f, g) not in penalty):
                continue
            if away and leaving[u] == may_leave[u]:
                continue
            room[v, g] -= 1
            leaving[u] += away
            price = (1 + at.km.iloc[u, v] / p.km_per_move) * away + penalty.get((f, g), 0.0)
            go(k + 1, filled + 1, cost + price, leaving)
            leaving[u] -= away
            room[v, g] += 1

    go(0, 0, 0.0, np.zeros(n))
    return min(best)


class TestExactness:
    @ONCE
    @given(few(), st.sampled_from([1.0, 0.5]), st.sampled_from([None, 2]))
    def test_the_plan_is_that_of_trying_every_way(self, case, share, budget):
        substitution = [("Perawat", "Bidan", 0.5)]
        p = check(max_share_leaving=share, budget=budget, substitution=substitution)
        planning = small(*case[:2], km=case[2], p=p)
        plan = planning.chosen.plan
        filled, cost = by_trying(planning, {(0, 1): 0.5})
        assert (plan.filled, plan.optimal) == (-filled, True)
        assert plan.cost == pytest.approx(cost, abs=1e-4)

    @ONCE
    @given(few(units=4))
    def test_it_is_the_plans_of_each_family_where_nothing_couples_them(self, case):
        staff, need, km = case
        planning = small(staff, need, km=km)
        moves = planning.chosen.plan.moves
        for f, family in enumerate(FAMILIES):
            gap = staff[:, f] - need[:, f]
            most = min(gap.clip(0).sum(), (-gap).clip(0).sum())
            mine = moves[moves["family"] == family]
            assert mine["people"].sum() == most
            if need[:, f].sum() and most:
                alone = small(staff[:, [f]], need[:, [f]], km=km).chosen.plan
                assert mine["cost"].sum() == pytest.approx(alone.cost, abs=1e-4)

    @ONCE
    @given(few(units=4), st.permutations(range(4)))
    def test_order_and_names_do_not_matter(self, case, order):
        staff, need, km = case
        p = check(substitution=[("Bidan", "Perawat", 0.2)], max_share_leaving=0.6)
        given = small(staff, need, km=km, p=p)
        order = np.array(order)
        names = [f"dinas {i}" for i in range(4)]
        other = small(staff[order], need[order], km=km[np.ix_(order, order)], p=p, units=names)
        assert key_numbers(given) == pytest.approx(key_numbers(other), abs=1e-4, nan_ok=True)

    @ONCE
    @given(few(), st.integers(0, 3))
    def test_a_unit_without_staff_may_be_split(self, case, part):
        staff, need, km = case
        staff[2] = 0
        half = np.minimum(need[2], part)
        split = np.array([0, 1, 2, 2])
        whole = small(staff, need, km=km)
        parts = small(
            np.vstack([staff, 0 * staff[2:]]),
            np.vstack([need[:2], need[2] - half, half]),
            km=km[np.ix_(split, split)],
        )
        # Whom of the two parts a person goes to is free, and their Gini depends on it.
        assert key_numbers(whole)[:-1] == pytest.approx(key_numbers(parts)[:-1], abs=1e-4)

    @pytest.mark.parametrize("share", [0.1, 0.2, 0.4])
    def test_a_price_is_what_a_person_more_fills(self, share):
        staff, need = [[10], [1], [2]], [[5], [4], [4]]
        planning = small(staff, need, p=check(max_share_leaving=share))
        (row,) = planning.prices.to_dict("records")
        more = small(staff, need, p=check(max_share_leaving=share + 0.1)).chosen.plan.filled
        assert (row["reason"], row["unit"], row["limit"]) == ("share", "unit 0", 10 * share)
        assert row["posts"] == more - planning.chosen.plan.filled == 1


def key_numbers(planning):
    found = findings.key(planning)
    three = alternatives(planning)
    gini = np.nan if three[1].gini is None else three[1].gini
    numbers = [
        found.surplus,
        found.shortage,
        found.filled,
        found.moved,
        found.retrained,
        found.left,
    ]
    return [*numbers, planning.chosen.plan.cost, three[2].hired, gini]


# --- The workbook ---------------------------------------------------------------------------------

SHOWN = [
    ("guru", {}),
    ("guru", {"substitution": (("Guru SMP", "Guru SD", 2.0),), "budget": 60}),
    ("contoh", {"circle": "tetangga", "max_share_leaving": 0.1}),
    ("contoh", {"horizon": 3}),
    ("dokter", {"circle": "tetangga"}),
]


@cache
def saved(position):
    """Return the planning of one of `SHOWN`, its workbook, and the rows of each sheet."""
    source, changes = SHOWN[position]
    planning = shown(source, **changes)
    content = book.download(planning, words(planning.p)).content
    pages = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return planning, content, {page.title: rows_of(page) for page in pages}


def rows_of(page):
    """Return the rows of a sheet below its heading, without the row of totals, by heading."""
    heading, *rows = page.iter_rows(min_row=4, values_only=True)
    if rows and rows[-1][0] == "Jumlah seluruhnya":
        rows = rows[:-1]
    return pd.DataFrame(rows, columns=list(heading))


@pytest.mark.parametrize("position", range(len(SHOWN)))
class TestNumbersOfSentences:
    """Every number of a sentence, once more from the sheets."""

    def test_of_the_balance(self, position):
        planning, _, sheets = saved(position)
        rows = sheets["Neraca"]
        short, over = rows[rows["Kekurangan"] > 0], rows[rows["Kelebihan"] > 0]
        found = findings.balance(planning)
        by_family = rows.groupby("Jabatan")[["Kekurangan", "Kelebihan"]].sum()
        assert found.posts == len(rows)
        assert (found.short_posts, found.over_posts) == (len(short), len(over))
        assert (found.shortage, found.surplus) == (
            short["Kekurangan"].sum(),
            over["Kelebihan"].sum(),
        )
        assert found.redistributable == by_family.min(axis=1).sum()
        assert found.units == rows["Unit kerja"].nunique()
        assert found.short_units == short["Unit kerja"].nunique()
        assert found.both == len(set(short["Unit kerja"]) & set(over["Unit kerja"]))
        worst = short.sort_values("Kekurangan", ascending=False, kind="stable").head(3)
        columns = ["Unit kerja", "Jabatan", "Kekurangan"]
        assert [list(each) for each in found.worst] == worst[columns].to_numpy().tolist()

    def test_of_the_key_figures_and_the_data(self, position):
        planning, _, sheets = saved(position)
        rows, plan = sheets["Neraca"], sheets["Rencana"]
        key, data = findings.key(planning), findings.data(planning.at, planning.p)
        away = plan[plan["Asal"] != plan["Tujuan"]]
        other = plan[plan["Jabatan asal"] != plan["Jabatan yang dituju"]]
        assert key.net == rows["Kelebihan"].sum() - rows["Kekurangan"].sum()
        assert (key.surplus, key.shortage) == (rows["Kelebihan"].sum(), rows["Kekurangan"].sum())
        assert key.filled == rows["Masuk"].sum() == rows["Keluar"].sum() == plan["Orang"].sum()
        assert key.moved == away["Orang"].sum()
        assert key.retrained == other["Orang"].sum()
        assert key.left == rows["Tetap kurang"].sum()
        assert data.staff == rows["Bezetting"].sum() == rows["Sesudah rencana"].sum()
        assert data.need == pytest.approx(rows["Kebutuhan"].sum())
        assert data.families == rows["Jabatan"].nunique()

    def test_of_the_plan(self, position):
        planning, _, sheets = saved(position)
        plan, found = sheets["Rencana"], plan_findings.moves(planning)
        here = plan[plan["Asal"] == plan["Tujuan"]]
        assert found.rows == len(plan)
        assert found.in_place == here["Orang"].sum()
        assert found.cost == pytest.approx(plan["Biaya (perpindahan)"].sum())
        km = plan["Jarak semua (km)"].sum() if "Jarak semua (km)" in plan else None
        assert found.km == (None if km is None else pytest.approx(km))
        kinds = plan.groupby("Jenis perpindahan")["Orang"].sum()
        assert sorted(kinds) == sorted(each.value for each in found.kinds)

    def test_of_circles_and_alternatives(self, position):
        planning, _, sheets = saved(position)
        found = plan_findings.reaches(planning)
        for reach, row in zip(
            (found.group, found.near, found.whole),
            sheets["Lingkup"].to_dict("records"),
            strict=True,
        ):
            assert reach.known == (row["Kolom"] == "ada")
            if reach.known:
                assert (reach.filled, reach.left) == (row["Terisi"], row["Tetap kurang"])
        chosen = {"kelompok": found.group, "tetangga": found.near, "semua": found.whole}
        assert chosen[planning.p.circle].filled == sheets["Neraca"]["Masuk"].sum()
        three = plan_findings.consequences(planning)
        for each, row in zip(
            (three.inside, three.everywhere, three.mixed),
            sheets["Alternatif"].to_dict("records"),
            strict=True,
        ):
            if each.known:
                assert (each.left, each.moved) == (row["Tetap kurang"], row["Orang pindah"])
                assert each.hired == row["Rekrut"]
                assert each.gini == pytest.approx(row["Gini sesudahnya"])
        units, after = planning.at.units, planning.mixed.plan.staff_after.to_numpy()
        filled = np.where(units.need > after, np.ceil(units.need - 1e-9), after)
        needed = units.need > 0
        pairs = (pd.Series(values[needed]) for values in (filled, units.need))
        assert three.mixed.gini == pytest.approx(gini_of_pairs(*pairs))
        rows = sheets["Neraca"][sheets["Neraca"]["Kebutuhan"] > 0]
        assert three.today == pytest.approx(gini_of_pairs(rows["Bezetting"], rows["Kebutuhan"]))
        assert three.shortage == rows["Kekurangan"].sum()
        if planning.p.circle == "semua":
            after = gini_of_pairs(rows["Sesudah rencana"], rows["Kebutuhan"])
            assert three.everywhere.gini == pytest.approx(after)

    def test_of_what_stays_open_and_of_limits(self, position):
        planning, _, sheets = saved(position)
        rows, found = sheets["Neraca"], plan_findings.what_stays_open(planning)
        free = (rows["Sesudah rencana"] - rows["Kebutuhan"]).clip(lower=0) // 1
        by_family = pd.DataFrame({"left": rows["Tetap kurang"], "free": free}).groupby(
            rows["Jabatan"]
        )
        sums = by_family.sum()
        assert found.left == sheets["Tetap terbuka"]["Tetap kurang"].sum() == sums["left"].sum()
        assert found.posts == len(sheets["Tetap terbuka"])
        assert found.free == sums["free"].sum()
        assert found.same == sums.min(axis=1).sum()
        assert found.same + found.trained + found.hired == found.left
        assert found.hired == max(found.left - found.free, 0)
        prices, said = sheets["Batas dan harga"], plan_findings.prices(planning)
        assert said.rows == len(prices)
        assert said.filling == (prices["Mengisi"].fillna(0) >= 1).sum()
        assert said.same == found.same
        circles = sheets["Lingkup"].set_index("Berpindah")["Terisi"]
        assert said.wider == circles["Di mana saja"] - found_filled(sheets)

    def test_of_the_years_ahead(self, position):
        planning, _, sheets = saved(position)
        found = plan_findings.years(planning)
        assert found.known == ("Tahun ke depan" in sheets)
        if not found.known:
            assert (found.shortage, found.after) == (
                sheets["Neraca"]["Kekurangan"].sum(),
                sheets["Neraca"]["Tetap kurang"].sum(),
            )
            return
        years = sheets["Tahun ke depan"]
        assert len(years) == found.horizon + 1
        assert found.leaving == years["Bezetting"].iloc[0] - years["Bezetting"].iloc[-1]
        assert (found.surplus, found.surplus_then) == ends(years["Kelebihan"])
        assert (found.shortage, found.shortage_then) == ends(years["Kekurangan"])
        assert (found.after, found.after_then) == ends(years["Kekurangan dengan rencana"])
        assert found.regretted == sheets["Rencana"]["Disesali"].sum()
        assert found.moved == sheets["Rencana"]["Orang"].sum()
        assert found.vacant == sheets["Neraca"]["Tidak perlu diisi lagi"].sum()

    def test_totals_are_formulas_that_carry_their_value(self, position):
        _, content, sheets = saved(position)
        formulas = openpyxl.load_workbook(io.BytesIO(content))
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        for name in ("Neraca", "Rencana", "Tetap terbuka"):
            last = formulas[name].max_row
            for cell in formulas[name][last]:
                if cell.data_type == "f":
                    assert str(cell.value).startswith("=SUBTOTAL(109,")
                    heading = formulas[name].cell(4, cell.column).value
                    found = values[name].cell(last, cell.column).value
                    assert found == pytest.approx(sheets[name][heading].sum())

    def test_the_package_reads_its_own_workbook_back(self, position, tmp_path):
        planning, content, sheets = saved(position)
        file = tmp_path / "buku.xlsx"
        file.write_bytes(content)
        columns = {"unit": "Unit kerja", "jabatan": "Jabatan", "bezetting": "Bezetting"}
        said = {
            "berkas": {"lembar": "Neraca"},
            "kolom": columns | {"kebutuhan": "Kebutuhan"},
        }
        found = read_job_map(file, said, rules=MovingRules(pppk_may_move=False, least_years=2.0))
        units = planning.at.units
        there = (units.staff > 0) | (units.need > 0)
        for mine, theirs in ((found.staff, units.staff), (found.need, units.need)):
            aligned = mine.loc[units.labels, units.families].to_numpy()
            np.testing.assert_allclose(aligned[there], theirs[there])
        for name, rows in sheets.items():
            if len(rows):
                assert len(read_office_table(file, sheet=name)) == len(rows)


def gini_of_pairs(staff, need):
    """Return the Gini weighted by need, from all pairs."""
    x, w = (staff / need).to_numpy(float), need.to_numpy(float)
    apart = np.abs(x[:, None] - x) * w[:, None] * w
    return float(apart.sum() / (2 * w.sum() * (w * x).sum()))


def ends(values):
    return values.iloc[0], values.iloc[-1]


def found_filled(sheets):
    return sheets["Neraca"]["Masuk"].sum()


def test_the_numbers_of_the_standard_are_those_of_classes():
    planning, _, sheets = saved(0)
    found, rooms = standards.standard(planning), sources.classes(planning.p)["Guru SD"]
    staff = planning.at.units.staff[:, 0]
    for teachers, short, people in (
        (found.low, found.low_short, found.low_shortage),
        (found.high, found.high_short, found.high_shortage),
    ):
        lacking = np.ceil(np.maximum(rooms * teachers / 6 - staff, 0) - 1e-9)
        assert (short, people) == ((lacking > 0).sum(), lacking.sum())
        row = sheets["Standar"].set_index("Guru per 6 rombel").loc[teachers]
        assert (short, people) == (row["SD: kurang"], row["SD: kekurangan"])
    assert (found.low_short, found.high_short) == (0, 15)  # one teacher a class; eight for six
    assert found.chosen == pytest.approx(8 / 6)


@pytest.mark.exhaustive
def test_libreoffice_opens_the_workbook_and_computes_the_same_totals(tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office is not None, "LibreOffice is missing: apt-get install -y libreoffice-calc"
    for position in range(len(SHOWN)):
        _, content, sheets = saved(position)
        file = tmp_path / f"buku{position}.xlsx"
        file.write_bytes(content)
        made = subprocess.run(
            [
                *(office, "--headless", "--norestore"),
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                *("--convert-to", "ods", "--outdir", str(tmp_path), str(file)),
            ],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        ods = file.with_suffix(".ods")
        assert ods.exists(), f"LibreOffice did not convert it: {made.stdout} {made.stderr}"
        computed = pd.read_excel(ods, sheet_name=None, header=None, engine="calamine")
        assert list(computed) == list(sheets)
        for name in ("Neraca", "Rencana", "Tetap terbuka"):
            table = computed[name].set_axis(computed[name].iloc[3], axis=1)
            total = table.iloc[-1]
            assert total.iloc[0] == "Jumlah seluruhnya"
            for heading in total.index[1:][total.iloc[1:].notna()]:
                assert total[heading] == pytest.approx(sheets[name][heading].sum())


# --- What is shown, and what is refused -----------------------------------------------------------


class TestShown:
    def test_an_answer_whose_column_is_missing_says_which(self):
        planning = shown("guru")
        say = words(planning.p)
        reach = say("reach", plan_findings.reaches(planning)).markdown
        assert "kolom Kelompok tidak ada" in reach
        assert "kolom Lintang dan Bujur tidak ada" in reach
        assert "kolom Pensiun" in say("years", plan_findings.years(planning)).markdown
        assert tables.columns(planning.at, say).frame["there"].tolist() == ["tidak ada"] * 9
        assert tables.years(planning, say) is None

    def test_the_example_has_every_optional_column(self):
        assert all(findings.known_columns(shown("contoh").at).values())

    @pytest.mark.parametrize("code", ["id", "en"])
    def test_everything_made_of_invented_data_says_so(self, code):
        planning = shown("contoh", language=code)
        say = words(planning.p)
        mark = "SINTETIS" if code == "id" else "SYNTHETIC"
        made = [
            figures.heat_map(planning, 0, say),
            *(show(planning, say) for show in (tables.families, tables.posts, tables.reaches)),
            *(show(planning, say) for show in (tables.moves, tables.stays_open, tables.years)),
            *(show(planning, say) for show in (tables.regrets, tables.vacancies)),
            tables.alternatives(planning, say),
        ]
        assert all(mark in each.caption for each in made)
        assert mark in say.title(findings.subject(planning.at)).title
        assert mark in say.key_figures(findings.key(planning)).data_date
        assert all(mark in sheet.heading for sheet in book.sheets(planning, say))

    def test_kinds_of_transfer_label_every_move_with_who_decides(self):
        for source, kind, decides in (
            ("guru", "Di dalam satu instansi", "PPK"),
            ("dokter", "Antarinstansi daerah dalam satu provinsi", "Gubernur"),
        ):
            planning = shown(source)
            rows = tables.spoken_moves(planning, words(planning.p))
            assert set(rows["kind"]) == {kind}
            assert rows["decides"].str.startswith(decides).all()

    def test_three_hundred_units_are_drawn_in_five_parts_and_no_unit_twice(self):
        rng = np.random.default_rng(1)
        planning = small(rng.integers(0, 9, (320, 2)), rng.integers(0, 9, (320, 2)))
        say = words(planning.p)
        parts = [figures.heat_map(planning, part, say) for part in range(6)]
        assert parts[5] is None
        drawn = [
            label.get_text()
            for part in parts[:5]
            for label in part.figure.axes[0].get_yticklabels()
        ]
        assert len(set(drawn)) == len(drawn) == 300
        assert "300 dari 320 unit" in parts[0].caption
        lacking = planning.gaps[1].sum(axis=1)
        assert lacking[drawn].is_monotonic_decreasing
        assert lacking.drop(drawn).max() <= lacking[drawn].min()

    def test_moves_one_would_regret_are_those_from_a_post_that_empties_itself(self):
        planning = small([[7], [2]], [[5], [4]], leaving=[[[2], [0]], [[0], [0]]])
        found = plan_findings.years(planning)
        assert (found.moved, found.regretted, found.vacant) == (2, 2, 0)
        assert plan_findings.regrets(planning)["regretted"].tolist() == [2]
        assert (found.shortage_then, found.after_then) == (2, 2)


FILE = "Unit;Jabatan;B;K\n<b>A</b>;Perawat;5;4\nB;Perawat;1;3\n"
MAPPING = '[kolom]\nunit = "Unit"\njabatan = "Jabatan"\nbezetting = "B"\nkebutuhan = "K"\n'


class TestFiles:
    @pytest.fixture
    def file(self, tmp_path):
        (tmp_path / "peta.csv").write_text(FILE)
        (tmp_path / "peta.toml").write_text(MAPPING)
        return tmp_path / "peta.csv"

    def planning(self, file, **changes):
        p = check(file=str(file), mapping=str(file.with_suffix(".toml")), **changes)
        return Planning(sources.situation(p), p)

    def test_a_file_of_ones_own_is_planned(self, file):
        planning = self.planning(file)
        assert planning.chosen.plan.moves["people"].tolist() == [1]
        assert planning.at.name == "peta.csv"
        said = str(book.sheets(planning, words(planning.p))[-1].frame.to_dict())
        assert str(file.parent) not in said  # where it is kept is nobody's business

    def test_names_are_escaped(self, file):
        planning = self.planning(file)
        say = words(planning.p)
        assert "<b>" not in say("open", plan_findings.what_stays_open(planning)).markdown
        html = tables.posts(planning, say)._repr_mimebundle_()[0]["text/html"]
        assert "<b>A</b>" not in html

    @pytest.mark.parametrize("circle", ["kelompok", "tetangga"])
    def test_a_circle_whose_column_is_missing_is_refused(self, file, circle):
        with pytest.raises(ParameterError, match=f"'circle' = '{circle}' needs the column"):
            _ = self.planning(file, circle=circle).chosen

    def test_a_fault_of_the_file_comes_through(self, file):
        file.write_text(FILE.replace("B;Perawat;1;3", "B;Perawat;1;"))
        with pytest.raises(DataError, match=r"row 3, column D \(K\): kebutuhan is missing"):
            self.planning(file)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"file": "peta.csv"}, "'file' is given, but not 'mapping'"),
        ({"mapping": "peta.toml"}, "'mapping' is given, but not 'file'"),
        ({"source": "contoh", "standard": {"x": 1.0}}, "the file says itself what is needed"),
        ({"horizon": 6}, "horizon"),
        ({"floor_adequacy": 0.5}, "floor_adequacy"),
        ({"substitution": [["Guru SD"]]}, "substitution"),
    ],
)
def test_a_parameter_that_cannot_be_is_refused(changes, message):
    with pytest.raises(ParameterError, match=message):
        check(**changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"standard": {"Guru TK": 1.0}}, "Guru TK is no family; there are Guru SD, Guru SMP"),
        ({"standard": {"Guru SD": 0.0}}, "Guru SD must be above zero"),
        ({"source": "dokter", "province": "00"}, "'province' = '00' is no code"),
        ({"source": "dokter", "standard": {"bidan": 1.0}}, "bidan is no family"),
    ],
)
def test_what_the_data_do_not_have_is_refused(changes, message):
    with pytest.raises(ParameterError, match=message):
        sources.situation(check(**changes))


def test_a_substitution_of_an_unknown_family_is_refused():
    p = check(substitution=[("Guru TK", "Guru SD", 1.0)])
    with pytest.raises(ValueError, match="Guru TK is no known family"):
        _ = Planning(sources.situation(p), p).chosen
