"""Attacks on what is published, each with what it recovers where nobody thought of it."""

import csv

import numpy as np
import pandas as pd
import pytest
from small_tables import brute_force, with_totals

from analysis.disclosure import (
    Design,
    Grant,
    Published,
    Rules,
    Run,
    Statistics,
    Table,
    audit,
    identifying,
    protect,
    protect_together,
    publish,
    publish_open,
    read_published,
    read_runs,
    require_safe,
    round_counts,
    write_published,
)
from analysis.errors import DataError, DisclosureError, ParameterError
from analysis.paths import RAW

STAFF = [[2, 9, 8], [20, 30, 12], [11, 14, 17]]
LEFT = [[2, 9, 8], [20, 29, 12], [11, 14, 17]]  # one person less


def design(*dimensions, **options):
    return Design(dimensions or ["region", "sex"], "people", **options)


def staff(leaves=STAFF, **options):
    return Table(with_totals(leaves), design(**options))


def status_of(frame, hidden, primary):
    """Return a frame with cells hidden by hand."""
    cells = list(zip(frame["region"], frame["sex"], strict=True))
    return frame.assign(
        status=[
            "primary" if c in primary else "secondary" if c in hidden else "published"
            for c in cells
        ]
    )


def recovered(frame, **options):
    """Return the sensitive cells that an attacker who tries everything knows exactly."""
    hidden = (frame["status"] != "published").to_numpy()
    low, high = brute_force(frame, ["region", "sex"], hidden, **options)
    return [i for i in np.flatnonzero(hidden) if low[i] == high[i]]


def test_a_total_less_its_parts_recovers_a_cell_hidden_alone():
    frame = status_of(with_totals(STAFF), [], [("r0", "s0")])
    assert recovered(frame) == [0]
    result = audit({"t": Table(frame, design())})
    assert result[["lower", "upper", "safe"]].to_numpy().tolist() == [[2, 2, False]]
    assert recovered(protect(with_totals(STAFF), ["region", "sex"], value="people")) == []


def test_tables_that_are_safe_alone_leak_by_their_difference():
    """Men and women by region; and by region those of one kind, which is nearly all of them."""
    by_sex = status_of(with_totals(STAFF), [], [])
    by_sex = protect(with_totals(STAFF), ["region", "sex"], value="people")
    pair = by_sex[by_sex["region"].isin(["r0", "r1", "r2", "Total"])]
    grouped = pair.assign(group=pair["sex"].map({"s0": "other", "s1": "most", "s2": "most"}))
    parts = grouped.dropna(subset="group").groupby(["region", "group"])["people"].sum()
    second = (
        parts.unstack().assign(Total=lambda f: f.sum(axis=1)).stack().reset_index(name="people")
    )
    second["sex"] = second["group"].map({"other": "s0", "most": "s1+s2", "Total": "Total"})
    second = second.drop(columns="group").assign(status="published")
    above = {"s1": "s1+s2", "s2": "s1+s2", "s1+s2": "Total", "s0": "Total"}
    tables = {
        "sexes": Table(by_sex, design()),
        "groups": Table(second, design()),
    }
    result = audit(tables)
    leak = result[(result["table"] == "sexes") & (result["status"] == "primary")]
    assert leak[["lower", "upper", "safe"]].to_numpy().tolist() == [[2, 2, False]]
    with pytest.raises(DisclosureError, match="region r0, sex s0"):
        require_safe(tables)
    together = protect_together(
        {
            "sexes": Table(with_totals(STAFF), design()),
            "groups": Table(
                second.drop(columns="status"),
                design(
                    hierarchies={"sex": {k: v for k, v in above.items() if k in ("s0", "s1+s2")}}
                ),
            ),
        }
    )
    assert audit(together)["safe"].all()


