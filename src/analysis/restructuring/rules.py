"""The rules of simplification that hold on a day, under one reading of the sources."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from analysis.datasets.retirement import RetirementRules
from analysis.errors import ParameterError
from analysis.messages import some
from analysis.restructuring.rule_rows import Rule, read_rules


@dataclass(frozen=True, eq=False, repr=False)
class Rules:
    """The rules that hold on a day, under one reading of what sources tell differently.

    Attributes
    ----------
    rules : tuple of Rule
        In the order of the table.
    day : date
    reading : str
        Rules of another reading are kept aside in `other_readings`.
    retirement : RetirementRules
        The ages of retirement of the day.
    other_readings : tuple of Rule
        Those that hold under the other readings.
    other_days : tuple of Rule
        Those in use that hold on other days only.
    """

    rules: tuple[Rule, ...]
    day: dt.date
    reading: str
    retirement: RetirementRules
    other_readings: tuple[Rule, ...] = ()
    other_days: tuple[Rule, ...] = ()

    @classmethod
    def from_frame(
        cls,
        table: pd.DataFrame,
        ages: pd.DataFrame,
        day: dt.date,
        *,
        reading: str = "uji kompetensi",
    ) -> "Rules":
        """Return the rules of a table that hold on a day.

        Parameters
        ----------
        table : DataFrame
            The table `aturan_penyederhanaan`, or one of the same columns.
        ages : DataFrame
            The table `batas_usia_pensiun`, or one of the same columns.
        day : date
            The day of the reform.
        reading : str
            Which `tafsir` to follow.

        Raises
        ------
        DataError
            If a column is missing or unknown, a row lacks what its action needs or has an action,
            kind, level or echelon that does not exist, a code occurs twice, or two rules in use
            contradict each other; names the rules. Also as `RetirementRules.from_frame`.
        ParameterError
            If no rule has the reading, or none of the first stage holds on the day.
        """
        rules = read_rules(table)
        readings = sorted({rule.reading for rule in rules} - {""})
        if readings and reading not in readings:
            raise ParameterError(f"reading: {reading!r} is none of {some(readings)}.")
        holding = [rule for rule in rules if rule.used and rule.holds(day)]
        if not any(rule.action == "bubar" for rule in holding):
            first = min((r.start for r in rules if r.action == "bubar"), default=None)
            raise ParameterError(
                f"day: no rule that dissolves units holds on {day}; the first begins on {first}. "
                "Choose a later day, or add a rule."
            )
        return cls(
            tuple(rule for rule in holding if rule.reading in ("", reading)),
            day,
            reading,
            RetirementRules.from_frame(ages, day),
            tuple(rule for rule in holding if rule.reading not in ("", reading)),
            tuple(rule for rule in rules if rule.used and not rule.holds(day)),
        )

    def of(self, *actions: str) -> tuple[Rule, ...]:
        """Return the rules of some actions, in the order of the table."""
        return tuple(rule for rule in self.rules if rule.action in actions)

    def number(self, action: str) -> float | None:
        """Return the number of the one rule of an action, or None if there is none."""
        return next((rule.number for rule in self.of(action)), None)

    def without(self, codes: Iterable[str]) -> "Rules":
        """Return the rules with some switched off.

        Raises
        ------
        ParameterError
            If one is not among them.
        """
        off = set(codes)
        unknown = sorted(off - {rule.code for rule in self.rules})
        if unknown:
            raise ParameterError(f"rules: {some(unknown)} is no rule that holds on {self.day}.")
        return replace(self, rules=tuple(rule for rule in self.rules if rule.code not in off))

    def to_frame(self) -> pd.DataFrame:
        """Return one row a rule, for print: code, stage, action, and what it rests on."""
        return pd.DataFrame(
            {
                "rule": [r.code for r in self.rules],
                "stage": [r.stage for r in self.rules],
                "action": [r.action for r in self.rules],
                "basis": [r.basis for r in self.rules],
                "article": [r.article for r in self.rules],
                "start": [r.start for r in self.rules],
                "end": [r.end for r in self.rules],
                "verification": [r.verification for r in self.rules],
                "source": [r.source for r in self.rules],
                "note": [r.note for r in self.rules],
            }
        )

    def __repr__(self) -> str:
        return f"{len(self.rules)} rules on {self.day}, reading {self.reading!r}"
