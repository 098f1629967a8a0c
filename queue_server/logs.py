"""Logging of the server: one JSON object a line on standard error. Ids and numbers; never a name, a token or a body."""

import json
import logging
import sys
from typing import Any, Final

import msgspec
import structlog
from aiohttp.http_exceptions import HttpProcessingError

from queue_server.contract import journal

_ENCODER: Final = msgspec.json.Encoder()
#: What is written the same by whichever encoder; of anything else none is to know more than how it names itself.
_PLAIN: Final = frozenset({str, int, float, bool, type(None)})


def write_line(values: dict[str, Any], **_: object) -> str:
    """Write a line as JSON, whatever it holds.

    The encoder of the standard library took two thirds of what a line costs, and each request leaves one. It is still
    asked where there is more than texts and numbers, or half of a surrogate pair, or a number beyond 64 bits.
    """
    if all(type(value) in _PLAIN for value in values.values()):
        try:
            return msgspec.json.format(_ENCODER.encode(values), indent=0).decode()
        except (UnicodeEncodeError, OverflowError):
            pass
    return json.dumps(values, default=repr)


class _NoEcho(logging.Filter):
    """Keeps what was sent to us out of the log: the parser quotes bytes of a request that is not HTTP."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info is not None and isinstance(record.exc_info[1], HttpProcessingError):
            record.exc_info, record.msg, record.args = None, "refused what is not HTTP", ()
        return True


class _Logger(structlog.WriteLogger):
    """Writes lines to standard error; ``name`` is the module that logs."""

    def __init__(self, name: str = "") -> None:
        super().__init__(sys.stderr)
        self.name = name


def configure() -> None:
    """Send structlog and the logs of libraries the same way.

    Ours do not pass through ``logging``: with a line a request that would be a third of the server's work.
    """
    level = journal.level()
    # Nothing comes after the line itself but its priority.
    line: list[structlog.typing.Processor] = [
        structlog.processors.JSONRenderer(serializer=write_line),
        journal.Priority(),
    ]
    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, *line],
        logger_factory=_Logger,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *line,
            ],
        )
    )
    logging.getLogger("aiohttp.server").addFilter(_NoEcho())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
