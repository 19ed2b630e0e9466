"""The sets of tables that can be made from records, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from analysis.individuals.standard_tables.ip_asn import index_set
from analysis.individuals.standard_tables.national import national_set
from analysis.individuals.standard_tables.protected_set import ProtectedSet
from analysis.individuals.standard_tables.reform import reform_set
from analysis.individuals.standard_tables.squad_inputs import read_squad_inputs
from analysis.individuals.standard_tables.squads import squad_set
from analysis.individuals.standard_tables.training import training_set


@dataclass(frozen=True)
class TableSet:
    """A set of tables.

    Attributes
    ----------
    make : callable
        From records, and from what it takes beside them, if that is given.
    takes : str
        What that is: the name of the option of the command line; empty if it takes records only.
    read : callable, optional
        From the folder that the option names.
    says : str
        Help of the option.
    """

    make: Callable[..., ProtectedSet]
    takes: str = ""
    read: Callable[[Path], object] | None = None
    says: str = ""


SETS: MappingProxyType[str, TableSet] = MappingProxyType(
    {
        "nasional": TableSet(national_set),
        "skuad": TableSet(
            squad_set,
            "squads",
            read_squad_inputs,
            "folder with tasks, rules or assumptions of squads, as in data/contoh/*_skuad.csv",
        ),
        "reform": TableSet(reform_set),
        "pelatihan": TableSet(training_set),
        "ip_asn": TableSet(index_set),
    }
)
