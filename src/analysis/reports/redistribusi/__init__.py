"""Report 07: who could move where, what it costs, and what hiring would take instead."""

from analysis.reports.redistribusi.batas import (
    frontier_picture,
    frontier_table,
    mix_table,
    read_frontier,
)
from analysis.reports.redistribusi.buku_kerja import plan_workbook
from analysis.reports.redistribusi.kebutuhan import (
    gap_map,
    need_table,
    read_balance,
    read_need,
    read_workload,
)
from analysis.reports.redistribusi.ketahanan import (
    read_stability,
    stability,
    stability_table,
    stable_moves_table,
)
from analysis.reports.redistribusi.metode import methods
from analysis.reports.redistribusi.rencana import (
    dumbbell,
    flow_map,
    limit_table,
    lorenz,
    moves_frame,
    moves_table,
    read_plan,
    sankey,
    unit_table,
)
from analysis.reports.redistribusi.skenario import (
    Redistribusi,
    Scenario,
    key_figures,
    model_label,
    plan_provinces,
    scenario,
)

__all__ = [
    "Redistribusi",
    "Scenario",
    "dumbbell",
    "flow_map",
    "frontier_picture",
    "frontier_table",
    "gap_map",
    "key_figures",
    "limit_table",
    "lorenz",
    "methods",
    "mix_table",
    "model_label",
    "moves_frame",
    "moves_table",
    "need_table",
    "plan_provinces",
    "plan_workbook",
    "read_balance",
    "read_frontier",
    "read_need",
    "read_plan",
    "read_stability",
    "read_workload",
    "sankey",
    "scenario",
    "stability",
    "stability_table",
    "stable_moves_table",
    "unit_table",
]
