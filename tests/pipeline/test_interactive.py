"""What a reader moves, chooses, sorts and filters: seen in a browser, from a file, on two pages."""

import itertools
import json

import nbformat
import pandas as pd
import pytest
from babel.numbers import parse_decimal
from browsing import LISTEN
from bs4 import BeautifulSoup

from analysis import inequality, redistribution
from analysis.language import Language
from analysis.paths import NOTEBOOKS
from analysis.reports.redistribusi import Redistribusi, inputs
from analysis.reports.rendering import parameters_of, render_file
from analysis.reports.running import run_notebook

pytestmark = pytest.mark.exhaustive
FRAME = 16.0  # milliseconds that a redraw may take
PAGE = 1_000_000  # bytes
PLANS, PAIRS = "07_redistribusi", "01_distribusi"
LANGUAGE = {PLANS: "id", PAIRS: "en"}
CHOOSE = """([part, chosen]) => {
  for (const [name, value] of Object.entries(chosen)) {
    const control = document.getElementById(part + "-" + name);
    control[control.type === "range" ? "value" : "selectedIndex"] = value;
    control.dispatchEvent(new Event("input"));
  }
}"""
# Each choice thrice, from another one: what else the machine does must not count as ours.
REDRAWS = """([part, steps]) => {
  const times = [];
  for (const [name, count] of Object.entries(steps)) {
    const control = document.getElementById(part + "-" + name);
    const property = control.type === "range" ? "value" : "selectedIndex";
    for (let k = 0; k < count; k++) {
      let least = Infinity;
      for (let turn = 0; turn < 3; turn++) {
        for (const place of [(k + 1) % count, k]) {
          control[property] = place;
          const start = performance.now();
          control.dispatchEvent(new Event("input"));
          document.body.getBoundingClientRect();
          least = Math.min(least, performance.now() - start);
        }
      }
      times.push(least);
    }
  }
  return times;
}"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Run two notebooks, and return their pages."""
    folder = tmp_path_factory.mktemp("interactive")
    found = {}
    for name, language in LANGUAGE.items():
        executed, page = folder / f"{name}.ipynb", folder / f"{name}.html"
        run_notebook(
            NOTEBOOKS / f"{name}.ipynb", executed, {"language": language}, failed=folder / "failed"
        )
        render_file(executed, page)
        found[name] = page
    return found


@pytest.fixture
def tab(browser):
    """Open a page, and see at the end that it broke no policy and no script failed."""
    opened, errors = [], []

    def show(path, width=1440, **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        page = context.new_page()
        page.add_init_script(LISTEN)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path.as_uri())
        opened.append((context, page))
        return page

    yield show
    for context, page in opened:
        if page.evaluate("typeof violations") != "undefined":
            assert page.evaluate("violations") == []
        context.close()
    assert errors == []


def data_of(page, part):
    return json.loads(page.locator(f"#{part}-data").text_content())


class TestPlans:
    def shown(self, page):
        return {
            "said": page.locator("#rencana-kalimat").text_content(),
            "gini": page.locator("#rencana-titik text").text_content(),
            "net": page.locator("#rencana tbody td:last-child").all_text_contents(),
            "tiles": page.locator("#rencana .petak .nilai").all_text_contents(),
        }

    def test_every_choice_shows_what_belongs_to_it(self, pages, tab):
        page = tab(pages[PLANS])
        data = data_of(page, "rencana")
        models, budgets = len(data["models"]), len(data["people"])
        circles = len(data["said"]) // (models * budgets)
        places = itertools.product(range(circles), range(models), range(budgets))
        for number, (circle, model, k) in enumerate(places):
            page.evaluate(CHOOSE, ["rencana", {"lingkup": circle, "model": model, "orang": k}])
            plan = data["plan"][number]
            assert self.shown(page) == {
                "said": data["said"][number],
                "gini": data["gini"][number],
                "net": data["net"][plan].split("|"),
                "tiles": data["thousands"][plan].split("|"),
            }
        assert number == len(data["said"]) - 1

    def test_what_is_shown_is_the_answer_of_the_planner(self, pages, tab):
        page = tab(pages[PLANS])
        data = data_of(page, "rencana")
        p, say = self.parameters(), Language("id")
        where = inputs.provinces(p, say)
        staff, needs = where["pegawai"], inputs.needs(where, where["pegawai"], p.weights)
        cost = redistribution.great_circle(where["lintang"], where["bujur"])
        for (c, circle), (m, model) in itertools.product(
            enumerate(("nasional", "pulau")), enumerate(needs)
        ):
            for k in range(1, len(data["people"]), 5):
                page.evaluate(CHOOSE, ["rencana", {"lingkup": c, "model": m, "orang": k}])
                people = page.locator("#rencana-jumlah").text_content().partition(" ")[0]
                plan = redistribution.plan_moves(
                    staff,
                    needs[model],
                    cost=cost,
                    budget=int(parse_decimal(people, locale="id")),
                    limits=inputs.limits(p, where, staff, needs[model], circle),
                )
                shown = self.shown(page)
                net = plan.gains - plan.losses
                assert shown["net"] == [say.number(people, signed=True) for people in net]
                gini = inequality.gini(plan.staff_after / plan.need, plan.need)
                assert shown["gini"] == say.number(gini, 3)
                assert f"Bila {say.number(plan.moved)} PNS" in shown["said"]

    def parameters(self):
        notebook = nbformat.read(NOTEBOOKS / f"{PLANS}.ipynb", as_version=4)
        return Redistribusi.check(parameters_of(notebook))

    def test_what_cannot_be_computed_is_said_and_not_drawn(self, pages, tab):
        page = tab(pages[PLANS])
        page.evaluate(CHOOSE, ["rencana", {"lingkup": 2}])
        shown = self.shown(page)
        assert "tidak dapat dihitung" in shown["said"]
        assert set(shown["net"]) == {"–"}
        assert set(shown["tiles"]) == {""}
        assert page.locator("#rencana polyline:visible, #rencana-titik:visible").count() == 0
        page.evaluate(CHOOSE, ["rencana", {"lingkup": 0}])
        assert page.locator("#rencana polyline.ini:visible, #rencana-titik:visible").count() == 2

    def test_the_keyboard_is_enough(self, pages, tab):
        page = tab(pages[PLANS], 360)
        data = data_of(page, "rencana")
        start = data["start"][0]
        while page.evaluate("document.activeElement.id") != "rencana-orang":
            page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")
        slider = page.locator("#rencana-orang")
        assert slider.get_attribute("aria-valuetext") == data["people"][start + 1]
        page.keyboard.press("End")
        assert page.locator("#rencana-jumlah").text_content() == data["people"][-1]
        before = self.shown(page)
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        assert self.shown(page) != before
        before = self.shown(page)
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        assert self.shown(page) != before

    def test_all_choices_can_be_taken_along(self, pages, tab):
        page = tab(pages[PLANS])
        link = page.locator("#rencana + .ambil a, #rencana ~ .ambil a").first.get_attribute("href")
        rows = pd.read_csv(pages[PLANS].parent / link, comment="#")
        assert len(rows) == len(data_of(page, "rencana")["said"])


