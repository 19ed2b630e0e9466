"""Squads against a small hierarchy, counted by hand."""

import pandas as pd
import pytest
from squad_cases import workforce

from analysis.competence.squads import Tasks, against_hierarchy, form_squads
from analysis.errors import DataError, DomainError

PARENT = {"dinas": None, "bidang 1": "dinas", "bidang 2": "dinas", "seksi": "bidang 1"}
UNITS = ["bidang 1", "bidang 2", "seksi"]


@pytest.fixture
def plan():
    people = [
        ("a", "seksi", 1.0, True),
        ("b", "bidang 2", 1.0, False),
        ("c", "bidang 1", 1.0, False),
        ("d", "seksi", 1.0, False),
    ]
    skills = [("a", "data", 1), ("b", "law", 1), ("c", "map", 1), ("d", "map", 1)]
    work = workforce(people, skills, [[0, 1, 1], [1, 0, 1], [1, 1, 0]], UNITS)
    rows = [("across", "data"), ("across", "law"), ("within", "data"), ("within", "map")]
    needs = pd.DataFrame(rows, columns=["task", "competence"]).assign(share=0.2)
    tasks = pd.DataFrame({"task": ["across", "within"], "unit": "seksi"})
    return form_squads(work, Tasks.of(tasks, needs, work))


def test_paths_layers_and_who_could_do_it_alone(plan):
    found = against_hierarchy(plan, PARENT)
    table = found.tasks.set_index("task")
    assert table["alone"].to_dict() == {"across": False, "within": True}
    assert table["alone_level"].to_dict() == {"across": 1, "within": 3}
    # a in seksi to b in bidang 2: a - seksi - bidang 1 - dinas - bidang 2 - b.
    assert table.loc["across", ["path_before", "path_after", "layers"]].tolist() == [5, 1, 2]
    assert table.loc["within", ["path_before", "path_after", "layers"]].tolist() == [2, 1, 0]
    assert (found.share_alone, found.mean("path_before")) == (0.5, 3.5)


def test_one_person_cannot_take_two_seats_of_a_team_alone():
    people = [("a", "seksi", 1.0, True), ("b", "bidang 2", 1.0, True)]
    skills = [(p, c, 1) for p in "ab" for c in ("data", "law")]
    work = workforce(people, skills, [[0, 1, 1], [1, 0, 1], [1, 1, 0]], UNITS)
    needs = pd.DataFrame({"task": "t", "competence": ["data", "law"], "share": 0.2})
    tasks = Tasks.of(pd.DataFrame({"task": ["t"], "unit": ["seksi"]}), needs, work)
    found = against_hierarchy(form_squads(work, tasks), PARENT).tasks
    assert found[["alone", "alone_level"]].values.tolist() == [[False, 1]]


def test_trees_without_a_common_root_meet_above_their_roots(plan):
    apart = against_hierarchy(plan, PARENT | {"bidang 2": None}).tasks
    assert apart["path_before"].tolist() == [2 + 3 + 1, 2]
    assert apart["alone_level"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("parent", "error", "message"),
    [
        (
            {"dinas": None, "seksi": "dinas"},
            DataError,
            "bidang 1, bidang 2 has people",
        ),
        (PARENT | {"seksi": "biro"}, DataError, "the unit above seksi is not among"),
        (PARENT | {"dinas": "seksi"}, DataError, "stand above each other in a circle"),
        (["dinas"], DomainError, "with labels"),
    ],
)
def test_a_hierarchy_that_is_none(plan, parent, error, message):
    with pytest.raises(error, match=message):
        against_hierarchy(plan, parent)
