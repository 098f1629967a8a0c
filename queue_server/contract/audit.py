"""The record as auditors see it."""

from datetime import datetime

from queue_server.contract.base import Message


class BadEventView(Message, frozen=True):
    """The first event that is not as it was written; ``code`` says what is wrong with it."""

    stream: str
    seq: int
    code: str


class VerificationAnswer(Message, frozen=True):
    """How the last look at every event came out; ``checked_at`` is None while this server has made none.

    ``running``: one is under way. ``failed``: the last one came to nothing, and what is told is of one before.
    """

    running: bool
    failed: bool = False
    checked_at: datetime | None = None
    ok: bool | None = None
    streams: int = 0
    events: int = 0
    bad: BadEventView | None = None
