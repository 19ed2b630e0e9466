"""Report 02: how the spread of PNS changed between two dates, on common boundaries."""

import datetime as dt
from typing import Self

import pandas as pd
from pydantic import Field, model_validator

from analysis import inequality, plots, staffing
from analysis.datasets.population import Kind
from analysis.errors import DataError, ParameterError
from analysis.inequality import MEASURES
from analysis.language import Language
from analysis.reports.display import Column, KeyFigure, KeyFigures, Picture, Reading, Table
from analysis.reports.parameters import Parameters
from analysis.reports.provincial import (
    COVERAGE_DRAWS,
    PER,
    Basis,
    Measures,
    Randomness,
    meaning,
    measure_values,
    named,
    overall_ratio,
    provincial_staffing,
    short_label,
)

_BASES: tuple[Basis, ...] = ("33", "34", "37", "38")
_KINDS: tuple[Kind, ...] = ("sensus", "registrasi", "gabungan")


class SebelumSesudah(Parameters):
    """Parameters of report 02."""

    before: dt.date = Field(description="date of the earlier staff counts, YYYY-MM-DD")
    after: dt.date = Field(description="date of the later staff counts, YYYY-MM-DD")
    basis: Basis = Field(description="common set of provinces: 33, 34, 37 or 38 of them")
    population_before: Kind = Field(
        description="population at the earlier date: sensus, registrasi or gabungan"
    )
    population_after: Kind = Field(
        description="population at the later date: sensus, registrasi or gabungan"
    )
    measures: Measures = Field(description="measures of inequality, names from MEASURES")
    randomness: Randomness = Field(
        description="what intervals take to be random: superpopulation (provinces) or count (staff)"
    )
    seed: int = Field(ge=0, description="whole number that makes intervals repeatable")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.before >= self.after:
            raise ParameterError(
                f"Parameter 'before' = {self.before} is not earlier than 'after' = {self.after}. "
                "Swap them."
            )
        return self


def compare(p: SebelumSesudah) -> pd.DataFrame:
    """Return staff, population and ratio of each province at both dates.

    Returns
    -------
    DataFrame
        One row per province: `kode_kemendagri`, `nama`, `pulau`, and the columns of
        `staffing.compare_states`.
    """
    before = provincial_staffing(p.before, p.basis, p.population_before)
    after = provincial_staffing(p.after, p.basis, p.population_after)
    counts = [state.set_index("kode_kemendagri")[["pns", "penduduk"]] for state in (before, after)]
    states = staffing.compare_states(*counts, before_date=p.before, after_date=p.after, per=PER)
    names = before[["kode_kemendagri", "nama", "pulau"]]
    return names.merge(states.reset_index(), on="kode_kemendagri", validate="one_to_one")


def state(frame: pd.DataFrame, when: str) -> pd.DataFrame:
    """Return one of the two states, `when` = "sebelum" or "sesudah", with plain column names."""
    ending = f"_{when}"
    columns = {f"{name}{ending}": name for name in ("pns", "penduduk", "rasio")}
    return frame[["kode_kemendagri", "nama", "pulau", *columns]].rename(columns=columns)


def changes(frame: pd.DataFrame, p: SebelumSesudah) -> pd.DataFrame:
    """Return every chosen measure before and after, and its change.

    Returns
    -------
    DataFrame
        One row per measure: `ukuran`, `sebelum`, `sesudah`, `perubahan`, `relatif`.
    """
    before = measure_values(state(frame, "sebelum"), p.measures)
    after = measure_values(state(frame, "sesudah"), p.measures)
    return pd.DataFrame(
        {
            "ukuran": [MEASURES[name].label[p.language] for name in before.index],
            "sebelum": before.to_numpy(),
            "sesudah": after.to_numpy(),
            "perubahan": (after - before).to_numpy(),
            "relatif": (after / before - 1).to_numpy(),
        }
    )


