"""What report 10 computes and says of public trees and of a file."""

import datetime as dt
import io

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.errors import ParameterError
from analysis.reports.restrukturisasi import (
    Restrukturisasi,
    download,
    findings,
    inputs,
    matching,
    people_findings,
)
from analysis.reports.restrukturisasi.people import People
from analysis.reports.wording import Words

DAY = dt.date(2021, 12, 31)


def parameters(**changes):
    return Restrukturisasi.check({"tree": "bps_provinsi", "day": "2021-12-31", **changes})


@pytest.fixture(scope="module")
def bps():
    p = parameters()
    case = inputs.case(p)
    return p, case, inputs.restructured(case, inputs.rules(p))


class TestBps:
    def test_the_office_becomes_one_unit_with_three_layers_as_it_works(self, bps):
        p, case, found = bps
        change = findings.change(case, found, p)
        assert (change.before, change.after, change.dissolved, change.exempt) == (27, 1, 26, 0)
        assert (change.layers, change.layers_after, change.de_facto) == (3, 1, 3)

    def test_the_real_office_differs_in_one_unit_and_keeps_its_boxes(self, bps):
        _, case, found = bps
        state = matching.beside(case, found)
        compared = findings.compared(case, found, state)
        assert (compared.same, compared.units, compared.boxes) == (26, 27, 27)
        assert (compared.layers, compared.working, compared.model_layers) == (2, 3, 1)
        (other,) = compared.differing
        assert (other.name, other.real_name) == ("Bagian Tata Usaha", "Bagian Umum")
        assert (other.model, other.real, other.rule) == ("ahli madya", "III", "bubar_pusat_iii")

    def test_posts_go_where_the_regulation_says(self, bps):
        _, _, found = bps
        table = inputs.flows(found).set_index(["origin", "destination"])["people"]
        assert table.to_dict() == {
            ("Eselon II", "tetap"): 1,
            ("Eselon III", "ahli madya"): 6,
            ("Eselon IV", "ahli muda"): 20,
        }

    def test_posts_whose_family_the_rules_do_not_tell_are_counted(self, bps):
        _, _, found = bps
        said = findings.flows(inputs.flows(found), found)
        titles = found.after.posts["title"].astype(str)
        assert said.undecided == titles.isin(["Ahli Madya", "Ahli Muda"]).sum() > 0

    def test_the_workbook_has_every_unit_and_post_and_nobody(self, bps):
        p, case, found = bps
        rules = findings.rule_table(found, inputs.rules(p))
        say = Words.of("restrukturisasi", "id", findings.FINDINGS)
        book = load_workbook(io.BytesIO(download.download(case, found, rules, say).content))
        assert [sheet.title for sheet in book] == ["Unit", "Jabatan", "Aturan"]
        units, posts = (
            [[c.value for c in row] for row in book[n]][4:] for n in ("Unit", "Jabatan")
        )
        assert len(units) == len(posts) == 27
        assert [row[6] for row in posts] == [row[6] for row in posts if row[6] is not None]
        assert {row[8] for row in posts} == {None, "ahli madya", "ahli muda"}
        headings = [cell.value for cell in book["Jabatan"][4]]
        assert not {"Nama", "NIP", "Orang"} & set(headings)


@pytest.mark.parametrize(
    ("tree", "before", "after", "exempt"),
    [("bsn", 126, 22, 0), ("riau", 992, 534, 327), ("setwapres", 61, 27, 0)],
)
def test_other_trees_run_through_the_stages(tree, before, after, exempt):
    p = parameters(tree=tree)
    case = inputs.case(p)
    found = inputs.restructured(case, inputs.rules(p))
    change = findings.change(case, found, p)
    assert (change.before, change.after, change.exempt) == (before, after, exempt)
    flows = findings.flows(inputs.flows(found), found)
    assert flows.posts == change.structural
    assert flows.functional == change.structural - change.structural_after


def test_what_the_sources_do_not_tell_is_counted():
    told = findings.tree(inputs.public("riau"))
    assert (told.parents, told.echelons, told.tops) == (946, 992, 46)
    told = findings.tree(inputs.public("setwapres"))
    assert (told.formation, told.left_out, told.state) == (True, 199, "sesudah")
    told = findings.tree(inputs.public("bps_provinsi"))
    assert (told.parents, told.echelons, told.formation) == (0, 0, False)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"tree": "berkas"}, r"'file', 'mapping' and 'scope' go with tree = 'berkas'"),
        ({"file": "x.csv", "mapping": "x.toml", "scope": "pusat"}, r"go with tree = 'berkas'"),
        ({"tree": "berkas", "file": "x.csv", "mapping": "x.toml"}, r"all three"),
        ({"tree": "polri"}, r"'tree' = 'polri'"),
    ],
)
def test_parameters_that_do_not_go_together_are_refused(changes, message):
    with pytest.raises(ParameterError, match=message):
        parameters(**changes)


