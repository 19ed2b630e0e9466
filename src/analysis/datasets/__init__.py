"""Raw official tables to tidy, validated frames."""

from analysis.datasets.boundaries import read_boundaries
from analysis.datasets.central_staff import central_staff_at
from analysis.datasets.description import Resource
from analysis.datasets.kabkota import load_kabkota
from analysis.datasets.package import Package, read_package
from analysis.datasets.population import grow, population_at, population_counts
from analysis.datasets.posts import posts_by_group, posts_by_state
from analysis.datasets.processed import PROCESSED_TABLES, Recipe
from analysis.datasets.provinces import load_regions
from analysis.datasets.reading import RawTables, read_table
from analysis.datasets.reform import progress_by_province
from analysis.datasets.regulations import Regulation, regulation_at
from analysis.datasets.schools import schools_in
from analysis.datasets.staff import staff_at
from analysis.datasets.store import read_processed, write_table
from analysis.datasets.teachers import school_year, teachers_at, teachers_beside
from analysis.datasets.teaching_norms import norms_on
from analysis.datasets.territory import territory_at

__all__ = [
    "PROCESSED_TABLES",
    "Package",
    "RawTables",
    "Recipe",
    "Regulation",
    "Resource",
    "central_staff_at",
    "grow",
    "load_kabkota",
    "load_regions",
    "norms_on",
    "population_at",
    "population_counts",
    "posts_by_group",
    "posts_by_state",
    "progress_by_province",
    "read_boundaries",
    "read_package",
    "read_processed",
    "read_table",
    "regulation_at",
    "school_year",
    "schools_in",
    "staff_at",
    "teachers_at",
    "teachers_beside",
    "territory_at",
    "write_table",
]