def key_figures(frame: pd.DataFrame, p: SebelumSesudah) -> KeyFigures:
    """Return the numbers the report opens with."""
    say = Language(p.language)
    before, after = state(frame, "sebelum"), state(frame, "sesudah")
    gini = [inequality.gini(s["rasio"], s["penduduk"]) for s in (before, after)]
    hoover = [inequality.hoover(s["rasio"], s["penduduk"]) for s in (before, after)]
    ratio = [overall_ratio(s) for s in (before, after)]
    staff = [s["pns"].sum() for s in (before, after)]

    def arrow(pair: list[float], decimals: int) -> str:
        return " → ".join(say.number(value, decimals) for value in pair)

    return KeyFigures(
        figures=(
            KeyFigure(
                arrow(gini, 3),
                say.text("Gini rasio PNS terhadap penduduk"),
                say.text(
                    "{selisih} pada {n} provinsi dengan batas yang sama",
                    selisih=say.percent(gini[1] / gini[0] - 1, signed=True),
                    n=str(len(frame)),
                ),
            ),
            KeyFigure(
                " → ".join(say.percent(value) for value in hoover),
                say.text("PNS harus berpindah provinsi agar rasionya sama (Hoover)"),
            ),
            KeyFigure(
                arrow(ratio, 1),
                say.text("PNS per 1.000 penduduk, seluruh provinsi"),
                say.text(
                    "jumlah PNS {perubahan}",
                    perubahan=say.percent(staff[1] / staff[0] - 1, signed=True),
                ),
            ),
            KeyFigure(
                say.text(
                    "{n} dari {semua}",
                    n=str((frame["perubahan_rasio"] < 0).sum()),
                    semua=str(len(frame)),
                ),
                say.text("provinsi rasionya turun"),
            ),
        ),
        data_date=say.text(
            "Data PNS: {awal} dan {akhir}", awal=say.date(p.before), akhir=say.date(p.after)
        ),
    )


def lorenz(frame: pd.DataFrame, p: SebelumSesudah) -> Picture:
    """Return both Lorenz curves."""
    say = Language(p.language)
    curves = {
        str(date.year): inequality.lorenz_curve(s["rasio"], s["penduduk"])
        for date, s in ((p.before, state(frame, "sebelum")), (p.after, state(frame, "sesudah")))
    }
    halves = [say.percent(float(curve.at(0.5))) for curve in curves.values()]
    return Picture(
        plots.lorenz(
            {year: curve.to_frame() for year, curve in curves.items()},
            x_label=say.text("Bagian kumulatif penduduk, dari provinsi berasio terendah"),
            y_label=say.text("Bagian kumulatif PNS"),
            equality_label=say.text("Merata sempurna"),
            language=say,
        ),
        caption=say.text(
            "Kurva Lorenz PNS terhadap penduduk pada {n} provinsi, {awal} dan {akhir}.",
            n=str(len(frame)),
            awal=say.date(p.before),
            akhir=say.date(p.after),
        ),
        alt=say.text(
            "Dua kurva Lorenz di bawah diagonal. Separuh penduduk di provinsi berasio terendah "
            "dilayani {a} PNS sebelum dan {b} sesudah.",
            a=halves[0],
            b=halves[1],
        ),
    )


def change_table(frame: pd.DataFrame, p: SebelumSesudah) -> Table:
    """Return the change of every chosen measure."""
    say = Language(p.language)
    return Table(
        changes(frame, p),
        {
            "ukuran": Column(say.text("Ukuran")),
            "sebelum": Column(str(p.before.year), "number", 4),
            "sesudah": Column(str(p.after.year), "number", 4),
            "perubahan": Column(say.text("Perubahan"), "signed_number", 4),
            "relatif": Column(say.text("Perubahan relatif"), "signed_percent"),
        },
        say.text(
            "Ukuran ketimpangan pada {n} provinsi dengan batas yang sama, berbobot penduduk.",
            n=str(len(frame)),
        ),
        say,
    )


def read_change(frame: pd.DataFrame, p: SebelumSesudah) -> Reading:
    """Return the sentence that reads the curves and the measures."""
    say = Language(p.language)
    table = changes(frame, p)
    down, up = (table["perubahan"] < 0).sum(), (table["perubahan"] > 0).sum()
    before, after = (
        inequality.lorenz_curve(s["rasio"], s["penduduk"])
        for s in (state(frame, "sebelum"), state(frame, "sesudah"))
    )
    verdict = {
        "dominates": say.text("Kurva sesudah tidak pernah di bawah kurva sebelum: lebih merata."),
        "is dominated": say.text(
            "Kurva sesudah tidak pernah di atas kurva sebelum: lebih timpang."
        ),
        "crosses": say.text("Kedua kurva berpotongan: arah perubahan bergantung pada ukurannya."),
        "equal": say.text("Kedua kurva berimpit."),
    }[inequality.dominance(before, after).verdict]
    return Reading(
        (
            say.text(
                "Dari {n} ukuran, {turun} turun (lebih merata) dan {naik} naik (lebih timpang).",
                n=str(len(table)),
                turun=str(down),
                naik=str(up),
            )
            + " "
            + verdict,
        )
    )


def gini_interval(frame: pd.DataFrame, p: SebelumSesudah) -> inequality.Interval:
    """Return the interval of the change of the Gini index, provinces paired."""
    counts = p.randomness == "count"
    return inequality.change_interval(
        inequality.gini,
        frame["rasio_sebelum"],
        frame["rasio_sesudah"],
        weights_before=frame["penduduk_sebelum"],
        weights_after=frame["penduduk_sesudah"],
        randomness=p.randomness,
        seed=p.seed,
        counts_before=frame["pns_sebelum"] if counts else None,
        counts_after=frame["pns_sesudah"] if counts else None,
    )


