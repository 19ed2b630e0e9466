"""What each alternative makes of an organisation: nothing, in stages, by the rules, strictly."""

from dataclasses import dataclass

from analysis.reports.restrukturisasi.inputs import CLOSED, EXEMPT, RETAINED, Case, flows
from analysis.restructuring import Restructuring, Rules, de_facto_layers, restructure, structure

_DISSOLVES, _EXEMPTS, _HIGHEST = "bubar", "kecuali", 3


@dataclass(frozen=True)
class Alternative:
    """One way to simplify, and what it makes of the organisation.

    Attributes
    ----------
    way : str
        A key: "tetap" as it is; "bertahap" without echelon III, which comes later; "aturan" by the
        rules of the day; "tanpa_kecuali" by those rules without exemptions.
    agency, kind : str
        The agency and its kind, such as "pusat".
    units, layers, working : int
        Units; layers of heads; those layers when coordinators count who lead groups in place of
        units that went, on the day.
    structural, functional : int
        Structural posts, and those that became functional.
    exempt : int
        Units that a rule exempts.
    """

    way: str
    agency: str
    kind: str
    units: int
    layers: int
    working: int
    structural: int
    functional: int
    exempt: int


def alternatives(case: Case, rules: Rules) -> tuple[Alternative, ...]:
    """Return the alternatives for an organisation, those that dissolve least first.

    Stages are left out where echelon III stays by the rules, and strictness where nobody is exempt.
    """
    late = [rule.code for rule in rules.of(_DISSOLVES) if rule.eselon // 10 == _HIGHEST]
    exempting = [rule.code for rule in rules.of(_EXEMPTS)]
    today, staged, ruled, strict = (
        _today(case),
        _made("bertahap", case, rules.without(late)),
        _made("aturan", case, rules),
        _made("tanpa_kecuali", case, rules.without(exempting)),
    )
    return (
        today,
        *([staged] if staged.units != ruled.units else []),
        ruled,
        *([strict] if strict.units != ruled.units else []),
    )


def _today(case: Case) -> Alternative:
    before = structure(case.organisation).iloc[0]
    layers = int(before["layers"])
    return Alternative(
        way="tetap",
        agency=case.agency,
        kind=_kind(case),
        units=len(case.units),
        layers=layers,
        working=layers,
        structural=int(before["structural"]),
        functional=0,
        exempt=0,
    )


def _made(way: str, case: Case, rules: Rules) -> Alternative:
    found: Restructuring = restructure(case.organisation, rules)
    after = structure(found.after).iloc[0]
    to = flows(found).groupby("destination")["people"].sum()
    status = found.crosswalk()["status"].astype(str)
    return Alternative(
        way=way,
        agency=case.agency,
        kind=_kind(case),
        units=len(found.after.units),
        layers=int(after["layers"]),
        working=int(de_facto_layers(found, rules.day)["de_facto"].max()),
        structural=int(after["structural"]),
        functional=int(to.drop([RETAINED, EXEMPT, CLOSED], errors="ignore").sum()),
        exempt=int((status == "exempt").sum()),
    )


def _kind(case: Case) -> str:
    return str(case.units["lingkup"].iloc[0])


def bases(rules: Rules) -> tuple[str, ...]:
    """Return the regulations by which units dissolve or are exempt on the day, without subjects."""
    found = rules.of(_DISSOLVES, _EXEMPTS)
    return tuple(dict.fromkeys(rule.basis.partition(" tentang ")[0] for rule in found))
