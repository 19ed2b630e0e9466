"""A synthetic population: what can be tried, taught and tested without real people?

| question | module |
|---|---|
| what is published of the ASN of the country? | `published` |
| what is taken for granted where nothing is? | `assumptions` |
| how many are there of each province, sex, level and class? | `headcounts` |
| of which posts, education and golongan? | `mixes`, `plausibility` |
| in which agencies and units do they work? | `agencies`, `templates`, `forest`, `organisation` |
| who works where, and who heads what? | `placement` |
| what are their posts called, when do they retire? | `occupations`, `careers` |
| what numbers do they have? | `nip` |
| in which tables does it stand? | `records`, `trainings`, `histories`, `columns` |
| which faults of real extracts can be planted? | `faults`, `planting`, `fault_log` |
| how well does validation find them? | `scoring` |
| all of it | `generation.generate` |

`python -m analysis.individuals.population FOLDER 20000` writes one.
"""

from analysis.individuals.population.generation import Request, generate

__all__ = ["Request", "generate"]