def gini_coverage(frame: pd.DataFrame, p: SebelumSesudah) -> float | None:
    """Return how often such an interval holds in simulation; None where counts are random."""
    if p.randomness == "count":
        return None
    (found,) = inequality.simulated_change_coverage(
        [inequality.gini],
        frame["rasio_sebelum"],
        frame["rasio_sesudah"],
        weights_before=frame["penduduk_sebelum"],
        weights_after=frame["penduduk_sesudah"],
        randomness=p.randomness,
        draws=COVERAGE_DRAWS,
        seed=p.seed,
    )
    return found.coverage


def read_interval(frame: pd.DataFrame, p: SebelumSesudah) -> Reading:
    """Return the sentence that says how sure the change of the Gini index is."""
    say = Language(p.language)
    found = gini_interval(frame, p)
    coverage = gini_coverage(frame, p)
    sentences = [
        say.text(
            "Perubahan Gini: {nilai}, selang 95% dari {bawah} sampai {atas}.",
            nilai=say.number(found.estimate, 4, signed=True),
            bawah=say.number(found.low, 4, signed=True),
            atas=say.number(found.high, 4, signed=True),
        ),
        meaning(p.randomness, say),
    ]
    if coverage is not None:
        sentences.append(
            say.text(
                "Dalam {n} ulangan simulasi, {cakupan} selang seperti ini memuat perubahan yang "
                "benar.",
                n=say.number(COVERAGE_DRAWS),
                cakupan=say.percent(coverage),
            )
        )
    return Reading((" ".join(sentences),))


def splits(frame: pd.DataFrame, p: SebelumSesudah) -> pd.DataFrame:
    """Return the change of every chosen measure, split between staff and population.

    Returns
    -------
    DataFrame
        One row per measure: `ukuran`, `perubahan`, and the Shapley effects `pns` and `penduduk`,
        which add up to it.
    """
    rows = []
    for name in p.measures:
        split = inequality.staff_population_change(
            MEASURES[name].function,
            frame["pns_sebelum"],
            frame["penduduk_sebelum"],
            frame["pns_sesudah"],
            frame["penduduk_sesudah"],
        )
        rows.append(
            {
                "ukuran": MEASURES[name].label[p.language],
                "perubahan": split.difference,
                "pns": split.staff,
                "penduduk": split.population,
            }
        )
    return pd.DataFrame(rows)


def split_table(frame: pd.DataFrame, p: SebelumSesudah) -> Table:
    """Return the splits between staff and population."""
    say = Language(p.language)
    return Table(
        splits(frame, p),
        {
            "ukuran": Column(say.text("Ukuran")),
            "perubahan": Column(say.text("Perubahan"), "signed_number", 4),
            "pns": Column(say.text("karena PNS"), "signed_number", 4),
            "penduduk": Column(say.text("karena penduduk"), "signed_number", 4),
        },
        say.text(
            "Perubahan setiap ukuran, diurai menurut Shapley menjadi bagian karena persebaran PNS "
            "berubah dan bagian karena persebaran penduduk berubah."
        ),
        say,
    )


def read_splits(frame: pd.DataFrame, p: SebelumSesudah) -> Reading:
    """Return the sentences that read the splits and the provinces behind the change."""
    say = Language(p.language)
    effect = inequality.staff_redistributive_effect(
        frame["pns_sebelum"],
        frame["penduduk_sebelum"],
        frame["pns_sesudah"],
        frame["penduduk_sesudah"],
    )
    parts = inequality.contributions_to_change(
        inequality.gini,
        frame["rasio_sebelum"],
        frame["rasio_sesudah"],
        weights_before=frame["penduduk_sebelum"],
        weights_after=frame["penduduk_sesudah"],
    )
    by_province = pd.Series(parts.change, index=frame["nama"]).sort_values(kind="stable")
    return Reading(
        (
            say.text(
                "Perubahan Gini {jumlah} terdiri atas {vertikal} karena PNS bergeser antara "
                "provinsi yang semula berasio rendah dan tinggi (efek vertikal; negatif bila "
                "menuju yang rendah), {peringkat} karena peringkat provinsi berubah, dan "
                "{penduduk} karena penduduk berubah.",
                jumlah=say.number(-effect.total, 4, signed=True),
                vertikal=say.number(-effect.vertical, 4, signed=True),
                peringkat=say.number(effect.reranking, 4, signed=True),
                penduduk=say.number(-effect.population, 4, signed=True),
            ),
            say.text(
                "Sumbangan provinsi pada perubahan Gini, terbesar: {besar}; terkecil: {kecil}.",
                besar=named(by_province.iloc[:-4:-1], say, 4, signed=True),
                kecil=named(by_province.iloc[:3], say, 4, signed=True),
            ),
        )
    )


