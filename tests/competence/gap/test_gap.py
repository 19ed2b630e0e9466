"""What people lack for the posts that the restructuring moved them into."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.competence.gap import Gap, Requirements, study_gap
from analysis.competence.programme import Catalogue, cheapest_programme
from analysis.datasets.reading import read_table
from analysis.errors import DataError

TABLE = read_table("syarat_jabatan_fungsional")
REQUIREMENTS = Requirements.of(TABLE)
DAY = dt.date(2024, 6, 30)


def moved(*rows: dict[str, Any]) -> pd.DataFrame:
    whole: dict[str, Any] = {
        "family": "analis",
        "level": "ahli muda",
        "region": "x",
        "education": "40",
        "appointed": dt.date(2021, 12, 31),
    }
    return pd.DataFrame([whole | row for row in rows])


def trained(*rows: tuple[str, str, float, dt.date]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["person", "kind", "jp", "date"])


def certified(*rows: tuple[str, str, Any]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["person", "name", "valid_to"])


THEN = dt.date(2023, 1, 1)
PEOPLE = moved({"person": "all"}, {"person": "none", "education": "30"}, {"person": "some"})
TRAINING = trained(
    ("all", "2", 20, THEN),
    ("some", "2", 12, THEN),
    ("some", "3", 40, THEN),
    ("some", "2", 8, dt.date(2024, 7, 1)),  # not yet
)
CERTIFICATES = certified(("all", "Analis", None), ("some", "Analis", dt.date(2024, 6, 29)))


def gap(
    people: pd.DataFrame = PEOPLE,
    training: pd.DataFrame = TRAINING,
    certificates: pd.DataFrame = CERTIFICATES,
    requirements: Requirements = REQUIREMENTS,
    day: dt.date = DAY,
) -> Gap:
    return study_gap(people, training, certificates, requirements, day)


def test_each_requirement_is_met_or_lacks() -> None:
    people = gap().people
    assert people["pendidikan"].tolist() == [False, True, False]
    assert people["pelatihan"].tolist() == [False, True, True]
    assert people["sertifikat"].tolist() == [False, True, True]
    assert people["jp"].tolist() == [0, 20, 8]
    assert "person" not in people


def test_what_lacks_is_due_four_years_after_the_appointment() -> None:
    left = gap().people["days_left"]
    assert left.isna().tolist() == [True, False, False]
    assert left.iloc[1] == (dt.date(2025, 12, 31) - DAY).days
    assert gap(day=dt.date(2026, 1, 1)).summary()["late"].tolist() == [2]
    assert gap(day=dt.date(2025, 12, 31)).summary()["late"].tolist() == [0]


def test_a_family_with_rows_of_its_own_has_no_others() -> None:
    own = TABLE[TABLE["syarat"] == "pelatihan"].assign(rumpun="analis", minimum_jp=10)
    found = gap(requirements=Requirements.of(pd.concat([TABLE, own]))).people
    assert found["jp"].tolist() == [0, 10, 0]
    assert not found[["pendidikan", "sertifikat"]].any(axis=None)


def test_a_post_without_requirements_is_not_said_to_meet_them() -> None:
    people = moved({"person": "a", "level": "penyelia"}, {"person": "all"})
    summary = gap(people, TRAINING[:1], CERTIFICATES[:1]).summary().iloc[0]
    assert (summary["people"], summary["unruled"], summary["meets"]) == (2, 1, 1)


def test_summaries_add_up_and_shortfalls_go_into_a_programme() -> None:
    found = gap(pd.concat([PEOPLE[:2], PEOPLE[2:].assign(region="y")]))
    assert found.summary(["region"])["people"].tolist() == [2, 1]
    assert found.summary(["region"])["jp"].sum() == found.summary()["jp"].iloc[0] == 28
    short = found.shortfalls()
    assert short.to_numpy().tolist() == [["x", 20.0, 20.0, "2", 1], ["y", 8.0, 8.0, "2", 1]]
    offers = pd.DataFrame(
        {
            "kind": ["fungsional", "daring"],
            "jp": 20,
            "places": 5,
            "cost": [3.0, 1.0],
            "classical": True,
            "code": ["2", None],
        }
    )
    assert cheapest_programme(short, Catalogue.of(offers)).cost == 6  # the cheaper does not count


def test_neither_order_nor_a_second_population_changes_what_is_found() -> None:
    once = gap().summary()
    turned = gap(PEOPLE[::-1], TRAINING[::-1], CERTIFICATES[::-1]).summary()
    pd.testing.assert_frame_equal(once, turned)
    people, training, certificates = (
        pd.concat([table, table.assign(person=table["person"] + "'")])
        for table in (PEOPLE, TRAINING, CERTIFICATES)
    )
    pd.testing.assert_frame_equal(gap(people, training, certificates).summary(), 2 * once)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"syarat": "pangkat"}, "syarat: must be one of"),
        ({"minimum_jp": 0}, "minimum_jp: a training must ask for JP"),
        ({"tahun": 40}, "tahun: must be 0 to 10"),
        ({"jenjang": "ahli muda"}, "rumpun and jenjang and syarat must occur once"),
        ({"kunci": None}, "kunci: a label is missing"),
    ],
)
def test_requirements_that_cannot_be_right_are_refused(
    change: dict[str, Any], message: str
) -> None:
    with pytest.raises(DataError, match=message):
        Requirements.of(TABLE.assign(**change))


def test_codes_may_be_numbers() -> None:
    numbers = gap(PEOPLE.assign(education=[40.0, np.nan, 40]), TRAINING.assign(kind=[2, 2, 3.0, 2]))
    texts = gap(PEOPLE.assign(education=["40", None, "40"]))
    assert numbers.people.equals(texts.people)


def test_training_without_a_date_does_not_count() -> None:
    undated = gap(training=TRAINING.assign(date=[None, *TRAINING["date"][1:]]))
    assert undated.people.equals(gap(training=TRAINING[1:]).people)


def test_records_that_cannot_be_right_are_refused() -> None:
    with pytest.raises(DataError, match=r"training, date: must be a date; .* row 2 \(lusa\)"):
        gap(training=TRAINING.assign(date=[THEN, "lusa", THEN, THEN]))
    with pytest.raises(DataError, match=r"moved, appointed: must be a date; .* row 1 \(kemarin\)"):
        gap(PEOPLE.assign(appointed=["kemarin", *PEOPLE["appointed"][1:]]))
    with pytest.raises(DataError, match="moved: person must occur once"):
        gap(pd.concat([PEOPLE, PEOPLE]))
    with pytest.raises(DataError, match="appointed: must be a date until 2024-06-30"):
        gap(PEOPLE.assign(appointed=dt.date(2025, 1, 1)))
    with pytest.raises(DataError, match="training, person: 3 rows are of people who were not"):
        gap(PEOPLE[:1])
    with pytest.raises(DataError, match=r"training, jp: must be 0 or more"):
        gap(training=TRAINING.assign(jp=-1))
    with pytest.raises(DataError, match="certificates: column name is missing"):
        gap(certificates=CERTIFICATES.drop(columns="name"))
