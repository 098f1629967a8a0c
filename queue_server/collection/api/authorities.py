"""Routes of staff: who may collect for somebody else, and a code that is made by hand."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from queue_server.applications import store as applications
from queue_server.applications.model import ApplicationUnknownError, read_reference
from queue_server.centre.submit import centre_of
from queue_server.collection import store
from queue_server.collection.codes import OneTimeCodes
from queue_server.collection.errors import AuthorityDateError, AuthorityUnknownError
from queue_server.collection.events import AuthorityRecorded, AuthorityWithdrawn, CollectionCodeMade
from queue_server.collection.model import CollectionAuthority
from queue_server.collection.settings import CollectionRules
from queue_server.collection.store import AUTHORITIES, MADE_CODES
from queue_server.collection.values import AuthorityId, AuthorityKind, AuthorityNameId
from queue_server.contract import collection as m
from queue_server.custody import acting
from queue_server.custody.errors import ItemStateError, ItemUnknownError
from queue_server.custody.values import ItemId, ItemState
from queue_server.domain.values import ApplicationId, Day, Micros, new_id, to_datetime
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.vault.errors import PersonShreddedError, RowUnknownError
from queue_server.vault.model import ReadPurpose, RowKind, document_key, end_of, normalised
from queue_server.vault.store import NewRow, Vault


@refuses(ItemUnknownError, ApplicationUnknownError, AuthorityDateError)
async def record(ask: RequestContext) -> m.AuthorityAnswer:
    """Record that somebody may collect for somebody else; who it is goes into the vault.

    Raises:
        AuthorityDateError: it would have ended already, or would hold too long.
    """
    wanted = ask.body(m.RecordAuthorityRequest)
    if (wanted.item is None) == (wanted.application is None):
        raise BodyInvalidError("Expected either `item` or `application` - at `$`")
    if not normalised(wanted.number):
        raise BodyInvalidError("Expected a number of a document - at `$.number`")
    ident, ends_at = AuthorityId(acting.named_by(ask, "authority")), _end(ask, wanted.until)
    at, command, actor, vault = ask.server.clock(), ask.command, ask.actor, ask.server[Vault]

    def work(connection: Connection) -> m.AuthorityAnswer:
        known = AUTHORITIES.load(connection, ident)
        if known is not None:
            AUTHORITIES.draft(connection, ident, lambda _: (), at=at, command=command, actor=actor)
            return m.AuthorityAnswer(_view(ask, connection, known))
        application, item = _for(ask, connection, wanted)
        named = AuthorityNameId(new_id())
        body = AuthorityRecorded(
            authority=ident,
            centre=centre_of(ask).id,
            kind=AuthorityKind(wanted.kind),
            application=application,
            item=item,
            name=named,
            ends_at=ends_at,
        )
        done = AUTHORITIES.advance(connection, ident, lambda _: (body,), at=at, command=command, actor=actor)
        for row, kind, text in (
            (ident, RowKind.AUTHORITY, document_key(wanted.issuer, wanted.number)),
            (named, RowKind.AUTHORITY_NAME, wanted.name),
        ):
            new = NewRow(
                id=row,
                kind=kind,
                centre=centre_of(ask).id,
                text=text,
                at=at,
                actor=actor,
                ends_at=ends_at,
                findable=kind is RowKind.AUTHORITY,
                application=application,
            )
            vault.put(connection, new)
        if done.after is None:
            raise AuthorityUnknownError
        return m.AuthorityAnswer(_view(ask, connection, done.after))

    return await ask.server.log.write_in_turn(AUTHORITIES.stream(ident), work)


@refuses(ItemUnknownError)
async def of_item(ask: RequestContext) -> m.AuthoritiesAnswer:
    """List who may collect an item beside whom it is for; that their names are read is recorded."""
    centre, named, now = centre_of(ask).id, ask.path("item"), ask.server.clock()

    def work(connection: Connection) -> m.AuthoritiesAnswer:
        item = acting.find(connection, centre, named)
        found = store.authorities_for(connection, centre, item.application, item.id)
        return m.AuthoritiesAnswer(tuple(_view(ask, connection, one) for one in found if one.holds(now)))

    return await ask.server.log.write(work)


@refuses(AuthorityUnknownError)
async def withdraw(ask: RequestContext) -> m.AuthorityAnswer:
    """Say that an authority holds no more: who it was is shredded."""
    centre, ident = centre_of(ask).id, ask.path("authority")
    at, command, actor = ask.server.clock(), ask.command, ask.actor

    def work(connection: Connection) -> m.AuthorityAnswer:
        known = store.authority(connection, centre, ident)
        if known is None:
            raise AuthorityUnknownError
        done = AUTHORITIES.advance(
            connection,
            ident,
            lambda before: () if before is None or before.is_withdrawn else (AuthorityWithdrawn(before.id),),
            at=at,
            command=command,
            actor=actor,
        )
        view = _view(ask, connection, done.after or known)
        _shred(ask, connection, (known.id, known.name))
        return m.AuthorityAnswer(view)

    return await ask.server.log.write_in_turn(AUTHORITIES.stream(ident), work)


@refuses(ItemUnknownError, ItemStateError)
async def make_code(ask: RequestContext) -> m.CollectionCodeAnswer:
    """Make a one-time code for an item that is ready; those that were made before are void."""
    centre, named, at, codes = centre_of(ask).id, ask.path("item"), ask.server.clock(), ask.server[OneTimeCodes]
    ident = (await ask.server.log.run(lambda connection: acting.find(connection, centre, named))).id

    def work(connection: Connection) -> m.CollectionCodeAnswer:
        item = acting.find(connection, centre, ident)
        if item.state is not ItemState.READY:
            raise ItemStateError(state=item.state)
        made = CollectionCodeMade(item.id, centre, codes.end_at(at))
        MADE_CODES.advance(connection, item.id, lambda _: (made,), at=at, command=ask.command, actor=ask.actor)
        code = codes.new_code(connection, item.id, centre, at=at, alone=True)
        return m.CollectionCodeAnswer(code, to_datetime(made.ends_at))

    return await ask.server.log.write_in_turn(MADE_CODES.stream(ident), work)


def _for(
    ask: RequestContext, connection: Connection, wanted: m.RecordAuthorityRequest
) -> tuple[ApplicationId | None, ItemId | None]:
    """Find the application that is meant, or the item that belongs to none.

    Raises:
        ItemUnknownError, ApplicationUnknownError: there is none.
    """
    centre = centre_of(ask).id
    if wanted.item is not None:
        item = acting.find(connection, centre, wanted.item)
        return (item.application, None) if item.application is not None else (None, item.id)
    reference = read_reference(wanted.application or "")
    found = None if reference is None else applications.by_reference(connection, centre, reference)
    if found is None:
        raise ApplicationUnknownError
    return found.id, None


def _end(ask: RequestContext, until: date) -> Micros:
    rule, rules = centre_of(ask).rule, ask.server.settings[CollectionRules]
    today = date.fromisoformat(rule.day_at(ask.server.clock()))
    if not 0 <= (until - today).days < rules.authority_days:
        raise AuthorityDateError
    return end_of(rule, Day(until.isoformat()), 1)


def _view(ask: RequestContext, connection: Connection, found: CollectionAuthority) -> m.AuthorityView:
    rule = centre_of(ask).rule
    return m.AuthorityView(
        id=found.id,
        kind=found.kind.value,
        name=_name(ask, connection, found),
        until=date.fromisoformat(rule.day_at(Micros(found.ends_at - 1))),
        recorded_at=to_datetime(found.recorded_at),
    )


def _name(ask: RequestContext, connection: Connection, found: CollectionAuthority) -> str:
    """Read a name, empty where it was shredded."""
    now, purpose = ask.server.clock(), ReadPurpose.HANDING_OVER
    try:
        return ask.server[Vault].get(connection, found.name, purpose=purpose, actor=ask.actor, now=now).text
    except (RowUnknownError, PersonShreddedError):
        return ""


def _shred(ask: RequestContext, connection: Connection, rows: Iterable[str]) -> None:
    vault, now, purpose = ask.server[Vault], ask.server.clock(), ReadPurpose.HANDING_OVER
    for row in rows:
        try:
            held = vault.get(connection, row, purpose=purpose, actor=ask.actor, now=now)
        except (RowUnknownError, PersonShreddedError):
            continue
        vault.shred(connection, held.row.person, actor=ask.actor, now=now)
