"""A table of 414 cells: 23 regions on three levels by 18 posts on three levels, 77 sensitive."""

import numpy as np
import pandas as pd

from analysis.disclosure import Design, Table


def _tree(letter, sizes):
    above = {f"{letter}{group}": "Total" for group in range(len(sizes))}
    leaves = [
        (f"{letter}{group}{chr(97 + i)}", f"{letter}{group}")
        for group, size in enumerate(sizes)
        for i in range(size)
    ]
    return above | dict(leaves), [leaf for leaf, _ in leaves]


def hierarchical_table(seed):
    """Return the table, with hours, a column of which cells are sensitive, and its design."""
    rng = np.random.default_rng(seed)
    regions, rows = _tree("R", [5, 5, 4, 4])
    posts, columns = _tree("P", [5, 5, 4])
    hours = np.rint(rng.lognormal(4, 1.5, (len(rows), len(columns)))).astype(int) + 1
    leaves = pd.DataFrame(hours, rows, columns)
    full = _with_totals(_with_totals(leaves, regions).T, posts).T
    long = full.rename_axis("region").rename_axis("post", axis=1).stack().rename("hours")
    frame = long.reset_index()
    leaf = frame.index[frame["region"].isin(rows) & frame["post"].isin(columns)]
    small = frame.loc[leaf, "hours"].sort_values(kind="stable").index[:140]
    frame["primary"] = frame.index.isin(rng.choice(small, 77, replace=False))
    design = Design(
        ["region", "post"],
        "hours",
        primary="primary",
        protection=0.1,
        hierarchies={"region": regions, "post": posts},
        cost="hours",
    )
    return Table(frame, design)


def _with_totals(frame, above):
    groups = frame.groupby(above).sum()
    return pd.concat([frame, groups, groups.sum().to_frame("Total").T])
