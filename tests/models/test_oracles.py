"""The models against R, and against statsmodels' own maximum likelihood."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statsmodels.discrete.discrete_model import Logit, NegativeBinomial

from analysis.inequality import local_autocorrelation, spatial_autocorrelation
from analysis.models import count_model, event_model, log_linear_model, overdispersion

R = json.loads((Path(__file__).parent / "oracles" / "models.json").read_text("utf-8"))
DATA = pd.DataFrame(R["data"])
TERMS = DATA[["boy", "slow", "size"]]
PRESENT = DATA[DATA["days"] > 0]


def count(**options):
    return count_model(DATA["days"], DATA["exposure"], TERMS, DATA["cluster"], **options)


FITS = {
    "poisson": lambda: count(family="poisson"),
    "negative_binomial": count,
    "within": lambda: count(family="poisson", within=True),
    "log_linear": lambda: log_linear_model(
        PRESENT["days"], PRESENT["exposure"], PRESENT[TERMS.columns], PRESENT["cluster"]
    ),
    "logit": lambda: event_model(DATA["days"] == 0, TERMS, DATA["cluster"]),
}


@pytest.mark.parametrize("name", FITS)
def test_estimates_and_fit_are_those_of_r(name):
    fit, said = FITS[name](), R[name]
    expected = pd.Series(said["estimate"])
    np.testing.assert_allclose(fit.coefficients["estimate"], expected[fit.coefficients.index], 1e-6)
    for attribute, key in [
        ("alpha", "alpha"),
        ("deviance_explained", "explained"),
        ("log_likelihood", "log_likelihood"),
        ("pearson", "pearson"),
    ]:
        if key in said:
            assert getattr(fit, attribute) == pytest.approx(said[key], rel=1e-6)


def test_errors_of_least_squares_are_those_of_fitting_without_each_cluster():
    fit = FITS["log_linear"]()
    left_out = pd.Series(R["log_linear"]["leave_out"])[fit.coefficients.index]
    np.testing.assert_allclose(fit.coefficients["se"], left_out, rtol=1e-9)


def test_errors_of_counts_are_near_those_of_fitting_without_each_cluster():
    fit = FITS["poisson"]()
    left_out = pd.Series(R["poisson"]["leave_out"])[fit.coefficients.index]
    np.testing.assert_allclose(fit.coefficients["se"], left_out, rtol=0.08)


def test_counts_and_events_are_those_of_statsmodels_own_likelihood():
    columns = np.column_stack([TERMS, np.ones(len(DATA))])
    peer = NegativeBinomial(DATA["days"], columns, exposure=DATA["exposure"]).fit(
        disp=0, method="newton", start_params=[0.0, 0.0, 0.0, -2.0, 1.0], maxiter=200
    )
    fit = FITS["negative_binomial"]()
    np.testing.assert_allclose(fit.coefficients["estimate"], peer.params[:3], rtol=1e-5)
    assert fit.alpha == pytest.approx(peer.params.iloc[-1], rel=1e-5)
    assert fit.log_likelihood == pytest.approx(peer.llf, rel=1e-8)
    logit = Logit(DATA["days"] == 0, columns).fit(disp=0)
    np.testing.assert_allclose(
        FITS["logit"]().coefficients["estimate"], logit.params[:3], rtol=1e-5
    )


def test_the_poisson_table_of_the_manual_of_r():
    # Dobson (1990), as printed by example(glm): residual deviance 5.1291, null deviance 10.5814.
    counts = [18, 17, 15, 20, 10, 20, 25, 13, 12]
    terms = pd.DataFrame(
        {"two": [0, 1, 0] * 3, "three": [0, 0, 1] * 3}  # treatments have no effect there
    )
    fit = count_model(counts, np.ones(9), terms, [*"AAABBBCCC"], family="poisson")
    assert fit.coefficients["estimate"].round(4).to_dict() == {"two": -0.4543, "three": -0.2930}
    assert fit.deviance_explained == pytest.approx(1 - 5.1291 / 10.5814, abs=1e-5)


def test_overdispersion_is_that_of_statsmodels():
    from statsmodels.discrete.discrete_model import Poisson

    peer = Poisson(
        DATA["days"], np.column_stack([TERMS, np.ones(len(DATA))]), exposure=DATA["exposure"]
    ).fit(disp=0)
    tests = peer.get_diagnostic().test_dispersion().summary_frame().set_index("method")
    assert overdispersion(FITS["poisson"]()).statistic == pytest.approx(
        tests.loc["Dean B", "statistic"], rel=1e-6
    )


class TestPlace:
    SURFACE = R["surface"]
    VALUES = np.array(R["surface"]["values"], dtype=float)

    @classmethod
    def linked(cls):
        row, column = np.divmod(np.arange(cls.VALUES.size), cls.SURFACE["side"])
        return np.abs(row[:, None] - row) + np.abs(column[:, None] - column) == 1

    def test_morans_i_of_each_unit_and_of_all_is_that_of_spdep(self):
        n = self.VALUES.size
        local = local_autocorrelation(self.VALUES, self.linked(), permutations=9, seed=1).units
        # spdep divides by n, and PySAL and we by n - 1, in the variance
        np.testing.assert_allclose(
            local["estimate"] * n / (n - 1), self.SURFACE["local"], atol=1e-12
        )
        found = spatial_autocorrelation(self.VALUES, self.linked(), permutations=9, seed=1)
        assert found.estimate == pytest.approx(self.SURFACE["moran"])

    def test_morans_i_of_residuals_is_near_the_normal_theory_of_spdep(self):
        columns = np.column_stack([np.ones(self.VALUES.size), self.SURFACE["columns"]])
        make = np.eye(self.VALUES.size) - columns @ np.linalg.pinv(columns)
        found = spatial_autocorrelation(
            make @ self.VALUES, self.linked(), residual_of=columns, permutations=4999, seed=1
        )
        assert found.estimate == pytest.approx(self.SURFACE["residual_moran"])
        assert found.expected == pytest.approx(self.SURFACE["residual_expected"], abs=0.01)
        assert found.se == pytest.approx(self.SURFACE["residual_sd"], rel=0.05)
