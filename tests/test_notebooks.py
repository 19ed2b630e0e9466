"""What the notebooks are committed with is what every machine computes."""

import re

import nbformat
import pytest
from bs4 import BeautifulSoup

from analysis.paths import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_DIGITS = 12  # a double has 15 to 17, and the last of them depend on the processor
NUMBER = re.compile(r"\d[\d.,]*")
FINGERPRINT = re.compile(r"\[[0-9a-f]{16}\]")  # of a figure: may happen to be all digits


def words_of(output):
    """Yield the words that nbval compares in an output, without markup."""
    yield output.get("text", "")
    for kind, content in output.get("data", {}).items():
        if kind == "text/html":
            yield BeautifulSoup(content, "html.parser").get_text(" ")
        elif not kind.startswith("image/"):
            yield str(content)


def too_exact(text):
    shown = FINGERPRINT.sub("", text)
    return [n for n in NUMBER.findall(shown) if len(re.sub(r"\D", "", n).strip("0")) > MOST_DIGITS]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_output_shows_digits_that_depend_on_the_processor(path):
    found = {
        f"cell {position}": numbers
        for position, cell in enumerate(nbformat.read(path, as_version=4).cells)
        for output in cell.get("outputs", [])
        for text in words_of(output)
        if (numbers := too_exact(text))
    }
    assert found == {}, "show fewer digits: analysis.digests.stable"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_output_is_a_warning(path):
    found = [
        output["text"]
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", [])
        if output["output_type"] == "stream" and output["name"] == "stderr"
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("403603.0662442667 orang", ["403603.0662442667"]),
        ("1.8120954771288e+05", ["1.8120954771288"]),
        ("403603.066, 0.2803201045, 12.657.881,25", []),
        ("0.0000000000001, 1000000000000000, 2023-12-31", []),
    ],
)
def test_the_hunt_finds_numbers_that_are_too_exact(text, found):
    assert too_exact(text) == found
