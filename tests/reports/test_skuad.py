"""What report 14 reads of the run of synthetic people, and says of it."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.disclosure.run_folders import PublishedRun, read_run
from analysis.errors import ParameterError
from analysis.reports.skuad import Skuad, findings, inputs, tables
from analysis.reports.skuad import words as words_of
from analysis.reports.skuad.inputs import ALL, CHOSEN, WAYS
from analysis.reports.values import Opening

AGENCY = "Pemerintah Provinsi DKI Jakarta"


def parameters(**changes):
    return Skuad.check({"run": "sintetis", "agency": AGENCY, **changes})


@pytest.fixture(scope="module")
def case():
    return inputs.case(parameters())


def test_what_is_covered_adds_up(case):
    said = findings.coverage(case)
    assert said.covered + said.open == said.seats == case.tasks["kursi"].sum()
    assert said.train + said.move + said.hire == pytest.approx(1)
    known = case.tasks.dropna(subset="terisi")
    assert (known["terisi"] <= known["kursi"]).all()


def test_the_least_that_is_covered_counts_what_is_shown_once(case):
    assert findings.key(case).least == case.covered
    rows = case.needs["tugas"] == case.tasks["tugas"].iloc[0]
    one = case.needs[rows].assign(kompetensi="x", terisi=2)  # two needs of one competence
    hidden = inputs.Case(
        **{
            **vars(case),
            "covered": None,
            "needs": pd.concat([one, case.needs[~rows]]),
            "tasks": case.tasks.assign(terisi=case.tasks["terisi"].where(case.tasks.index > 0)),
        }
    )
    assert findings.key(hidden).least == 2 + case.tasks["terisi"].iloc[1:].sum()


def test_a_need_of_nobody_is_named_and_its_seats_are_open(case):
    (gap,) = findings.nobody(case).gaps
    assert gap.competence == "Kecerdasan artifisial"
    row = case.needs[case.needs["kompetensi"] == gap.competence].iloc[0]
    assert (row["terisi"], row["orang"]) == (0, gap.seats)


def test_paths_are_shorter_in_teams(case):
    said = findings.paths(case)
    assert said.before > said.after >= 1
    assert 0 <= said.alone <= said.below <= 1


def test_places_are_of_groups_or_chosen(case):
    said = findings.squad_map(case)
    assert said.placed == (case.tasks["tempat"] != CHOSEN).sum() > 0
    shown = case.groups["kursi"].dropna()
    assert said.shown == len(shown)
    assert said.largest_seats == shown.max()
    assert ALL not in set(case.groups["kelompok"])


def test_the_mix_is_that_of_the_ratios_asked_for():
    p = parameters(agency="Pemerintah Provinsi Nusa Tenggara Timur", ratios=[0.25, 4.0])
    case = inputs.case(p)
    cheap, dear = findings.mix(case, p).mixes
    assert (cheap.ratio, dear.ratio) == (0.25, 4.0)
    assert cheap.hire >= dear.hire
    people = case.mix[list(WAYS)].sum(axis=1)
    assert people.nunique() == 1  # every way fills the same posts
    shown = tables.mix(case, findings.mix(case, p), words_of(p)).frame
    assert shown["price"].is_monotonic_increasing


def test_a_run_without_prices_has_no_mix(case):
    without = inputs.Case(**{**vars(case), "mix": pd.DataFrame(columns=["rasio"])})
    assert findings.mix(without, parameters()) is None


def test_the_first_agency_is_taken_where_none_is_named():
    first = read_run("sintetis").of("skuad_instansi").frame["instansi"].iloc[0]
    assert inputs.case(parameters(agency=None)).agency == first


def test_an_agency_has_a_code_too():
    code = read_run("sintetis").of("skuad_instansi").frame.set_index("instansi")["kode"][AGENCY]
    assert inputs.case(parameters(agency=code)).agency == AGENCY


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"run": "lain"}, "run: 'lain' given"),
        ({"agency": "Kota Lain"}, "agency = 'Kota Lain' is none of the run sintetis; it has Pem"),
        ({"ratios": [3.0]}, r"ratios: \[3.0\] was not tried"),
        ({"ratios": []}, "ratios"),
    ],
)
def test_parameters_that_the_run_does_not_have(change, message):
    with pytest.raises(ParameterError, match=message):
        inputs.case(parameters(**change))


def test_a_run_without_squads_says_why_or_how_they_are_made(monkeypatch):
    run = read_run("sintetis")

    def refusal(lacking):
        bare = PublishedRun(**{**vars(run), "tables": (), "lacking": lacking})
        monkeypatch.setattr(inputs, "read_run", lambda _: bare)
        with pytest.raises(ParameterError) as raised:
            inputs.case(parameters())
        return str(raised.value)

    assert "--sets skuad" in refusal({})
    why = refusal(
        {"skuad_tugas_x": "people could be told.", "skuad_unit_x": "people could be told."}
    )
    assert why == "run = 'sintetis': it has no squads. People could be told."


@pytest.mark.parametrize(
    ("led", "from_place", "said"),
    [
        (0, 0, "None of 5 teams have a lead."),
        (5, 5, "All 5 teams have a lead, from the unit where the team works."),
        (3, 0, "3 of 5 teams have a lead, none of them from the unit"),
    ],
)
def test_teams_and_their_leads_are_told_in_words(case, led, from_place, said):
    key = replace(findings.key(case), teams=5, led=led, from_place=from_place)
    say = words_of(parameters(language="en"))
    assert said in " ".join(say("summary", Opening(key)).markdown.split())


def test_the_largest_group_is_of_those_that_are_shown(case):
    found = replace(findings.squad_map(case), largest="A", largest_seats=4, groups=3)
    say = words_of(parameters(language="en"))
    assert "A fills most seats" in say("map", replace(found, shown=3)).markdown
    assert "Of the groups shown, A fills" in say("map", replace(found, shown=2)).markdown
