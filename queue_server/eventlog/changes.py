"""What is new in the log: the streams in which something has happened, for whoever reads on."""

from collections.abc import Iterable

from sqlalchemy import Connection, or_, select

from queue_server.eventlog.tables import events


def changed(connection: Connection, prefixes: Iterable[str], after: int, until: int, limit: int) -> list[str]:
    """List the streams whose names begin so and that have an event above ``after`` and up to ``until``, by name.

    ``until`` is a horizon (``positions``) that was read in a transaction before this one: all up to it is seen here.
    """
    alike = or_(*(events.c.stream.startswith(prefix, autoescape=True) for prefix in prefixes))
    found = select(events.c.stream).where(events.c.position > after, events.c.position <= until, alike).distinct()
    return list(connection.execute(found.order_by(events.c.stream).limit(limit)).scalars())
