"""What holds of every organisation and every set of rules."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_organisations import some_organisation, some_rules

from analysis.restructuring import (
    Organisation,
    equalise,
    restructure,
    simplify_posts,
    simplify_units,
    undo,
)

MISSING = {"nan", "None", "<NA>", "NaT"}
STAGES = (simplify_units, simplify_posts, equalise)
seeds, sizes = st.integers(0, 2**32 - 1), st.integers(1, 25)
few = settings(max_examples=12, deadline=None)
many = settings(max_examples=1200, deadline=None)


def same(one: Organisation, other: Organisation) -> None:
    for name in ("units", "posts", "people"):
        assert _texts(getattr(one, name)) == _texts(getattr(other, name))
    for name in ("parent", "post_unit", "person_post"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def _texts(frame: pd.DataFrame) -> dict[str, list[str]]:
    """Return the values as texts: a state may know more categories than it uses."""
    columns = {"index": frame.index.tolist(), **{name: frame[name].tolist() for name in frame}}
    return {n: ["" if str(v) in MISSING else str(v) for v in c] for n, c in columns.items()}


def holds_of_every_reform(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    organisation, rules = some_organisation(rng, size), some_rules(rng)
    found = restructure(organisation, rules)
    state = organisation
    for step in found.steps:
        after = step.after
        # nobody is lost or doubled, and none changes agency or province
        assert after.people.index.equals(state.people.index)
        for by in ("agency", "province"):
            before, now = state.headcount(by), after.headcount(by)
            assert now.reindex(before.index, fill_value=0).equals(before)
        # the state is an organisation by every check, and says so of itself
        same(Organisation.from_frames(*after.to_frames()), after)
        # what is recorded gives the state before back
        same(undo(after, step.units(), step.posts(), step.people()), state)
        state = after
    for stage, step in zip(STAGES, found.steps, strict=True):
        same(stage(step.after, rules).after, step.after)
    same(restructure(found.after, rules).after, found.after)
    accounts_for_all(found)


def accounts_for_all(found) -> None:
    ledger, crosswalk, posts = found.ledger(), found.crosswalk(), found.posts()
    assert len(ledger) == 3 * len(found.before.people)
    assert not ledger.duplicated(["stage", "person"]).any()
    # no rule fires on an exempt unit, and what dissolved names its rule
    exempt = found.before.units.get("exempt").fillna(value=False).to_numpy(dtype=bool)
    assert (crosswalk["status"][exempt] == "exempt").all()
    gone = crosswalk["status"] == "dissolved"
    assert crosswalk.loc[gone, "rule"].str.startswith("bubar").all()
    assert (crosswalk.loc[~gone, "new_unit"] == crosswalk.loc[~gone, "unit"]).all()
    # every post that is no more names its successor, or the reason it has none
    there = posts["new_post"].notna()
    assert posts.loc[~there, "status"].isin(["ended", "closed"]).all()
    assert posts.loc[there, "new_post"].isin(found.after.posts.index).all()
    assert posts.loc[posts["status"] != "kept", "rule"].notna().all()
    # whoever is not placed is in a closed post, and nobody else is
    unplaced = found.after.posts["closed"].to_numpy()[found.after.person_post]
    assert unplaced.sum() == (found.details.get("outcome", pd.Series()) == "unplaced").sum()


@few
@given(seeds, sizes)
def test_every_reform_keeps_the_invariants(seed, size):
    holds_of_every_reform(seed, size)


@pytest.mark.exhaustive
@many
@given(seeds, sizes)
def test_thousands_of_reforms_keep_the_invariants(seed, size):
    holds_of_every_reform(seed, size)
