"""What it costs the people of a team to talk to each other, by their distances.

Lappas, Liu and Terzi (2009) measure a team on the graph that its members induce: by its *diameter*,
the longest of the shortest paths between two members, or by its *spanning tree*, the least total
length that connects all. Kargar and An (2011) add up the distances of all *pairs*. Here the nodes
are people, and an edge is as long as the distance between their units, the mean of both directions.

References
----------
Lappas, T., Liu, K. and Terzi, E. (2009). Finding a team of experts in social networks. Proceedings
of KDD 2009, 467-476.

Kargar, M. and An, A. (2011). Discovering top-k teams of experts with/without a leader in social
networks. Proceedings of CIKM 2011, 985-994.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.arrays import FloatArray, IntArray
from analysis.competence.squads.workforce import Workforce

if TYPE_CHECKING:
    from analysis.labels import Labels


def communication_costs(
    workforce: Workforce, tasks: "Labels[Any]", task: IntArray, person: IntArray
) -> pd.DataFrame:
    """Return the cost of communication of each team.

    Parameters
    ----------
    workforce : Workforce
    tasks : Index of length T
    task, person : ndarray of int, shape (m,)
        Members of the teams (positions).

    Returns
    -------
    DataFrame
        One row for each task: `task`, `people`, `diameter`, `spanning_tree`, `pairs`; all zero
        where there are fewer than two people.
    """
    rows = []
    for number in range(len(tasks)):
        where = workforce.unit[person[task == number]]
        far = workforce.distance[np.ix_(where, where)]
        far = (far + far.T) / 2.0
        np.fill_diagonal(far, 0.0)
        rows.append((where.size, diameter(far), spanning_tree(far), float(far.sum()) / 2.0))
    columns = ["people", "diameter", "spanning_tree", "pairs"]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(0, "task", tasks)
    return table


def diameter(length: FloatArray) -> float:
    """Return the longest shortest path between two of `n` nodes.

    Parameters
    ----------
    length : ndarray, shape (n, n)
        Symmetric lengths of edges >= 0.

    Examples
    --------
    >>> diameter(np.array([[0.0, 1.0, 9.0], [1.0, 0.0, 2.0], [9.0, 2.0, 0.0]]))
    3.0
    """
    shortest = length.copy()
    for node in range(length.shape[0]):  # Floyd and Warshall
        np.minimum(shortest, shortest[:, [node]] + shortest[[node], :], out=shortest)
    return float(shortest.max(initial=0.0))


def spanning_tree(length: FloatArray) -> float:
    """Return the least total length of edges that connect `n` nodes.

    Parameters
    ----------
    length : ndarray, shape (n, n)
        Symmetric lengths of edges >= 0.

    Examples
    --------
    >>> spanning_tree(np.array([[0.0, 1.0, 9.0], [1.0, 0.0, 2.0], [9.0, 2.0, 0.0]]))
    3.0
    """
    if length.shape[0] < 2:
        return 0.0
    total, nearest = 0.0, length[0].copy()
    nearest[0] = np.inf
    reached = np.zeros(length.shape[0], dtype=np.bool_)
    reached[0] = True
    while not reached.all():  # Prim
        node = int(np.argmin(nearest))
        total += float(nearest[node])
        reached[node] = True
        nearest = np.where(reached, np.inf, np.minimum(nearest, length[node]))
    return total
