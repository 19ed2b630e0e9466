"""How much the answer depends on how need is measured."""

import pandas as pd

from analysis import plots
from analysis.language import Language
from analysis.redistribution.need.balances import balance, ceiling, class_balance
from analysis.redistribution.need.models import (
    EFFECTIVE_MINUTES,
    compare_need,
    need_gaps,
    scenario_flips,
)
from analysis.reports.display import Column, Picture, Reading, Table
from analysis.reports.redistribusi.skenario import Redistribusi, Scenario, model_label


def need_table(s: Scenario, p: Redistribusi) -> Table:
    """Return what each model of need says of the same staff."""
    say = Language(p.language)
    rows = compare_need(s.frame["pns"], s.needs)
    return Table(
        rows.assign(
            label=[model_label(model, p) for model in rows["model"]],
            share=rows["moves_to_equality"] / s.frontier.total_staff,
        ),
        {
            "label": Column(say.text("Kebutuhan menurut")),
            "gini": Column("Gini", "number", 3),
            "hoover": Column("Hoover", "number", 3),
            "moves_to_equality": Column(say.text("Pindah agar merata"), "integer"),
            "share": Column(say.text("Bagian PNS"), "percent"),
            "short_units": Column(say.text("Provinsi kurang"), "integer"),
            "agreement": Column(say.text("Korelasi urutan"), "number", 2),
        },
        say.text(
            "Ketimpangan PNS per kebutuhan menurut empat model kebutuhan, {tanggal}. Setiap model "
            "membagi jumlah PNS yang sama; korelasi urutan (Spearman) membandingkan selisih tiap "
            "provinsi dengan selisih menurut penduduk.",
            tanggal=say.date(p.date),
        ),
        say,
    )


def gap_map(s: Scenario, p: Redistribusi) -> Picture:
    """Return the map of provinces that every model calls short, or in surplus."""
    say = Language(p.language)
    labels = {
        "kurang": say.text("kurang menurut semua model"),
        "campuran": say.text("bergantung pada model"),
        "lebih": say.text("lebih menurut semua model"),
    }
    colours = {
        labels["kurang"]: "#0072B2",
        labels["campuran"]: "#d5d9de",
        labels["lebih"]: "#E69F00",
    }
    verdicts = _verdicts(s)
    by = {key: list(s.frame["nama"][verdicts == key]) for key in labels}
    return Picture(
        plots.category_map(verdicts.map(labels), colours),
        caption=say.text(
            "Provinsi yang PNS-nya kurang atau lebih dari bagian yang merata menurut empat model "
            "kebutuhan, {tanggal}.",
            tanggal=say.date(p.date),
        ),
        alt=say.text(
            "Peta petak. Kurang menurut semua model: {kurang}. Lebih menurut semua model: {lebih}.",
            kurang=say.listing(by["kurang"]) or "–",
            lebih=say.listing(by["lebih"]) or "–",
        ),
    )


def _verdicts(s: Scenario) -> pd.Series:
    gaps = need_gaps(s.frame["pns"], s.needs)
    verdict = pd.Series("campuran", gaps.index)
    verdict[(gaps < 0).all(axis=1)] = "kurang"
    verdict[(gaps > 0).all(axis=1)] = "lebih"
    return verdict


def read_need(s: Scenario, p: Redistribusi) -> Reading:
    """Return the sentence that reads the models of need."""
    say = Language(p.language)
    verdicts = _verdicts(s).value_counts()
    rows = compare_need(s.frame["pns"], s.needs).set_index("model")
    gaps = need_gaps(s.frame["pns"], s.needs)
    widest = str((gaps.max(axis=1) - gaps.min(axis=1)).idxmax())
    there = gaps.T[widest].sort_values(kind="stable")
    return Reading(
        (
            say.text(
                "Menurut keempat model, {kurang} provinsi kekurangan dan {lebih} provinsi "
                "kelebihan PNS terhadap bagian yang merata; untuk {campuran} provinsi lainnya "
                "jawabannya bergantung pada model. Perbedaan terbesar ada di {provinsi}: {a} orang "
                "menurut {model_a}, {b} orang menurut {model_b}. Gini berkisar dari {c} sampai "
                "{d}.",
                kurang=str(verdicts.get("kurang", 0)),
                lebih=str(verdicts.get("lebih", 0)),
                campuran=str(verdicts.get("campuran", 0)),
                provinsi=str(s.frame.at[widest, "nama"]),
                a=say.number(there.iloc[0], signed=True),
                model_a=model_label(str(there.index[0]), p),
                b=say.number(there.iloc[-1], signed=True),
                model_b=model_label(str(there.index[-1]), p),
                c=say.number(rows["gini"].min(), 3),
                d=say.number(rows["gini"].max(), 3),
            ),
        )
    )


def read_balance(s: Scenario, p: Redistribusi) -> Reading:
    """Return the sentence that reads gross and net surplus and shortage."""
    say = Language(p.language)
    posts = s.frame.rename(columns={"pns": "staff", "kebutuhan": "need"}).assign(family="PNS")
    total = ceiling(class_balance(posts, by=["family"]))
    parts = balance(s.frame["pns"], s.frame["kebutuhan"])
    return Reading(
        (
            say.text(
                "Kebutuhan dibagi dari jumlah PNS yang ada, jadi selisih bersihnya nol. Selisih "
                "kotornya tidak: kelebihan di {a} provinsi dan kekurangan di {b} provinsi "
                "masing-masing {n} orang, {bagian} dari kebutuhan. Inilah batas atas yang dapat "
                "dicapai dengan memindahkan orang. Jabatan dan kualifikasinya tidak diketahui dari "
                "data ini, jadi batas per rumpun jabatan lebih rendah.",
                a=str(int((parts["surplus"] > 0).sum())),
                b=str(int((parts["shortage"] > 0).sum())),
                n=say.number(total["redistributable"]),
                bagian=say.percent(total["redistributable_share"]),
            ),
        )
    )


def read_workload(s: Scenario, p: Redistribusi) -> Reading:
    """Return what the two norms of effective working time would change."""
    say = Language(p.language)
    long, short = EFFECTIVE_MINUTES["PermenPANRB 1/2020"], EFFECTIVE_MINUTES["Perka BKN 19/2011"]
    base = s.frame["kebutuhan"]
    needs = pd.DataFrame({"75000": base, "72000": base * long / short})
    flips = scenario_flips(s.frame["pns"], needs)
    names = list(s.frame["nama"][flips.index])
    return Reading(
        (
            say.text(
                "Analisis beban kerja membagi beban dengan waktu kerja efektif setahun: 75.000 "
                "menit (PermenPANRB 1/2020) atau 72.000 menit (Perka BKN 19/2011). Dengan yang "
                "kedua kebutuhan naik {naik}. Seandainya jumlah PNS hari ini tepat cukup pada "
                "75.000 menit, {n} provinsi berubah dari lebih menjadi kurang pada 72.000 menit"
                "{daftar}, dan kekurangan seluruhnya bertambah {orang} orang.",
                naik=say.percent(long / short - 1.0),
                n=str(len(names)),
                daftar=f" ({say.listing(names)})" if names else "",
                orang=say.number(
                    (needs["72000"] - s.frame["pns"]).clip(lower=0).sum()
                    - (base - s.frame["pns"]).clip(lower=0).sum()
                ),
            ),
        )
    )
