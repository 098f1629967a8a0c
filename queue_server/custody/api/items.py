"""Routes of items: hand one in, look at them, say what was done with one."""

from enum import StrEnum

from sqlalchemy import Connection

from queue_server.accounts.errors import TooManyTriesError
from queue_server.applications import store as applications
from queue_server.applications.model import ApplicationUnknownError, read_reference
from queue_server.centre.submit import centre_of
from queue_server.contract import custody as m
from queue_server.custody import decide, store
from queue_server.custody.acting import Beside, Check, Verb, act, find, named_by, store_all
from queue_server.custody.errors import (
    ClaimError,
    GovernmentMissingError,
    ItemPlaceError,
    ItemStateError,
    ItemUnknownError,
    PlaceTakenError,
    PlaceUnknownError,
    WitnessNeededError,
    WitnessSameError,
    WitnessUnprovenError,
)
from queue_server.custody.events import ItemReceived
from queue_server.custody.followers import ItemFollowers
from queue_server.custody.model import Item
from queue_server.custody.places import check_place
from queue_server.custody.showing import item_views
from queue_server.custody.store import ITEMS
from queue_server.custody.tables import custody_items
from queue_server.custody.values import (
    ConditionMark,
    DestroyReason,
    GiveBackReason,
    HandOverProof,
    Holder,
    ItemId,
    ItemKind,
    ItemState,
    MissedBy,
    RecallReason,
    ShelfPlace,
    TrackingId,
)
from queue_server.custody.vault_rows import document_row, tracking_row
from queue_server.custody.views import event_view
from queue_server.custody.witness import witness_of
from queue_server.domain.values import GovernmentId, NoteId, StaffId, VisitId, new_id
from queue_server.eventlog import statements
from queue_server.framework.paging import ListPosition, QueryInvalidError, read_cut
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.vault.store import Vault

MOVES = (ItemUnknownError, ItemStateError, ItemPlaceError)
TWO = (WitnessNeededError, WitnessSameError, WitnessUnprovenError, TooManyTriesError)


@refuses(ApplicationUnknownError, GovernmentMissingError)
async def receive(ask: RequestContext) -> m.ItemAnswer:
    """Take something that is handed in: it gets a label, and what is printed on it goes into the vault.

    Raises:
        ApplicationUnknownError: there is no application of this name.
        GovernmentMissingError: nothing says for which government it is.
    """
    wanted, centre = ask.body(m.ReceiveItemRequest), centre_of(ask)
    kind, condition = one_of(ItemKind, wanted.kind, "kind"), marks(wanted.condition)
    item = ItemId(named_by(ask, "item"))
    at, command, actor = ask.server.clock(), ask.command, ask.actor
    known = {one.id for one in centre.setup.setup.governments}
    followers = ask.server[ItemFollowers]
    for check in followers.checks:
        check(wanted)

    def work(connection: Connection) -> Item:
        known_item = ITEMS.load(connection, item)
        if known_item is not None:
            ITEMS.draft(connection, item, lambda _: (), at=at, command=command, actor=actor)
            return decide.here(known_item, centre.id)
        application = None
        if wanted.application is not None:
            reference = read_reference(wanted.application)
            application = None if reference is None else applications.by_reference(connection, centre.id, reference)
            if application is None:
                raise ApplicationUnknownError
        government = application.government if application is not None else GovernmentId(wanted.government or "")
        if government not in known:
            raise GovernmentMissingError
        document = None if wanted.document is None else NoteId(new_id())
        received = ItemReceived(
            item=item,
            label=store.next_label(connection, centre.id),
            centre=centre.id,
            government=government,
            kind=kind,
            condition=condition,
            pages=wanted.pages,
            application=None if application is None else application.id,
            visit=None if wanted.visit is None else VisitId(wanted.visit),
            counter=ask.principal.counter,
            document=document,
        )
        done = ITEMS.draft(connection, item, lambda _: (received,), at=at, command=command, actor=actor)
        store_all(ask, connection, [done])
        if document is not None and wanted.document is not None:
            ask.server[Vault].put(connection, document_row(ask, document, wanted.document, received))
        came = decide.here(done.after, centre.id)
        for store_beside in followers.received:
            store_beside(ask, connection, came, wanted)
        return came

    return await answer(ask, await ask.server.log.write_in_turn(ITEMS.stream(item), work))


