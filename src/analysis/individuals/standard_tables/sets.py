"""The sets of tables that can be made from records, by name."""

from collections.abc import Callable
from types import MappingProxyType

from analysis.individuals.aggregation import Records
from analysis.individuals.standard_tables.ip_asn import index_set
from analysis.individuals.standard_tables.national import national_set
from analysis.individuals.standard_tables.protected_set import ProtectedSet
from analysis.individuals.standard_tables.reform import reform_set
from analysis.individuals.standard_tables.squads import squad_set
from analysis.individuals.standard_tables.training import training_set

SETS: MappingProxyType[str, Callable[[Records], ProtectedSet]] = MappingProxyType(
    {
        "nasional": national_set,
        "skuad": squad_set,
        "reform": reform_set,
        "pelatihan": training_set,
        "ip_asn": index_set,
    }
)