def test_one_person_alone_in_a_unit_learns_no_other_cell():
    zeros = Rules(zeros="primary")  # else what is hidden has people, and who they are is plain
    frame = with_totals([[1, 1, 8], [20, 30, 12], [11, 14, 17]])
    careless = status_of(
        frame,
        [("r0", "s0"), ("r0", "s1"), ("r1", "s0"), ("r1", "s1")],
        [("r0", "s0"), ("r0", "s1")],
    )
    assert recovered(careless, most=60, least=0) == []
    assert 1 in recovered(careless, most=60, least=0, knows=0)
    result = audit({"t": Table(careless, design(minimum=2, rules=zeros))})
    unsafe = result[~result["safe"]]
    assert "whoever is alone in region r0, sex s" in unsafe["given_away_by"].iloc[0]
    found = protect(frame, ["region", "sex"], value="people", minimum=2, rules=zeros)
    assert 1 not in recovered(found, most=60, least=0, knows=0)


def test_two_people_in_two_hidden_cells_are_one_in_each_to_who_knows_that_none_is_empty():
    frame = with_totals([[1, 1], [20, 30], [11, 14]])
    ones = [("r0", "s0"), ("r0", "s1")]
    careless = status_of(frame, [*ones, ("r1", "s0"), ("r1", "s1")], ones)
    assert recovered(careless, most=60, least=0) == []
    assert set(recovered(careless, most=60)) >= {0, 1}
    result = audit({"t": Table(careless, design(minimum=2))})
    first = result[result["status"] == "primary"]
    assert first[["lower", "upper", "safe"]].to_numpy().tolist() == [[1, 1, False]] * 2
    found = protect(frame, ["region", "sex"], value="people", minimum=2)
    assert recovered(found, most=60) == []


def test_the_same_table_with_one_person_less_recovers_a_cell_where_other_cells_are_hidden():
    first = protect(with_totals(STAFF), ["region", "sex"], value="people")
    seen = first.assign(
        sensitive=first["status"] == "primary",
        people=first["people"].where(first["status"] == "published"),
    )
    past = Run("before", {"t": Table(seen, design())})
    other = status_of(
        with_totals(LEFT),
        [("r0", "s2"), ("r2", "s0"), ("r2", "s2")],
        [("r0", "s0")],
    )
    assert recovered(first) == []
    assert recovered(other) == []
    result = audit({"t": Table(other, design())}, earlier=[past])
    assert result.loc[0, ["lower", "upper", "safe"]].tolist() == [2, 2, False]
    assert "run before" in result["cell"].iloc[-1]


def test_the_log_makes_the_next_run_hide_what_keeps_both_safe(tmp_path):
    log = tmp_path / "log"
    publish({"t": staff()}, run="2026-10", log=log)
    found = publish({"t": staff(LEFT)}, run="2026-11", log=log)
    assert found["t"].risks == ()
    assert len(read_runs(log)) == 2


def test_a_cell_that_was_published_cannot_be_hidden_once_one_person_left(tmp_path):
    publish({"t": staff([[5, 9, 8], *STAFF[1:]])}, run="2026-10", log=tmp_path)
    with pytest.raises(DisclosureError, match=r"region r0, sex s0 \(by .*run 2026-10"):
        publish({"t": staff([[4, 9, 8], *STAFF[1:]])}, run="2026-11", log=tmp_path)
    assert len(read_runs(tmp_path)) == 1


def test_without_a_log_the_report_must_state_the_risk(tmp_path):
    log = tmp_path / "log"
    unknown = publish({"t": staff()}, run="2026-10", log=log)["t"]  # of which nobody says a thing
    assert unknown.risks == ("earlier_runs_unknown",)
    assert publish({"t": staff()}, run="2026-10", log=log, earlier="none")["t"].risks == ()
    with pytest.raises(ParameterError, match="earlier: False given, one of"):
        publish({"t": staff()}, run="2026-11", log=log, earlier=False)
    with pytest.raises(ParameterError, match="has 2026-10"):
        publish({"t": staff()}, run="2026-11", log=log, earlier="none")
    assert publish({"t": staff()}, run="2026-10", log=None)["t"].risks == ("earlier_runs_unknown",)


