"""The three stages of simplification on a dataset of individual records.

- Which organisation is in the dataset? `organisation_from`; and who is needed where? `need_from`.
- What does it look like today, restructured, redistributed? `python -m
  analysis.individuals.reform FOLDER`: counts only, of a synthetic dataset.
"""

from analysis.individuals.reform.records import need_from, organisation_from, read_records

__all__ = ["need_from", "organisation_from", "read_records"]
