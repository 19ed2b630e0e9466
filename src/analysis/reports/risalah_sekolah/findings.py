"""What report 20 can say: one frozen dataclass for each group of its texts, and who computes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.reports.risalah_sekolah.alternatives import Alternative
from analysis.reports.risalah_sekolah.parameters import RisalahSekolah
from analysis.reports.sekolah_kecamatan import inputs
from analysis.reports.sekolah_kecamatan.boundary_findings import Turnover
from analysis.reports.sekolah_kecamatan.findings import Limits, Moves, Need, Subject


@dataclass(frozen=True)
class Choice:
    """What the alternatives lead to, side by side."""

    level: str
    after: int
    model: str  # the chosen need
    today: Alternative
    moves: Alternative
    classes: Alternative  # an even spread by classes
    pupils: Alternative  # and by pupils
    hires: Alternative
    mixed: Alternative


@dataclass(frozen=True)
class Brief:
    """What the brief opens with."""

    need: Need
    choice: Choice


FINDINGS: Mapping[str, type] = {
    "report": Subject,
    "key": Brief,
    "summary": Brief,
    "need": Need,
    "common": Turnover,
    "plan": Moves,
    "choice": Choice,
    "limits": Limits,
}


def choice(found: Sequence[Alternative], p: RisalahSekolah) -> Choice:
    """Return what the alternatives lead to, for sentences."""
    by_way = {each.way: each for each in found}
    return Choice(
        level=p.level,
        after=p.after,
        model=inputs.spoken(p.need),
        today=by_way["tetap"],
        moves=by_way["pindah"],
        classes=by_way["rombel"],
        pupils=by_way["peserta_didik"],
        hires=by_way["rekrut"],
        mixed=by_way["campuran"],
    )
