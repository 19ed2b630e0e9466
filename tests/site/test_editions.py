"""Editions are data: a row, a value, a language more is an edition more."""

import pytest

from analysis.errors import AnalysisError
from analysis.site.editions import Edition, parse_editions, provinces_beside

NOTEBOOKS = ["01_a", "02_b"]
ROW = '[[editions]]\nnotebook = "01_a"\nlanguages = ["id", "en"]\n'


def names(text):
    return [edition.name for edition in parse_editions(text, NOTEBOOKS)]


def test_a_row_has_an_edition_for_each_value_in_each_language():
    assert names(ROW) == ["01_a", "01_a-en", "02_b"]
    assert names(f'{ROW}each.province = ["11", "12"]') == [
        *("01_a-11", "01_a-11-en", "01_a-12", "01_a-12-en", "02_b"),
    ]


def test_an_edition_has_its_parameters_and_its_language():
    found = parse_editions(f'{ROW}name = "2014"\nparameters = {{ date = "2014-12-31" }}', ["01_a"])
    date = {"date": "2014-12-31"}
    assert found == (
        Edition("01_a-2014", "01_a", "id", date),
        Edition("01_a-2014-en", "01_a", "en", {**date, "language": "en"}),
    )


def test_a_notebook_of_ones_own_has_one_edition_with_its_defaults():
    assert parse_editions("", ["99_mine"]) == (Edition("99_mine", "99_mine", None, {}),)


def test_a_province_has_those_before_and_after_it_in_its_language():
    row = f'{ROW}each.province = ["11", "12", "13"]\n{ROW}name = "other"'
    found = parse_editions(row, ["01_a"])
    by_name = {each.name: each for each in found}

    def beside(name):
        return {side: each.name for side, each in provinces_beside(by_name[name], found).items()}

    assert beside("01_a-11-en") == {"next": "01_a-12-en"}
    assert beside("01_a-12") == {"previous": "01_a-11", "next": "01_a-13"}
    assert beside("01_a-13") == {"previous": "01_a-12"}
    assert beside("01_a-other") == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ROW.replace("01_a", "03_c"), "the notebook '03_c', which is not there"),
        (ROW + ROW, "two editions that are called 01_a"),
        (ROW.replace('"en"', '"fr"'), "languages.1 = 'fr'"),
        (ROW + "province = 11", "province = 11: Extra inputs"),
        (ROW + 'name = "A B"', "name = 'A B'"),
        ("[[editions]\n", "is no TOML"),
        (ROW + ROW.replace("languages", "language"), "table 2 of [[editions]], languages"),
        (ROW + "province = 11", "Allowed are notebook, languages, each, name, parameters"),
        ('adress = "https://e.id/"', "editions.toml, adress = 'https://e.id/'"),
        ('adress = "https://e.id/"', "Allowed are address, editions"),
        ("address = 3", "editions.toml, address = 3"),
        (ROW.replace("[[editions]]", "[editions]"), "Write [[editions]] above each row"),
        ('editions = ["01_a"]', "table 1 of [[editions]]"),
    ],
)
def test_a_wrong_row_is_refused_with_what_is_wrong(text, message):
    with pytest.raises(AnalysisError) as caught:
        parse_editions(text, NOTEBOOKS)
    assert message in str(caught.value)
