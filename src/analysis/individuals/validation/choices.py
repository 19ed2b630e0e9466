"""What is done with rows that break a rule: the researcher's choice, rule by rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from analysis.errors import DataError, ParameterError
from analysis.individuals.validation.findings import Validation
from analysis.individuals.validation.rules import RULES
from analysis.messages import counted

Choice = Literal["stop", "set aside", "accept"]


@dataclass(frozen=True)
class Choices:
    """What is done, by patterns of rules such as `people.nip_*`; a later one goes before.

    Without a choice a fault stops and a note is accepted; a pattern with a star means faults.

    Attributes
    ----------
    made : sequence of (pattern, choice)

    Raises
    ------
    ParameterError
        If a pattern fits no rule.
    """

    made: Sequence[tuple[str, Choice]] = ()

    def __post_init__(self) -> None:
        for pattern, _ in self.made:
            if not any(fnmatchcase(key, pattern) for key in RULES):
                raise ParameterError(
                    f"no rule is named {pattern!r}. Rules are named as the report names them, such "
                    "as people.nip_form; people.* means all of a table."
                )

    def of(self, key: str) -> Choice:
        """Return what is done with rows that break a rule."""
        note = RULES[key].note
        for pattern, choice in reversed(self.made):
            if pattern == key or (not note and fnmatchcase(key, pattern)):
                return choice
        return "accept" if note else "stop"

    def set_aside(self, validation: Validation) -> list[str]:
        """Return the broken rules whose rows are set aside.

        Raises
        ------
        DataError
            If a broken rule stops.
        """
        broken = {f.rule.key: f.rows for table in validation for f in table.broken}
        stopping = {key: rows for key, rows in broken.items() if self.of(key) == "stop"}
        if stopping:
            lines = "\n".join(
                f"  {key}: {counted(rows or 0, 'row')}" for key, rows in stopping.items()
            )
            raise DataError(
                f"Rows break rules for which nothing was chosen, so that nothing was written:\n"
                f"{lines}\nCorrect them at their source; or choose for each, --set-aside RULE (its "
                "rows are kept apart, with the reason) or --accept RULE (they are used as they "
                "are, and the report says so)."
            )
        return [key for key in broken if self.of(key) == "set aside"]
