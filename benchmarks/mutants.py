"""Change the code at random places and see whether the tests notice; write docs/mutation.md.

    make mutants                 # 500 mutants, seed 0
    make mutants SEED=7 NUMBER=800
    python -m benchmarks.mutants --only 'inequality/curves/*' --number 40

Cosmic Ray makes the mutants and runs the tests. Here they are drawn, matched with the tests of
their module, and reported. `mutants.toml` names tests that do not lie where the module's name says,
and mutants that no test can kill, with the reason.
"""

import argparse
import fnmatch
import hashlib
import os
import re
import shlex
import shutil
import sys
import tempfile
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.testing import run_tests
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkItem, WorkResult

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "mutation.md"
NOTES = Path(__file__).with_suffix(".toml")
SESSIONS = ROOT / ".mutants"
PACKAGE = Path("src/analysis")
MUTATED = ("inequality", "redistribution", "staffing")
BOUND = 90.0

# Faults a person makes: an operator for another of its kind, a number off by one, a condition
# turned round, a loop not entered. Not decorators and names, which break at import or nothing.
ARITHMETIC = "(Add|Sub|Mul|Div|FloorDiv|Mod|Pow)"
BITS = "(BitAnd|BitOr|BitXor)"
ORDER = "(Eq|NotEq|Lt|LtE|Gt|GtE)"
OPERATORS = re.compile(
    "core/("
    f"ReplaceBinaryOperator_({ARITHMETIC}_{ARITHMETIC}|{BITS}_{BITS})"
    f"|ReplaceComparisonOperator_({ORDER}_{ORDER}|Is_IsNot|IsNot_Is)"
    "|ReplaceUnaryOperator_(USub_UAdd|Delete_Not|Delete_Invert)"
    "|ReplaceAndWithOr|ReplaceOrWithAnd|ReplaceTrueWithFalse|ReplaceFalseWithTrue"
    "|ReplaceBreakWithContinue|ReplaceContinueWithBreak"
    "|AddNot|NumberReplacer|ZeroIterationForLoop|ExceptionReplacer)"
)

# In every copy of the project: the tests import the copy, draw the same examples for every mutant,
# and do not spend minutes on the smallest example that fails.
CONFTEST = """\
from pathlib import Path

import analysis
from hypothesis import Phase, settings

assert Path(analysis.__file__).is_relative_to(Path(__file__).parent), analysis.__file__
settings.register_profile(
    "mutants",
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile("mutants")
"""


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


# Sampling


