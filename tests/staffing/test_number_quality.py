"""Number times quality, and what each adds to the inequality of their product."""

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import inequality
from analysis.datasets import read_table
from analysis.errors import DomainError, ParameterError
from analysis.staffing import FIELDS, number_and_quality, number_quality_effects

INDICES = ("theil_t", "theil_l")
RULES = ("logarithmic", "interaction", "shapley")
WAYS = list(product(INDICES, RULES))

# Recipients, staff and qualified of each unit; everyone has somebody, somebody is qualified.
counts = st.lists(
    st.tuples(st.integers(1, 10**6), st.integers(1, 10**5), st.floats(0, 1)).map(
        lambda unit: (unit[0], unit[1], 1 + math.floor(unit[2] * (unit[1] - 1)))
    ),
    min_size=1,
    max_size=38,
).map(lambda units: pd.DataFrame(units, columns=["p", "n", "q"]))


def effects(state, **options):
    return number_quality_effects(state["n"], state["q"], state["p"], as_given=True, **options)


def parts(state, **options):
    found = effects(state, **options)
    return np.array([found.number, found.quality, found.interaction])


def by_hand(state, index, rule):
    """The same parts, from the definitions: sums over units of one logarithm each."""
    units = [tuple(map(float, unit)) for unit in state[["p", "n", "q"]].itertuples(index=False)]
    p_all, n_all, q_all = (math.fsum(column) for column in zip(*units, strict=True))

    def log(value: float) -> float:
        return math.log(value) if value else 0.0

    if index == "theil_t":
        number = math.fsum(q / q_all * log((n / p) / (n_all / p_all)) for p, n, q in units)
        quality = math.fsum(q / q_all * log((q / n) / (q_all / n_all)) for p, n, q in units)
        own = math.fsum(n / n_all * log((n / p) / (n_all / p_all)) for p, n, q in units), quality
    else:
        number = math.fsum(p / p_all * log((n_all / p_all) / (n / p)) for p, n, q in units)
        quality = math.fsum(p / p_all * log((q_all / n_all) / (q / n)) for p, n, q in units)
        own = number, math.fsum(n / n_all * log((q_all / n_all) / (q / n)) for p, n, q in units)
    if rule == "logarithmic":
        return number, quality, 0.0
    if rule == "interaction":
        return (*own, number + quality - sum(own))
    one, other, both = (
        of_individuals([x for _, x in pairs], [p for p, _ in pairs], index)
        for pairs in (
            [(p, n / p) for p, n, q in units],
            [(p, q / n) for p, n, q in units],
            [(p, q / p) for p, n, q in units],
        )
    )
    return (one + both - other) / 2, (other + both - one) / 2, 0.0


def of_individuals(values: Sequence[float], people: Sequence[float], index: str) -> float:
    mean = math.fsum(w * x for x, w in zip(values, people, strict=True)) / math.fsum(people)
    relative = [(x / mean, w / math.fsum(people)) for x, w in zip(values, people, strict=True)]
    if index == "theil_t":
        return math.fsum(w * x * math.log(x) for x, w in relative)
    return -math.fsum(w * math.log(x) for x, w in relative)


@pytest.mark.parametrize(("index", "rule"), WAYS)
class TestEffects:
    @settings(max_examples=60, derandomize=True)
    @given(state=counts)
    def test_add_up_to_the_index_of_the_product(self, index, rule, state):
        measure = getattr(inequality, index)
        expected = measure(state["q"] / state["p"], state["p"])
        assert effects(state, index=index, rule=rule).total == pytest.approx(expected, abs=1e-12)

    @settings(max_examples=60, derandomize=True)
    @given(state=counts)
    def test_are_those_of_the_definition(self, index, rule, state):
        expected = by_hand(state, index, rule)
        assert parts(state, index=index, rule=rule) == pytest.approx(expected, abs=1e-11)

    @settings(max_examples=30, derandomize=True)
    @given(state=counts, times=st.integers(2, 9), seed=st.integers(0, 99))
    def test_do_not_depend_on_size_order_or_how_units_are_cut(
        self, index, rule, state, times, seed
    ):
        found = parts(state, index=index, rule=rule)
        larger = state.assign(p=times * state["p"])
        mixed = state.sample(frac=1, random_state=seed)
        cut = pd.concat([2 * state, 3 * state], ignore_index=True)
        for other in (larger, mixed, cut):
            assert parts(other, index=index, rule=rule) == pytest.approx(found, abs=1e-11)

    @settings(max_examples=30, derandomize=True)
    @given(state=counts)
    def test_of_an_even_factor_are_nothing(self, index, rule, state):
        same_number = state.assign(p=7 * state["n"])
        number, quality, interaction = parts(same_number, index=index, rule=rule)
        assert (number, interaction) == pytest.approx((0, 0), abs=1e-12)
        same_quality = state.assign(q=state["n"], n=3 * state["n"])
        number, quality, interaction = parts(same_quality, index=index, rule=rule)
        assert (quality, interaction) == pytest.approx((0, 0), abs=1e-12)


