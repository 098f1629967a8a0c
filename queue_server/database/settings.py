"""Settings of the database, in milliseconds and numbers of connections."""

from typing import Annotated

import msgspec

Millis = Annotated[int, msgspec.Meta(ge=1, le=600_000)]
Connections = Annotated[int, msgspec.Meta(ge=1, le=200)]


class DatabaseSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[database]``.

    ``busy_timeout_ms`` is how long a write waits for the short write of a command line tool (SQLite). ``poll_ms`` is
    how often the ends of the live streams are read behind the wake-ups; ``relisten_ms`` the first pause before a lost
    wake-up connection is opened again, doubled each time up to ``relisten_max_ms`` (PostgreSQL).
    ``patience_ms`` is how long a caller whose turn it is at a stream waits while other servers are first, or while the
    outcome of its commit is unknown.
    """

    readers: Connections = 4
    busy_timeout_ms: Millis = 5_000
    pool_size: Connections = 10
    connect_timeout_ms: Millis = 5_000
    command_timeout_ms: Millis = 15_000
    poll_ms: Millis = 1_500
    relisten_ms: Millis = 200
    relisten_max_ms: Millis = 5_000
    patience_ms: Millis = 10_000
