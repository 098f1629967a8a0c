"""Which tickets a party goes on with: notes of a merged visit are read with the one that it was merged into."""

from sqlalchemy import Connection, func, select

from queue_server.domain.values import VisitId
from queue_server.eventlog.statements import QUEUE_PREFIX
from queue_server.eventlog.tables import events, heads
from queue_server.queue.events import VisitMerged, decode
from queue_server.vault.tables import people_rows


def party(connection: Connection, visit: VisitId) -> set[VisitId]:
    """Name a visit and every visit that was merged into it, as far as the vault can still hold something of them.

    Raises:
        UnknownEventError: a newer release wrote the log.
    """
    oldest = connection.execute(select(func.min(people_rows.c.at))).scalar()
    if oldest is None:
        return {visit}
    streams = select(heads.c.stream).where(
        heads.c.stream.startswith(QUEUE_PREFIX, autoescape=True), heads.c.at >= oldest
    )
    merges = select(events.c.v, events.c.payload).where(events.c.stream.in_(streams), events.c.type == VisitMerged.type)
    came: dict[VisitId, set[VisitId]] = {}
    for row in connection.execute(merges):
        body = decode(VisitMerged.type, row.v, row.payload)
        if isinstance(body, VisitMerged):
            came.setdefault(body.into, set()).add(body.visit)
    found, edge = {visit}, {visit}
    while edge:
        edge = set().union(*(came.get(one, set()) for one in edge)) - found
        found |= edge
    return found
