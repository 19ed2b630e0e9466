"""Which golongan and education go with which post: the guess that is then raked.

A weight is one inside the usual range and falls by e^-2 with each step away from it, so that a
published margin can always be met; only what cannot be (a golongan of the other status) is zero.
Usual ranges: golongan at first appointment by education (PP 11/2017 and earlier rules of
appointment), the golongan that an echelon or jenjang asks for.
"""

from typing import Final

import numpy as np

from analysis.arrays import FloatArray, IntArray
from analysis.individuals.population.kinds import (
    ALL_GOLONGAN,
    EDUCATION_CODES,
    GOLONGAN,
    GOLONGAN_PPPK,
    POST_LIST,
)

_FALL: Final = 2.0
_LEAST: Final = 1e-7

# Education: first and last usual golongan of PNS, usual golongan of PPPK.
_BY_EDUCATION: Final = {
    "05": ("I/a", "II/a", "I"),
    "10": ("I/c", "II/c", "IV"),
    "12": ("I/c", "II/c", "IV"),
    "15": ("II/a", "III/b", "V"),
    "17": ("II/a", "III/b", "V"),
    "20": ("II/b", "III/b", "VI"),
    "25": ("II/b", "III/c", "VI"),
    "30": ("II/c", "III/d", "VII"),
    "35": ("III/a", "IV/a", "IX"),
    "40": ("III/a", "IV/b", "IX"),
    "42": ("III/b", "IV/c", "X"),
    "45": ("III/b", "IV/d", "X"),
    "47": ("III/c", "IV/d", "XI"),
    "50": ("III/c", "IV/e", "XI"),
}
# Post: first and last usual golongan of PNS, and how usual each education is.
_BY_POST: Final = {
    "11": ("IV/d", "IV/e", {"45": 1.0, "50": 0.6, "40": 0.1}),
    "12": ("IV/d", "IV/e", {"45": 1.0, "50": 0.4, "40": 0.2}),
    "21": ("IV/b", "IV/d", {"45": 1.0, "40": 0.4, "50": 0.15}),
    "22": ("IV/b", "IV/c", {"45": 1.0, "40": 0.5, "50": 0.1}),
    "31": ("IV/a", "IV/b", {"40": 1.0, "45": 0.9, "35": 0.05, "50": 0.02}),
    "32": ("III/d", "IV/a", {"40": 1.0, "45": 0.6, "35": 0.05}),
    "41": ("III/c", "III/d", {"40": 1.0, "45": 0.25, "35": 0.05, "30": 0.1}),
    "42": ("III/b", "III/c", {"40": 1.0, "45": 0.1, "35": 0.05, "30": 0.2}),
    "51": ("III/a", "III/b", {"40": 1.0, "30": 0.4, "15": 0.4}),
    "guru": ("III/a", "IV/c", {"40": 1.0, "45": 0.08, "30": 0.01, "25": 0.02, "42": 0.2}),
    "kesehatan": (
        "II/c",
        "IV/b",
        {"30": 1.0, "35": 0.2, "40": 0.5, "42": 0.5, "45": 0.1, "47": 0.2, "20": 0.01},
    ),
    "teknis": (
        "II/c",
        "IV/b",
        {"40": 1.0, "30": 0.25, "35": 0.1, "45": 0.25, "50": 0.03, "15": 0.1, "17": 0.05},
    ),
    "pelaksana": (
        "I/a",
        "III/d",
        {
            "05": 0.15,
            "10": 0.2,
            "12": 0.05,
            "15": 1.0,
            "17": 0.4,
            "20": 0.02,
            "25": 0.05,
            "30": 0.4,
            "35": 0.05,
            "40": 0.8,
            "45": 0.05,
        },
    ),
}


def plausible() -> FloatArray:
    """Return the weights, shape (posts, educations, golongan)."""
    table = np.zeros((len(POST_LIST), len(EDUCATION_CODES), len(ALL_GOLONGAN)))
    of_pns = np.arange(len(GOLONGAN))
    of_pppk = np.arange(len(GOLONGAN_PPPK))
    for p, (status, post) in enumerate(POST_LIST):
        first, last, educations = _BY_POST[post]
        fits_post = _window(of_pns, GOLONGAN.index(first), GOLONGAN.index(last))
        for e, education in enumerate(EDUCATION_CODES):
            low, high, usual = _BY_EDUCATION[education]
            weight = max(educations.get(education, 0.0), _LEAST)
            if status == "PNS":
                fits = _window(of_pns, GOLONGAN.index(low), GOLONGAN.index(high)) * fits_post
                table[p, e, : len(GOLONGAN)] = np.maximum(weight * fits, _LEAST**2)
            else:
                place = GOLONGAN_PPPK.index(usual)
                fits = _window(of_pppk, place, place)
                table[p, e, len(GOLONGAN) :] = np.maximum(weight * fits, _LEAST**2)
    return table


def _window(steps: IntArray, low: int, high: int) -> FloatArray:
    away = np.maximum(np.maximum(low - steps, steps - high), 0)
    found: FloatArray = np.exp(-_FALL * away)
    return found