def dumbbell(frame: pd.DataFrame, p: SebelumSesudah) -> Picture:
    """Return the ratio of each province at both dates."""
    say = Language(p.language)
    provinces = frame.set_index("nama")
    gains = provinces["perubahan_rasio"].sort_values(kind="stable")
    return Picture(
        plots.dumbbell(
            provinces["rasio_sebelum"],
            provinces["rasio_sesudah"],
            before_label=say.date(p.before),
            after_label=say.date(p.after),
            axis_label=say.text("PNS per 1.000 penduduk"),
            language=say,
        ),
        caption=say.text(
            "PNS per 1.000 penduduk pada dua tanggal; provinsi dengan kenaikan terbesar di atas, "
            "penurunan terbesar di bawah."
        ),
        alt=say.text(
            "Diagram dumbel. Penurunan terbesar (PNS per 1.000 penduduk): {turun}. "
            "Perubahan paling ringan: {naik}.",
            turun=named(gains.iloc[:3], say),
            naik=named(gains.iloc[:-4:-1], say),
        ),
    )


def read_provinces(frame: pd.DataFrame, p: SebelumSesudah) -> Reading:
    """Return the sentence that says who gained and who lost."""
    say = Language(p.language)
    ordered = frame.sort_values("relatif_rasio", kind="stable").set_index("nama")
    relative = 100 * ordered["relatif_rasio"]
    overall = overall_ratio(state(frame, "sesudah")) / overall_ratio(state(frame, "sebelum")) - 1
    return Reading(
        (
            say.text(
                "Rasio seluruh provinsi berubah {semua}. Perubahan paling dalam (persen): {turun}; "
                "paling ringan atau naik: {naik}.",
                semua=say.percent(overall, signed=True),
                turun=named(relative.iloc[:3], say),
                naik=named(relative.iloc[:-4:-1], say),
            ),
        )
    )


def province_table(frame: pd.DataFrame, p: SebelumSesudah) -> Table:
    """Return the table of provinces, largest relative gain first."""
    say = Language(p.language)
    first, last = str(p.before.year), str(p.after.year)
    return Table(
        frame.sort_values("relatif_rasio", ascending=False, kind="stable"),
        {
            "nama": Column(say.text("Provinsi")),
            "pns_sebelum": Column(say.text("PNS {tahun}", tahun=first), "integer"),
            "pns_sesudah": Column(say.text("PNS {tahun}", tahun=last), "integer"),
            "rasio_sebelum": Column(say.text("Rasio {tahun}", tahun=first), "number", 2),
            "rasio_sesudah": Column(say.text("Rasio {tahun}", tahun=last), "number", 2),
            "relatif_rasio": Column(say.text("Perubahan rasio"), "signed_percent"),
        },
        say.text(
            "PNS dan rasio per 1.000 penduduk menurut provinsi, {awal} dan {akhir}.",
            awal=say.date(p.before),
            akhir=say.date(p.after),
        ),
        say,
    )


def sensitivity(p: SebelumSesudah) -> pd.DataFrame:
    """Return the measures at both dates for every basis and population that the data allow.

    Returns
    -------
    DataFrame
        One row per date, basis and kind of population: `tanggal`, `basis`, `penduduk`, and a
        column for each of the chosen measures.
    """
    rows = []
    for date in (p.before, p.after):
        for basis in _BASES:
            for kind in _KINDS:
                try:
                    frame = provincial_staffing(date, basis, kind)
                except DataError:  # the data do not reach this combination, which is the finding
                    continue
                rows.append(
                    {"tanggal": date, "basis": basis, "penduduk": kind}
                    | measure_values(frame, p.measures).to_dict()
                )
    # Between two censuses the combined population is that of the censuses.
    return pd.DataFrame(rows).drop_duplicates(["tanggal", "basis", *p.measures])


def sensitivity_table(p: SebelumSesudah) -> Table:
    """Return how much the measures depend on boundaries and population."""
    say = Language(p.language)
    kinds = {
        "sensus": say.text("antarsensus"),
        "registrasi": say.text("registrasi"),
        "gabungan": say.text("sensus–registrasi"),
    }
    rows = sensitivity(p)
    return Table(
        rows.assign(
            tanggal=[say.date(date) for date in rows["tanggal"]],
            penduduk=[kinds[kind] for kind in rows["penduduk"]],
        ),
        {
            "tanggal": Column(say.text("Data PNS")),
            "basis": Column(say.text("Provinsi")),
            "penduduk": Column(say.text("Penduduk")),
            **{name: Column(short_label(name, p.language), "number", 4) for name in p.measures},
        },
        say.text(
            "Ukuran yang sama dengan batas provinsi dan sumber penduduk yang lain. Kombinasi yang "
            "tidak didukung data tidak ditampilkan."
        ),
        say,
    )
