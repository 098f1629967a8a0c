"""The rules by which events change a day's state: one small function an event, found by the type of its payload."""

from collections.abc import Callable
from typing import Any

from queue_server.eventlog.payload import Payload
from queue_server.queue import events as e
from queue_server.queue.state import DayState

RULES: dict[type[Payload], Callable[[DayState, e.DayEvent, Any], None]] = {}


def fold[P: Payload](kind: type[P]) -> Callable[[Callable[[DayState, e.DayEvent, P], None]], None]:
    """Register the rule of an event."""

    def register(function: Callable[[DayState, e.DayEvent, P], None]) -> None:
        RULES[kind] = function

    return register
