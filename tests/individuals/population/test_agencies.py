"""The real list of agencies and the templates below their first level."""

import collections

import numpy as np

from analysis.datasets import read_processed
from analysis.individuals.population.templates import templates


def test_all_645_agencies_are_there_and_all_regional_ones_are_known(agencies):
    levels = collections.Counter(agency.level for agency in agencies)
    assert levels == {"kabkota": 508, "provinsi": 38, "pusat": 99}
    codes = [agency.kabkota for agency in agencies if agency.kabkota]
    assert len(set(codes)) == 508
    assert not [code for code in codes if code.startswith("31.")]


def test_first_level_units_are_those_of_the_list(agencies):
    listed = {
        (name.casefold(), unit.casefold())
        for name, unit in read_processed("unit_instansi")[["instansi", "unit"]].itertuples(
            index=False
        )
    }
    agency = next(a for a in agencies if a.kabkota == "81.03")
    assert len(agency.units) > 20
    assert {(agency.name.casefold(), unit.casefold()) for unit in agency.units} <= listed


def test_staff_who_are_no_asn_are_not_made_up(agencies):
    weights = {agency.name: agency.weight for agency in agencies}
    assert weights["Bank Indonesia (BI)"] == 0
    assert weights["Kementerian Agama"] > 0


def test_offices_outside_jakarta_are_found_by_the_name_of_their_province(agencies):
    justice = next(a for a in agencies if a.name == "Kementerian Hukum dan Hak Asasi Manusia")
    assert ("11", "Kanwil Kementerian Hukum dan HAM Aceh") in justice.offices
    left = [unit for unit in justice.units if unit.startswith("Kanwil")]
    assert left == ["Kanwil Kementerian Hukum dan HAM DKI Jakarta"]
    statistics = next(a for a in agencies if a.name == "Badan Pusat Statistik (BPS)")
    assert ("21", "Badan Pusat Statistik Provinsi Kepulauan Riau") in statistics.offices
    assert ("14", "Badan Pusat Statistik Provinsi Riau") in statistics.offices


def test_templates_are_the_real_trees():
    found = templates()
    education = found.nearest("Dinas Pendidikan dan Kebudayaan")
    assert education.name == "Dinas Pendidikan"
    assert collections.Counter(education.levels.tolist()) == {4: 16, 3: 6}
    assert len(found.outside.names) == 26
    assert [t.levels.min() for t in found.central] == [2] * 5


def test_parents_in_templates_stand_before_their_children_and_above_them():
    found = templates()
    for tree in (*found.regional, *found.central, found.outside, found.plain):
        assert (tree.parents < np.arange(len(tree.names))).all()
        below = tree.parents >= 0
        assert (tree.levels[tree.parents[below]] < tree.levels[below]).all()
        assert len(set(tree.names)) == len(tree.names)


def test_a_smaller_tree_keeps_parents_of_what_it_keeps():
    tree = templates().nearest("Dinas Kesehatan")
    kept = tree.kept(3, 1)
    assert {p for p in tree.parents[kept].tolist() if p >= 0} <= set(kept.tolist())
    assert np.count_nonzero(tree.parents[kept] == -1) == 3


def test_an_office_like_no_other_has_numbers_for_names():
    assert templates().nearest("Satuan Polisi Pamong Praja").names[:2] == (
        "Sekretariat",
        "Bidang 2",
    )
