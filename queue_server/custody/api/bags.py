"""Routes of tamper-evident bags: fill, seal, send, acknowledge; and those that come, to be emptied.

What happens to a bag happens to what is in it, in one commit.
"""

from collections.abc import Callable

from sqlalchemy import Connection

from queue_server.centre.submit import centre_of
from queue_server.contract import custody as m
from queue_server.custody import bags, decide, store
from queue_server.custody.acting import Verb, draft, find, find_bag, named_by, store_all
from queue_server.custody.api.items import MOVES, TWO, filter_of, marks, one_of
from queue_server.custody.bag_manifest import manifest_of
from queue_server.custody.bag_model import Bag
from queue_server.custody.errors import (
    BagEmptyError,
    BagGovernmentError,
    BagStateError,
    BagUnknownError,
    GovernmentMissingError,
    ItemPlaceError,
    SealUsedError,
)
from queue_server.custody.events import BagOpened
from queue_server.custody.manifest import line_of, manifest_csv, manifest_hash
from queue_server.custody.model import Item
from queue_server.custody.settings import CustodyRules
from queue_server.custody.showing import bag_views
from queue_server.custody.store import BAGS
from queue_server.custody.tables import custody_bags
from queue_server.custody.values import BagId, BagState, Direction, Holder, SealNumber
from queue_server.custody.witness import witness_of
from queue_server.domain.values import GovernmentId
from queue_server.eventlog.payload import Payload
from queue_server.framework.paging import QueryInvalidError
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext

BagVerb = Callable[[Bag], tuple[Payload, ...]]
_BAG = (BagUnknownError, BagStateError)


@refuses(GovernmentMissingError, SealUsedError)
async def open_bag(ask: RequestContext) -> m.BagAnswer:
    """Begin to fill a bag, or to empty one that came.

    Raises:
        GovernmentMissingError: this centre does not serve this government.
        SealUsedError: a bag with this number came before.
    """
    wanted, centre, bag = ask.body(m.OpenBagRequest), centre_of(ask), BagId(named_by(ask, "bag"))
    direction = one_of(Direction, wanted.direction, "direction")
    if (wanted.seal is None) is (direction is Direction.BACK):
        raise BodyInvalidError("Expected `seal` of a bag that came, and of no other - at `$.seal`")
    if wanted.government not in {one.id for one in centre.setup.setup.governments}:
        raise GovernmentMissingError
    seal = None if wanted.seal is None else SealNumber(wanted.seal)
    opened = BagOpened(bag, centre.id, GovernmentId(wanted.government), direction, seal, wanted.is_whole)

    def begin(connection: Connection, before: Bag | None) -> tuple[Payload, ...]:
        if before is not None:
            return ()
        if seal is not None and store.bag_by_seal(connection, centre.id, direction, seal) is not None:
            raise SealUsedError
        return (opened,)

    return await _does(ask, bag, begin)


@refuses(BagUnknownError)
async def bag(ask: RequestContext) -> m.BagAnswer:
    """Find a bag by its id, or by the number on it."""
    found = await _find(ask)
    return await _answer(ask, found)


@refuses(*_BAG)
async def manifest(ask: RequestContext) -> m.ManifestAnswer:
    """Give the list of a bag as the file that was hashed when it was sealed.

    Raises:
        BagStateError: it has none: it is not sealed, or it came back.
    """
    centre, named = centre_of(ask).id, ask.path("bag")

    def work(connection: Connection) -> m.ManifestAnswer:
        found = find_bag(connection, centre, named)
        made = manifest_of(connection, found)
        if made is None:
            raise BagStateError(state=found.state)
        return m.ManifestAnswer(made.content.decode(), manifest_hash(made.content))

    return await ask.server.log.run(work)


@refuses(QueryInvalidError)
async def some_bags(ask: RequestContext) -> m.BagsAnswer:
    """List the bags that are not yet at their end.

    Raises:
        QueryInvalidError: no bag is ever so far.
    """
    centre, query = centre_of(ask).id, ask.request.query
    c = custody_bags.c
    state = filter_of(BagState, query["state"], "state") if "state" in query else None
    ended = (BagState.ACKNOWLEDGED, BagState.EMPTIED)
    which = c.state.not_in(ended) if state is None else c.state == state

    def work(connection: Connection) -> m.BagsAnswer:
        return m.BagsAnswer(bag_views(connection, centre, store.bags(connection, centre, which)))

    return await ask.server.log.run(work)


@refuses(*_BAG, *MOVES, BagGovernmentError)
async def add(ask: RequestContext) -> m.BagAnswer:
    return await _with_item(ask, bags.add, lambda ident: lambda before: decide.put_in_bag(before, ident))


@refuses(*_BAG, *MOVES)
async def remove(ask: RequestContext) -> m.BagAnswer:
    """Take an item out of a bag that is being filled; one that was missed in it and found elsewhere too."""
    return await _with_item(ask, bags.remove, lambda ident: lambda before: _out_of(before, ident))


@refuses(*_BAG, *MOVES)
async def unpack(ask: RequestContext) -> m.BagAnswer:
    """Take an item out of a bag that came: with that it is back."""
    condition = marks(ask.body(m.BagItemRequest).condition)
    return await _with_item(ask, bags.unpack, lambda ident: lambda before: decide.come_back(before, ident, condition))