@refuses(ItemUnknownError)
async def item(ask: RequestContext) -> m.ItemAnswer:
    centre, named = centre_of(ask).id, ask.path("item")
    return await answer(ask, await ask.server.log.run(lambda connection: find(connection, centre, named)))


@refuses(QueryInvalidError)
async def items(ask: RequestContext) -> m.ItemsAnswer:
    """List items, those that have been longest in their state first.

    Raises:
        QueryInvalidError: a parameter of the address is wrong.
    """
    centre, query, cut = centre_of(ask).id, ask.request.query, read_cut(ask.request.query)
    c = custody_items.c
    which = [c.state == filter_of(ItemState, query["state"], "state")] if "state" in query else []
    if "holder" in query:
        which.append(c.holder == filter_of(Holder, query["holder"], "holder"))
    which += [c[name] == query[name] for name in ("government", "visit") if name in query]
    if cut.after is not None:
        later = (c.state_since > cut.after.at) | ((c.state_since == cut.after.at) & (c.id > cut.after.id))
        which.append(later)

    def work(connection: Connection) -> m.ItemsAnswer:
        found = store.items(connection, centre, *which, limit=cut.limit + 1)
        rows, following = cut.piece(found, lambda one: ListPosition(one.state_since, one.id))
        return m.ItemsAnswer(item_views(connection, centre, rows), following)

    return await ask.server.log.run(work)


@refuses(ItemUnknownError)
async def chain(ask: RequestContext) -> m.ChainAnswer:
    """Tell all that happened to an item, and who had it since each."""
    centre, named = centre_of(ask).id, ask.path("item")

    def work(connection: Connection) -> m.ChainAnswer:
        events = statements.read(connection, ITEMS.stream(find(connection, centre, named).id), 0, None)
        states = [ITEMS.replay(events[:end]) for end in range(1, len(events) + 1)]
        return m.ChainAnswer(
            tuple(event_view(event, after) for event, after in zip(events, states, strict=True) if after is not None)
        )

    return await ask.server.log.run(work)


@refuses(*MOVES, PlaceTakenError, PlaceUnknownError)
async def shelve(ask: RequestContext) -> m.ItemAnswer:
    """Lay an item in a place that is free.

    Raises:
        PlaceTakenError: another item lies there.
        PlaceUnknownError: this centre names its drawers, and this is in none of them.
    """
    place, centre = ShelfPlace(ask.body(m.ShelveRequest).place), centre_of(ask).id
    check_place(centre_of(ask).setup.setup.shelves, place)

    def free(connection: Connection, moved: Item) -> None:
        there = store.item_in(connection, centre, place)
        if there is not None and there.id != moved.id:
            raise PlaceTakenError(place=place)

    return await does(ask, lambda before: decide.shelve(before, place), check=free)


@refuses(*MOVES)
async def take(ask: RequestContext) -> m.ItemAnswer:
    return await does(ask, decide.take)


@refuses(*MOVES)
async def give_back(ask: RequestContext) -> m.ItemAnswer:
    reason = one_of(GiveBackReason, ask.body(m.ReasonRequest).reason, "reason")
    return await does(ask, lambda before: decide.give_back(before, reason))


@refuses(*MOVES)
async def note_condition(ask: RequestContext) -> m.ItemAnswer:
    condition = marks(ask.body(m.ConditionRequest).condition)
    return await does(ask, lambda before: decide.note_condition(before, condition))


@refuses(*MOVES)
async def make_ready(ask: RequestContext) -> m.ItemAnswer:
    return await does(ask, decide.make_ready)


