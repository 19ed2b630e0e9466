"""The report: in both languages, escaped, and honest about what was not checked."""

from dataclasses import replace

import pytest
from individual_records import DAY

from analysis.datasets.office_tables import Note
from analysis.individuals.validation import RULES, Finding, TableFindings, Validation
from analysis.individuals.validation.choices import Choices
from analysis.individuals.validation.findings import Example
from analysis.individuals.validation.report import Report
from analysis.individuals.validation.words import WORDS

SCRIPT = "<script>alert(1)</script>"


def report(made_up=3):
    findings = (
        Finding(RULES["people.nip_synthetic"], made_up),
        Finding(RULES["people.code_golRuangAkhir"], 1, (), (Example(7, {"x": SCRIPT}),)),
        Finding(RULES["people.unit_unknown"], None, ("units",)),
        Finding(RULES["people.nip_form"], 0),
    )
    validation = Validation((TableFindings("people", 3, findings),))
    notes = {"people": (Note("left out", "ignored", values={"count": 1, "text": SCRIPT}),)}
    choices = Choices([("people.code_*", "set aside")])
    return Report(validation, DAY, choices, notes, {"people": (2, 1)})


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_of_the_data_can_act_on_the_page(language):
    page = report().to_html(language)
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2
    assert "<script" not in page


def test_made_up_people_are_said_so_at_the_top_and_others_are_not():
    assert "DATA BUATAN" in report().to_text().splitlines()[2]
    assert "MADE UP" in report().to_html("en").partition("<h2>")[0]
    assert "DATA BUATAN" in report(made_up=2).to_text()  # one number is broken
    assert "DATA BUATAN" not in report(made_up=1).to_text()
    assert "DATA BUATAN" in replace(report(made_up=0), synthetic=True).to_text()


def test_the_text_says_rows_rule_choice_example_and_what_was_not_checked():
    text = report().to_text("en")
    assert "1  people.code_golRuangAkhir  [set aside]" in text
    assert "row 7: x = <script>" in text
    assert "3 rows in = 2 rows used + 1 row set aside" in text
    assert "Not checked (1 rule), for want of: units" in text
    assert "3 rules were checked" in text
    assert "1 column not read" in text
    assert "people.nip_form" not in text


def test_every_word_and_rule_has_both_languages_and_they_differ():
    for key, words in WORDS.items():
        assert set(words) == {"id", "en"}, key
        assert all(words.values())
    for rule in RULES.values():
        assert rule.indonesian != rule.english, rule.key


def test_the_same_findings_give_the_same_page():
    assert report().to_html() == report().to_html()
