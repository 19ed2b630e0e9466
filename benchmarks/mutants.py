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
import resource
import shlex
import shutil
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from benchmarks.mutants_page import (
    BOUND,
    NOTES,
    PACKAGE,
    ROOT,
    Mutant,
    Notes,
    name_of,
    report,
    room_of,
    score,
)
from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.testing import run_tests
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkItem, WorkResult

PAGE = ROOT / "docs" / "mutation.md"
SESSIONS = ROOT / ".mutants"
MEMORY = 6 * 2**30
MUTATED = ("inequality", "redistribution", "staffing")

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


def places(modules: Sequence[Path]) -> dict[tuple[Path, tuple[int, int]], list[MutationSpec]]:
    """Everything Cosmic Ray would change that is worth it, by the place it would change."""
    with use_db(":memory:") as everything:
        init(modules, everything, {})
        items = everything.work_items
    spans = {path: list(left_out(path)) for path in modules}
    found = defaultdict(list)
    for item in items:
        (mutation,) = item.mutations
        path, start = mutation.module_path, mutation.start_pos
        if OPERATORS.fullmatch(mutation.operator_name) and not any(
            first <= start < last for first, last in spans[path]
        ):
            found[path, start].append(mutation)
    for mutations in found.values():
        mutations.sort(key=lambda one: (one.operator_name, one.occurrence))
    return found


def draw(modules: Sequence[Path], seed: int, number: int) -> list[WorkItem]:
    """Draw places at random, and one mutant at each."""
    lines = {path: path.read_text(encoding="utf-8").splitlines() for path in modules}

    def chosen(mutations: list[MutationSpec]) -> WorkItem:
        """Chance hangs on the mutated line, so that edits elsewhere leave the rest of the draw."""
        first = mutations[0]
        row, column = first.start_pos
        above, line = lines[first.module_path][: row - 1], lines[first.module_path][row - 1]
        place = (name_of(first.module_path), first.definition_name, line, above.count(line), column)
        chance = hashlib.sha256(repr((seed, *place)).encode()).hexdigest()
        return WorkItem.single(chance, mutations[int(chance, 16) % len(mutations)])

    return sorted(map(chosen, places(modules).values()), key=lambda item: item.job_id)[:number]


def tests_of(module: str, notes: Notes) -> list[str]:
    """Tests of a module, nearest first: its own, then its room's, then what the notes add.

    Its doctests come last: pytest imports a module a second time if no test has imported it.
    The room of a module that lies in the package itself is the folder without its sub-folders.
    """
    room, _, name = module.rpartition("/")
    folder = Path("tests") / room
    own = folder / f"test_{name}.py"
    shared = [folder] if "/" in room else sorted(folder.glob("test_*.py"))
    added = [
        Path(test)
        for place in (module, room, room.partition("/")[0])
        for test in notes.tests.get(place, ())
    ]
    tests = dict.fromkeys(path.as_posix() for path in (own, *shared, *added) if path.exists())
    if not tests:
        sys.exit(f"{module} has no tests: name some in {NOTES.name}.")
    return [*tests, (PACKAGE / f"{module}.py").as_posix()]


def command(tests: Iterable[str]) -> str:
    options = "-m pytest -x -q --no-header --tb=line -p no:cacheprovider"
    return shlex.join([sys.executable, *options.split(), *tests])


def copy_project(folder: Path) -> None:
    """Give this worker a project of its own to change, and memory that a fault cannot exhaust."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who stops the run waits for what is under way
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
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


def untried(database: WorkDB, notes: Notes, *, again: bool) -> list[WorkItem]:
    """What the session has not tried yet and, if asked for again, what survived for no reason."""
    survived = (
        item
        for item, result in database.completed_work_items
        if not (mutant := Mutant.of(item, result)).killed and mutant.key not in notes.equivalent
    )
    return [*database.pending_work_items, *(survived if again else ())]


def run(database: WorkDB, items: Sequence[WorkItem], notes: Notes, workers: int) -> None:
    """Try mutants; every result is kept as it comes."""
    pending = {item.job_id: item for item in items}
    modules = {job: name_of(pending[job].mutations[0].module_path) for job in sorted(pending)}
    tests = {module: tests_of(module, notes) for module in modules.values()}
    rooms = defaultdict(dict)
    for module in sorted(tests):
        rooms[room_of(module)].update(dict.fromkeys(tests[module][:-1]))
    for module in sorted(tests):
        rooms[room_of(module)].update(dict.fromkeys(tests[module][-1:]))
    with tempfile.TemporaryDirectory() as folder:
        pool = ProcessPoolExecutor(workers, initializer=copy_project, initargs=(Path(folder),))
        try:
            print(f"Running the tests of {len(rooms)} rooms without mutants", flush=True)
            unchanged = dict(zip(rooms, pool.map(seconds_unchanged, rooms.values()), strict=True))
            trials = {}
            for job, module in modules.items():
                patience = 20.0 + 3.0 * unchanged[room_of(module)]
                trials[pool.submit(try_mutant, pending[job], tests[module], patience)] = job
            start, survived = time.monotonic(), 0
            for done, trial in enumerate(as_completed(trials), start=1):
                database.set_result(trials[trial], trial.result())
                survived += trial.result().test_outcome is TestOutcome.SURVIVED
                left = (time.monotonic() - start) / done * (len(trials) - done) / 60
                said = f"{done}/{len(trials)} tried, {survived} survived, {left:.0f} min left"
                print(said, flush=True)
        finally:
            pool.shutdown(cancel_futures=True)


def digest(folder: str, *more: object) -> str:
    """Return a fingerprint of what lies under a folder and of what else counts."""
    told = hashlib.sha256(repr(more).encode())
    for path in sorted(Path(folder).rglob("*.*")):
        if path.is_file() and "__pycache__" not in path.parts:
            told.update(path.read_bytes())
    return told.hexdigest()[:16]


def session(asked: argparse.Namespace) -> Path:
    """File of what was tried: another one as soon as the code or the question changes."""
    SESSIONS.mkdir(exist_ok=True)
    return SESSIONS / f"{digest('src', asked.seed, asked.number, asked.only)}.sqlite"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.mutants",
        description="Change the code at random places and see whether the tests notice. "
        f"Writes {PAGE.relative_to(ROOT)}; with --only, prints the page instead. "
        "A run that was stopped goes on where it was if the code is the same; if only tests have "
        "changed since, what survived is tried again unless named equivalent. Remove "
        f"{SESSIONS.name} to try all again.",
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
    if not modules:
        sys.exit(f"--only {asked.only!r} matches no module; they are named as in {PAGE.name}.")
    file = session(asked)
    tried_with, tests = file.with_suffix(".tests"), digest("tests", notes.tests)
    if not tried_with.exists():
        tried_with.write_text(tests, encoding="utf-8")
    with use_db(file) as database:
        if database.num_work_items == 0:
            database.add_work_items(draw(modules, asked.seed, asked.number))
        again = tried_with.read_text(encoding="utf-8") != tests
        run(database, untried(database, notes, again=again), notes, asked.workers)
        tried_with.write_text(tests, encoding="utf-8")
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


if __name__ == "__main__":
    main()