def test_a_run_that_is_published_again_unchanged_leaves_one_file(tmp_path):
    for _ in range(2):
        publish({"t": staff()}, run="2026-10", log=tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


def test_the_log_holds_rules_and_reasons_but_no_hidden_value(tmp_path):
    publish({"t": staff([[3, 90, 80], [200, 300, 120], [11, 14, 17]])}, run="a", log=tmp_path)
    (path,) = tmp_path.iterdir()
    (run,) = read_runs(tmp_path)
    frame = run.tables["t"].frame
    assert frame["people"].isna().sum() == 4
    assert '"why": "minimum"' in path.read_text()
    assert '"why": "secondary"' in path.read_text()


def test_a_damaged_log_stops_the_run(tmp_path):
    publish({"t": staff()}, run="a", log=tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_text(path.read_text()[:99])
    with pytest.raises(DataError, match="Restore it from a copy"):
        publish({"t": staff()}, run="b", log=tmp_path)


def test_a_log_that_was_edited_or_lacks_a_run_stops_the_next_one(tmp_path):
    publish({"t": staff()}, run="a", log=tmp_path)
    publish({"t": staff(LEFT)}, run="b", log=tmp_path)
    first, second = sorted(tmp_path.iterdir())
    whole = first.read_text()
    for edited in (
        whole.replace('"Total", 123.0]', '"Total", 124.0]'),
        whole.replace("true", "false"),
        whole.replace('"tables": {"t"', '"tables": {}, "others": {"t"'),
        whole.replace('["r0", "Total"', '["r0"'),
        "[]",
    ):
        assert edited != whole
        first.write_text(edited)
        with pytest.raises(DataError, match="Restore it from a copy"):
            publish({"t": staff()}, run="c", log=tmp_path)
    first.unlink()
    with pytest.raises(DataError, match="run a, which b was held against, is missing"):
        publish({"t": staff()}, run="c", log=tmp_path)
    first.write_text(whole)
    second.rename(second.with_name("z-0123456789abcdef.json"))
    with pytest.raises(DataError, match="Restore it from a copy"):
        publish({"t": staff()}, run="c", log=tmp_path)


@pytest.mark.parametrize(
    "label",
    [
        "UPTD 197001011995031003",
        "UPTD 19700101/199503/1/003",
        "1.970010119950310e+17",
        "Budi Santoso, S.Sos., M.M.",
        "BUDI SANTOSO, S.PD",
        "Budi Santoso S.Pd.",
        "Budi Santoso S.E.",
        "Budi Santoso, SKM",
        "Budi Santoso, MSi",
        "Budi Santoso, SPd, guru",
        "Siti Aminah A.Md.Keb",
        "Dr. Siti Aminah",
        "DR. Budi",
        "Dr.Budi Santoso",
        "Drs.H.Budi",
        "Klinik dr. Budi Santoso",
        "Kepala Puskesmas dr. Budi Santoso",
        "RSUD Dr. Soetomo, dr. Budi Santoso",
        "RSUD Dr. Soetomo: Budi Santoso, S.Kep.",
    ],
)
def test_a_number_or_a_name_of_a_person_in_a_units_name_never_passes(label):
    frame = with_totals(STAFF)
    frame["region"] = frame["region"].replace("r1", label)
    with pytest.raises(DisclosureError) as caught:
        publish({"t": Table(frame, design())}, run="a", log=None)
    assert label not in str(caught.value)
    with pytest.raises(DisclosureError):
        publish_open(frame, name="t", kind="public")


@pytest.mark.parametrize(
    "label",
    [
        "SDN 01 Menteng 20104567",
        "3201012001",
        "1.234.567",
        "2020-2024",
        "Dinas Pendidikan, Pemuda",
        "RSUD Dr. Soetomo",
        "RSUP dr. Kariadi",
        "RUMAH SAKIT DR. SUYOTO",
        "Rumah Sakit Jiwa Prof. Dr. Soerojo",
        "Puskesmas Dr. Soetomo",
        "Jalan Prof. Dr. Satrio",
        "Jl. Ir. H. Juanda",
        "Jl.Ir.H.Juanda",
        "Jalan M.H. Thamrin",
        "Jalan M.T. Haryono",
        "Taman Hutan Raya Ir. H. Djuanda",
        "SD, SMP, SMA, SMK, MA",
        "Januari, s.d. Juni",
        "Kabupaten Bandung, se-Jawa Barat",
        "Ds. Air Mati",
        "Sarjana (S-1)",
    ],
)
def test_codes_and_names_of_units_pass(label):
    assert identifying(label) is None


def test_no_official_table_is_taken_for_one_about_persons():
    cells = set()
    for path in RAW.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells |= {path.stem, *(cell for row in csv.reader(file) for cell in row)}
    assert len(cells) > 10_000
    assert [cell for cell in cells if identifying(cell)] == []


def test_no_message_shows_a_number_of_a_person():
    frame = with_totals(STAFF)
    frame["region"] = frame["region"].replace("r1", "197001011995031003")
    broken = frame.assign(people=frame["people"] + (frame["sex"] == "s0"))
    with pytest.raises(DataError, match="withheld") as caught:
        protect(broken, ["region", "sex"], value="people")
    assert "19700101" not in str(caught.value)
    with pytest.raises(DataError, match="withheld") as caught:
        Table(pd.concat([frame, frame[frame["region"].str.len() > 9]]), design())
    assert "19700101" not in str(caught.value)


@pytest.mark.parametrize("heading", ["NIP 197001011995031003", "Budi Santoso, S.Sos."])
def test_a_number_or_a_name_of_a_person_in_a_heading_never_passes(heading):
    frame = with_totals(STAFF).rename(columns={"people": heading})
    counts = Table(frame, Design(["region", "sex"], heading))
    means = Statistics(frame.assign(n=99), ["region", "sex"], [heading], "n")
    for given in ({"tables": {"t": counts}}, {"tables": {}, "statistics": {"t": means}}):
        with pytest.raises(DisclosureError, match="a heading") as caught:
            publish(run="a", log=None, **given)
        assert heading not in str(caught.value)
    with pytest.raises(DisclosureError, match="a heading"):
        publish_open(frame, name="t", kind="public")


def test_names_that_the_caller_knows_never_pass():
    frame = with_totals(STAFF)
    frame["region"] = frame["region"].replace("r1", "Klinik SITI  aminah")
    with pytest.raises(DisclosureError, match="the name of a person"):
        publish({"t": Table(frame, design())}, run="a", log=None, names=["Siti Aminah"])


def test_a_column_of_persons_never_passes():
    frame = with_totals(STAFF).rename(columns={"region": "nip_baru"})
    with pytest.raises(DisclosureError, match="column nip_baru is about persons"):
        publish({"t": Table(frame, Design(["nip_baru", "sex"], "people"))}, run="a", log=None)


def test_readers_see_neither_hidden_values_nor_which_rule_hid_them():
    frame = with_totals(STAFF).assign(largest=99)
    found = publish({"t": Table(frame, design())}, run="a", log=None)["t"].frame
    assert list(found.columns) == ["region", "sex", "people", "status"]
    assert set(found["status"]) == {"published", "hidden"}
    assert found["people"].isna().sum() == 4


def test_the_order_of_rows_tells_of_no_hidden_value():
    frame = with_totals(STAFF)
    orders = [frame, frame.sort_values("people"), frame.iloc[::-1]]
    found = [publish({"t": Table(each, design())}, run="a", log=None)["t"].frame for each in orders]
    for each in found[1:]:
        pd.testing.assert_frame_equal(each, found[0])


def test_a_published_frame_is_not_made_by_hand():
    with pytest.raises(DisclosureError, match="never by hand"):
        Published("t", "protected", False, (), with_totals(STAFF), object())


def test_a_published_frame_is_read_as_it_was_written_or_refused(tmp_path):
    found = publish({"t": staff()}, run="a", log=None, synthetic=True)["t"]
    path = write_published(found, tmp_path)
    again = read_published(path)
    pd.testing.assert_frame_equal(again.frame, found.frame)
    assert (again.kind, again.synthetic, again.risks) == (found.kind, True, found.risks)
    path.write_text(path.read_text().replace('"synthetic": true', '"synthetic": false'))
    with pytest.raises(DisclosureError, match="was changed"):
        read_published(path)


def test_the_types_of_a_published_frame_are_sealed_too(tmp_path):
    path = write_published(publish({"t": staff()}, run="a", log=None)["t"], tmp_path)
    written = path.read_text()
    for kind in ("object", "datetime64[ns]", "no type"):
        path.write_text(written.replace('"people": "Int64"', f'"people": "{kind}"'))
        with pytest.raises(DisclosureError, match="was changed"):
            read_published(path)


def test_shares_are_no_numbers_of_persons_and_whole_numbers_may_be():
    for fit in ([1 / 3], [0.1 + 0.2], [106.82715123456789], [1.5e12], [None, 2.0]):
        publish_open(pd.DataFrame({"porsi": fit}), name="t", kind="public")
    for number in (1.97001011995031e17, 197001011995031003, "197001011995031003"):
        with pytest.raises(DisclosureError, match="NIP"):
            publish_open(pd.DataFrame({"porsi": [number]}), name="t", kind="public")


def test_a_governments_own_staff_is_internal_and_not_for_the_public_site():
    frame = with_totals(STAFF)
    assert not publish_open(frame, name="t", kind="internal").on_public_site
    assert publish_open(frame, name="t", kind="public").on_public_site
    with pytest.raises(ParameterError, match="public or internal"):
        publish_open(frame, name="t", kind="protected")


def test_an_exception_is_granted_by_somebody_for_a_reason_and_logged(tmp_path):
    table = staff([[2, 0, 0], [20, 30, 12], [11, 14, 17]])
    only = Table(table.frame, design(forced=[("r0", "Total"), ("Total", "s0")]))
    with pytest.raises(DisclosureError, match="cannot be protected"):
        publish({"t": only}, run="a", log=tmp_path)
    assert not list(tmp_path.iterdir())
    grant = Grant("t", ("r0", "s0"), "Kepala Pusat", "UU 14/2008")
    found = publish({"t": only}, run="a", log=tmp_path, grants=[grant])
    assert "exceptions_granted" in found["t"].risks
    assert "Kepala Pusat" in next(tmp_path.iterdir()).read_text()
    with pytest.raises(ParameterError, match="who allows it"):
        Grant("t", ("r0", "s0"), " ", "")


def test_rounding_states_figures_everywhere_and_gives_no_small_cell_away():
    frame = with_totals(STAFF)
    found = round_counts({"t": staff()})["t"]
    assert (found["people"] % 5 == 0).all()
    assert (found["people"][frame["people"] < 5] == 0).all()
    assert (found["people"] - frame["people"]).abs()[frame["people"] >= 5].max() <= 2


def test_rounding_that_gives_a_small_cell_away_stops():
    """Two times four, rounded to nothing, under a total of ten: it was eight at least."""
    frame = pd.DataFrame({"sex": ["a", "b", "Total"], "people": [4, 4, 8]})
    with pytest.raises(DisclosureError, match="rounding gives 2 small cells away"):
        round_counts({"t": Table(frame, Design(["sex"], "people"))})
