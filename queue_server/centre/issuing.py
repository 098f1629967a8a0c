"""What other rooms do when a ticket is issued: a centre knows none of them, they say so themselves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from queue_server.contract.visits import IssueRequest
from queue_server.domain.values import VisitId
from queue_server.framework.request_context import RequestContext
from queue_server.writer import Rows


@dataclass(slots=True)
class Issuing:
    """``rows`` make what is stored with a ticket, in its commit; ``after`` is done once a device's ticket is there."""

    rows: list[Callable[[RequestContext, VisitId, IssueRequest], Rows | None]] = field(default_factory=list)
    after: list[Callable[[RequestContext, VisitId], Awaitable[None]]] = field(default_factory=list)
