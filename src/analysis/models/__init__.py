"""What goes with it? Regressions of counts, ratios and events of units in clusters.

- Staff against what units are like: `count_model` (Poisson, negative binomial) and, of ratios
  above zero, `log_linear_model`.
- Who has none at all: `event_model` (logit), and, without a model, `shares_by_class`.
- Which terms have no finite effect? `parting_terms`.
- Does a count vary more than Poisson's law says? `overdispersion`.
- How well does a model fit? `Fit.units`, `rootogram`.

What goes together need not be cause and effect: none of these models can tell them apart.
"""

from analysis.models.classes import shares_by_class
from analysis.models.fits import Fit
from analysis.models.goodness import Overdispersion, overdispersion, rootogram
from analysis.models.regressions import count_model, event_model, log_linear_model
from analysis.models.separation import parting_terms

__all__ = [
    "Fit",
    "Overdispersion",
    "count_model",
    "event_model",
    "log_linear_model",
    "overdispersion",
    "parting_terms",
    "rootogram",
    "shares_by_class",
]
