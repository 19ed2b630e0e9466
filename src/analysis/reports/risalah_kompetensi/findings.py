"""What report 19 can say: one frozen dataclass for each group of its texts, and who computes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.reports.kompetensi.findings import Compliance, Curve, Key, Subject
from analysis.reports.kompetensi.inputs import Case
from analysis.reports.risalah_kompetensi.alternatives import Alternative


@dataclass(frozen=True)
class Choice:
    """What the alternatives lead to."""

    year: int
    floor: float
    basis: str  # of the floor
    synthetic: bool
    invented: bool
    people: int  # whose lack is known
    remote: Alternative
    limited: Alternative
    whole: Alternative
    classroom: Alternative
    proven: bool


@dataclass(frozen=True)
class Brief:
    """What the brief opens with; `choice` is None where nobody is known to lack hours."""

    state: Key
    choice: Choice | None


@dataclass(frozen=True)
class Limits:
    """What the caveats name."""

    run: str
    synthetic: bool
    invented: bool


FINDINGS: Mapping[str, type] = {
    "report": Subject,
    "key": Brief,
    "summary": Brief,
    "compliance": Compliance,
    "curve": Curve,
    "choice": Choice,
    "limits": Limits,
}


def choice(found: Sequence[Alternative], case: Case) -> Choice | None:
    """Return what the alternatives lead to, for sentences; None where there are none."""
    if not found:
        return None
    by_way = {each.way: each for each in found}
    return Choice(
        year=case.year,
        floor=case.floor.value,
        basis=case.floor.basis.partition(" tentang ")[0],
        synthetic=case.synthetic,
        invented=case.invented,
        people=int(case.short["people"].sum()),
        remote=by_way["jarak"],
        limited=by_way["anggaran"],
        whole=by_way["semua"],
        classroom=by_way["klasikal"],
        proven=all(each.proven for each in found),
    )


def limits(case: Case) -> Limits:
    """Return what the caveats name."""
    return Limits(case.run.name, case.synthetic, case.invented)
