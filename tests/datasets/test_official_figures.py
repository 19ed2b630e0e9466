"""The figures agree with each other where sources overlap."""

import pandas as pd
import pytest

from analysis.datasets import PROCESSED_TABLES, RawTables, read_table
from analysis.paths import RAW


def table(name: str) -> pd.DataFrame:
    return PROCESSED_TABLES[name].build(RawTables(RAW))


def test_levels_of_government_add_up_to_the_country() -> None:
    asn = table("asn_nasional").pivot(
        index=["tanggal", "status"], columns="lingkup", values="jumlah"
    )
    split = asn.drop(columns="total").dropna(how="all")
    assert len(split) == 4
    assert (split.sum(axis=1) == asn.loc[split.index, "total"]).all()


def test_provinces_add_up_to_the_country_but_for_staff_abroad() -> None:
    asn = table("asn_nasional").query("status == 'PNS' and lingkup == 'total'")
    country = asn.set_index("tanggal")["jumlah"]
    provinces = table("pns_provinsi").groupby("tanggal")["total"].sum()
    assert (country[provinces.index] - provinces).tolist() == [0, 13]


def test_aru_and_seluma_agree_over_their_dimensions() -> None:
    aru, seluma = read_table("pns_kepulauan_aru"), read_table("pns_seluma")
    totals = aru[aru["kategori"] == "Jumlah"].groupby("dimensi")["total"].agg(list)
    assert totals.tolist() == [[3101, 3145]] * 3
    sums = seluma.groupby(["tanggal", "dimensi"])["jumlah"].sum().unstack()
    assert (sums["kelompok_jabatan"] == sums["jenjang_pendidikan"]).all()
    assert sums["kelompok_jabatan"].tolist() == [3717, 3695, 3520, 3361]


def test_the_known_error_of_the_source_is_carried_as_it_is() -> None:
    aru = read_table("pns_kepulauan_aru")
    graduates = aru[aru["kategori"] == "Tingkat Sarjana / Doktor / Ph.D"]
    assert graduates["laki_laki"].tolist() == [719, 273]
    assert graduates["total"].tolist() == [1663, 1716]


def test_golongan_iii_of_aru_is_read_as_its_parts_add_up_to() -> None:
    aru = read_table("pns_kepulauan_aru")
    third = aru[aru["kategori"] == "Golongan III"]
    assert third["total"].tolist() == [1839, 1946]


def test_teachers_with_and_without_a_degree_add_up_to_all() -> None:
    teachers = table("guru_sd_provinsi")
    assert len(teachers) == 39
    assert (teachers["guru_di_bawah_s1"] + teachers["guru_s1"] == teachers["guru"]).all()
    assert teachers[["guru_di_bawah_s1", "guru"]].sum().tolist() == [51165, 1620987]


def test_territory_has_area_only_where_the_source_gives_it() -> None:
    territory = table("wilayah_provinsi").groupby("tanggal")
    assert territory["luas_km2"].count().tolist() == [0, 38]
    assert territory["kabupaten"].sum().tolist() == [416, 416]
    assert territory["desa"].sum().tolist() == [74754, 75266]


@pytest.mark.parametrize(
    ("stage", "date", "reached"),
    [
        ("usulan_struktur", "2021-12-02", 32),
        ("persetujuan_penyetaraan", "2021-12-18", 7),
        ("persetujuan_penyetaraan", "2021-12-27", 19),
    ],
)
def test_progress_by_stage_and_date(stage: str, date: str, reached: int) -> None:
    progress = table("penyederhanaan_provinsi")
    rows = progress[(progress["tahap"] == stage) & (progress["tanggal"] == date)]
    assert len(rows) == 34
    assert rows["tercapai"].sum() == reached


def test_no_province_falls_back_once_approved() -> None:
    approved = table("penyederhanaan_provinsi").query("tahap == 'persetujuan_penyetaraan'")
    by_date = approved.pivot(index="nama", columns="tanggal", values="tercapai")
    assert (by_date.iloc[:, 0] <= by_date.iloc[:, 1]).all()


