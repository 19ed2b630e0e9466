"""Individual records: from an extract to tables that hold no NIP.

- Which tables and columns are there? `schema`.
- What is an extract, and which of its columns are which? `reading`.
- Which rows break which rule, and what is done with them? `validation`.
- How does it become a dataset, keyed, whole or not at all? `ingest`, `folders`, `person_keys`.
- How many are there, by what? `aggregation`; which tables of it leave, and how? `standard_tables`.
- Who could they be, where nobody's data may be used? `population`.

`python -m analysis.individuals --help` is the way in from a shell.
"""
