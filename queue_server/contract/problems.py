"""What an error looks like (RFC 9457)."""

import msgspec

from queue_server.contract.base import Message


class Problem(Message, frozen=True):
    """Problem details (RFC 9457); ``code`` is the stable name, ``placeholders`` fill its translated sentence."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    instance: str = ""
    placeholders: dict[str, str | int] = msgspec.field(default_factory=dict)