@settings(max_examples=60, derandomize=True)
@given(counts)
def test_the_interaction_is_a_covariance_of_quality_with_the_logarithm_of_number(state):
    found = number_and_quality(state["n"], state["q"], state["p"], as_given=True)
    number, quality = found["relative_number"], found["relative_quality"]
    weights = state["n"] / state["n"].sum()
    assert effects(state, rule="interaction").interaction == pytest.approx(
        float(np.cov(quality, np.log(number), aweights=weights, ddof=0)[0, 1])
        if len(state) > 1
        else 0.0,
        abs=1e-9,
    )


@settings(max_examples=60, derandomize=True)
@given(counts)
def test_the_first_effect_of_each_index_is_an_index_of_its_own(state):
    theil_t = inequality.theil_t(state["q"] / state["n"], state["n"])
    assert effects(state).quality == pytest.approx(theil_t, abs=1e-12)
    theil_l = inequality.theil_l(state["n"] / state["p"], state["p"])
    assert effects(state, index="theil_l").number == pytest.approx(theil_l, abs=1e-12)


def test_a_worked_example():
    # Equal recipients; b has twice the staff of a, and half of its share of qualified.
    state = pd.DataFrame({"p": [100, 100], "n": [10, 20], "q": [8, 8]}, index=["a", "b"])
    found = effects(state)
    assert found.total == pytest.approx(0, abs=1e-15)
    # Qualified staff are shared equally: a mean of ln(10/15) and ln(20/15).
    assert found.number == pytest.approx(0.5 * math.log(200 / 225))
    assert found.quality == pytest.approx(-found.number)
    together = effects(state, rule="interaction")
    assert together.number > 0
    assert together.quality > 0
    assert together.interaction == pytest.approx(-(together.number + together.quality))
    assert together.to_frame()["component"].tolist() == [
        "number",
        "quality",
        "interaction",
        "total",
    ]


def test_units_without_staff_or_without_qualified_have_a_theil_t():
    state = pd.DataFrame({"p": [50, 100, 50], "n": [0, 10, 10], "q": [0, 0, 5]})
    expected = inequality.theil_t(state["q"] / state["p"], state["p"])
    for rule in ("logarithmic", "interaction"):
        assert effects(state, rule=rule).total == pytest.approx(expected, abs=1e-12)
    with pytest.raises(DomainError, match=r"needs staff in every unit; there are none in 0\."):
        effects(state, rule="shapley")
    with pytest.raises(
        DomainError, match=r"qualified staff in every unit; there are none in 0, 1\."
    ):
        effects(state, index="theil_l")


class TestUnits:
    @settings(max_examples=60, derandomize=True)
    @given(state=counts, per=st.sampled_from([1, 100, 1000.0]))
    def test_the_product_is_number_times_quality(self, state, per):
        found = number_and_quality(state["n"], state["q"], state["p"], per=per, as_given=True)
        for product_, one, other in (
            ("product", "number", "quality"),
            ("relative_product", "relative_number", "relative_quality"),
        ):
            expected = (found[one] * found[other]).to_numpy()
            assert found[product_].to_numpy() == pytest.approx(expected, rel=1e-12)
        assert found["product"].to_numpy() == pytest.approx(per * state["q"] / state["p"])
        mean = np.average(found["relative_number"], weights=state["p"])
        assert mean == pytest.approx(1, rel=1e-12)

    @settings(max_examples=30, derandomize=True)
    @given(counts)
    def test_every_unit_is_in_the_field_of_its_own(self, state):
        found = number_and_quality(state["n"], state["q"], state["p"], as_given=True)
        p, n, q = (int(state[name].sum()) for name in ("p", "n", "q"))
        for unit, field in zip(state.itertuples(), found["field"], strict=True):
            many = unit.n * p >= n * unit.p  # whole numbers of Python: nothing is rounded
            high = unit.q * n >= q * unit.n
            assert field == f"{'many' if many else 'few'}_{'high' if high else 'low'}"
            assert field in FIELDS

    def test_labels_decide_not_order(self):
        staff = {"Aceh": 10, "Bali": 30}
        found = number_and_quality(staff, {"Bali": 15, "Aceh": 9}, {"Bali": 100, "Aceh": 200})
        assert found["quality"].to_dict() == {"Aceh": 0.9, "Bali": 0.5}
        assert found["number"].to_dict() == {"Aceh": 0.05, "Bali": 0.3}

    def test_without_staff_there_is_no_quality(self):
        found = number_and_quality({"a": 0, "b": 3}, {"a": 0, "b": 2}, {"a": 5, "b": 5})
        assert found.loc["a", ["number", "product"]].tolist() == [0, 0]
        assert found.loc["a", ["quality", "relative_quality", "field"]].isna().all()


