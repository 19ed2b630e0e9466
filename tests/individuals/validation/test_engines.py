"""Every rule can be asked of DuckDB, PostgreSQL and Spark."""

import ibis
import pytest
from individual_records import TYPES

from analysis.individuals.schema import TABLES
from analysis.individuals.validation import RULES
from analysis.individuals.validation.parts import UNREADABLE, with_parts
from analysis.individuals.validation.rule import RowRule


# Of Spark's dialect Ibis writes no fractions, as of training, without a session.
@pytest.mark.parametrize(
    ("name", "dialect"),
    [
        ("people", "pyspark"),
        ("units", "pyspark"),
        ("people", "postgres"),
        ("training", "postgres"),
        ("posts", "postgres"),
    ],
)
def test_rules_are_statements_of_every_engine(basis, name, dialect):
    types = {column.name: str(TYPES[column.type]).split("[")[0] for column in TABLES[name]}
    names = {"date32": "date", "double": "float64", "bool": "boolean"}
    schema = {column: names.get(kind, kind) for column, kind in types.items()}
    table = with_parts(ibis.table(schema | {UNREADABLE: "string"}, name=name))
    rules = [r for r in RULES.values() if isinstance(r, RowRule) and r.table == name]
    counts = {f"rule_{i}": rule.failing(table, basis).sum() for i, rule in enumerate(rules)}
    assert ibis.to_sql(table.aggregate(**counts), dialect=dialect).count("SUM(") == len(rules)
