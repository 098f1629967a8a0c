"""Routes of drawers: how full they are; and stock-taking: what lies in one is scanned, each difference named."""

from sqlalchemy import Connection

from queue_server.centre.submit import centre_of
from queue_server.contract import custody as m
from queue_server.custody import decide, labels, store
from queue_server.custody.acting import draft, named_by, store_all
from queue_server.custody.errors import PlaceUnknownError
from queue_server.custody.events import StockTaken
from queue_server.custody.places import check_drawer, shelf_uses
from queue_server.custody.showing import item_views
from queue_server.custody.store import STOCKTAKINGS
from queue_server.custody.values import MissedBy, ShelfPlace
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext


async def shelves(ask: RequestContext) -> m.ShelvesAnswer:
    """Tell how full each drawer is; none where the centre names none."""
    centre = centre_of(ask)
    taken = await ask.server.log.run(lambda connection: store.taken_places(connection, centre.id))
    uses = shelf_uses(centre.setup.setup.shelves, taken)
    return m.ShelvesAnswer(tuple(m.ShelfView(one.id, one.places, one.taken, one.free) for one in uses))


@refuses(PlaceUnknownError)
async def take_stock(ask: RequestContext) -> m.StocktakeAnswer:
    """Compare what lies in a drawer with what should; what is missing is missed from now on.

    Raises:
        PlaceUnknownError: this centre names its drawers, and this is none of them.
    """
    wanted, centre, ident = ask.body(m.StocktakeRequest), centre_of(ask).id, named_by(ask, "stocktaking")
    check_drawer(centre_of(ask).setup.setup.shelves, wanted.drawer)

    def work(connection: Connection) -> m.StocktakeAnswer:
        scanned = {name: labels.read(name) for name in dict.fromkeys(wanted.seen)}
        by_label = {label: store.item_by_label(connection, centre, label) for label in scanned.values() if label}
        seen = {item.id: item for item in by_label.values() if item is not None}
        expected = {item.id for item in store.in_drawer(connection, centre, wanted.drawer)}
        found = StockTaken(
            centre=centre,
            drawer=ShelfPlace(wanted.drawer),
            expected=len(expected),
            missing=tuple(sorted(expected - seen.keys())),
            surplus=tuple(sorted(seen.keys() - expected)),
        )
        at, command, actor = ask.server.clock(), ask.command, ask.actor
        look = STOCKTAKINGS.draft(connection, ident, lambda _: (found,), at=at, command=command, actor=actor)
        # What came into the drawer since it was counted was not looked for.
        missed = [
            draft(ask, connection, item, lambda before: decide.miss(before, MissedBy.STOCKTAKING))
            for item in (found.missing if look.new else ())
        ]
        store_all(ask, connection, missed, look)
        # Asked for a second time it is what was found the first time.
        taken = found if look.after is None else look.after.taken
        return m.StocktakeAnswer(
            id=ident,
            expected=taken.expected,
            missing=item_views(connection, centre, store.some(connection, centre, taken.missing)),
            surplus=item_views(connection, centre, store.some(connection, centre, taken.surplus)),
            unknown=tuple(name for name, label in scanned.items() if label is None or by_label.get(label) is None),
        )

    return await ask.server.log.write_in_turn(f"stocktaking/{centre}", work)
