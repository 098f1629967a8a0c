"""The route of stock-taking: what lies in a drawer is scanned, and each difference is named."""

from sqlalchemy import Connection

from queue_server.centre.submit import centre_of
from queue_server.contract import custody as m
from queue_server.custody import decide, labels, store
from queue_server.custody.acting import draft, named_by, store_all
from queue_server.custody.events import StockTaken
from queue_server.custody.showing import item_views
from queue_server.custody.store import STOCKTAKINGS
from queue_server.custody.values import MissedBy, ShelfPlace
from queue_server.framework.request_context import RequestContext


async def take_stock(ask: RequestContext) -> m.StocktakeAnswer:
    """Compare what lies in a drawer with what should; what is missing is missed from now on."""
    wanted, centre, ident = ask.body(m.StocktakeRequest), centre_of(ask).id, named_by(ask, "stocktaking")

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
        missed = [
            draft(ask, connection, item, lambda before: decide.miss(before, MissedBy.STOCKTAKING))
            for item in found.missing
        ]
        store_all(ask, connection, missed, look)
        # Asked for a second time it is what was found the first time.
        taken = found if look.after is None else look.after.taken
        return m.StocktakeAnswer(
            expected=taken.expected,
            missing=item_views(connection, centre, store.some(connection, centre, taken.missing)),
            surplus=item_views(connection, centre, store.some(connection, centre, taken.surplus)),
            unknown=tuple(name for name, label in scanned.items() if label is None or by_label.get(label) is None),
        )

    return await ask.server.log.write_in_turn(f"stocktaking/{centre}", work)