def left_out(path: Path) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Spans of a file in which no fault is worth trying: types, decorators, stars that unpack."""
    for node in ast_nodes(get_ast_from_path(path)):
        if node.type in ("param", "funcdef") and node.annotation:
            yield node.annotation.start_pos, node.annotation.end_pos
        elif node.type == "annassign":
            yield node.children[1].start_pos, node.children[1].end_pos
        elif node.type == "decorator" or (
            node.type == "operator"
            and node.value in ("*", "**")
            and node.parent.type not in ("term", "power")
        ):
            yield node.start_pos, node.end_pos


def places(modules: Sequence[Path], database: WorkDB) -> dict[tuple[Path, tuple[int, int]], list]:
    """Everything Cosmic Ray would change, by the place it would change."""
    init(modules, database, {})
    spans = {path: list(left_out(path)) for path in modules}
    found = defaultdict(list)
    for item in database.work_items:
        (mutation,) = item.mutations
        path, start = mutation.module_path, mutation.start_pos
        if OPERATORS.fullmatch(mutation.operator_name) and not any(
            first <= start < last for first, last in spans[path]
        ):
            found[path, start].append(mutation)
    return found


def rank(seed: int, mutation: MutationSpec, line: str, *more: object) -> str:
    """A random number that hangs on the mutated line alone, whatever is edited elsewhere."""
    told = (seed, mutation.module_path.as_posix(), mutation.definition_name, line, *more)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def draw(modules: Sequence[Path], seed: int, number: int, database: WorkDB) -> tuple[int, int]:
    """Put one mutant at each of `number` places drawn at random into the session.

    Returns
    -------
    places, mutants : int
        How many there are to draw from.
    """
    found = places(modules, database)
    lines = {path: path.read_text(encoding="utf-8").splitlines() for path in modules}

    def chosen(mutations: list[MutationSpec]) -> tuple[str, MutationSpec]:
        first = mutations[0]
        row, column = first.start_pos
        line = lines[first.module_path][row - 1].strip()
        twins = lines[first.module_path][: row - 1].count(lines[first.module_path][row - 1])
        place = (line, column, twins)
        mutation = min(
            mutations, key=lambda one: rank(seed, one, *place, one.operator_name, one.occurrence)
        )
        return rank(seed, first, *place), mutation

    drawn = sorted(map(chosen, found.values()), key=lambda pair: pair[0])[:number]
    database.clear()
    database.add_work_items(WorkItem.single(job, mutation) for job, mutation in drawn)
    return len(found), sum(map(len, found.values()))


# Running


def tests_of(module: str, notes: Notes) -> list[str]:
    """Tests of a module, nearest first: its own, then its room's, then what the notes add.

    The room of a module that lies in the package itself is the folder without its sub-folders.
    """
    room, _, name = module.rpartition("/")
    folder = Path("tests") / room
    own = [PACKAGE / f"{module}.py", folder / f"test_{name}.py"]
    shared = [folder] if "/" in room else sorted(folder.glob("test_*.py"))
    added = [
        Path(test)
        for place in (module, room, room.partition("/")[0])
        for test in notes.tests.get(place, ())
    ]
    tests = dict.fromkeys(path.as_posix() for path in (*own, *shared, *added) if path.exists())
    if not any(test.startswith("tests/") for test in tests):
        sys.exit(f"{module} has no tests: name some in {NOTES.name}.")
    return list(tests)


def command(tests: Iterable[str]) -> str:
    options = "-m pytest -x -q --no-header --no-summary -p no:cacheprovider"
    return shlex.join([sys.executable, *options.split(), *tests])


def copy_project(folder: Path) -> None:
    """Give this worker a project of its own to change."""
    mine = Path(tempfile.mkdtemp(dir=folder))
    for part in ("src", "tests", "data"):
        shutil.copytree(part, mine / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy("pyproject.toml", mine)
    (mine / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    os.chdir(mine)
    os.environ["PYTHONPATH"] = str(mine / "src")


def seconds_unchanged(tests: Sequence[str]) -> float:
    start = time.monotonic()
    outcome, output = run_tests(command(tests), None)
    if outcome is not TestOutcome.SURVIVED:
        raise RuntimeError(f"Without a mutant these fail: {' '.join(tests)}\n{output}")
    return time.monotonic() - start


def try_mutant(item: WorkItem, tests: Sequence[str], seconds: float) -> WorkResult:
    return mutate_and_test(item.mutations, command(tests), seconds)


def run(database: WorkDB, notes: Notes, workers: int) -> None:
    """Try what the session has not tried yet; every result is kept as it comes."""
    pending = {item.job_id: item for item in database.pending_work_items}
    modules = {job: name_of(pending[job].mutations[0].module_path) for job in sorted(pending)}
    tests = {module: tests_of(module, notes) for module in modules.values()}
    rooms = defaultdict(dict)
    for module in sorted(tests):
        rooms[room_of(module)].update(dict.fromkeys(tests[module]))
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(workers, initializer=copy_project, initargs=(Path(folder),)) as pool,
    ):
        print(f"Running the tests of {len(rooms)} rooms without mutants", flush=True)
        unchanged = dict(zip(rooms, pool.map(seconds_unchanged, rooms.values()), strict=True))
        start, survived = time.monotonic(), 0
        trials = {}
        for job, module in modules.items():
            patience = 20.0 + 3.0 * unchanged[room_of(module)]
            trials[pool.submit(try_mutant, pending[job], tests[module], patience)] = job
        for done, trial in enumerate(as_completed(trials), start=1):
            database.set_result(trials[trial], trial.result())
            survived += trial.result().test_outcome is TestOutcome.SURVIVED
            left = (time.monotonic() - start) / done * (len(trials) - done) / 60
            print(
                f"{done}/{len(trials)} tried, {survived} survived, {left:.0f} min left", flush=True
            )


# Report


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


def session(asked: argparse.Namespace, notes: Notes) -> Path:
    """File of what was tried: another one as soon as the code, the tests or the question change."""
    told = hashlib.sha256(repr((asked.seed, asked.number, asked.only, notes.tests)).encode())
    for part in ("src", "tests"):
        for path in sorted(Path(part).rglob("*.*")):
            if path.is_file() and "__pycache__" not in path.parts:
                told.update(path.read_bytes())
    SESSIONS.mkdir(exist_ok=True)
    return SESSIONS / f"{told.hexdigest()[:16]}.sqlite"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.mutants",
        description="Change the code at random places and see whether the tests notice. "
        f"Writes {PAGE.relative_to(ROOT)}; with --only, prints the page instead. "
        "A run that was stopped goes on where it was if nothing has changed since.",
    )
    parser.add_argument("--seed", type=int, default=0, help="of the draw (default: 0)")
    parser.add_argument("--number", type=int, default=500, help="of mutants (default: 500)")
    parser.add_argument(
        "--only",
        default="*",
        metavar="PATTERN",
        help="modules to mutate, as in 'inequality/curves/*'",
    )
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count(), help="default: as many as processors"
    )
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    os.chdir(ROOT)
    notes = Notes.read()
    modules = [
        path
        for part in MUTATED
        for path in sorted((PACKAGE / part).rglob("*.py"))
        if fnmatch.fnmatch(name_of(path), asked.only)
    ]
    with use_db(session(asked, notes), WorkDB.Mode.create) as database:
        if database.num_work_items == 0:
            draw(modules, asked.seed, asked.number, database)
        run(database, notes, asked.workers)
        mutants = [Mutant.of(*tried) for tried in database.completed_work_items]
    page = report(mutants, notes, f"{len(modules)} modules with seed {asked.seed}")
    if asked.only == "*":
        PAGE.write_text(page, encoding="utf-8")
    else:
        print(page)
    for one in mutants:
        if one.killed and one.key in notes.equivalent:
            sys.exit(f"{NOTES.name}: not equivalent, since the tests kill it: {one.key}")
    if score(mutants, notes) < BOUND:
        sys.exit(f"{score(mutants, notes):.1f} % killed; at least {BOUND:.0f} % are wanted.")


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


if __name__ == "__main__":
    main()