@refuses(*_BAG, *TWO, BagEmptyError, ItemPlaceError, SealUsedError)
async def seal(ask: RequestContext) -> m.BagAnswer:
    """Close a bag: the list of what is in it is hashed (``manifest``).

    Raises:
        SealUsedError: a bag with this number was sent before.
        ItemPlaceError: something on its list is not in it.
    """
    wanted, centre, found = ask.body(m.CloseBagRequest), centre_of(ask).id, await _find(ask)
    number, by, witness = SealNumber(wanted.seal), ask.principal.staff, await witness_of(ask, wanted.witness)
    many = ask.server.settings[CustodyRules].witness_from

    def close(connection: Connection, before: Bag | None) -> tuple[Payload, ...]:
        known = bags.here(before, centre)
        other = store.bag_by_seal(connection, centre, Direction.OUT, number)
        if other is not None and other.id != known.id:
            raise SealUsedError
        inside = {one.id: one for one in store.some(connection, centre, known.items)}
        items = [inside[ident] for ident in known.items]
        manifest = manifest_hash(manifest_csv(number, known.government, tuple(map(line_of, items))))
        return bags.seal(known, items, number, manifest, by=by, witness=witness, witness_from=many)

    return await _does(ask, found.id, close)


@refuses(*_BAG)
async def dispatch(ask: RequestContext) -> m.BagAnswer:
    """Say that a carrier took a bag, and all that is in it."""
    found = await _find(ask)
    return await _does(ask, found.id, _known(ask, bags.dispatch), lambda before: decide.dispatch(before, found.id))


@refuses(*_BAG)
async def acknowledge(ask: RequestContext) -> m.BagAnswer:
    """Say that the authority has a bag, and all that is in it."""
    is_whole, found = ask.body(m.AcknowledgeRequest).is_whole, await _find(ask)
    return await _does(
        ask,
        found.id,
        _known(ask, lambda before: bags.acknowledge(before, is_whole=is_whole)),
        lambda before: decide.acknowledge(before, found.id),
    )


@refuses(*_BAG, *TWO)
async def finish(ask: RequestContext) -> m.BagAnswer:
    """Say that a bag that came is empty."""
    wanted, found = ask.body(m.FinishBagRequest), await _find(ask)
    by, witness = ask.principal.staff, await witness_of(ask, wanted.witness)
    return await _does(
        ask, found.id, _known(ask, lambda before: bags.finish(before, wanted.expected, by=by, witness=witness))
    )


def _out_of(item: Item, bag: BagId) -> tuple[Payload, ...]:
    """Say that an item left a bag, unless it is somewhere else already."""
    return decide.take_out_of_bag(item, bag) if item.holder is Holder.BAG and item.bag == bag else ()


def _known(ask: RequestContext, verb: BagVerb) -> "Callable[[Connection, Bag | None], tuple[Payload, ...]]":
    centre = centre_of(ask).id
    return lambda _, before: verb(bags.here(before, centre))


async def _with_item(
    ask: RequestContext, verb: Callable[..., tuple[Payload, ...]], of_item: Callable[[BagId], Verb]
) -> m.BagAnswer:
    """Move an item into a bag or out of it; the bag and the item say the same."""
    named, centre, found = ask.body(m.BagItemRequest).item, centre_of(ask).id, await _find(ask)

    def work(connection: Connection) -> Bag:
        item = find(connection, centre, named)
        moved = draft(ask, connection, item.id, of_item(found.id))
        at, command, actor = ask.server.clock(), ask.command, ask.actor
        changed = BAGS.draft(
            connection,
            found.id,
            lambda before: verb(bags.here(before, centre), item),
            at=at,
            command=command,
            actor=actor,
        )
        store_all(ask, connection, [moved], changed)
        return bags.here(changed.after, centre)

    return await _answer(ask, await ask.server.log.write_in_turn(BAGS.stream(found.id), work))


async def _does(
    ask: RequestContext,
    ident: BagId,
    verb: Callable[[Connection, Bag | None], tuple[Payload, ...]],
    of_items: Verb | None = None,
) -> m.BagAnswer:
    """Do something with a bag, and with all that is in it."""
    centre = centre_of(ask).id

    def work(connection: Connection) -> Bag:
        at, command, actor = ask.server.clock(), ask.command, ask.actor
        done = BAGS.draft(
            connection, ident, lambda before: verb(connection, before), at=at, command=command, actor=actor
        )
        after = bags.here(done.after, centre)
        moved = [] if of_items is None else [draft(ask, connection, item, of_items) for item in after.items]
        store_all(ask, connection, moved, done)
        return after

    return await _answer(ask, await ask.server.log.write_in_turn(BAGS.stream(ident), work))


async def _find(ask: RequestContext) -> Bag:
    """Find the bag of the path; raises what ``find_bag`` does."""
    centre, named = centre_of(ask).id, ask.path("bag")
    return await ask.server.log.run(lambda connection: find_bag(connection, centre, named))


async def _answer(ask: RequestContext, found: Bag) -> m.BagAnswer:
    centre = centre_of(ask).id
    (view,) = await ask.server.log.run(lambda connection: bag_views(connection, centre, (found,)))
    return m.BagAnswer(view)