class TestPairs:
    def test_every_pair_has_its_sentence_and_values(self, pages, tab):
        page = tab(pages[PAIRS])
        data = data_of(page, "banding")
        pairs = itertools.combinations(range(len(data["names"])), 2)
        for said, (a, b) in zip(data["said"], pairs, strict=True):
            assert data["names"][a] in said
            assert data["names"][b] in said
            if (a + b) % 5:
                continue
            page.evaluate(CHOOSE, ["banding", {"a": b, "b": a}])
            assert page.locator("#banding-kalimat").text_content() == said
            for key, place in (("a", b), ("b", a)):
                values = page.locator(f"#banding .nilai-{key}").all_text_contents()
                assert values == [row[1][place] for row in data["rows"]]
                name = data["names"][place]
                assert page.locator(f"#banding rect.{key} title").text_content() == name
                assert page.locator(f"#banding line.{key} title").text_content() == name

    def test_the_same_province_twice_is_said(self, pages, tab):
        page = tab(pages[PAIRS])
        page.evaluate(CHOOSE, ["banding", {"a": 3, "b": 3}])
        data = data_of(page, "banding")
        assert page.locator("#banding-kalimat").text_content() == data["same"]


class TestTables:
    def number(self, text, language):
        text = text.replace("−", "-").rstrip("%")
        return float(parse_decimal(text, locale=language)) if any(map(str.isdigit, text)) else None

    @pytest.mark.parametrize("name", LANGUAGE)
    def test_a_heading_sorts_up_down_and_back(self, pages, tab, name):
        page = tab(pages[name])
        tables = page.locator("figure.tabel table")
        assert tables.count() > 2
        for place in range(tables.count()):
            table = tables.nth(place)
            native, totals = self.rows(table), table.locator("[data-total]").count()
            for column in range(table.locator("th").count()):
                left = "gt_left" in (table.locator("td").nth(column).get_attribute("class") or "")
                head, button = (
                    table.locator("th").nth(column),
                    table.locator("th button").nth(column),
                )
                for way in ("ascending", "descending"):
                    button.press("Enter")
                    assert head.get_attribute("aria-sort") == way
                    rows = self.rows(table)
                    assert sorted(rows) == sorted(native)
                    if not left:
                        free = rows[: len(rows) - totals]
                        values = [self.number(row[column], LANGUAGE[name]) for row in free]
                        known = [value for value in values if value is not None]
                        assert values == known + [None] * (len(values) - len(known))
                        assert known == sorted(known, reverse=way == "descending")
                button.press("Enter")
                assert head.get_attribute("aria-sort") is None
                assert self.rows(table) == native

    def rows(self, table):
        return table.evaluate(
            "t => [...t.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent))"
        )

    @pytest.fixture
    def with_totals(self, pages, tmp_path):
        """Say of a long table that its first and its last row, and no other, are totals."""
        html = BeautifulSoup(pages[PLANS].read_text("utf-8"), "html.parser")
        long = next(t for t in html.select("figure.tabel table") if "Sulawesi Barat" in t.text)
        for row in long.select("[data-total]"):
            row.decompose()
        for row in (long.select("tbody tr")[0], long.select("tbody tr")[-1]):
            row["data-total"] = ""
        long["id"] = "panjang"
        page = tmp_path / "totals.html"
        page.write_text(str(html), "utf-8")
        return page

    def test_totals_stay_where_they_are(self, with_totals, tab):
        page = tab(with_totals)
        table = page.locator("#panjang")
        native = self.rows(table)
        table.locator("th button").nth(1).press("Enter")
        rows = self.rows(table)
        assert (rows[0], rows[-1]) == (native[0], native[-1])
        assert rows != native

    def test_a_long_table_is_filtered_by_what_one_types(self, with_totals, tab):
        page = tab(with_totals, 360)
        figure = page.locator("figure.tabel", has=page.locator("#panjang"))
        figure.locator("input").fill("  SULAWESI b")
        names = figure.locator("tbody tr:visible td:first-child").all_text_contents()
        rows = self.rows(page.locator("#panjang"))
        assert names == [rows[0][0], "Sulawesi Barat", rows[-1][0]]
        assert figure.locator("[role=status]").text_content() == "1 dari 36 baris"
        figure.locator("input").fill("")
        assert figure.locator("tbody tr:visible").count() == 38
        assert figure.locator("[role=status]").text_content() == ""

    def test_short_tables_have_no_filter(self, pages, tab):
        page = tab(pages[PAIRS])
        for figure in page.locator("figure.tabel").all():
            rows = figure.locator("tbody tr").count()
            assert figure.locator("input").count() == (rows > 15)


