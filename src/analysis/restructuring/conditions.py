"""What is asked of people who are equalised: education, years left and credit (*angka kredit*)."""

import pandas as pd

from analysis.restructuring.rules import Rules

REQUIREMENTS = (
    "bersyarat",
    "tidak_setara",
    "sisa_masa",
    "rentang_pangkat",
    "angka_kredit_tahunan",
    "angka_kredit_pangkat",
    "angka_kredit_jenjang",
    "angka_kredit_peran",
)
"""Actions of rules that ask something of people."""


def requirements(rules: Rules) -> pd.DataFrame:
    """Return what every regime asks, under each reading of the sources, also on other days.

    Returns
    -------
    DataFrame
        One row a rule: `rule`, `action` (one of `REQUIREMENTS`), `level` (*jenjang*; empty for
        all), `value` and `largest` in `unit` (of education the least level as a code of SIASN, and
        the years in which it is to be reached), `reading`, `basis`, `article`, `start`, `end`,
        `verification`, `source`, `note`, and `holds`, whether it holds on the day of the rules.
    """
    known = (*rules.rules, *rules.other_readings, *rules.other_days)
    rows = [rule for rule in known if rule.action in REQUIREMENTS]
    rows.sort(key=lambda rule: (REQUIREMENTS.index(rule.action), rule.start))
    return pd.DataFrame(
        {
            "rule": [r.code for r in rows],
            "action": [r.action for r in rows],
            "level": [r.level for r in rows],
            "value": [r.value for r in rows],
            "largest": [r.largest for r in rows],
            "unit": [r.unit for r in rows],
            "reading": [r.reading for r in rows],
            "basis": [r.basis for r in rows],
            "article": [r.article for r in rows],
            "start": [r.start for r in rows],
            "end": [r.end for r in rows],
            "verification": [r.verification for r in rows],
            "source": [r.source for r in rows],
            "note": [r.note for r in rows],
            "holds": [r.holds(rules.day) for r in rows],
        }
    )
