"""Wrong proofs at a kiosk: each makes the next wait longer, and managers are told. On a ``Connection``.

They are counted in the database, so that several servers count together, and before they are looked at: a hundred at
once are a hundred. A right one is taken back, and says nothing of those before it: else whoever guesses would only have
to wait for the next person.
"""

from typing import Final

from sqlalchemy import Connection, select

from queue_server.accounts import delays
from queue_server.accounts.delays import Delay
from queue_server.collection.events import ProofsSlowed
from queue_server.collection.settings import CollectionRules
from queue_server.collection.store import KIOSKS
from queue_server.collection.tables import collection_tries
from queue_server.collection.values import ProofWay
from queue_server.domain.values import Actor, CentreId, DeviceId, Micros

_PURPOSES: Final = {ProofWay.CODE: "collect-code", ProofWay.DOCUMENT: "collect-document"}


def delay_of(rules: CollectionRules, way: ProofWay, kiosk: DeviceId) -> Delay:
    free = rules.code_tries if way is ProofWay.CODE else rules.document_tries
    return Delay(_PURPOSES[way], kiosk, free, rules.longest_delay_s, rules.window_s, rules.first_delay_s)


def count(connection: Connection, delay: Delay, now: Micros) -> int:
    """Count a proof; gives the seconds to wait, 0 where it may be looked at."""
    return delays.count(connection, (delay,), now, collection_tries)


def was_right(connection: Connection, delay: Delay) -> None:
    delays.refund(connection, delay, collection_tries)


def was_wrong(  # noqa: PLR0917 - what an event says
    connection: Connection, delay: Delay, way: ProofWay, centre: CentreId, kiosk: DeviceId, at: Micros, command: str
) -> None:
    """Note that a proof was wrong: once the next one has to wait, it is an event, and managers see it."""
    c = collection_tries.c
    own = (c.purpose == delay.purpose, c.subject == delay.digest)
    made = connection.execute(select(c.made).where(*own)).scalar() or 0
    if made < delay.free:
        return
    body = ProofsSlowed(kiosk, centre, way, made)
    KIOSKS.advance(connection, kiosk, lambda _: (body,), at=at, command=command, actor=Actor(f"device/{kiosk}"))
