"""Who can do what, and who should do it together?

- How many hours of development has each person, and who has what the law asks? `hours`.
- Which programme brings everyone to it, or most people for a budget? `programme`.
- Which competences do records show? `evidence`.
- Which teams meet the needs of tasks across units? `squads`.
"""
