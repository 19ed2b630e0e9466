"""Tau-Argus (pytauargus, EUPL-1.2) as an oracle: the optimum of the same program, found elsewhere.

The table goes to its optimal suppression as a file of cells, protection levels and equations, so
that rules and costs are the very same; the attacker's bounds are the least value of a
hidden cell and `upper`.
"""

import contextlib

import numpy as np
from pytauargus._tauargus import HiTaSCtrl

from analysis.disclosure.systems import State

_LETTERS = {State.PRIMARY: "u", State.OPEN: "s"}


def write_program(system, path, *, upper):
    """Write the cells and equations of a system in the peer's format."""
    least = np.minimum(system.least, system.values)
    cells = [
        f"{cell} {system.values[cell]:.0f} {system.costs[cell]:.0f} "
        f"{_LETTERS.get(State(state), 'z')} {least[cell]:.0f} {upper:.0f} "
        f"{system.down[cell]:.6f} {system.up[cell]:.6f} {system.width[cell]:.0f}"
        for cell, state in enumerate(system.state.tolist())
    ]
    equations = []
    for row in range(system.equations.shape[0]):
        found = system.equations[[row]].tocoo()
        terms = [
            f"{column} ({-int(sign)})"
            for column, sign in zip(found.coords[1], found.data, strict=True)
        ]
        equations.append(f"0 {len(terms)} : {' '.join(terms)}")
    lines = ["0", str(len(cells)), *cells, str(len(equations)), *equations]
    path.write_text("\n".join(lines) + "\n")


def solve(program, answer):
    """Run the peer, which leaves its own files in the current folder."""
    with contextlib.chdir(program.parent):
        code = HiTaSCtrl().full_jj(in_file_jj=str(program), out_file=str(answer), max_time=5)
    assert code == 0, code


def cost(system, answer):
    """Return what the peer's hidden cells cost."""
    hidden = [int(line) for line in answer.read_text().split()]
    return system.costs[np.array(hidden, dtype=int)].sum()
