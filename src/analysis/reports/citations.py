"""What every report says of its methods and sources."""

from collections.abc import Sequence

from analysis.datasets import PROCESSED_TABLES, read_package
from analysis.inequality import MEASURES
from analysis.language import Code, Language
from analysis.paths import RAW
from analysis.reports.display import Reading


def methods(measures: Sequence[str], language: Code) -> Reading:
    """Return the formula and reference of each measure, and how population is brought to a date."""
    say = Language(language)
    common = [
        say.text(
            "Penduduk di antara dua sensus diperkirakan dengan pertumbuhan geometris, "
            "p(t) = p₀ (p₁/p₀)^((t−t₀)/(t₁−t₀)), waktu dalam hari. Ini perkiraan, bukan "
            "pencacahan. Penduduk registrasi dipakai apa adanya pada tanggal terdekat, paling jauh "
            "dua tahun. Penduduk gabungan tumbuh dari sensus ke registrasi, dua definisi yang "
            "berbeda."
        ),
        say.text(
            "Setiap provinsi mewakili penduduknya: xᵢ adalah rasio PNS per penduduk, pᵢ bagian "
            "penduduknya (jumlahnya 1), dan μ = Σ pᵢ xᵢ."
        ),
    ]
    formulas = [
        f"{MEASURES[name].label[language]}: {MEASURES[name].formula}. {MEASURES[name].reference}."
        for name in measures
    ]
    return Reading((*common, *formulas), listed=True)


def tables(processed: Sequence[str], language: Code) -> Reading:
    """Return title, publisher, date and terms of every raw table behind the tidy ones."""
    say = Language(language)
    package = read_package(RAW)
    names = dict.fromkeys(
        raw for table in processed for raw in PROCESSED_TABLES[table].inputs(package)
    )
    lines = []
    for name in names:
        resource = package[name]
        origin = "; ".join(f"{source.title} — {source.publisher}" for source in resource.sources)
        lines.append(
            " ".join(
                [
                    f"{resource.title}.",
                    say.text("Sumber: {asal}.", asal=origin),
                    say.text("Acuan: {tanggal}.", tanggal=say.date(resource.tanggal_acuan)),
                    resource.ketentuan,
                    *resource.catatan,
                    say.text("Berkas: data/raw/{berkas}.", berkas=resource.path),
                ]
            )
        )
    return Reading(tuple(lines), listed=True)
