"""What carriers are told of single items that they have, and what becomes of them: each sending once.

A sending is named ``D48213K-7``: the label as a scanner reads it, and which event of the item's stream it was. So the
carrier's number is read in the vault when it is told of, and never to find out whose a result is.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import structlog
from sqlalchemy import Connection

from queue_server.centre.centres import Centres
from queue_server.contract.periodic import Periodic
from queue_server.custody import decide, labels, store
from queue_server.custody.acting import store_changes
from queue_server.custody.carriers.port import (
    Carrier,
    Parcel,
    ParcelOutcome,
    ParcelResult,
    WrongLine,
)
from queue_server.custody.errors import (
    CarrierFailedError,
    CustodyError,
    ItemStateError,
    ItemUnknownError,
    ParcelUnknownError,
)
from queue_server.custody.events import ItemSent
from queue_server.custody.model import Item
from queue_server.custody.store import ITEMS
from queue_server.custody.tables import custody_items
from queue_server.custody.values import Holder, ItemState, MissedBy
from queue_server.domain.values import Actor, CentreId, Micros
from queue_server.eventlog import statements
from queue_server.framework.server import Server
from queue_server.vault.errors import PeopleError
from queue_server.vault.model import PURPOSES, RowKind
from queue_server.vault.store import Vault

_log = structlog.get_logger(__name__)
_ACTOR: Final = Actor("system")


class Courier:
    """Tells the ``carrier`` of what it has, and takes what it says; ``task`` does so every ``poll_s`` seconds."""

    def __init__(self, server: Server, carrier: Carrier, poll_s: float) -> None:
        self._server = server
        self._carrier = carrier
        self.task = Periodic("custody-carrier", poll_s, self.run, at_once=True)

    async def run(self) -> None:
        """Tell and take, centre by centre; what cannot be read or written keeps nothing else from its turn.

        Raises:
            CarrierFailedError: some of it could not.
        """
        failed: list[str] = []
        for centre in tuple(self._server[Centres]):
            with _noted(failed, centre):
                await self._announce(centre)
            names: Sequence[str] = ()
            with _noted(failed, centre):
                names = await asyncio.to_thread(self._carrier.waiting, centre)
            for name in names:
                with _noted(failed, f"{centre}/{name}"):
                    await self._accept(centre, name)
        if failed:
            raise CarrierFailedError(failed=" ".join(dict.fromkeys(failed)))

    async def _announce(self, centre: CentreId) -> None:
        known = await asyncio.to_thread(self._carrier.announced, centre)
        now = self._server.clock()
        parcels = await self._server.log.write(lambda connection: self._parcels(connection, centre, known, now))
        if parcels:
            await asyncio.to_thread(self._carrier.announce, centre, parcels, now)
            _log.info("carrier-announced", centre=centre, parcels=len(parcels))

    def _parcels(
        self, connection: Connection, centre: CentreId, known: frozenset[str], now: Micros
    ) -> tuple[Parcel, ...]:
        """Make what the carrier has and was not told of; that its number was read is recorded."""
        c = custody_items.c
        away = store.items(connection, centre, c.state == ItemState.WITH_CARRIER, c.holder == Holder.CARRIER)
        made = []
        for item in away:
            sent = _last_sending(connection, item)
            if sent is None or _reference(item, sent[0]) in known:
                continue
            seq, at, body = sent
            try:
                opened = self._server[Vault].get(
                    connection, body.tracking, purpose=PURPOSES[RowKind.TRACKING], actor=_ACTOR, now=now
                )
            except PeopleError:
                # Whoever it is for was forgotten meanwhile: there is no number any more.
                continue
            made.append(Parcel(_reference(item, seq), opened.text, at))
        return tuple(made)

    async def _accept(self, centre: CentreId, name: str) -> None:
        found = await asyncio.to_thread(self._carrier.read, centre, name)
        wrong = list(found.wrong)
        for result in found.results:
            try:
                await self._apply(centre, result)
            except CustodyError as error:
                wrong.append(WrongLine(result.line, error.code))
        await asyncio.to_thread(self._carrier.acknowledge, centre, found, wrong)
        _log.info("carrier-results", centre=centre, taken=len(found.results), wrong=len(wrong))

    async def _apply(self, centre: CentreId, result: ParcelResult) -> None:
        """Let a parcel's item be where the carrier says; said again it comes to nothing.

        Raises:
            ItemUnknownError: there is no such item here.
            ParcelUnknownError: it was not sent so, or again since.
            CustodyError: it cannot be where the carrier says.
        """
        name, _, number = result.reference.rpartition("-")
        label, seq, at = labels.read(name), int(number), self._server.clock()
        command = f"carrier/{result.reference}/{result.outcome}"

        def work(connection: Connection) -> None:
            item = None if label is None else store.item_by_label(connection, centre, label)
            if item is None:
                raise ItemUnknownError

            def decided(before: Item | None) -> decide.Decided:
                known = decide.here(before, centre)
                sent = _last_sending(connection, known)
                if sent is None or sent[0] != seq:
                    raise ParcelUnknownError
                return _VERBS[result.outcome](known)

            drafted = ITEMS.draft(connection, item.id, decided, at=at, command=command, actor=_ACTOR)
            store_changes(self._server, connection, centre, [drafted], at=at, command=command, actor=_ACTOR)

        await self._server.log.write_in_turn(f"carrier/{result.reference}", work)


@contextmanager
def _noted(failed: list[str], what: str) -> Iterator[None]:
    """Go on where a carrier cannot be reached, and note for what."""
    try:
        yield
    except OSError:
        failed.append(what)


def _reference(item: Item, seq: int) -> str:
    return f"{labels.barcode(item.label)}-{seq}"


def _last_sending(connection: Connection, item: Item) -> tuple[int, Micros, ItemSent] | None:
    """Find the event by which an item was last given to a carrier: its ``seq``, its time and what it says."""
    for event in reversed(statements.read(connection, ITEMS.stream(item.id), 0, None)):
        body = ITEMS.codec.decode(event.type, event.v, event.payload)
        if isinstance(body, ItemSent):
            return event.seq, event.at, body
    return None


def _lost(item: Item) -> decide.Decided:
    """Miss what the carrier has; what is somewhere else is not lost because a carrier says so."""
    if item.state is not ItemState.WITH_CARRIER:
        raise ItemStateError(state=item.state)
    return decide.miss(item, MissedBy.CARRIER)


_VERBS: Final[dict[ParcelOutcome, Callable[[Item], decide.Decided]]] = {
    ParcelOutcome.DELIVERED: decide.delivered,
    ParcelOutcome.REFUSED: decide.refused,
    ParcelOutcome.LOST: _lost,
}
