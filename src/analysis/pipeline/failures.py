"""How pytask reports a failure: an error of ours is its message, any other keeps its traceback."""

from pytask import CollectionReport, ExecutionReport, hookimpl

from analysis.errors import AnalysisError


@hookimpl(tryfirst=True)
def pytask_collect_log(reports: list[CollectionReport]) -> None:
    """Leave the message of what stopped the collection of tasks."""
    for report in reports:
        _leave_the_message(report)


@hookimpl(tryfirst=True)
def pytask_execute_task_process_report(report: ExecutionReport) -> None:
    """Leave the message of what stopped a task."""
    _leave_the_message(report)


def _leave_the_message(report: CollectionReport | ExecutionReport) -> None:
    """Take away the traceback and what an error of ours was raised from: it says what to do."""
    error = report.exc_info[1] if report.exc_info else None
    if isinstance(error, AnalysisError):
        error.__cause__ = None
        error.__suppress_context__ = True
        report.exc_info = (type(error), error, None)
