"""Individual records: from an extract to tables that hold no NIP.

- Which tables and columns are there? `schema`.
"""
