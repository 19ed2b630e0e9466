"""The end of a task wakes the build, which else looks for it at intervals of up to a second."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

from pytask_parallel import ParallelBackend, WorkerType, execute, registry

_AT_MOST = 1.0  # seconds; a key that interrupts is heard no later, on every system


def take_turns_without_delay() -> None:
    """Let the threads of this process tell the build that a task has ended.

    pytask-parallel sleeps between two looks at its tasks, longer the longer none began, and also
    after those that need not run: that took half of a build of short tasks.
    """
    ended = Event()
    registry.register_parallel_backend(
        ParallelBackend.THREADS,
        lambda n_workers: _Threads(ended, n_workers),
        worker_type=WorkerType.THREADS,
    )
    execute._Sleeper = lambda: _Waiting(ended)  # type: ignore[assignment,misc]


class _Threads(ThreadPoolExecutor):
    """Threads that set an event whenever one of their tasks ends."""

    def __init__(self, ended: Event, workers: int) -> None:
        super().__init__(workers)
        self._ended = ended

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run a function in one of the threads."""
        future = super().submit(fn, *args, **kwargs)
        future.add_done_callback(lambda _: self._ended.set())
        return future


class _Waiting:
    """Waits for the end of a task where the build has found none that it could begin."""

    def __init__(self, ended: Event) -> None:
        self._ended = ended
        self._idle = False

    def reset(self) -> None:
        """Note that a task has begun."""
        self._idle = False

    def increment(self) -> None:
        """Note that no task is ready."""
        self._idle = True

    def sleep(self) -> None:
        """Return at once, or when a task has ended."""
        if self._idle:
            self._ended.wait(_AT_MOST)
            self._ended.clear()
            self._idle = False
