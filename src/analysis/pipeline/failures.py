"""How pytask reports a failure: an error of ours is its message, any other keeps its traceback."""

from pytask import CollectionReport, ExecutionReport, hookimpl

from analysis.errors import AnalysisError


@hookimpl(tryfirst=True)
def pytask_collect_log(reports: list[CollectionReport]) -> None:
    """Leave the message of what stopped the collection of tasks, once.

    Every file of tasks reads the same description, and would repeat what is wrong with it.
    """
    first: dict[str | int, CollectionReport] = {}
    for report in reports:
        error = _leave_the_message(report)
        first.setdefault(id(report) if error is None else str(error), report)
    reports[:] = first.values()


@hookimpl(tryfirst=True)
def pytask_execute_task_process_report(report: ExecutionReport) -> None:
    """Leave the message of what stopped a task."""
    _leave_the_message(report)


def _leave_the_message(report: CollectionReport | ExecutionReport) -> AnalysisError | None:
    """Take away the traceback and what an error of ours was raised from: it says what to do."""
    error = report.exc_info[1] if report.exc_info else None
    if not isinstance(error, AnalysisError):
        return None
    error.__cause__ = None
    error.__suppress_context__ = True
    report.exc_info = (type(error), error, None)
    return error
