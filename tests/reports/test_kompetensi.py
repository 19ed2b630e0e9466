"""What report 13 reads of the run of synthetic people, and says of it."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.disclosure.run_folders import PublishedRun
from analysis.errors import DataError
from analysis.paths import EXAMPLES, NOTEBOOKS
from analysis.reports.gated import ALL
from analysis.reports.gated_findings import Lacking
from analysis.reports.kompetensi import (
    Kompetensi,
    figures,
    findings,
    index_findings,
    inputs,
    study_findings,
    tables,
)
from analysis.reports.kompetensi import words as words_of

P = Kompetensi.check({"run": "sintetis", "catalogue": None, "budget": None})


@pytest.fixture(scope="module")
def case():
    return inputs.case(P)


def test_hours_are_of_the_last_year_that_had_ended(case):
    assert case.day == dt.date(2024, 12, 31)
    assert findings.subject(case).year == 2024


def rows(*cells):
    table = pd.DataFrame(cells, columns=["kekurangan", "pegawai"]).assign(wilayah="11")
    return table.astype({"pegawai": "Int64"})


def test_each_person_lacks_the_larger_of_both_gaps_and_where_that_is_hidden_that_of_the_year():
    columns = ["short", "asked", "accepted", "people"]

    def both(*cells):
        return inputs._both(inputs._each_year(rows(*cells)))[columns].to_numpy().tolist()

    told = [("5 JP", 30), ("5 JP → 0 JP", 20), ("5 JP → 20 JP (2 3)", 10), ("20 JP", 7)]
    assert both(*told, ("0 JP", 9)) == [[5, 0, "*", 20], [20, 0, "*", 7], [20, 20, "2 3", 10]]
    hidden = [("5 JP", 30), ("5 JP → 0 JP", None), ("5 JP → 20 JP (2)", None), ("0 JP", 9)]
    assert both(*hidden) == [[5, 0, "*", 30]]
    none = [("0 JP", 9), ("0 JP → 0 JP", 2), ("0 JP → 8 JP", 7), ("5 JP", None)]
    assert both(*none) == [[8, 8, "*", 7]]
    assert both(("20 JP", 9), ("20 JP → 8 JP (2)", 9)) == [[20, 8, "2", 9]]
    assert inputs._short(rows(*told))[["short", "people"]].to_numpy().tolist() == [[5, 30], [20, 7]]


def test_one_programme_counts_nobody_twice(case):
    year, both = inputs.plan(case.short, P), inputs.plan(case.both, P)
    said = study_findings.joint(case, year, both, None)
    assert said.people - said.more == case.short["people"].sum()
    assert said.hours > said.year_hours
    assert said.cost > said.year_cost
    assert said.reached <= said.people
    assert 0 < said.asking_reached <= said.asking


def test_a_catalogue_without_codes_counts_hours_of_any_kind(case, tmp_path):
    table = pd.read_csv(EXAMPLES / "katalog_pelatihan.csv").drop(columns="kode_diklat")
    table.to_csv(tmp_path / "katalog.csv", index=False)
    p = Kompetensi.check(
        {"run": "sintetis", "catalogue": str(tmp_path / "katalog.csv"), "budget": None}
    )
    year, both = inputs.plan(case.short, p), inputs.plan(case.both, p)
    said = study_findings.joint(case, year, both, None)
    assert (said.kinds, said.asking, said.reached) == (False, 0, said.people)


def test_a_catalogue_says_ya_or_tidak_in_any_case_and_nothing_else(tmp_path):
    table = pd.read_csv(EXAMPLES / "katalog_pelatihan.csv").astype({"klasikal": "object"})
    table.loc[0, "klasikal"] = " YA"
    table.to_csv(tmp_path / "katalog.csv", index=False)
    assert inputs.trainings(str(tmp_path / "katalog.csv"))["classical"].iloc[0]
    table.loc[2, "klasikal"] = "campuran"
    table.to_csv(tmp_path / "katalog.csv", index=False)
    with pytest.raises(DataError, match=r"klasikal: neither ya nor tidak in row 3 \(campuran\)"):
        inputs.trainings(str(tmp_path / "katalog.csv"))


def test_study_spread_over_the_years_of_the_term_costs_no_more_than_all_of_it_in_one(case):
    years = inputs.over_years(case, P)
    said = study_findings.over_years(case, years, None)
    assert (said.term, said.verification) == (4, "U")
    assert said.met <= said.asking == case.each_year.query("asked > 0")["people"].sum()
    assert said.proven
    assert said.unfulfilled <= said.unfulfilled_at_once
    assert said.cost <= said.cost_at_once
    assert said.dearest < said.dearest_at_once
    assert said.most_met < said.most_met_at_once
    one = inputs.plan(case.both, P)
    assert years.at_once.years["cost"].iloc[0] == pytest.approx(one.whole.cost)
    assert years.spread.years["hours"].sum() <= years.at_once.years["hours"].sum()


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        (
            (9, 9, 4, 9),
            "Spread, at most 4 people a year come to meet what their post requires; all",
        ),
        ((9, 1, 1, 1), "Spread or all in the first year, at most 1 person a year comes to meet"),
        ((0, 3, 0, 3), "Spread, nobody comes to meet what their post requires; 3 do if all study"),
        ((4, 0, 1, 0), "all in the first year, nobody"),
    ],
)
def test_the_years_are_titled_by_the_most_that_one_brings(case, counts, title):
    years = inputs.over_years(case, P)
    found = study_findings.EachYear(False, False, 4, *counts)
    say = words_of(P.model_copy(update={"language": "en"}))
    assert title in figures.each_year(years, found, say).headline


def test_years_in_which_nobody_comes_to_meet_a_requirement_are_not_drawn(case):
    said = study_findings.over_years(case, inputs.over_years(case, P), None)
    assert study_findings.each_year(said).most == said.most_met
    assert study_findings.each_year(replace(said, met=0, met_at_once=0)) is None


def test_nothing_is_spread_where_the_catalogue_tells_no_kinds_or_nobody_lacks_any(case, tmp_path):
    table = pd.read_csv(EXAMPLES / "katalog_pelatihan.csv").drop(columns="kode_diklat")
    table.to_csv(tmp_path / "katalog.csv", index=False)
    bare = P.model_copy(update={"catalogue": str(tmp_path / "katalog.csv")})
    assert inputs.over_years(case, bare) is None
    none = replace(case, each_year=case.each_year.assign(asked=0.0))
    assert inputs.over_years(none, P) is None


def test_what_is_missing_for_the_posts_adds_up(case):
    said = study_findings.study(case)
    assert said.people == 975
    for kind in said.kinds:
        assert kind.share == pytest.approx(1 - kind.missing / said.people)
    assert [kind.verification for kind in said.kinds] == ["V2", "U", "U"]
    assert said.last == dt.date(2028, 12, 31)
    assert said.met <= said.people - max(kind.missing for kind in said.kinds)


def test_the_index_is_told_with_what_is_not_known_apart(case):
    said = index_findings.index(case)
    assert said.unknown > 0
    assert said.mean == pytest.approx(sum(each.mean for each in said.dimensions), abs=1)
    assert said.lacking == ()
    assert 0 < said.share <= 1


def test_where_nobodys_index_is_known_nobody_is_said_to_be_in_the_lowest_band(case):
    read = case.run.of

    def unknown(name):
        frame = read(name).frame.copy()
        if name == "ip_jabatan":
            everybody = frame["jabatan"].eq(ALL) & frame["kategori"].isin(
                [ALL, index_findings.UNKNOWN]
            )
            frame = frame[everybody].assign(pegawai=frame["pegawai"].max())
        return SimpleNamespace(frame=frame)

    run = SimpleNamespace(**{**vars(case.run), "of": unknown})
    said = index_findings.index(replace(case, run=run))
    assert said.unknown == said.people
    assert said.lowest is None


def test_moving_people_changes_no_hours_but_where_they_are_counted(case):
    said = study_findings.posts(case)
    assert said.structural_after < said.structural_before
    lost = said.structural_before - said.structural_after
    assert said.functional_after - said.functional_before == pytest.approx(lost, abs=2e-3)


def test_who_gets_more_changes_within_kinds_of_posts_alone(case):
    index = study_findings.concentrations(case)
    before, after = (index[state] for state in (study_findings.BEFORE, study_findings.AFTER))
    rest = ["Jumlah", "Jabatan pelaksana"]
    for column in ("konsentrasi_golongan", "konsentrasi_jarak"):
        assert before[column][rest].tolist() == after[column][rest].tolist()
        assert before[column]["Jabatan fungsional"] != after[column]["Jabatan fungsional"]


def test_what_is_hidden_of_who_gets_more_is_missing_and_draws_no_picture(case):
    frame = case.run.of("jp_jenis_jabatan").frame.copy()
    frame["konsentrasi_jarak"] = pd.array([pd.NA] * len(frame), "Float64")  # no training centres
    frame.loc[frame["jabatan"] == "Jabatan struktural", "konsentrasi_golongan"] = pd.NA

    def without(hidden):
        table = SimpleNamespace(frame=hidden)
        run = SimpleNamespace(**{**vars(case.run), "of": lambda _: table})
        return replace(case, run=run)

    table = tables.posts(without(frame), study_findings.posts(case), words_of(P))
    assert "konsentrasi_golongan" in table.frame
    assert "konsentrasi_jarak" not in table.frame
    index = study_findings.concentrations(without(frame)).dropna().index
    assert set(index.get_level_values(0)) == {"konsentrasi_golongan"}
    assert "Jabatan struktural" not in index.get_level_values("jabatan")
    found = study_findings.posts(case)
    assert figures.posts(without(frame), found, words_of(P)) is not None
    frame["konsentrasi_golongan"] = frame["konsentrasi_jarak"]
    assert figures.posts(without(frame), found, words_of(P)) is None


def test_a_run_without_other_sets_says_so_and_has_its_hours(case):
    few = [
        name for name in case.run.tables if name.startswith("jp_") and name != "jp_jenis_jabatan"
    ]
    run = PublishedRun(**{**vars(case.run), "tables": tuple(few)})
    bare = replace(case, run=run)
    notebook = (NOTEBOOKS / "13_kompetensi.ipynb").read_text("utf-8")
    for made in (study_findings.study, study_findings.posts, index_findings.index):
        assert isinstance(made(bare), Lacking)
        title = rf"say.section(\"about_{made.__name__}\")"  # said whether there is a finding or not
        assert title in notebook
    assert findings.key(bare).met == findings.key(case).met


def test_with_other_activities_hours_are_a_least_only_for_those_that_state_none(case):
    run = PublishedRun(**{**vars(case.run), "tables": (*case.run.tables, "jp_kegiatan")})
    states = case.tables["jp_jabatan"]
    decided = states[states["kepatuhan"] != inputs.OPEN]
    whole = replace(case, run=run, tables={**case.tables, "jp_jabatan": decided})
    assert findings.key(case).least
    assert findings.key(replace(case, run=run)).least
    assert not findings.key(whole).least
    said = words_of(P)("compliance", findings.compliance(whole)).markdown
    assert "sekurang-kurangnya" not in said


@pytest.mark.parametrize(
    ("changes", "headline"),
    [
        ({"known": 3}, "The smallest share meets the floor in A, 30%"),
        ({"known": 2}, "meets the floor in A, 30%, of the 2 agencies that are not hidden"),
        ({"known": 1}, "30% meet the floor in A"),
        ({"known": 0, "lowest": ""}, "Who meets the floor, by agency"),
    ],
)
def test_no_agency_is_said_to_be_lowest_among_those_that_are_hidden(case, changes, headline):
    found = replace(
        findings.compliance(case),
        **{"synthetic": False, "agencies": 3, "lowest": "A", "lowest_share": 0.3, **changes},
    )
    title = figures.compliance(case, found, words_of(P.model_copy(update={"language": "en"})))
    assert title.headline.endswith(headline)


@pytest.mark.parametrize(
    ("hidden", "headline"),
    [
        (0, "is largest in A, 40%"),
        (1, "is largest in A, 40%, of the 2 agencies that are not hidden"),
        (2, "40% are in the band {band} in A"),
    ],
)
def test_no_agency_is_said_to_have_most_of_a_band_among_those_hidden(case, hidden, headline):
    found = replace(
        index_findings.index(case),
        synthetic=False,
        agencies=3,
        hidden=hidden,
        agency="A",
        share=0.4,
    )
    say = words_of(P.model_copy(update={"language": "en"}))
    band = say.language.name(found.band)
    assert figures.index(case, found, say).headline.endswith(headline.format(band=band))


def test_more_of_a_budget_is_told_as_far_as_it_is_of_use(case):
    few = case.short.head(1).assign(people=40)
    whole = inputs.plan(few, P).whole.cost
    assert 0 < whole < 2 * inputs._MORE
    half = findings.worth(inputs.plan(few, P))
    assert half.rest
    assert half.at + half.more == whole / 1e6
    enough = P.model_copy(update={"budget": whole})
    assert findings.worth(inputs.plan(few, enough)) is None
    far = findings.worth(inputs.plan(case.short, P))
    assert (far.more, far.rest) == (100.0, False)


def test_a_run_that_tells_no_lack_for_posts_has_no_joint_programme(case):
    bare = replace(case, both=case.both.assign(asked=0.0))
    year, both = inputs.plan(bare.short, P), inputs.plan(bare.both, P)
    assert study_findings.joint(bare, year, both, None) is None


def test_an_axis_of_shares_ends_where_all_are_reached(case):
    plan = inputs.plan(case.short, P)
    found = findings.planned(case, plan, P)
    assert figures.curve(case, plan, found, words_of(P)).figure.axes[0].get_xticks().max() == 1.0


def test_most_people_below_the_floor_are_told_of_the_cells_that_are_shown(case):
    names = inputs.province_names()
    frame = case.tables["jp_golongan"]

    def heat(numbers):
        table = frame.assign(pegawai=numbers)
        return findings.heat(replace(case, tables={**case.tables, "jp_golongan": table}), names)

    rows = (frame["wilayah"] != ALL) & frame["golongan"].isin(["I", "II", "III", "IV"])
    short = frame.index[rows & (frame["kepatuhan"] == inputs.BELOW)]
    whole = frame["pegawai"].fillna(1)
    assert heat(whole).unseen == 0
    hidden = heat(whole.mask(frame.index == short[0]))
    assert hidden.unseen == 1
    say = words_of(P.model_copy(update={"language": "en"}))
    assert "Most are in" in say("heat", heat(whole)).markdown
    assert "Most of those shown are in" in say("heat", hidden).markdown
    assert "The number of 1 cell is not shown" in say("heat", hidden).markdown
    assert heat(whole * 0) is None


def test_where_nobody_s_number_is_shown_none_is_called_a_least(case):
    found = findings.compliance(case)
    say = words_of(P.model_copy(update={"language": "en"}))
    assert "The number is a least" in say("compliance", found).markdown
    assert "a least" not in say("compliance", replace(found, met=None)).markdown


def test_bars_are_named_by_what_is_drawn(case):
    found = findings.groups(case)
    assert found.bands == len(findings.by_age(case).dropna())
    for code, posts in (("en", "kind of post"), ("id", "jenis jabatan")):
        say = words_of(P.model_copy(update={"language": code}))
        drawn, undrawn = (
            figures.groups(case, each, say) for each in (found, replace(found, kinds=()))
        )
        assert posts in drawn.caption
        assert posts in drawn.alt
        assert posts not in undrawn.caption
        assert posts not in undrawn.alt


def test_all_of_those_who_lack_hours_are_called_all(case):
    say = words_of(P.model_copy(update={"language": "en"}))
    found = findings.planned(case, inputs.plan(case.short, P), P)
    some = replace(found, reached=found.people - 1)
    assert "The programme brings all to their hours" in say("programme", found).markdown
    assert "of them (100.0%) to their hours" in say("programme", some).markdown
    none = say("programme", replace(found, reached=0, share=0.0)).markdown
    assert "brings none of them to their hours" in none
    assert "places" not in none.replace("too few places", "")


def test_a_budget_that_buys_nobody_anything_has_no_gap(case):
    poor = P.model_copy(update={"budget": 1000.0})
    said = study_findings.over_years(case, inputs.over_years(case, poor), poor.budget)
    assert (said.met, said.cost, said.gap) == (0, 0.0, 0.0)
    year, both = inputs.plan(case.short, poor), inputs.plan(case.both, poor)
    assert study_findings.joint(case, year, both, poor.budget) is None
