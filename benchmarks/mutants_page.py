"""What became of the mutants, as docs/mutation.md says it."""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.work_item import TestOutcome, WorkItem, WorkResult

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path("src/analysis")
NOTES = Path(__file__).with_name("mutants.toml")
BOUND = 90.0


@dataclass(frozen=True)
class Notes:
    """What `mutants.toml` says.

    Attributes
    ----------
    tests : mapping of str to list of str
        Further tests of a room or module, by its path in the package.
    equivalent : mapping of (module, was, is) to str
        Why no test can kill this mutant.
    """

    tests: Mapping[str, Sequence[str]]
    equivalent: Mapping[tuple[str, str, str], str]

    @classmethod
    def read(cls) -> "Notes":
        read = tomllib.loads(NOTES.read_text(encoding="utf-8"))
        equivalent = {
            (entry["module"], entry["was"], entry["is"]): entry["why"]
            for entry in read.get("equivalent", ())
        }
        for module, was, _ in equivalent:
            path = ROOT / PACKAGE / f"{module}.py"
            lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
            if was not in map(tidy, lines):
                sys.exit(f"{NOTES.name}: {module} has no line {was!r}; take the entry out.")
        return cls(read["tests"], equivalent)


@dataclass(frozen=True)
class Mutant:
    """A mutant that was tried."""

    module: str
    definition: str
    was: str
    becomes: str
    killed: bool
    timed_out: bool

    @classmethod
    def of(cls, item: WorkItem, result: WorkResult) -> "Mutant":
        (mutation,) = item.mutations
        if result.diff is None:
            sys.exit(f"Cosmic Ray failed at {mutation.module_path}:\n{result.output}")
        changed = result.diff.splitlines()
        return cls(
            module=name_of(mutation.module_path),
            definition=mutation.definition_name or "",
            was=" ".join(tidy(line[1:]) for line in changed if re.match("-(?!-)", line)),
            becomes=" ".join(tidy(line[1:]) for line in changed if re.match(r"\+(?!\+)", line)),
            killed=result.test_outcome is not TestOutcome.SURVIVED,
            timed_out=result.output == "timeout",
        )

    @property
    def key(self) -> tuple[str, str, str]:
        return self.module, self.was, self.becomes

    @property
    def room(self) -> str:
        return room_of(self.module)


def tidy(line: str) -> str:
    """One line of code, without the blanks that Cosmic Ray leaves before what it replaces."""
    return re.sub(r"(?<=[(\[]) ", "", " ".join(line.split()))


def name_of(path: Path) -> str:
    """inequality/curves/lorenz, from src/analysis/inequality/curves/lorenz.py."""
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def room_of(module: str) -> str:
    """inequality/curves, from inequality/curves/lorenz."""
    return module.rpartition("/")[0]


def table(mutants: Sequence[Mutant], notes: Notes) -> Iterator[str]:
    yield "| room | tried | equivalent | survived | killed | by time | killed, % |"
    yield "|---|---|---|---|---|---|---|"
    rooms = sorted({one.room for one in mutants})
    for name, members in [
        *((room, [one for one in mutants if one.room == room]) for room in rooms),
        ("**all**", mutants),
    ]:
        late = sum(one.timed_out for one in members)
        killed, survived, equivalent = parted(members, notes)
        yield (
            f"| {name} | {len(members)} | {len(equivalent)} | {len(survived)} | {len(killed)} "
            f"| {late} | {score(members, notes):.1f} |"
        )


def parted(mutants: Iterable[Mutant], notes: Notes) -> tuple[list[Mutant], ...]:
    """Killed, survived, and survived because nothing can tell them from the code as it is."""
    killed, survived, equivalent = [], [], []
    for one in mutants:
        if one.killed:
            killed.append(one)
        else:
            (equivalent if one.key in notes.equivalent else survived).append(one)
    return killed, survived, equivalent


def score(mutants: Iterable[Mutant], notes: Notes) -> float:
    """Percent killed, of those that can be."""
    killed, survived, _ = parted(mutants, notes)
    return 100.0 * len(killed) / max(len(killed) + len(survived), 1)


def listed(mutants: Iterable[Mutant], notes: Notes) -> Iterator[str]:
    for one in sorted(mutants, key=lambda one: (one.key, one.definition)):
        yield f"- `{one.module}`{f', `{one.definition}`' if one.definition else ''}"
        yield f"  - was `{one.was}`"
        yield f"  - is `{one.becomes}`"
        if one.key in notes.equivalent:
            yield f"  - {notes.equivalent[one.key]}"


def report(mutants: Sequence[Mutant], notes: Notes, drawn_from: str) -> str:
    _, survived, equivalent = parted(mutants, notes)
    return TEXT.format(
        number=len(mutants),
        drawn_from=drawn_from,
        score=score(mutants, notes),
        bound=BOUND,
        table="\n".join(table(mutants, notes)),
        survived="\n".join(listed(survived, notes)) or "None.",
        equivalent="\n".join(listed(equivalent, notes)) or "None.",
    )


TEXT = """# Whether the tests would notice

Mutants are copies of the code with one small fault: `<` for `<=`, `-` for `+`, 2 for 1, a
condition turned round, a loop not entered. Each is given to the tests nearest to its module; if
one fails, the mutant is killed. A mutant that survives shows code that nothing checks.
`make mutants` draws them, tries them and writes this page.

{number} places drawn at random from {drawn_from}, one mutant at each: **{score:.1f} %** of those
that can be killed were killed; at least {bound:.0f} % are wanted.

{table}

Rooms as in `src/analysis`. A mutant has the tests in its room's folder, nearest first, its own
doctests, and what `benchmarks/mutants.toml` adds. Killed *by time*: it had not ended after 20
seconds and three times what the room's tests take unchanged, as happens to a loop without end. The
draw is the same for the same seed as long as the mutated line is the same. Hypothesis draws the
same examples for every mutant. The percentage is of tried less equivalent.

[Cosmic Ray](https://cosmic-ray.readthedocs.io) makes the mutants. Left out of its operators: those
that change types, such as `&` for `+`; those in decorators and type annotations. They break at
import or change nothing, and would flatter the percentage or spoil it.

## Survived

{survived}

## Equivalent

These compute the same as the code does, so no test can tell them apart. Judged by hand, in
`benchmarks/mutants.toml`.

{equivalent}
"""
