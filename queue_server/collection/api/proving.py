"""Routes of a kiosk: somebody proves that something is theirs, and leaves."""

import asyncio
from time import monotonic

import structlog
from sqlalchemy import Connection

from queue_server.accounts.errors import TooManyTriesError
from queue_server.centre.submit import centre_of
from queue_server.collection import proof, slowing, store
from queue_server.collection.codes import OneTimeCodes
from queue_server.collection.finding import Finder, FoundItem
from queue_server.collection.settings import CollectionRules
from queue_server.collection.store import KIOSKS, CollectionRecord, ProvedItem
from queue_server.collection.values import CollectionId, ProofWay, WhereNow
from queue_server.contract import collection as m
from queue_server.contract.documents import (
    FOR_COLLECTION,
    DocumentReading,
    ReadingNotOpenedError,
    from_text,
    unseal,
)
from queue_server.custody import store as custody
from queue_server.custody.model import Item
from queue_server.domain.values import SECOND, DeviceId, Micros
from queue_server.framework.problems import BodyInvalidError, NotPermittedError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.lockers.collecting import is_open_to_claims
from queue_server.vault.keys import Keys
from queue_server.vault.opening import open_sealed
from queue_server.vault.store import Vault

_log = structlog.get_logger(__name__)

_ORDER = (WhereNow.HERE, WhereNow.COUNTER, WhereNow.LATER)


@refuses(TooManyTriesError)
async def prove(ask: RequestContext) -> m.CollectionAnswer:
    """Find what is here for whoever shows a document or types a code.

    Whatever comes of it, the answer takes the same time; what never was, was used, has ended or is another's is one
    answer: nothing.

    Raises:
        TooManyTriesError: so many were wrong here that this one is not looked at.
    """
    wanted = ask.body(m.ProveRequest)
    if (wanted.code is None) == (wanted.document is None):
        raise BodyInvalidError("Expected either `code` or `document` - at `$`")
    begun = monotonic()
    try:
        return await _proved(ask, wanted)
    finally:
        rest = ask.server.settings[CollectionRules].answer_ms / 1000 - (monotonic() - begun)
        await asyncio.sleep(max(0.0, rest))


async def leave(ask: RequestContext) -> m.CollectionEndedAnswer:
    """Forget what somebody proved: they have left the kiosk."""
    centre, kiosk, ident = centre_of(ask).id, kiosk_of(ask), ask.path("collection")
    await ask.server.log.write(lambda connection: store.end(connection, centre, kiosk, ident))
    return m.CollectionEndedAnswer()


async def _proved(ask: RequestContext, wanted: m.ProveRequest) -> m.CollectionAnswer:
    server, centre, kiosk = ask.server, centre_of(ask).id, kiosk_of(ask)
    rules, now, ident = server.settings[CollectionRules], server.clock(), CollectionId(wanted.id)
    # An answer that was lost is given once more, and is no further try.
    known = await server.log.run(lambda connection: store.collection(connection, centre, kiosk, ident, now))
    if known is not None:
        return await server.log.run(lambda connection: shown(connection, known))
    way = ProofWay.DOCUMENT if wanted.code is None else ProofWay.CODE
    delay = slowing.delay_of(rules, way, kiosk)
    wait = await server.log.write(lambda connection: slowing.count(connection, delay, now))
    if wait:
        raise TooManyTriesError(retry_after_s=wait)
    codes, vault, reading = server[OneTimeCodes], server[Vault], _reading(ask, wanted)

    def work(connection: Connection) -> m.CollectionAnswer:
        finder = Finder(connection, centre, vault, ask.actor, now)
        found: tuple[FoundItem, ...] = ()
        if wanted.code is not None:
            found = finder.by_code(codes, wanted.code)
        elif reading is not None:
            found = finder.by_document(reading)
        if not found:
            slowing.was_wrong(connection, delay, way, centre, kiosk, now, ask.command)
            return m.CollectionAnswer()
        slowing.was_right(connection, delay)
        record = CollectionRecord(
            id=ident,
            centre=centre,
            kiosk=kiosk,
            ends_at=Micros(now + rules.stay_s * SECOND),
            proved=tuple(one.proved for one in found),
            code=None if wanted.code is None else codes.stored_digest(connection, centre, wanted.code),
        )
        store.begin(connection, record)
        return shown(connection, record)

    return await server.log.write_in_turn(KIOSKS.stream(kiosk), work)


def shown(connection: Connection, record: CollectionRecord) -> m.CollectionAnswer:
    """Show what somebody may have, as it is now."""
    items = {one.id: one for one in custody.some(connection, record.centre, [one.item for one in record.proved])}
    found = [
        m.CollectedItemView(one.item, items[one.item].kind, where.value)
        for one in record.proved
        if one.item in items and (where := _where(connection, items[one.item], one)) is not None
    ]
    return m.CollectionAnswer(tuple(sorted(found, key=lambda one: _ORDER.index(WhereNow(one.where)))))


def _where(connection: Connection, item: Item, proved: ProvedItem) -> WhereNow | None:
    can_open = proved.proof is not None and is_open_to_claims(connection, item)
    return proof.where_now(item, can_open=can_open)


def kiosk_of(ask: RequestContext) -> DeviceId:
    """Name the kiosk that asks.

    Raises:
        NotPermittedError: it is no device.
    """
    if ask.principal.device is None:
        raise NotPermittedError
    return ask.principal.device


def _reading(ask: RequestContext, wanted: m.ProveRequest) -> DocumentReading | None:
    """Open what a kiosk sealed; what cannot be opened proves nothing, and is answered as such."""
    if wanted.document is None:
        return None
    document = wanted.document
    try:
        return open_sealed(ask.server[Keys], lambda key: unseal(from_text(document), wanted.id, key, FOR_COLLECTION))
    except ReadingNotOpenedError as error:
        _log.warning("collection-reading-dropped", code=error.code, device=ask.principal.device)
        return None
