"""A job map comes back as it was written, in any order, and plans can be made of it."""

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.datasets import RawTables, read_table
from analysis.datasets.job_map import JobMap, MovingRules, moving_rules, read_job_map
from analysis.datasets.job_map.__main__ import main
from analysis.datasets.regulations import tidy_regulations
from analysis.errors import DataError
from analysis.redistribution import FamilyUnits, Limits, plan_families

RULES = MovingRules(pppk_may_move=False, least_years=2.0)
COLUMNS = {"unit": "Unit", "jabatan": "Jabatan", "bezetting": "B", "kebutuhan": "K"}


def read(
    folder: Path, text: str, *, rules: MovingRules = RULES, said: Any = None, **more: Any
) -> JobMap:
    file = folder / "peta.csv"
    file.write_text(text, "utf-8")
    return read_job_map(file, {"kolom": COLUMNS | more, **(said or {})}, rules=rules)


PLAIN = "Unit;Jabatan;B;K\nA;Perawat;5;4\nA;Bidan;3;6\nB;Perawat;1;2,5\n"


def test_units_by_families_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = read(tmp_path, PLAIN)
    assert found.staff.to_dict("index") == {
        "A": {"Perawat": 5, "Bidan": 3},
        "B": {"Perawat": 1, "Bidan": 0},
    }
    assert found.need.loc["B"].tolist() == [2.5, 0.0]
    assert found.movable.equals(found.staff)
    assert found.groups is None
    assert found.retirements == ()


def test_a_plan_can_be_made_of_it(tmp_path: Path) -> None:
    text = "Unit;Jabatan;B;K;Kec;Tetap\nA;x;9;4;U;1\nB;x;1;4;U;0\nC;x;2;9;S;0\nD;y;5;5;S;0\n"
    found = read(tmp_path, text, kelompok="Kec", tetap="Tetap")
    units = FamilyUnits.of(found.staff, found.need)
    limits = Limits(releasable=found.releasable, within=found.groups)
    plan = plan_families(units, cost=np.ones((4, 4)), limits=limits)
    assert plan.moves[["origin", "destination"]].to_numpy().tolist() == [["A", "B"]]
    assert plan.moves["people"].max() <= found.releasable.loc["A", "x"]


def test_pppk_stay_as_the_table_of_rules_says(tmp_path: Path) -> None:
    text = "Unit;Jabatan;B;K;Status\nA;Perawat;5;4;PNS\nA;Perawat;2;;P3K\nB;Perawat;1;3;PNS\n"
    found = read(tmp_path, text, status="Status")
    assert found.staff.loc["A", "Perawat"] == 7
    assert found.movable.loc["A", "Perawat"] == 5
    both = MovingRules(pppk_may_move=True, least_years=2.0)
    assert read(tmp_path, text, status="Status", rules=both).movable.loc["A", "Perawat"] == 7
    rules = moving_rules(tidy_regulations(read_table("aturan")), dt.date(2025, 12, 31))
    assert rules.pppk_may_move is False
    assert rules.least_years == 2.0
    assert "; U)" in rules.pppk_basis
    notes = read(tmp_path, text, status="Status", rules=rules).account
    assert rules.pppk_basis in [note.text() for note in notes]
    with pytest.raises(DataError, match="no row masa_jabatan_minimum, pppk_dapat_dipindah holds"):
        moving_rules(tidy_regulations(read_table("aturan")), dt.date(1990, 1, 1))


def test_pns_and_pppk_in_columns_of_their_own(tmp_path: Path) -> None:
    text = "Unit;Jabatan;B;P;Q;K\nA;x;7;5;2;4\nB;x;4;1;3;6\n"
    found = read(tmp_path, text, bezetting_pns="P", bezetting_pppk="Q")
    assert found.staff["x"].tolist() == [7, 4]
    assert found.movable["x"].tolist() == [5, 1]
    with pytest.raises(DataError, match=r"row 3, column C \(B\): it is 9, but PNS and PPPK add up"):
        read(tmp_path, text.replace("B;x;4", "B;x;9"), bezetting_pns="P", bezetting_pppk="Q")


def test_people_short_in_the_post_and_those_named_stay(tmp_path: Path) -> None:
    text = "Unit;Jabatan;B;K;Tahun;Tetap;Min\nA;x;6;4;1,5;0;0\nB;x;6;4;2;2;5\nC;x;6;4;9;0;5\n"
    found = read(tmp_path, text, masa_jabatan="Tahun", tetap="Tetap", minimum="Min")
    assert found.movable["x"].tolist() == [0, 4, 6]
    assert found.releasable["x"].tolist() == [0, 1, 1]


def test_families_are_posts_with_their_class_or_without(tmp_path: Path) -> None:
    text = "Unit;Jabatan;Jenjang;B;K\nA;Guru;Muda;3;4\nA;Guru;Madya;1;2\nB;Guru;Muda;2;2\n"
    found = read(tmp_path, text, jenjang="Jenjang")
    assert found.staff.columns.tolist() == ["Guru, Muda", "Guru, Madya"]
    assert found.families.loc["Guru, Madya"].tolist() == ["Guru", "Madya"]
    together = read(tmp_path, text, jenjang="Jenjang", said={"pilihan": {"keluarga": ["jabatan"]}})
    assert together.need.to_dict("index") == {"A": {"Guru": 6.0}, "B": {"Guru": 2.0}}


