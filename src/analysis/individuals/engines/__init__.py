"""Where is it worked out? One setting names the engine; what is worked out is the same.

- An engine from its setting, `duckdb`, `postgresql://...`, `spark` or `spark://...`: `open_engine`.
- The tables of a dataset on it: `load_tables`; tables that were read elsewhere: `bring`.
- Where engines differ, all of it: `dialects`.
"""

from analysis.individuals.engines.loading import bring, load_tables
from analysis.individuals.engines.settings import VARIABLE, engine_setting, open_engine

__all__ = ["VARIABLE", "bring", "engine_setting", "load_tables", "open_engine"]