STAFF, QUALIFIED, PUPILS = {"a": 10, "b": 20}, {"a": 9, "b": 15}, {"a": 100, "b": 200}

# fmt: off
REFUSED = [
    # what is wrong, what changes, what the message says
    ("more qualified than staff", {"qualified": {"a": 11, "b": 15}},
     "Qualified must be no more than the staff of the unit; it is not for a: 11"),
    ("a fraction", {"qualified": {"a": 9.5, "b": 15}}, "Qualified must be a whole number >= 0"),
    ("less than nobody", {"staff": {"a": -1, "b": 20}}, "Staff must be a whole number >= 0"),
    ("nobody to serve", {"recipients": {"a": 0, "b": 200}}, "Recipients must be above zero"),
    ("another unit", {"qualified": {"a": 9, "c": 15}}, "Recipients"),
    ("a unit missing", {"recipients": {"a": 100}}, "Recipients"),
    ("no labels", {"qualified": [9, 15]}, "Qualified: expected a series indexed by unit"),
    ("nobody qualified", {"qualified": {"a": 0, "b": 0}}, "Nobody is qualified in any unit"),
    ("a missing count", {"qualified": {"a": math.nan, "b": 15}}, "Qualified"),
]
# fmt: on


@pytest.mark.parametrize("function", [number_and_quality, number_quality_effects])
@pytest.mark.parametrize(
    ("changes", "says"), [pytest.param(*rest, id=name) for name, *rest in REFUSED]
)
def test_bad_counts_are_refused(function, changes, says):
    given_ = {"staff": STAFF, "qualified": QUALIFIED, "recipients": PUPILS} | changes
    with pytest.raises(DomainError, match=says):
        function(**given_)


def test_a_total_among_its_parts_is_refused():
    staff, qualified = STAFF | {"Indonesia": 30}, QUALIFIED | {"Indonesia": 24}
    with pytest.raises(DomainError, match="Indonesia looks like the total of the other rows"):
        number_and_quality(staff, qualified, PUPILS | {"Indonesia": 300})
    assert len(number_and_quality(staff, qualified, PUPILS | {"Indonesia": 300}, as_given=True))


def test_unknown_ways_are_refused():
    with pytest.raises(ParameterError, match="index: 'gini' is none of theil_t, theil_l"):
        number_quality_effects(STAFF, QUALIFIED, PUPILS, index="gini")
    with pytest.raises(ParameterError, match="rule: 'both' is none of logarithmic, interaction"):
        number_quality_effects(STAFF, QUALIFIED, PUPILS, rule="both")


@pytest.mark.parametrize("recipients", ["siswa", "rombel"])
@pytest.mark.parametrize(("index", "rule"), WAYS)
def test_primary_school_teachers_add_up_to_the_last_digits(recipients, index, rule):
    table = read_table("guru_sd_provinsi_2023").dropna().set_index("nama").astype({"guru": float})
    state = pd.DataFrame({"p": table[recipients], "n": table["guru"], "q": table["guru_s1"]})
    state = state.astype(float)
    found = effects(state, index=index, rule=rule)
    expected = getattr(inequality, index)(state["q"] / state["p"], state["p"])
    assert abs(found.total - expected) < 1e-12
    assert parts(state, index=index, rule=rule) == pytest.approx(
        by_hand(state, index, rule), abs=1e-13
    )
