import ast
import csv
import datetime as dt
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from analysis.competence.gap.requirements import KINDS as REQUIREMENTS
from analysis.datasets import read_table
from analysis.datasets.posts import CENTRAL, GROUPS, KINDS, NATIONAL
from analysis.language import Language
from analysis.paths import RAW, ROOT

ID, EN = Language("id"), Language("en")
PACKAGE = Path(str(files("analysis")))


@pytest.fixture(scope="module")
def messages():
    """Every label of the package, in code and templates, and the names in the data."""
    keywords = {"text": None, "label": None}
    rows = extract_from_dir(str(PACKAGE), method_map=[("**.py", "python")], keywords=keywords)
    found = {message for _, _, message, _, _ in rows if isinstance(message, str)}
    found |= set(read_table("provinsi", RAW)["pulau"])
    found |= {NATIONAL, CENTRAL, *GROUPS, *KINDS, *(kind.capitalize() for kind in REQUIREMENTS)}
    for template in PACKAGE.rglob("*.j2"):
        found |= {m[2] for m in re.finditer(r"""\bt\((["'])(.+?)\1""", template.read_text())}
    return found


@pytest.fixture(scope="module")
def catalogue():
    with (PACKAGE / "locale" / "en.po").open("rb") as file:
        return {m.id: m.string for m in read_po(file, locale="en", abort_invalid=True) if m.id}


@pytest.mark.parametrize("value", [0.05, -0.05, 0.0, 0.04])
def test_what_is_printed_as_zero_has_no_sign(value):
    assert ID.number(value, 1, signed=True) == ID.number(value, 1) == "0,0"
    assert EN.percent(value / 100, 1, signed=True) == "0.0%"


def test_numbers_follow_the_language():
    assert ID.number(3995634) == "3.995.634"
    assert EN.number(3995634) == "3,995,634"
    assert ID.number(-0.25, 2) == "−0,25"
    assert ID.number(12, signed=True) == "+12"
    assert ID.percent(0.0414) == "4,1%"
    assert EN.percent(-0.5, 0, signed=True) == "−50%"


def test_dates_are_written_out():
    assert ID.date(dt.date(2021, 12, 31)) == "31 Desember 2021"
    assert EN.date("2021-12-31") == "31 December 2021"


def test_a_listing_joins_the_last_item_with_and():
    assert ID.listing(["Aceh", "Bali", "Riau"]) == "Aceh, Bali dan Riau"
    assert EN.listing(["Aceh", "Bali"]) == "Aceh and Bali"
    assert ID.listing(["Aceh"]) == "Aceh"


@pytest.fixture(scope="module")
def names():
    """Every text in code, descriptions of tables and examples: what may be a name in the data."""
    trees = [ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    described = json.loads((RAW / "datapackage.json").read_text("utf-8"))
    found = {node.value for node in nodes if isinstance(node.value, str)} | set(strings(described))
    for table in (*(ROOT / "data" / "contoh").glob("*.csv"), RAW / "bobot_ip_asn.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            found |= {cell for row in csv.reader(file) for cell in row}
    made = (("_", " "), ("lainnya", "sisanya"))  # by code, of other names
    changed = {name.replace(*change) for name in found for change in made}
    return found | changed | {f"{name} ke atas" for name in found}


def strings(content):
    if isinstance(content, str):
        yield content
    elif isinstance(content, list | dict):
        for each in content.values() if isinstance(content, dict) else content:
            yield from strings(each)


def test_every_message_has_its_english_and_no_english_is_left_over(messages, names, catalogue):
    assert messages - set(catalogue) == set()
    assert set(catalogue) - messages - names == set()
    assert [message for message, english in catalogue.items() if not english] == []


def test_translations_keep_the_placeholders(catalogue):
    holes = re.compile(r"\{(\w+)\}")
    wrong = [m for m, e in catalogue.items() if set(holes.findall(m)) != set(holes.findall(e))]
    assert wrong == []


def test_an_unknown_message_is_an_error_in_english():
    with pytest.raises(KeyError, match="belum ada"):
        EN.text("belum ada")


def test_names_in_the_data_are_translated_where_the_language_has_its_own():
    assert (ID.name("Jawa"), EN.name("Jawa"), EN.name("Aceh")) == ("Jawa", "Java", "Aceh")


def test_what_rounds_to_zero_has_no_sign():
    assert Language("id").number(0, signed=True) == "0"
    assert Language("id").number(-0.004, 2, signed=True) == "0,00"
    assert Language("id").number(-0.4) == "0"
    assert Language("id").number(0.006, 2, signed=True) == "+0,01"
    assert Language("id").percent(-0.0004) == "0,0%"
    assert Language("id").percent(0.0, signed=True) == "0,0%"
