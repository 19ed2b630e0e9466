"""Extracts as they come: CSV, XLSX, Parquet, INSERT dumps, PostgreSQL, whole datasets.

- What stands at a place, under its own headings? `opening`, with a module for each kind.
- Which table is it, and which column is which? `recognising`; mapping files say what it does not.
- What do its cells say? `standardising`: `dates`, `spellings`, `places`.
- Where is it worked on? `engine`.
"""
