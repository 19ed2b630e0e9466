"""Rows of the table of `benchmarks/README.md`: what was measured against its bound."""

import math
import time
from typing import Any

from benchmarks.cases import Case


def least_times(case: Case) -> dict[str, float]:
    """Return the least time of each, in seconds, in interleaved rounds."""
    least = dict.fromkeys(case.run, math.inf)
    names = list(case.run)
    for _ in range(case.rounds):
        names.append(names.pop(0))  # nobody always runs after the same other
        for name in names:
            start = time.perf_counter()
            case.run[name]()
            least[name] = min(least[name], time.perf_counter() - start)
    return least


def timed_row(case: Case) -> str:
    times = least_times(case)
    ours, yardstick = times["this package"], times[case.yardstick]
    ratio = yardstick / ours if case.faster else ours / yardstick
    bound, kept = "none set", "-"
    if case.limit is not None:
        bound, kept = f"<= {case.limit:g} ms", verdict(1000 * ours <= case.limit)
    elif case.bound is not None and case.faster:
        bound = f">= {case.bound:g} x faster than {case.yardstick}"
        kept = verdict(ratio >= case.bound)
    elif case.bound is not None:
        bound = f"<= {case.bound:g} x {case.yardstick}"
        kept = verdict(ratio <= case.bound)
    others = ", ".join(
        f"{name} {milliseconds(seconds)} ({seconds / yardstick:.2f} x)"
        for name, seconds in times.items()
        if name != "this package"
    )
    return row(
        case.work,
        bound,
        f"{ratio:.2f} x{' faster' if case.faster else ''}",
        kept,
        milliseconds(ours),
        others,
    )


def milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:,.1f} ms" if seconds < 0.1 else f"{1000 * seconds:,.0f} ms"


def verdict(kept: bool) -> str:
    return "kept" if kept else "MISSED"


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def stated_row(
    work: Any, found: dict[str, Any], size: str, others: str, *proofs: tuple[str, bool]
) -> str:
    """Time and memory are stated, not compared: no peer does the same work."""
    held = list(proofs)
    if work.seconds is not None:
        held.append((f"<= {work.seconds:g} s", found["seconds"] <= work.seconds))
    if work.mebibytes is not None:
        held.append((f"<= {work.mebibytes:,.0f} MiB", found["mebibytes"] <= work.mebibytes))
    bounds = ", ".join(words for words, _ in held) or "none set"
    kept = verdict(all(kept for _, kept in held)) if held else "-"
    measured = "{seconds:.2f} s, peak {mebibytes:,.0f} MiB".format(**found)
    return row(work.words, bounds, measured, kept, size, others)


def proven_row(work: Any, found: dict[str, Any], size: str, others: str) -> str:
    proof = "proven optimal" if not work.gap else f"gap <= {work.gap:.0%}"
    return stated_row(work, found, size, others, (proof, bool(found["optimal"])))
