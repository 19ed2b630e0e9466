"""Records and tables that cannot be right are refused, with masked keys."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hour_cases import (
    CONVERSION,
    OTHERS,
    PEOPLE,
    REGULATIONS,
    RULES,
    TRAINING,
    other,
    person,
    rows,
    training,
)

from analysis.competence.hours import (
    HourRules,
    faulty_records,
    set_aside,
    sound_hours,
    training_hours,
)
from analysis.errors import DataError, ParameterError

MARCH: dict[str, Any] = {"tanggal": dt.date(2024, 3, 4), "tanggalSelesai": dt.date(2024, 3, 8)}
INSIDE: dict[str, Any] = {"tanggal": dt.date(2024, 3, 6), "tanggalSelesai": dt.date(2024, 3, 7)}
BACKWARD: dict[str, Any] = {"tanggal": dt.date(2024, 3, 6), "tanggalSelesai": dt.date(2024, 3, 5)}
RETIRED: dict[str, Any] = {"tmtPensiun": dt.date(2024, 3, 1)}
LONG_RETIRED: dict[str, Any] = {"tmtPensiun": dt.date(2023, 3, 1)}


@pytest.mark.parametrize(
    ("people", "records", "message"),
    [
        (
            [person("key1")],
            [training("key1", -1)],
            "JP must be 0 or more; .*person k.{3}, year 2024",
        ),
        ([person("key1")], [training("key1", 10_000)], "at most 2000; .*JP 10000"),
        ([person("key1")], [training("key1", 5000), training("key1", 5000)], "in 2 records"),
        (
            [person("key1", **RETIRED)],
            [training("key1", 5, **MARCH)],
            "before the person's pension",
        ),
        (
            [person("key1", **LONG_RETIRED)],
            [training("key1", 5, year=2024)],
            "before the person's pension",
        ),
        (
            [person("key1")],
            [training("key1", 5, **MARCH), training("key1", 5, "2", **INSIDE)],
            "must not overlap; it is not so in 1 records: .*from 2024-03-06, to 2024-03-07",
        ),
        ([person("key1")], [training("key1", 5, "77")], "one of the conversion table; .*kind 77"),
        ([person("key1")], [training("key2", 5)], "among people; .*person k"),
        ([person("key1")], [training("key1", 5, **BACKWARD)], "must not end before it begins"),
        ([person("key1"), person("key1")], [], "occur once; it is not so for k"),
        ([person("key1", "TNI")], [], "PNS, CPNS or PPPK; it is not so for k"),
    ],
)
def test_what_cannot_be_right_is_refused(
    people: list[dict[str, Any]], records: list[dict[str, Any]], message: str
) -> None:
    with pytest.raises(DataError, match=message) as refused:
        training_hours(rows(PEOPLE, *people), rows(TRAINING, *records), RULES, [2024])
    assert "key" not in str(refused.value)


@pytest.mark.parametrize(
    ("activity", "message"),
    [
        (other("key1", "coaching", jumlah=-2, bulan=5), "days, sessions and events must be 0 or"),
        (other("key1", "e-learning", 3, hari=-1), "days, sessions and events must be 0 or more"),
        (other("key1", "coaching", jumlah=1, bulan=13), "the month must be 1 to 12"),
        ({**other("key1", "kursus", 3), "jenis": None}, "one of the conversion table"),
    ],
)
def test_other_activities_that_cannot_be_right_are_refused(
    activity: dict[str, Any], message: str
) -> None:
    with pytest.raises(DataError, match=message):
        training_hours(
            rows(PEOPLE, person("key1")),
            rows(TRAINING),
            RULES,
            [2024],
            others=rows(OTHERS, activity),
        )


def test_an_internship_beside_a_course_and_courses_one_after_the_other_are_no_fault() -> None:
    later: dict[str, Any] = {"tanggal": dt.date(2024, 3, 9), "tanggalSelesai": dt.date(2024, 3, 9)}
    records = [
        training("a", 5, **MARCH),
        training("a", 5, "10", **INSIDE),
        training("a", 5, **later),
    ]
    faults = faulty_records(rows(PEOPLE, person("a")), rows(TRAINING, *records), RULES)
    assert faults.count().to_pyarrow().as_py() == 0


def test_what_is_set_aside_leaves_the_rest() -> None:
    again: dict[str, Any] = {**MARCH, "tanggalSelesai": dt.date(2024, 3, 9)}
    records = rows(
        TRAINING,
        training("a", 5, **MARCH),
        training("a", 7, **again),
        training("a", -1),
        training("z", 5),
        {**training("a", None), "jenisDiklatId": None},
    )
    people = rows(PEOPLE, person("a"))
    left = set_aside(records, faulty_records(people, records, RULES))
    (found,) = training_hours(people, left, RULES, [2024]).to_pyarrow().to_pylist()
    assert (found["hours"], found["records"], found["unstated"]) == (5, 2, 1)
    assert left.columns == records.columns


@pytest.mark.parametrize("seed", range(5))
def test_hours_without_faulty_records_are_those_of_what_setting_them_aside_leaves(
    seed: int,
) -> None:
    draw = np.random.default_rng(seed)
    people = rows(
        PEOPLE,
        *[person(f"p{i}", tmtPensiun=dt.date(2024, 3 * i + 1, 1)) for i in range(4)],
        *[person(f"q{i}", draw.choice(["PNS", "PPPK"])) for i in range(6)],
    )
    keys = np.array([*people.nipBaru.to_pyarrow().to_pylist(), "stranger", None], dtype=object)

    def drawn(make: Any, kinds: list[Any]) -> dict[str, Any]:
        day = dt.date(2023, 10, 1) + dt.timedelta(int(draw.integers(400)))
        last = day + dt.timedelta(int(draw.integers(-1, 12)))
        jp = draw.choice(np.array([None, -1.0, 0.0, 5.5, 12.0, 900.0, 1999.0], dtype=object))
        year = draw.choice(np.array([2022, 2023, 2024, 2024, None], dtype=object))
        return make(draw.choice(keys), jp, draw.choice(kinds), year) | draw.choice(
            np.array([{"tanggal": day, "tanggalSelesai": last}, {}], dtype=object)
        )

    records = rows(TRAINING, *[drawn(training, ["1", "3", "4", "10", "77"]) for _ in range(30)])
    more = [
        other(*[row[c] for c in ("nipBaru", "jenis", "jumlahJam", "tahun")], jumlah=1, bulan=4)
        for row in (drawn(lambda k, j, t, y: other(k, t, j, y), ["coaching", "?"]) for _ in "12345")
    ]
    others = rows(OTHERS, *more)
    faults = faulty_records(people, records, RULES, others=others, years=[2024])
    left = training_hours(
        people,
        set_aside(records, faults),
        RULES,
        [2024],
        others=set_aside(others, faults, kind="jenis"),
    )
    hours, found = sound_hours(people, records, RULES, 2024, others=others)
    assert len(_sorted(found)) > 0
    pd.testing.assert_frame_equal(_sorted(found), _sorted(faults))
    pd.testing.assert_frame_equal(_sorted(hours), _sorted(left))


def test_hours_of_sound_records_have_no_faults() -> None:
    people, records = rows(PEOPLE, person("a")), rows(TRAINING, training("a", 5))
    hours, faults = sound_hours(people, records, RULES, 2024, columns=["hours"])
    assert hours.to_pyarrow().to_pylist() == [{"hours": 5.0}]
    assert faults.count().to_pyarrow().as_py() == 0


@pytest.mark.parametrize(
    "conversion",
    [
        CONVERSION.assign(nilai=CONVERSION["nilai"] * 0.1),  # hours are less than what is stated
        CONVERSION.assign(maksimum_bulan=5.0),
    ],
)
def test_absurd_hours_are_refused_where_few_of_them_count(conversion: pd.DataFrame) -> None:
    rules = HourRules.of(conversion, REGULATIONS, dt.date(2024, 12, 31))
    records = [training("a", 6000, **MARCH), training("b", 1999, **MARCH)]
    people = rows(PEOPLE, person("a"), person("b"))
    with pytest.raises(DataError, match=r"at most 2000; it is not so in 1 records: .*JP 6000"):
        training_hours(people, rows(TRAINING, *records), rules, [2024])


def test_a_record_broken_by_itself_is_refused_whatever_is_plausible() -> None:
    people, records = rows(PEOPLE, person("a")), rows(TRAINING, training("a", -1))
    with pytest.raises(DataError, match="JP must be 0 or more"):
        training_hours(people, records, RULES, [2024], plausible=float("inf"))


def test_trainings_of_two_years_overlap_too() -> None:
    day = dt.date
    around: dict[str, Any] = {"tanggal": day(2023, 12, 28), "tanggalSelesai": day(2024, 1, 5)}
    within: dict[str, Any] = {"tanggal": day(2024, 1, 3), "tanggalSelesai": day(2024, 1, 3)}
    records = rows(TRAINING, training("a", 5, year=2023, **around), training("a", 5, "2", **within))
    with pytest.raises(DataError, match="must not overlap; it is not so in 1 records"):
        training_hours(rows(PEOPLE, person("a")), records, RULES, [2023, 2024])


def test_many_faults_are_counted_and_a_few_shown() -> None:
    records = [training("a", -1, year=2000 + i) for i in range(8)]
    with pytest.raises(DataError, match=r"in 8 records: .* and 3 more\."):
        training_hours(
            rows(PEOPLE, person("a")), rows(TRAINING, *records), RULES, range(2000, 2008)
        )


def test_tables_of_rules_are_checked() -> None:
    day = dt.date(2024, 1, 1)
    with pytest.raises(ParameterError, match="no row jp_minimum_pns"):
        HourRules.of(CONVERSION, REGULATIONS, dt.date(2000, 1, 1))
    with pytest.raises(DataError, match="column nilai is missing"):
        HourRules.of(CONVERSION.drop(columns="nilai"), REGULATIONS, day)
    with pytest.raises(DataError, match=r"cara: must be one of .* row 1 \(per bulan\)"):
        HourRules.of(CONVERSION.assign(cara="per bulan"), REGULATIONS, day)
    with pytest.raises(DataError, match="jenis and tempat must occur once"):
        HourRules.of(CONVERSION.assign(jenis="kursus"), REGULATIONS, day)
    with pytest.raises(DataError, match=r"nilai: must be 0 or more"):
        HourRules.of(CONVERSION.assign(nilai=-1), REGULATIONS, day)


def test_parameters_and_columns_are_checked() -> None:
    people, none = rows(PEOPLE, person("a")), rows(TRAINING)
    with pytest.raises(ParameterError, match="years"):
        training_hours(people, none, RULES, [])
    with pytest.raises(ParameterError, match="part_year: 'days'"):
        training_hours(people, none, RULES, [2024], part_year="days")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="columns: jam is none"):
        training_hours(people, none, RULES, [2024], columns=["hours", "jam"])
    with pytest.raises(DataError, match="training: column tahun is missing"):
        training_hours(people, none.drop("tahun"), RULES, [2024])
    with pytest.raises(DataError, match="people: column statusPegawai is missing"):
        training_hours(people.drop("statusPegawai"), none, RULES, [2024])


def _sorted(table: Any) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pyarrow().to_pandas()
    return frame.sort_values(list(frame.columns), ignore_index=True)


@pytest.mark.parametrize("column", ["year", "months", "floor", "Hours", "complete"])
def test_a_column_of_people_that_a_result_is_called_like_is_refused(column: str) -> None:
    known = rows(PEOPLE, person("a"))
    own = known.mutate(**{column: known.unit})
    with pytest.raises(DataError, match=f"people: column {column} .*Rename it"):
        training_hours(own, rows(TRAINING), RULES, [2024])
