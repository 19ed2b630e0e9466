"""All rules by their key, such as `people.nip_form`."""

from typing import Final

from analysis.individuals.validation import (
    column_rules,
    nip_rules,
    people_rules,
    record_rules,
    unit_rules,
)
from analysis.individuals.validation.rule import Rule

RULES: Final[dict[str, Rule]] = {
    rule.key: rule
    for rule in (
        *nip_rules.OF_EVERY_TABLE,
        *nip_rules.OF_PEOPLE,
        *people_rules.RULES,
        *unit_rules.RULES,
        *record_rules.RULES,
        *column_rules.RULES,
    )
}
