"""The log of a device's program: JSON, one object a line, on standard error; ids, numbers and enumerations only."""

import sys
from collections.abc import Iterator

import structlog

from queue_server.contract import journal
from queue_server.contract.recent_log import RecentLog


def configure() -> RecentLog:
    """Begin to write the log, and give what remembers the end of it."""
    recent = RecentLog()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Names of exceptions and places only: the text of one might quote what was read.
            structlog.processors.ExceptionRenderer(_places),
            structlog.processors.JSONRenderer(),
            recent,
            journal.Priority(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(journal.level()),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    return recent


def _places(exc_info: structlog.typing.ExcInfo) -> list[str]:
    return list(_chain(exc_info[1]))


def _chain(error: BaseException | None) -> Iterator[str]:
    """Give the kinds of an exception, its causes and its members, and the lines they passed, without their text."""
    if error is None:
        return
    trace, passed = error.__traceback__, []
    while trace is not None:
        passed.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    yield f"{type(error).__name__} at {' '.join(passed)}"
    yield from _chain(error.__cause__)
    for member in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from _chain(member)