def test_a_rule_that_does_not_hold_cannot_be_switched_off():
    with pytest.raises(ParameterError, match="upt_mana is no rule that holds on 2021-12-31"):
        inputs.rules(parameters(switched_off=["upt_mana"]))


def test_a_tree_without_echelons_is_refused():
    units = inputs.public("bps_provinsi").units.assign(eselon=pd.Series(dtype="str"))
    with pytest.raises(ParameterError, match="The organisation has no post"):
        inputs.organisation_of(units, None)


def test_what_became_of_the_office_of_bps_is_a_source_of_its_own_page_only():
    assert not inputs.tables_unread(parameters(tree="bps_provinsi"))
    unread = {"organisasi_bps_provinsi_sesudah", "padanan_bps_provinsi"}
    assert inputs.tables_unread(parameters(tree="bsn")) == unread


def test_trees_that_are_not_read_are_told_apart():
    assert "organisasi_bsn_sebelum" not in inputs.tables_of_other_trees(["bsn", "riau"])
    assert "organisasi_bps_provinsi_sebelum" in inputs.tables_of_other_trees(["bsn", "riau"])


def crowd(posts, retirement):
    """Return people by level and year of retirement: (today, restructured), None if hidden."""
    tables = {}
    for name, states in {"posts": posts, "retirement": retirement}.items():
        key = "level" if name == "posts" else "year"
        columns = (f"{key}_today", f"{key}_restructured", "pegawai")
        rows = [(label, "Jumlah", n) for label, n in states[0].items()]
        rows += [("Jumlah", label, n) for label, n in states[1].items()]
        tables[name] = pd.DataFrame(rows, columns=columns)
    return People("contoh", DAY, False, (), tables)


def headline(group, finding, code="en"):
    say = Words.of("restrukturisasi", code, findings.FINDINGS)
    return say.line(f"{group}.headline", finding)


@pytest.mark.parametrize(
    ("today", "later", "title"),
    [
        (
            {"struktural": 40, "IV": 40, "ahli muda": 5, "mahir": 2},
            {"struktural": 30, "IV": 30, "ahli muda": 15, "mahir": 2},
            "structural officials go from 40 to 30, ahli muda gains 10 people",
        ),
        (
            {"struktural": 40, "ahli muda": 5},
            {"struktural": 40, "ahli muda": 5},
            "structural officials stay at 40",
        ),
        (
            {"struktural": None, "ahli muda": 5, "mahir": 2},
            {"struktural": 30, "ahli muda": 6, "mahir": 1},
            "ahli muda gains 1 person",
        ),
        (
            {"struktural": 9, "ahli muda": 5, "mahir": None},
            {"struktural": 8, "ahli muda": 6, "mahir": 1},
            "structural officials go from 9 to 8",
        ),
        (
            {"struktural": None, "ahli muda": 5, "mahir": 1},
            {"struktural": 8, "ahli muda": 6, "mahir": 2},
            "staff by echelon and level, today and after restructuring",
        ),
    ],
)
def test_the_pyramid_is_titled_by_what_changes_in_it(today, later, title):
    found = people_findings.pyramid(crowd((today, later), ({}, {})))
    assert headline("pyramid", found) == title


@pytest.mark.parametrize(
    ("today", "later", "title"),
    [
        (
            {"1": 2, "7": 5, "later": 9},
            {"1": 2, "7": 4},
            "7 people retire within 10 years, 6 after",
        ),
        ({"1": 1}, {"2": 1}, "1 person retires within 10 years, before and after"),
        ({"1": 2, "7": 5}, {"1": 2, "7": None}, "from the posts of today within 10 years, most in"),
        ({"1": 2, "7": 2}, {"1": 2, "7": None}, "4 people retire from the posts of today within"),
        ({"1": None}, {"1": 3}, "who retires within 10 years, today and after restructuring"),
        ({"later": 3}, {"later": 3}, "nobody retires from the posts of today within 10 years"),
    ],
)
def test_retirement_is_titled_by_how_many_there_are(today, later, title):
    found = people_findings.retirement(crowd(({}, {}), (today, later)))
    assert title in headline("retirement", found)


def test_law_for_those_who_are_not_equalised_is_told_where_there_are_any():
    for language, article in (("id", "Pasal 241"), ("en", "Article 241")):
        say = Words.of("restrukturisasi", language, findings.FINDINGS)

        def told(left, say=say):
            found = people_findings.Readings(DAY, False, 9, 2, left)
            return say("readings", found).markdown

        assert article in told(1)
        assert article not in told(0)
        assert article not in told(None)
