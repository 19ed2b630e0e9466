"""Dates as text: the order is shown by the file, never guessed."""

import datetime as dt

import ibis
import pyarrow as pa
import pytest

from analysis.errors import DataError
from analysis.individuals.reading import dates

WRITTEN = {
    "05-03-1985": dt.date(1985, 3, 5),
    "5/3/1985": dt.date(1985, 3, 5),
    "05.03.1985": dt.date(1985, 3, 5),
    "1985-03-05": dt.date(1985, 3, 5),
    "1985-3-5 00:00:00": dt.date(1985, 3, 5),
    "05-03-1985 00:00:00": dt.date(1985, 3, 5),
    "19850305": dt.date(1985, 3, 5),
    "29-02-1988": dt.date(1988, 2, 29),
    "29-02-1985": None,
    "31-06-1978": None,
    "13-13-1978": None,
    "44197": None,
    "05-03-85": None,
    "5 Maret 1985": None,
    "00-00-1985": None,
}


@pytest.fixture(scope="module")
def parsed():
    table = ibis.memtable(pa.table({"text": list(WRITTEN)}))
    numbers = table.mutate(
        dmy=dates.numbered(table.text, "dmy"), mdy=dates.numbered(table.text, "mdy")
    )
    found = numbers.select("text", dmy=dates.parsed(numbers.dmy), mdy=dates.parsed(numbers.mdy))
    return {row["text"]: (row["dmy"], row["mdy"]) for row in found.to_pyarrow().to_pylist()}


@pytest.mark.parametrize(("text", "day"), WRITTEN.items())
def test_every_form_is_read_and_nothing_else(parsed, text, day):
    assert parsed[text][0] == day


def test_the_other_order_gives_other_days(parsed):
    assert parsed["05-03-1985"][1] == dt.date(1985, 5, 3)
    assert parsed["29-02-1988"][1] is None
    assert parsed["1985-03-05"][1] == dt.date(1985, 3, 5)


def found(*texts):
    table = ibis.memtable(pa.table({"text": list(texts)}))
    return {"TGL": table.aggregate(**dates.survey(table.text)).to_pyarrow().to_pylist()[0]}


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (("05/03/1985", "31/06/1978"), ("dmy", "found")),
        (("05/03/1985", "06/31/1978"), ("mdy", "found")),
        (("1985-03-05", "03-03-1985"), ("dmy", "same")),
    ],
)
def test_a_date_that_can_be_read_one_way_settles_the_order(texts, order):
    assert dates.order_of("x.csv", found(*texts), None) == order


def test_what_nothing_settles_is_asked_for():
    with pytest.raises(DataError, match=r"x.csv, column TGL: .* urutan = "):
        dates.order_of("x.csv", found("05/03/1985", "01/02/1990"), None)
    assert dates.order_of("x.csv", found("05/03/1985"), "mdy") == ("mdy", "said")


def born(*pairs):
    table = ibis.memtable(pa.table({"text": [t for t, _ in pairs], "born": [n for _, n in pairs]}))
    survey = dates.survey(table.text, table.born)
    return {"TGL": table.aggregate(**survey).to_pyarrow().to_pylist()[0]}


def test_the_births_in_nips_settle_what_the_dates_leave_open():
    day, month = ("05/03/1985", 1985_03_05), ("05/03/1985", 1985_05_03)
    assert dates.order_of("x.csv", born(day, day), None) == ("dmy", "born")
    assert dates.order_of("x.csv", born(month), None) == ("mdy", "born")
    with pytest.raises(DataError, match="2 fit the NIP with the day first, 1 with the month"):
        dates.order_of("x.csv", born(day, day, month), None)


def test_dates_in_both_orders_are_refused():
    with pytest.raises(DataError, match="written in both orders"):
        dates.order_of("x.csv", found("31/12/1985", "12/31/1985"), None)
