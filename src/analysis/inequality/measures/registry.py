"""Measures of inequality, weighted: all of them, and the registry that reports draw on.

Throughout, `x_i` is the value of unit i (a ratio per head), `w_i` its weight (people),
`p_i = w_i / sum(w)`, `mu = sum(p_i x_i)` and `r_i = x_i / mu`. Weights count people: a unit of
weight 2 is two units of weight 1. Without weights every unit counts once. No result depends on the
order of the units, to the last bit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import numpy.typing as npt

from analysis.inequality.measures.dispersion import (
    coefficient_of_variation,
    herfindahl,
    hoover,
    variance_of_logs,
)
from analysis.inequality.measures.entropy import atkinson, generalized_entropy, theil_l, theil_t
from analysis.inequality.measures.rank_measures import (
    _gini_sorted,
    absolute_gini,
    extended_gini,
    gini,
)
from analysis.inequality.measures.ratios import (
    max_min_ratio,
    palma,
    quantile,
    quantile_ratio,
    quintile_share_ratio,
)

__all__ = [
    "MEASURES",
    "Measure",
    "_gini_sorted",
    "absolute_gini",
    "atkinson",
    "coefficient_of_variation",
    "extended_gini",
    "generalized_entropy",
    "gini",
    "herfindahl",
    "hoover",
    "max_min_ratio",
    "palma",
    "quantile",
    "quantile_ratio",
    "quintile_share_ratio",
    "theil_l",
    "theil_t",
    "variance_of_logs",
]


@dataclass(frozen=True)
class Measure:
    """A measure as tables, notebook parameters and reports name it.

    Parameters
    ----------
    name : str
        Key in `MEASURES`.
    function : callable
        ``function(x, weights) -> float``.
    symbol : str
        What formulas call it.
    label : mapping of str to str
        Name in Indonesian ("id") and English ("en").
    range : str
        Values it can take.
    domain : str
        Values of x it is defined for.
    formula : str
        In plain text, with p, r and μ as at the top of this module.
    reference : str
        Author, year, title.
    """

    name: str
    function: Callable[[npt.ArrayLike, npt.ArrayLike | None], float]
    symbol: str
    label: Mapping[str, str]
    range: str
    domain: str
    formula: str
    reference: str


_SHAREABLE = "x ≥ 0, Σx > 0"
_POSITIVE = "x > 0"

_ALL = (
    Measure(
        name="gini",
        function=gini,
        symbol="G",
        label={"id": "Gini", "en": "Gini"},
        range="0–1",
        domain=_SHAREABLE,
        formula="G = Σᵢ Σⱼ pᵢ pⱼ |xᵢ − xⱼ| / (2μ)",
        reference="Gini (1912), Variabilità e mutabilità",
    ),
    Measure(
        name="absolute_gini",
        function=absolute_gini,
        symbol="A",
        label={"id": "Gini mutlak", "en": "Absolute Gini"},
        range="≥ 0",
        domain="x ∈ ℝ",
        formula="A = μG = Σᵢ Σⱼ pᵢ pⱼ |xᵢ − xⱼ| / 2",
        reference="Kolm (1976), Journal of Economic Theory 12, 416–442",
    ),
    Measure(
        name="extended_gini_3",
        function=partial(extended_gini, nu=3.0),
        symbol="G(3)",
        label={"id": "Gini diperluas (ν = 3)", "en": "Extended Gini (ν = 3)"},
        range="0–1",
        domain=_SHAREABLE,
        formula="G(ν) = 1 − ν(ν − 1) ∫₀¹ (1 − p)^(ν−2) L(p) dp, ν = 3",
        reference="Donaldson & Weymark (1980), Journal of Economic Theory 22, 67–86",
    ),
    Measure(
        name="hoover",
        function=hoover,
        symbol="H",
        label={"id": "Hoover", "en": "Hoover"},
        range="0–1",
        domain=_SHAREABLE,
        formula="H = ½ Σᵢ pᵢ |rᵢ − 1|, rᵢ = xᵢ/μ",
        reference="Hoover (1936), Review of Economic Statistics 18, 162–171",
    ),
    Measure(
        name="theil_t",
        function=theil_t,
        symbol="T",
        label={"id": "Theil T", "en": "Theil T"},
        range="≥ 0",
        domain=_SHAREABLE,
        formula="T = Σᵢ pᵢ rᵢ ln rᵢ",
        reference="Theil (1967), Economics and Information Theory",
    ),
    Measure(
        name="theil_l",
        function=theil_l,
        symbol="L",
        label={"id": "Theil L (simpangan log rata-rata)", "en": "Theil L (mean log deviation)"},
        range="≥ 0",
        domain=_POSITIVE,
        formula="L = −Σᵢ pᵢ ln rᵢ",
        reference="Theil (1967), Economics and Information Theory",
    ),
    Measure(
        name="generalized_entropy_2",
        function=partial(generalized_entropy, alpha=2.0),
        symbol="GE(2)",
        label={"id": "Entropi umum GE(2)", "en": "Generalised entropy GE(2)"},
        range="≥ 0",
        domain=_SHAREABLE,
        formula="GE(α) = Σᵢ pᵢ (rᵢ^α − 1) / (α(α − 1)), α = 2",
        reference="Shorrocks (1980), Econometrica 48, 613–625",
    ),
    Measure(
        name="atkinson_0_5",
        function=partial(atkinson, epsilon=0.5),
        symbol="A(0.5)",
        label={"id": "Atkinson (ε = 0,5)", "en": "Atkinson (ε = 0.5)"},
        range="0–1",
        domain=_SHAREABLE,
        formula="A(ε) = 1 − (Σᵢ pᵢ rᵢ^(1−ε))^(1/(1−ε)), ε = ½",
        reference="Atkinson (1970), Journal of Economic Theory 2, 244–263",
    ),
    Measure(
        name="atkinson_1",
        function=partial(atkinson, epsilon=1.0),
        symbol="A(1)",
        label={"id": "Atkinson (ε = 1)", "en": "Atkinson (ε = 1)"},
        range="0–1",
        domain=_POSITIVE,
        formula="A(1) = 1 − exp(Σᵢ pᵢ ln rᵢ)",
        reference="Atkinson (1970), Journal of Economic Theory 2, 244–263",
    ),
    Measure(
        name="coefficient_of_variation",
        function=coefficient_of_variation,
        symbol="CV",
        label={
            "id": "Koefisien variasi (Williamson)",
            "en": "Coefficient of variation (Williamson)",
        },
        range="≥ 0",
        domain=_SHAREABLE,
        formula="CV = √(Σᵢ pᵢ (rᵢ − 1)²)",
        reference="Williamson (1965), Economic Development and Cultural Change 13(4)",
    ),
    Measure(
        name="variance_of_logs",
        function=variance_of_logs,
        symbol="V",
        label={"id": "Varians logaritma", "en": "Variance of logarithms"},
        range="≥ 0",
        domain=_POSITIVE,
        formula="V = Σᵢ pᵢ (ln xᵢ − Σⱼ pⱼ ln xⱼ)²",
        reference="Cowell (2011), Measuring Inequality, 3rd edition",
    ),
    Measure(
        name="herfindahl",
        function=herfindahl,
        symbol="HHI",
        label={"id": "Herfindahl–Hirschman", "en": "Herfindahl–Hirschman"},
        range="0–1",
        domain=_SHAREABLE,
        formula="HHI = Σᵢ wᵢ (xᵢ / Σⱼ wⱼ xⱼ)²",
        reference="Hirschman (1964), American Economic Review 54, 761–762",
    ),
    Measure(
        name="palma",
        function=palma,
        symbol="P",
        label={"id": "Rasio Palma", "en": "Palma ratio"},
        range="≥ 0.25",
        domain="x ≥ 0, L(0.4) > 0",
        formula="P = (1 − L(0.9)) / L(0.4)",
        reference="Palma (2011), Development and Change 42, 87–153",
    ),
    Measure(
        name="quintile_share_ratio",
        function=quintile_share_ratio,
        symbol="S80/S20",
        label={"id": "Rasio kuintil S80/S20", "en": "Quintile share ratio S80/S20"},
        range="≥ 0",
        domain="x ≥ 0, Q₂₀ > 0",
        formula="S80/S20 = Σ{wᵢxᵢ : xᵢ > Q₈₀} / Σ{wᵢxᵢ : xᵢ ≤ Q₂₀}",
        reference="Eurostat (2004), EU-SILC 131-rev/04",
    ),
    Measure(
        name="quantile_ratio",
        function=quantile_ratio,
        symbol="P90/P10",
        label={"id": "Rasio 90/10", "en": "90/10 ratio"},
        range="≥ 1",
        domain="x ≥ 0, Q₁₀ > 0",
        formula="Q₉₀ / Q₁₀, Q_q = min{x : F(x) ≥ q %}",
        reference="Hyndman & Fan (1996), The American Statistician 50, 361–365, def. 1",
    ),
    Measure(
        name="max_min_ratio",
        function=max_min_ratio,
        symbol="max/min",
        label={"id": "Rasio maks/min", "en": "Max/min ratio"},
        range="≥ 1",
        domain=_POSITIVE,
        formula="max xᵢ / min xᵢ",
        reference="Shankar & Shah (2003), World Development 31, 1421–1441",
    ),
)

MEASURES: Mapping[str, Measure] = MappingProxyType({measure.name: measure for measure in _ALL})
