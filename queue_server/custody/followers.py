"""What other rooms do when items are handed in and when they change: custody knows none of them, they say so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from queue_server.contract.custody import ReceiveItemRequest
from queue_server.custody.model import Item
from queue_server.domain.values import Actor, CentreId, Micros
from queue_server.eventlog.aggregate import PendingAppend
from queue_server.framework.request_context import RequestContext


@dataclass(frozen=True, slots=True)
class ItemChanges:
    """What was decided on ``items`` of a centre and is about to be stored in the transaction of ``connection``."""

    connection: Connection
    centre: CentreId
    items: tuple[PendingAppend[Item], ...]
    at: Micros
    command: str
    actor: Actor


@dataclass(slots=True)
class ItemFollowers:
    """``checks`` look at what is asked for before anything is stored, and refuse.

    ``received`` stores what came with an item that is handed in, ``changed`` gives what follows for other streams; both
    in the commit of the item's own events.
    """

    checks: list[Callable[[ReceiveItemRequest], None]] = field(default_factory=list)
    received: list[Callable[[RequestContext, Connection, Item, ReceiveItemRequest], None]] = field(default_factory=list)
    changed: list[Callable[[ItemChanges], Sequence[PendingAppend[Any]]]] = field(default_factory=list)
