"""The end of a task wakes the build, and only where it has nothing else to do."""

from threading import Event

import pytest
from pytask_parallel import ParallelBackend, execute, registry

from analysis.pipeline import waking

INSTEAD_OF = execute._Sleeper


@pytest.fixture
def ready(monkeypatch):
    """Let a build of this process wait for an event alone; afterwards all is as it was."""
    monkeypatch.setattr(execute, "_Sleeper", INSTEAD_OF)
    monkeypatch.setattr(waking, "_AT_MOST", None)
    waking.take_turns_without_delay()
    yield
    registry.reset()


@pytest.mark.usefixtures("ready")
def test_the_end_of_a_task_wakes_the_build():
    waiting = execute._Sleeper()
    begin = Event()
    with registry.get_parallel_backend(ParallelBackend.THREADS, n_workers=2) as threads:
        tasks = [threads.submit(begin.wait), threads.submit(begin.wait)]
        waiting.reset()
        waiting.sleep()
        assert not any(task.done() for task in tasks), "it went on: more tasks may be ready"
        begin.set()
        waiting.increment()
        waiting.sleep()
        assert any(task.done() for task in tasks)


@pytest.mark.usefixtures("ready")
def test_a_task_that_ended_before_is_not_waited_for():
    waiting = execute._Sleeper()
    with registry.get_parallel_backend(ParallelBackend.THREADS, n_workers=1) as threads:
        threads.submit(int).result()
        waiting.increment()
        waiting.sleep()  # for ever, were it missed


def test_it_stands_in_for_what_pytask_parallel_uses():
    def methods(kind):
        return {name for name, each in vars(kind).items() if callable(each) and name[0] != "_"}

    assert methods(INSTEAD_OF) == methods(waking._Waiting)
    assert "_Sleeper" in execute.pytask_execute_build.__code__.co_names
