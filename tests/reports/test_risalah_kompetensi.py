"""What brief 19 says of who meets the floor."""

from dataclasses import replace

import pytest

from analysis.reports.kompetensi import findings
from analysis.reports.risalah_kompetensi import RisalahKompetensi
from analysis.reports.risalah_kompetensi import words as words_of

P = {"run": "sintetis", "catalogue": None, "budget": None, "language": "en"}
FOUND = findings.Compliance(
    year=2024,
    synthetic=False,
    floor=20.0,
    met=None,
    people=None,
    open=None,
    complete=False,
    pppk=None,
    over=None,
    ceiling=24.0,
    agencies=3,
    shown=3,
    known=3,
    lowest="A",
    lowest_share=0.3,
)


@pytest.mark.parametrize(
    ("agencies", "known", "headline"),
    [
        (3, 3, "In the agency with the lowest share 30% meet the floor"),
        (3, 2, "In the agency with the lowest share of those shown 30% meet the floor"),
        (3, 1, "In the only agency that is shown 30% meet the floor"),
        (1, 1, "In the only agency 30% meet the floor"),
    ],
)
def test_the_lowest_agency_is_of_those_that_are_shown(agencies, known, headline):
    found = replace(FOUND, agencies=agencies, known=known, shown=known)
    say = words_of(RisalahKompetensi.check(P))
    assert say.line("compliance.headline", found) == headline
