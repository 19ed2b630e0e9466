"""Who can do what, and who should do it together?

- Which teams meet the needs of tasks across units? `squads`.
"""
