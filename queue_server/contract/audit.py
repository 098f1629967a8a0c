"""The record as auditors see it."""

from datetime import datetime

from queue_server.contract.base import Message


class BadEventView(Message, frozen=True):
    """The first event that is not as it was written."""

    stream: str
    """Name of the stream that holds it, such as ``queue/demo/2026-11-27``."""
    seq: int
    """Its number in that stream, from 1."""
    code: str
    """What is wrong with it: one of the codes of ``verify`` in docs/failure-codes.md."""


class BadRowView(Message, frozen=True):
    """The first row of a table made from the record that does not say what the record says."""

    table: str
    """The table, such as ``payments``."""
    key: str
    """The primary key of the row; its parts are divided by ``/``."""
    code: str
    """What is wrong with it: ``row-missing``, ``row-altered`` or ``row-unfounded`` (docs/failure-codes.md)."""


class VerificationAnswer(Message, frozen=True):
    """How the last look at every event came out."""

    running: bool
    """A look is under way now."""
    failed: bool = False
    """The last look came to nothing; what stands here is of one before."""
    checked_at: datetime | None = None
    """When the last whole look ended (UTC); null while this server has made none."""
    ok: bool | None = None
    """Whether everything was as written; null while there was no look."""
    streams: int = 0
    """How many streams were looked at."""
    events: int = 0
    """How many events were looked at."""
    bad: BadEventView | None = None
    """The first event that is not as it was written; null where all is well."""
    row: BadRowView | None = None
    """The first row that does not fit; looked for, and null, where every event is as it was written."""
