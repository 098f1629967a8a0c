"""Papers of custody over HTTP; the browser prints them, or the printer of this desk."""

from aiohttp import web
from sqlalchemy import Connection

from queue_server.accounts.model import Session
from queue_server.applications import store as applications
from queue_server.custody import store
from queue_server.custody.acting import find, find_bag
from queue_server.custody.bag_manifest import Manifest, manifest_of
from queue_server.custody.bag_model import Bag
from queue_server.custody.errors import BagStateError
from queue_server.custody.model import Item
from queue_server.custody.values import ItemState
from queue_server.domain.values import Reference
from queue_server.web import desk_reader
from queue_server.web.custody.papers import bag_list, file_name, item_label, items_receipt
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.site import choose_language
from queue_server.web.view_context import PageReader


async def show_receipt(request: web.Request) -> web.Response:
    """Show the receipt for all that was handed in together with an item, in the language of whoever handed it in.

    Raises:
        ItemUnknownError: there is no such item.
    """
    session = await signed_in(request)
    named = request.match_info["item"]

    def read(connection: Connection) -> tuple[tuple[Item, ...], Reference | None]:
        item = find(connection, session.centre, named)
        together = _together(connection, item)
        wanted = () if item.application is None else (item.application,)
        found = applications.some(connection, session.centre, wanted)
        return together, found[0].reference if found else None

    items, reference = await request.app[DESK].log.run(read)
    reader = _person(request, session, items[0])
    known = request.app[DESK].centres[session.centre].facts
    return _paper(request, "custody/receipt.html", reader, items_receipt(known, reader, items, reference))


async def show_label(request: web.Request) -> web.Response:
    """Show the label of an item, as staff read it.

    Raises:
        ItemUnknownError: there is no such item.
    """
    session = await signed_in(request)
    named = request.match_info["item"]
    item = await request.app[DESK].log.run(lambda connection: find(connection, session.centre, named))
    reader, known = _staff(request, session), request.app[DESK].centres[session.centre].facts
    return _paper(request, "custody/label.html", reader, item_label(known, reader, item))


async def show_list(request: web.Request) -> web.Response:
    """Show the list that goes with a bag.

    Raises:
        BagUnknownError: there is no such bag.
        BagStateError: it has no list: it is not sealed, or it came back.
    """
    session = await signed_in(request)
    bag, manifest = await _listed(request, session)
    reader, known = _staff(request, session), request.app[DESK].centres[session.centre].facts
    paper = bag_list(known, reader, bag, manifest.lines, manifest.sealed_at)
    if paper is None:
        raise BagStateError(state=bag.state)
    return _paper(request, "custody/list.html", reader, paper)


async def send_list(request: web.Request) -> web.Response:
    """Send the list of a bag as the file that was hashed when it was sealed.

    Raises:
        BagUnknownError: there is no such bag.
        BagStateError: it has no list.
    """
    bag, manifest = await _listed(request, await signed_in(request))
    headers = {"Content-Disposition": f'attachment; filename="{file_name(bag)}"'}
    return web.Response(body=manifest.content, content_type="text/csv", charset="utf-8", headers=headers)


async def _listed(request: web.Request, session: Session) -> tuple[Bag, Manifest]:
    named = request.match_info["bag"]

    def read(connection: Connection) -> tuple[Bag, Manifest]:
        bag = find_bag(connection, session.centre, named)
        manifest = manifest_of(connection, bag)
        if manifest is None:
            raise BagStateError(state=bag.state)
        return bag, manifest

    return await request.app[DESK].log.run(read)


def _together(connection: Connection, item: Item) -> tuple[Item, ...]:
    """List what was handed in with an item: at the same visit, for the same application; it is always among them."""
    if item.visit is None and item.application is None:
        return (item,)
    if item.visit is not None:
        near = store.of_visit(connection, item.centre, item.visit)
    else:
        near = store.of_applications(connection, item.centre, (item.application,) if item.application else ())
    with_it = [
        one
        for one in near
        if one.id == item.id or (one.application == item.application and one.state is not ItemState.GIVEN_BACK)
    ]
    return tuple(sorted(with_it, key=lambda one: one.label))


def _person(request: web.Request, session: Session, item: Item) -> PageReader:
    """Read for whoever handed it in: in the language that was asked for, else that of their visit, else the page's."""
    desk = request.app[DESK]
    live = desk.centres[session.centre]
    visit = None if item.visit is None else live.state.visits.get(item.visit)
    spoken = () if visit is None else (visit.language,)
    language = choose_language((request.query.get("lang", ""), *spoken, desk.language(request)))
    return desk.reader(language, live.facts.catalogue.centre.zone)


def _staff(request: web.Request, session: Session) -> PageReader:
    desk = request.app[DESK]
    return desk.reader(desk.language(request), desk.centres[session.centre].facts.catalogue.centre.zone)


def _paper(request: web.Request, template: str, reader: PageReader, paper: object) -> web.Response:
    desk = request.app[DESK]
    values = {"paper": paper, "desk_port": desk.page_rules.desk_port}
    text = desk.site.render(template, reader.language, values)
    return desk_reader.may_ask(web.Response(text=text, content_type="text/html"), desk.page_rules)
