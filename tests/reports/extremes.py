"""Parameters under which every report's words are tried, beside its defaults.

A report whose words are in text files has a row here. Choose what pulls the sentences apart: every
kind of population, another date, the ends of each range, and what leaves nothing to say.
"""

EXTREMES = {
    "distribusi": (
        {},
        {"date": "2014-12-31", "basis": "33", "population": "sensus", "randomness": "count"},
        {"basis": "33", "population": "gabungan", "measures": ["palma", "theil_l"]},
    ),
    "penyederhanaan": (
        {},
        {"start": "2020-11-10", "end": "2022-12-31"},
        {"start": "2000-01-01", "deadline": "2024-12-31"},
    ),
}
