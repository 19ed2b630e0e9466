"""INSERT dumps: what MySQL and PostgreSQL write, and what is broken in them."""

import pytest

from analysis.errors import DataError, ParameterError
from analysis.individuals.reading.engine import embedded
from analysis.individuals.reading.sql_dumps import open_dump

DUMP = r"""
-- INSERT INTO `unor` VALUES ('a comment');
CREATE TABLE `unor` (
  `KD` varchar(10) NOT NULL DEFAULT 'x, (y)',
  `NM` varchar(100), `N` decimal(10,2),
  PRIMARY KEY (`KD`)
) ENGINE=InnoDB;
INSERT INTO `unor` VALUES ('01', 'Desa Tanah Ra''ya', 1.50),
  ('02', 'UPT \'Melati\'\nBaru; INSERT INTO x VALUES (1)', NULL); /* INSERT INTO y */
insert into public.unor (NM, KD) values ('Kec. (A), B', '03')
;
INSERT INTO "lain" ("a") VALUES (-3);
"""


@pytest.fixture
def rows(tmp_path):
    def read(text, **options):
        file = tmp_path / "dump.sql"
        file.write_text(text, encoding="utf-8")
        with embedded(1) as engine:
            return open_dump(engine, file, **options).table.to_pyarrow().to_pylist()

    return read


def test_texts_numbers_and_nothing_are_read_with_their_lines(rows):
    assert rows(DUMP, name="unor") == [
        {"KD": "01", "NM": "Desa Tanah Ra'ya", "N": "1.50", "_baris": 8},
        {
            "KD": "02",
            "NM": "UPT 'Melati'\nBaru; INSERT INTO x VALUES (1)",
            "N": None,
            "_baris": 9,
        },
        {"KD": "03", "NM": "Kec. (A), B", "N": None, "_baris": 10},
    ]
    assert rows(DUMP, name="lain") == [{"a": "-3", "_baris": 12}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("CREATE TABLE a (x int);", "no INSERT statement"),
        ("INSERT INTO a VALUES (1, 'cut", "line 1: value 2 of the row cannot be read"),
        ("INSERT INTO a VALUES (1, 2), (3);", "line 1: 1 values for 2 columns of a"),
        ("INSERT INTO a (x) VALUES (1),\n (now());", "line 2: value 1"),
        ("INSERT INTO a (x) VALUES SELECT 1", "expected values in brackets"),
    ],
)
def test_a_dump_that_is_cut_off_or_none_is_refused(rows, text, message):
    with pytest.raises(DataError, match=message):
        rows(text)


def test_which_of_several_tables_has_to_be_said(rows):
    with pytest.raises(ParameterError, match=r'rows of 2 tables: unor, lain.*dari = "unor"'):
        rows(DUMP)
    with pytest.raises(ParameterError, match="no rows of a table 'units'"):
        rows(DUMP, name="units")