def test_kabupaten_and_kota_add_up_to_their_provinces_in_every_column() -> None:
    population, area = table("penduduk_kabkota"), table("wilayah_kabkota")
    places = population.merge(area, on="kode_kemendagri")
    code = places["kode_kemendagri"].str[:2].rename("kode_kemendagri")
    columns = ["penduduk", "luas_km2", "kecamatan", "kelurahan", "desa"]
    whole = read_table("wilayah_2024").merge(read_table("penduduk_terdaftar_2024"))
    expected = whole.set_index("kode_kemendagri")[columns].astype(float)
    found = places.groupby(code)[columns].sum().astype(float)
    assert len(found) == 38
    pd.testing.assert_frame_equal(found, expected, rtol=1e-12)
    assert places["penduduk"].sum() == 284_973_643


def test_kabupaten_and_kota_are_as_many_as_their_provinces_say() -> None:
    kinds = table("kabkota").groupby("kode_provinsi")["jenis"].value_counts().unstack(fill_value=0)
    expected = read_table("wilayah_2024").set_index("kode_kemendagri")
    assert kinds["kabupaten"].tolist() == expected["kabupaten"].tolist()
    assert kinds["kota"].tolist() == expected["kota"].tolist()
    assert kinds.sum().tolist() == [416, 98]


def test_doctors_by_kind_add_up_to_all_doctors() -> None:
    doctors = table("tenaga_kabkota").pivot(
        index="kode_kemendagri", columns="profesi", values="jumlah"
    )
    total = doctors.pop("dokter_total")
    assert doctors.columns.tolist() == [
        "dokter_gigi",
        "dokter_gigi_spesialis",
        "dokter_spesialis",
        "dokter_subspesialis",
        "dokter_umum",
    ]
    assert (doctors.sum(axis=1) == total).all()
    assert total.sum() == 107_007
    assert total.index[total == 0].tolist() == ["92.12", "96.05"]


def test_borders_join_the_provinces_that_are_known_to_border() -> None:
    borders = table("kabkota_berbatasan")
    across = borders.map(lambda code: code[:2])
    pairs = across[across["kode_a"] != across["kode_b"]].drop_duplicates()
    assert (len(borders), len(pairs)) == (1007, 38)
    alone = set(table("kabkota")["kode_kemendagri"]) - set(borders.to_numpy().ravel())
    assert len(alone) == 28


def test_the_last_statement_on_central_posts_is_the_table_of_report_03() -> None:
    steps = table("jabatan_pusat_bertahap")
    steps = steps[steps["tanggal"] == steps["tanggal"].max()]
    states = table("jabatan").query("lingkup == 'Instansi pusat'")
    by_state = states.pivot(index="jabatan", columns="keadaan", values="jumlah")
    for state in ("sebelum", "sesudah"):
        assert steps.set_index("jabatan")[state].to_dict() == by_state[state].to_dict()


def test_two_statements_give_one_number_after_for_eselon_v() -> None:
    fifth = table("jabatan_pusat_bertahap").query("jabatan == 'Eselon V'")
    assert fifth["sesudah"].tolist() == [5072, 5072, 5117]
    assert fifth["sebelum"].is_monotonic_increasing  # the sets of agencies grow


def test_national_counts_agree_with_the_list_of_provinces() -> None:
    counts = table("penyetaraan_pemda").query("tingkat == 'provinsi'")
    approved = counts.query("ukuran == 'disetujui penyetaraan'").set_index("tanggal")["nilai"]
    listed = table("penyederhanaan_provinsi").query("tahap == 'persetujuan_penyetaraan'")
    assert approved.to_dict() == listed.groupby("tanggal")["tercapai"].sum().to_dict()


def test_the_mix_of_one_kabupaten_adds_up_over_its_dimensions() -> None:
    mix = table("asn_kabupaten").groupby("dimensi")["total"].sum()
    assert mix["pendidikan"] == mix["jenis jabatan"] == 17851
    assert mix["golongan PNS"] + mix["golongan PPPK"] == 17851


def test_groups_of_education_add_up_to_all_pns() -> None:
    asn = table("asn_nasional").query("status == 'PNS' and lingkup == 'total'")
    country = asn.set_index("tanggal")["jumlah"]
    assert table("pns_pendidikan")["jumlah"].sum() == country["2021-12-31"]


def test_every_regional_government_of_the_list_of_agencies_is_known() -> None:
    units = table("unit_instansi")
    assert units.groupby("jenis")["instansi"].nunique().to_dict() == {
        "kabupaten": 415,
        "kementerian": 34,
        "kota": 93,
        "lembaga lain": 65,
        "provinsi": 38,
    }
    assert not units["unit"].str.contains("  ").any()