@refuses(*MOVES, *TWO, ClaimError)
async def hand_over(ask: RequestContext) -> m.ItemAnswer:
    """Give an item to somebody at the counter; where nothing proves who they are, two members of staff do."""
    wanted = ask.body(m.HandOverRequest)
    proof, by, witness = (
        one_of(HandOverProof, wanted.proof, "proof"),
        ask.principal.staff,
        await witness_of(ask, wanted.witness),
    )
    if proof is HandOverProof.CARRIER:
        raise BodyInvalidError("Expected a proof of a person - at `$.proof`")
    return await does(ask, lambda before: decide.hand_over(before, proof, by=by, witness=witness))


@refuses(*MOVES, ClaimError)
async def call_back(ask: RequestContext) -> m.ItemAnswer:
    reason = one_of(RecallReason, ask.body(m.ReasonRequest).reason, "reason")
    return await does(ask, lambda before: decide.call_back(before, reason))


@refuses(*MOVES)
async def miss(ask: RequestContext) -> m.ItemAnswer:
    return await does(ask, lambda before: decide.miss(before, MissedBy.STAFF))


@refuses(*MOVES, *TWO)
async def declare_lost(ask: RequestContext) -> m.ItemAnswer:
    by, witness = acting_staff(ask), await witness_of(ask, ask.body(m.TwoPeopleRequest).witness)
    return await does(ask, lambda before: decide.declare_lost(before, by, witness))


@refuses(*MOVES, *TWO)
async def destroy(ask: RequestContext) -> m.ItemAnswer:
    wanted = ask.body(m.DestroyRequest)
    reason, by = one_of(DestroyReason, wanted.reason, "reason"), acting_staff(ask)
    witness = await witness_of(ask, wanted.witness)
    return await does(ask, lambda before: decide.destroy(before, reason, by, witness))


@refuses(*MOVES, ClaimError)
async def send(ask: RequestContext) -> m.ItemAnswer:
    """Give an item to a carrier; how they name it goes into the vault."""
    number, tracking = ask.body(m.SendItemRequest).tracking, TrackingId(new_id())
    named = await ask.server.log.run(lambda connection: find(connection, centre_of(ask).id, ask.path("item")))

    def keep(connection: Connection) -> None:
        ask.server[Vault].put(connection, tracking_row(ask, tracking, number, named))

    return await does(ask, lambda before: decide.send(before, tracking), keep)


@refuses(*MOVES)
async def delivered(ask: RequestContext) -> m.ItemAnswer:
    return await does(ask, decide.delivered)


@refuses(*MOVES)
async def refused(ask: RequestContext) -> m.ItemAnswer:
    return await does(ask, decide.refused)


async def does(ask: RequestContext, verb: Verb, rows: Beside | None = None, check: Check | None = None) -> m.ItemAnswer:
    return await answer(ask, await act(ask, ask.path("item"), verb, rows, check))


async def answer(ask: RequestContext, found: Item) -> m.ItemAnswer:
    centre = centre_of(ask).id
    (view,) = await ask.server.log.run(lambda connection: item_views(connection, centre, (found,)))
    return m.ItemAnswer(view)


def acting_staff(ask: RequestContext) -> StaffId:
    """Name the member of staff who asks.

    Raises:
        WitnessNeededError: an integration asks: two people have to.
    """
    by = ask.principal.staff
    if by is None:
        raise WitnessNeededError
    return by


def one_of[T: StrEnum](kind: type[T], name: str, field: str) -> T:
    """Read a code of a body.

    Raises:
        BodyInvalidError: there is none of this name.
    """
    try:
        return kind(name)
    except ValueError as error:
        raise BodyInvalidError(f"Invalid enum value {name!r} - at `$.{field}`") from error


def filter_of[T: StrEnum](kind: type[T], name: str, field: str) -> T:
    """Read a code of an address.

    Raises:
        QueryInvalidError: there is none of this name.
    """
    try:
        return kind(name)
    except ValueError as error:
        raise QueryInvalidError(name=field) from error


def marks(named: tuple[str, ...]) -> tuple[ConditionMark, ...]:
    """Read what is not as it was made: each once, in the order of the list."""
    said = {one_of(ConditionMark, name, "condition") for name in named}
    return tuple(mark for mark in ConditionMark if mark in said)
