"""What the rules allow for a count of posts without units: bounds, beside what was counted.

Which units are exempt cannot be told from a count. So the rules say only from where to where the
posts that go may lie: none, if every unit is exempt or late, and all, if none is.
"""

import pandas as pd

from analysis.restructuring.rules import Rules

VERDICTS = ("within", "beyond", "grew")
"""A fall within the bounds; a fall that the rules do not explain; no fall but a rise."""


def affected_levels(rules: Rules, agency_kind: str) -> frozenset[int]:
    """Return the levels of echelon (1 to 5) whose units some rule dissolves.

    Parameters
    ----------
    rules : Rules
        Those of the day.
    agency_kind : str
        "pusat", "provinsi" or "kabkota".
    """
    levels = [
        rule.eselon // 10
        for rule in rules.of("bubar")
        if not rule.agency_kinds or agency_kind in rule.agency_kinds
    ]
    return frozenset(range(1, 6)) if 0 in levels else frozenset(levels)


def with_bounds(counts: pd.DataFrame, levels: "pd.Series[bool]") -> pd.DataFrame:
    """Return counts before and after with what the rules allow.

    Parameters
    ----------
    counts : DataFrame
        `before` and `after`, whole numbers, one row for each kind of post.
    levels : Series of bool
        Whether the rules dissolve units of that kind; for a kind that mixes levels, whether they
        do of one of them.

    Returns
    -------
    DataFrame
        The counts with `most` (posts that may go: all, or none), `gone` (before less after),
        `left` (what stays must be exempt or late; missing where the rules touch no such post),
        `verdict` (see `VERDICTS`).
    """
    gone = counts["before"] - counts["after"]
    most = counts["before"].where(levels, 0)
    verdict = pd.Series("within", index=counts.index, dtype="str")
    verdict[gone > most] = "beyond"
    verdict[gone < 0] = "grew"
    return counts.assign(
        most=most, gone=gone, left=counts["after"].astype("Int64").where(levels), verdict=verdict
    )
