"""What a build says of itself while it runs, and which pages it leaves out at the end."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from _pytask.outcomes import TaskOutcome
from pytask import ExecutionReport, Session, console, hookimpl

_EVERY = 5.0  # seconds between two lines
_MADE = {TaskOutcome.SUCCESS, TaskOutcome.PERSISTENCE}


@dataclass
class Progress:
    """Counts what is done, and says now and then how long the rest will take."""

    total: int
    done: int = 0
    made: int = 0
    started: float = field(default_factory=time.monotonic)
    said: float = field(default_factory=time.monotonic)

    def count(self, outcome: TaskOutcome) -> None:
        """Count a task that has ended."""
        self.done += 1
        self.made += outcome in _MADE

    def line(self, now: float) -> str | None:
        """Return what to say now, None if it is too soon.

        What is left is expected to take as long as what was made, a task for a task; what turns
        out to be unchanged takes no time, so that the rest ends sooner rather than later.
        """
        if not self.made or now - self.said < _EVERY or self.done == self.total:
            return None
        self.said = now
        left = (self.total - self.done) * (now - self.started) / self.made
        return f"{self.done} of {self.total} steps done; at most {duration(left)} left"


def duration(seconds: float) -> str:
    """Return seconds in words.

    Examples
    --------
    >>> duration(42.4), duration(200)
    ('42 seconds', '3 min 20 s')
    """
    whole = round(seconds)
    return f"{whole} seconds" if whole < 60 else f"{whole // 60} min {whole % 60} s"


@hookimpl
def pytask_execute_log_start(session: Session) -> None:
    """Start counting."""
    session.config["progress"] = Progress(len(session.tasks))


@hookimpl
def pytask_execute_task_process_report(session: Session, report: ExecutionReport) -> None:
    """Count a task, and say how far the build is."""
    progress: Progress = session.config["progress"]
    progress.count(report.outcome)
    if line := progress.line(time.monotonic()):
        console.print(line)


@hookimpl(wrapper=True)
def pytask_execute_log_end(reports: list[ExecutionReport]) -> Iterator[None]:
    """List what was not built; what was built before stays as it was."""
    try:
        yield
    finally:
        failed = [each.task.name.rpartition("::")[2] for each in reports if _left_out(each)]
        if failed:
            console.print(f"Not built ({len(failed)} of {len(reports)} steps):")
            for name in failed:
                console.print(f"  {name}", markup=False)


def _left_out(report: ExecutionReport) -> bool:
    return report.outcome in {TaskOutcome.FAIL, TaskOutcome.SKIP_PREVIOUS_FAILED}