class TestMarks:
    def figure(self, pages, tab):
        page = tab(pages[PAIRS], 360)
        return page.locator("figure.gambar", has=page.locator("title", has_text="Aceh: 27.3")).last

    def test_a_name_from_the_list_is_pointed_out(self, pages, tab):
        figure = self.figure(pages, tab)
        figure.locator("select").select_option("Aceh: 27.3")
        assert figure.locator(".dipilih").count() == 1
        assert figure.locator(".dipilih title").text_content() == "Aceh: 27.3"
        figure.locator("select").select_option("")
        assert figure.locator(".dipilih").count() == 0

    def test_a_mark_that_is_touched_says_its_name(self, pages, tab):
        figure = self.figure(pages, tab)
        figure.locator("path", has=figure.page.locator("title", has_text="Aceh")).click(
            force=True  # its code lies over it
        )
        assert figure.locator("select").input_value() == "Aceh: 27.3"

    def test_all_that_have_a_name_are_in_the_list_once(self, pages, tab):
        figure = self.figure(pages, tab)
        names = figure.locator("option").all_inner_texts()[1:]
        assert sorted(names) == sorted(set(figure.locator("title").all_text_contents()))
        assert len(names) == 38


@pytest.mark.parametrize(
    ("name", "part", "steps"),
    [
        (PLANS, "rencana", {"orang": 20, "model": 4, "lingkup": 3}),
        (PAIRS, "banding", {"a": 38, "b": 38}),
    ],
)
def test_a_redraw_takes_less_than_a_frame(pages, tab, name, part, steps):
    times = tab(pages[name]).evaluate(REDRAWS, [part, steps])
    print(f"{name}: {len(times)} choices, slowest redraw {max(times):.2f} ms")
    assert max(times) <= FRAME


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize(
    ("name", "part", "chosen"),
    [
        (PLANS, "rencana", {"orang": 3, "model": 2, "lingkup": 1}),
        (PAIRS, "banding", {"a": 3, "b": 8}),
    ],
)
def test_axe_finds_nothing_after_a_choice(pages, tab, name, part, chosen, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = tab(pages[name], width)
    page.evaluate(CHOOSE, [part, chosen])
    page.locator("figure.tabel th button").first.press("Enter")
    found = axe.run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


@pytest.mark.parametrize(("name", "part"), [(PLANS, "rencana"), (PAIRS, "banding")])
def test_without_script_the_first_choice_is_complete(pages, tab, name, part):
    page = tab(pages[name], java_script_enabled=False)
    html = BeautifulSoup(pages[name].read_text("utf-8"), "html.parser")
    said = html.select_one(f"#{part}-kalimat").text
    assert page.locator(f"#{part}-kalimat").inner_text() == said
    assert page.locator(f"#{part} .kendali").is_hidden()
    assert page.locator(f"#{part} .catatan").is_visible()
    assert page.locator(f"#{part} svg:visible").count() == 2
    assert page.locator("figure.tabel th button, .saring:visible").count() == 0
    # With it, nothing changes until the reader does.
    with_script = tab(pages[name])
    for selector in (f"#{part} output", f"#{part} svg", f"#{part} table"):
        for drawn, written in zip(
            with_script.locator(selector).all(), html.select(selector), strict=True
        ):
            assert drawn.text_content().split() == written.get_text().split()


@pytest.mark.parametrize("name", LANGUAGE)
def test_pages_are_small(pages, name):
    assert pages[name].stat().st_size <= PAGE