def test_five_years_of_retirements_and_contracts(tmp_path: Path) -> None:
    years = ";".join(f"Pensiun {year}" for year in range(2026, 2031))
    text = f"Unit;Jabatan;B;K;{years}\nA;x;6;4;1;0;2;0;0\nB;x;6;4;0;0;0;3;1\n"
    found = read(tmp_path, text, pensiun=years.split(";"))
    assert [frame["x"].tolist() for frame in found.retirements] == [
        [1, 0],
        [0, 0],
        [2, 0],
        [0, 3],
        [0, 1],
    ]
    assert found.years[0] == "Pensiun 2026"
    with pytest.raises(DataError, match="pensiun, all years together, is 9, but there are only 6"):
        read(tmp_path, text.replace("A;x;6;4;1;0;2", "A;x;6;4;7;0;2"), pensiun=years.split(";"))


def test_a_warning_where_a_name_is_that_of_a_kabupaten_and_a_kota(tmp_path: Path) -> None:
    file = tmp_path / "peta.csv"
    file.write_text("Unit;Jabatan;B;K\nSolok;x;1;2\nKota Padang;x;3;4\n")
    places = RawTables().kabkota.book.index
    found = read_job_map(file, {"kolom": COLUMNS}, rules=RULES, places=places)
    warnings = [note for note in found.account.of("warning") if "Solok" in note.text()]
    assert [note.where() for note in warnings] == ["row 2"]
    assert not any("Padang" in note.text() for note in found.account.of("warning"))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 99), st.integers(1, 99)),
        min_size=3,
        max_size=12,
        unique_by=lambda row: row[:2],
    ),
    st.randoms(use_true_random=False),
)
def test_order_of_rows_changes_nothing_but_the_order(
    tmp_path: Path, rows: list[tuple[int, int, int, int]], random: Any
) -> None:
    def made(each: list[tuple[int, int, int, int]]) -> JobMap:
        lines = [f"unit {u};jabatan {f};{b};{k}" for u, f, b, k in each]
        said = {
            "pilihan": {"bukan_jumlah": [f"unit {u}" for u in range(5)]},
            "berkas": {"pertahankan": list(range(2, 2 + len(each)))},
        }
        return read(tmp_path, "\n".join(["Unit;Jabatan;B;K", *lines]), said=said)

    found = made(rows)
    for u, f, b, k in rows:
        assert found.staff.loc[f"unit {u}", f"jabatan {f}"] == b
        assert found.need.loc[f"unit {u}", f"jabatan {f}"] == k
    assert found.staff.to_numpy().sum() == sum(row[2] for row in rows)
    mixed = list(rows)
    random.shuffle(mixed)
    pd.testing.assert_frame_equal(made(mixed).staff, found.staff, check_like=True)


def test_a_draft_names_what_it_recognises_and_comments_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "peta.csv"
    file.write_text(
        "PETA JABATAN;;;;;\nUNIT_KERJA;Nama Jabatan;Bezetting (B);KEBUTUHAN;Kebutuhn;NIP\n"
        "A;x;1;2;3;197001011995031003\nB;x;2;3;4;198001012005032004\n"
    )
    assert main(["draft", str(file)]) == 0
    draft = file.with_suffix(".toml").read_text()
    assert 'unit = "UNIT_KERJA"\n' in draft
    assert 'bezetting = "Bezetting (B)"\n' in draft
    assert 'kebutuhan = "KEBUTUHAN"\n' in draft
    assert '# ... = "Kebutuhn"\n' in draft
    assert "1970" not in draft + capsys.readouterr().out
    assert main(["check", str(file), str(file.with_suffix(".toml"))]) == 0
    assert "2 units, 1 family: 3 staff, need 5" in capsys.readouterr().out
    assert main(["draft", str(file)]) == 1
    assert "is already there" in capsys.readouterr().err


def test_two_headings_of_one_field_are_left_to_choose(tmp_path: Path) -> None:
    file = tmp_path / "peta.csv"
    file.write_text("Unit;Jabatan;B;Bezetting;K\nA;x;1;1;2\nB;x;2;2;3\n")
    assert main(["draft", str(file)]) == 0
    draft = file.with_suffix(".toml").read_text()
    assert '# bezetting = "B"  # one of 2: choose\n# bezetting = "Bezetting"  # one of 2' in draft


def test_a_hundred_thousand_posts(tmp_path: Path) -> None:
    n = 100_000
    numbers = np.random.default_rng(7).integers(0, 50, size=(n, 2)) + 1
    frame = pd.DataFrame(numbers, columns=["B", "K"])
    frame["Unit"] = [f"Unit {i // 20}" for i in range(n)]
    frame["Jabatan"] = [f"Jabatan {i % 20}" for i in range(n)]
    frame.to_csv(tmp_path / "peta.csv", sep=";", index=False)
    found = read_job_map(tmp_path / "peta.csv", {"kolom": COLUMNS}, rules=RULES)
    assert found.staff.shape == (5_000, 20)
    assert found.staff.to_numpy().ravel().tolist() == numbers[:, 0].tolist()
