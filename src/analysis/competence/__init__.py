"""Who can do what, and who should do it together?

- How many hours of development has each person, and who has what the law asks? `hours`.
- How professional is the service by the index of BKN? `ip_asn`: a distribution, never a name.
- Who was moved into a post without what it requires, and what lacks? `gap`.
- Which programme brings everyone to it, or most people for a budget? `programme`.
- Which competences do records show? `evidence`.
- Which year are these of? `years`.
- Which teams meet the needs of tasks across units? `squads`.
"""
