"""How sure?

- Of one number: `confidence_interval`; of a concentration index: `concentration_interval`; of
  points of the Lorenz curve: `lorenz_ordinates`.
- How often that holds: `simulated_coverage`, `simulated_change_coverage`.
- Of a change: `change_interval`, `permutation_test`.
- Of dominance: `dominance_test`.
- What one unit does to the number: `influence`, `gradient`.
"""

from analysis.inequality.inference.concentration_inference import (
    ConcentrationInterval,
    concentration_influence,
    concentration_interval,
)
from analysis.inequality.inference.confidence import change_interval, confidence_interval
from analysis.inequality.inference.coverage import (
    Coverage,
    simulated_change_coverage,
    simulated_coverage,
)
from analysis.inequality.inference.intervals import Interval
from analysis.inequality.inference.linearization import gradient, influence
from analysis.inequality.inference.ordinate_inference import LorenzOrdinates, lorenz_ordinates
from analysis.inequality.inference.permutation import PermutationTest, permutation_test
from analysis.inequality.inference.stochastic_dominance import DominanceTest, dominance_test

__all__ = [
    "ConcentrationInterval",
    "Coverage",
    "DominanceTest",
    "Interval",
    "LorenzOrdinates",
    "PermutationTest",
    "change_interval",
    "concentration_influence",
    "concentration_interval",
    "confidence_interval",
    "dominance_test",
    "gradient",
    "influence",
    "lorenz_ordinates",
    "permutation_test",
    "simulated_change_coverage",
    "simulated_coverage",
]
