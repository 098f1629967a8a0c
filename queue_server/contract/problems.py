"""What an error looks like (RFC 9457)."""

import msgspec

from queue_server.contract.base import Message


class Problem(Message, frozen=True):
    """Problem details (RFC 9457)."""

    type: str
    """A reference that names the kind of problem: ``/problems/`` and the code."""
    title: str
    """What went wrong, in a sentence for the developer of a client."""
    status: int
    """The status of the answer once more."""
    code: str
    """The stable name of what went wrong (docs/failure-codes.md); translations are keyed by it."""
    detail: str = ""
    """What was wrong with this request in particular; empty where there is nothing to say."""
    instance: str = ""
    """Names this one request, as in the server's log."""
    placeholders: dict[str, str | int] = msgspec.field(default_factory=dict)
    """Ids, numbers and enumerations for the translated sentence; never anything that a person typed."""
