"""What is wrong with people, skills, distances, tasks or needs is said with its rows."""

import numpy as np
import pandas as pd
import pytest

from analysis.competence.squads import Tasks, Workforce
from analysis.errors import DataError, DomainError

PEOPLE = pd.DataFrame({"person": ["a", "b"], "unit": ["A", "B"]})
SKILLS = pd.DataFrame({"person": ["a", "b"], "competence": ["data", "law"], "level": [2, 1]})
FAR = pd.DataFrame([[0.0, 5.0], [5.0, 0.0]], ["A", "B"], ["A", "B"])
TASKS = pd.DataFrame({"task": ["t", "u"], "unit": ["A", None]})
NEEDS = pd.DataFrame({"task": ["t", "u"], "competence": ["data", "law"], "share": [0.5, 0.2]})


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"people": PEOPLE.drop(columns="unit")}, DataError, "people: column unit is missing"),
        ({"people": PEOPLE.assign(unit=["A", None])}, DataError, r"people, unit: .*in row 2\."),
        ({"people": PEOPLE.assign(unit=["A", "C"])}, DataError, r"not among the units.*2 \(C\)"),
        ({"people": PEOPLE.assign(person="a")}, DataError, "person must occur once.*row 2"),
        ({"people": PEOPLE.assign(time=[1.0, 1.4])}, DataError, r"working time.*row 2 \(1.4\)"),
        ({"people": PEOPLE.assign(time=[0.0, 1.0])}, DataError, r"people, time.*row 1 \(0.0\)"),
        ({"people": PEOPLE.assign(may_lead=["ya", True])}, DataError, r"true or false.*1 \(ya\)"),
        ({"people": PEOPLE.iloc[:0]}, DataError, "at least one person"),
        ({"skills": SKILLS.assign(person=["a", "x"])}, DataError, r"not among people.*in row 2\."),
        ({"skills": SKILLS.assign(level=[0, 1])}, DataError, r"from 1 to 1,000.*row 1 \(0\)"),
        ({"skills": SKILLS.assign(level=["high", 1])}, DataError, r"level.*row 1 \(high\)"),
        ({"skills": pd.concat([SKILLS, SKILLS])}, DataError, "competence must occur once.*row 3"),
        ({"distance": FAR.set_axis(["A", "C"])}, DomainError, "rows and columns differ"),
        ({"distance": FAR.assign(B=[np.nan, 0.0])}, DomainError, "distance: the costs must be"),
        ({"distance": [[0, 1], [1, 0]]}, DomainError, "distance: expected a table"),
    ],
)
def test_a_workforce_says_what_is_wrong(change, error, message):
    given = {"people": PEOPLE, "skills": SKILLS, "distance": FAR} | change
    with pytest.raises(error, match=message):
        Workforce.of(**given)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"tasks": TASKS.drop(columns="task")}, "tasks: column task is missing"),
        ({"tasks": TASKS.assign(task="t")}, "task must occur once.*row 2"),
        ({"tasks": TASKS.assign(unit=["A", "Z"])}, r"tasks, unit: not among.*\(Z\)"),
        ({"tasks": TASKS.assign(unit=[None, "Z"])}, r"tasks, unit: not among.* row 2 \(Z\)"),
        ({"tasks": TASKS.iloc[:0]}, "at least one task"),
        ({"tasks": TASKS.assign(least=[2, 1])}, r"at least so many seats.*row 1 \(t: 1\)"),
        ({"tasks": TASKS.assign(most=[1, 0])}, r"tasks, most: must be.*row 2 \(0\)"),
        ({"needs": NEEDS.iloc[:1]}, r"every task must have needs.*row 2 \(u\)"),
        ({"needs": NEEDS.assign(task=["t", "v"])}, r"not among tasks.*row 2 \(v\)"),
        ({"needs": NEEDS.assign(share=[1.5, 0.2])}, r"share of working time.*row 1 \(1.5\).*more"),
        ({"needs": NEEDS.assign(share=[0.0, 0.2])}, r"needs, share.*row 1 \(0.0\)"),
        ({"needs": NEEDS.assign(people=[1.5, 1])}, r"whole number of people.*row 1 \(1.5\)"),
        ({"needs": NEEDS.assign(people=[3, 1]), "tasks": TASKS.assign(most=2)}, r"at most.*t: 3"),
        ({"needs": NEEDS.assign(level=[-1, 1])}, r"needs, level.*row 1 \(-1\)"),
        ({"needs": NEEDS.assign(competence=[None, "law"])}, r"Name every competence"),
    ],
)
def test_tasks_say_what_is_wrong(change, message):
    given = {"tasks": TASKS, "needs": NEEDS} | change
    with pytest.raises(DataError, match=message):
        Tasks.of(**given, workforce=Workforce.of(PEOPLE, SKILLS, FAR))
