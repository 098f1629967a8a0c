from sqlalchemy import Connection

from queue_server.centre.submit import centre_of
from queue_server.contract.base import Line, Message, Uuid
from queue_server.domain.values import new_id
from queue_server.framework.request_context import RequestContext
from queue_server.framework.routing import Route, get, post
from tests.queue_server.rooms.toy import store
from tests.queue_server.rooms.toy.model import Thing, ThingFound, What, give_back
from tests.queue_server.rooms.toy.permissions import FOUND
from tests.queue_server.rooms.toy.store import THINGS


class FoundRequest(Message, frozen=True):
    """Write down that something was found."""

    what: What
    """What it is."""
    contact: Line | None = None
    """Whom to call."""


class FoundView(Message, frozen=True):
    """A thing that lies here."""

    id: Uuid
    """Id of the thing."""
    what: What
    """What it is."""
    contact: str | None = None
    """Whom to call, as long as that is kept."""


class FoundList(Message, frozen=True):
    """What lies here."""

    things: tuple[FoundView, ...]
    """One each."""


async def write_down(ask: RequestContext) -> FoundView:
    wanted, thing = ask.body(FoundRequest), new_id()
    centre, at, command, actor = centre_of(ask), ask.server.clock(), ask.command, ask.actor
    found = ThingFound(thing, centre.id, ask.principal.counter, wanted.what)

    def work(connection: Connection) -> None:
        done = THINGS.advance(connection, thing, lambda _: (found,), at=at, command=command, actor=actor)
        if done.bodies and wanted.contact is not None:
            store.keep_contact(connection, thing, wanted.contact, at)

    await ask.server.log.write_in_turn(THINGS.stream(thing), work)
    centre.fan_out.notify_counters("found")
    return FoundView(thing, wanted.what, wanted.contact)


async def give(ask: RequestContext) -> FoundView:
    thing, centre = ask.path("thing"), centre_of(ask)
    at, command, actor = ask.server.clock(), ask.command, ask.actor

    def work(connection: Connection) -> Thing | None:
        decided = THINGS.advance(
            connection, thing, lambda before: give_back(before, centre.id), at=at, command=command, actor=actor
        )
        return decided.after

    after = await ask.server.log.write_in_turn(THINGS.stream(thing), work)
    assert after is not None
    centre.fan_out.notify_counters("found")
    return FoundView(after.id, after.what)


async def all_here(ask: RequestContext) -> FoundList:
    centre = centre_of(ask).id
    found = await ask.server.log.run(lambda connection: store.listed(connection, centre))
    return FoundList(tuple(FoundView(ident, What(what), contact) for ident, what, contact in found))


ROUTES: tuple[Route, ...] = (
    get("found-things", "/found", FOUND, all_here, FoundList, "What was left behind and lies here"),
    post("write-found", "/found", FOUND, write_down, FoundView, "Write down what was found", FoundRequest),
    post("give-back", "/found/{thing}/give-back", FOUND, give, FoundView, "Say that a thing was given back"),
)
