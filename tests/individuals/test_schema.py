"""The declared tables hold together: names, references, code lists, headings."""

import re

import pandas as pd
import pytest

from analysis.datasets.office_tables.personal import normalised
from analysis.errors import ParameterError
from analysis.individuals.schema import TABLES, CodeLists
from analysis.individuals.schema.declarations import Column
from analysis.paths import RAW

CODES = CodeLists(pd.read_csv(RAW / "kode_siasn.csv", dtype=str))


@pytest.fixture(params=TABLES.values(), ids=lambda table: table.name)
def table(request):
    return request.param


def test_names_are_unique_and_the_key_is_among_them(table):
    assert len(set(table.names)) == len(table.names)
    assert set(table.key) <= set(table.names)


def test_references_point_to_a_key(table):
    for column in table:
        if column.references:
            name, _, target = column.references.partition(".")
            assert TABLES[name].key == (target,)


def test_no_heading_stands_for_two_columns(table):
    seen = {}
    for column in table:
        for heading in {normalised(h) for h in (column.name, *column.headings)}:
            assert seen.setdefault(heading, column.name) == column.name


def test_code_lists_are_there_and_keep_to_the_pattern(table):
    for column in table:
        assert bool(CODES.values(column)) is bool(column.codes)


def test_only_one_column_leads_to_a_person_and_it_is_keyed():
    keyed = {c.name for t in TABLES.values() for c in t if c.keyed}
    assert keyed == {"nipBaru"}
    for word in ("nama pegawai", "nik", "alamat", "PemimpinPnsId", "tempatLahir"):
        assert not any(word in t.names for t in TABLES.values())


def test_education_has_two_digits_in_order_and_the_codes_above_s1():
    codes = list(CODES.of("tingkat_pendidikan"))
    assert all(re.fullmatch(r"\d\d", code) for code in codes)
    assert codes == sorted(codes)
    assert {"05", "42", "47", "49"} <= set(codes)


def test_golongan_are_those_of_pns_and_of_pppk():
    values = CODES.values(TABLES["people"]["golRuangAkhir"])
    assert len(values) == 34
    assert {"I/a", "IV/e", "I", "IX", "XVII"} <= set(values)


def test_what_does_not_exist_is_refused_by_name():
    with pytest.raises(ParameterError, match="no column 'nik'"):
        TABLES["people"]["nik"]
    with pytest.raises(ParameterError, match="no code list 'agama'"):
        CODES.values(Column("agama", "", "", codes="agama"))
