"""The manager page over HTTP: whole at first, then the part that changes."""

from collections import Counter

from aiohttp import web
from sqlalchemy import Connection

from queue_server.accounts import command_store, device_states
from queue_server.accounts.model import AccountRules, Session
from queue_server.accounts.presence import Presence, presence
from queue_server.appointments.engine import AppointmentEngine
from queue_server.appointments.model import AppointmentDay
from queue_server.conditions import present
from queue_server.contract.device_commands import DeviceCommandView
from queue_server.contract.devices import DeviceStatusView
from queue_server.domain.appointments import AppointmentState
from queue_server.domain.values import SECOND, CentreId, Micros, ServiceId
from queue_server.early_warnings import assignments, store
from queue_server.early_warnings.assignments import AlarmAssignment
from queue_server.early_warnings.store import Episodes
from queue_server.framework.server import SERVER
from queue_server.web import parts
from queue_server.web.manager import drawing
from queue_server.web.manager.alarms import AlarmLimits
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.presenter import manager_page
from queue_server.web.manager.rules import ManagerRules
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.today.usual import UsualDays
from queue_server.web.view_context import name_in

#: Another server may see so much later what an alarm is about: what was just taken there is not over.
_SEEN_LATE = 30 * SECOND


async def show(request: web.Request) -> web.Response:
    """Show the centre in which this browser is signed in, or the way there."""
    return await _draw(request, await signed_in(request), "manager/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "manager/page.html")


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk, server = request.app[DESK], request.app[SERVER]
    settings, now = server.settings, desk.clock()
    live, language = desk.centres[session.centre], desk.language(request)
    centre = live.facts.catalogue.centre
    reader = desk.reader(language, centre.zone)
    told, asked, there, episodes, taken = await desk.log.run(
        lambda connection: _around(connection, session.centre, now, desk.rules)
    )
    books, day = server[AppointmentEngine].books, live.state.day
    booked = await desk.log.run(lambda connection: _booked(books.read(connection, session.centre, day).book))
    brought = await parts.alarms(request, session, reader)
    scene = ManagerView(
        live.state,
        live.facts,
        live.settings,
        devices=told,
        commands=asked,
        presence=there,
        conditions=await present(server.watches, server.rooms.conditions),
        limits=AlarmLimits.of(settings[ManagerRules], desk.rules.hand_back_after_s),
        reader=reader,
        now=now,
        brought=brought.alarms,
        episodes=episodes,
        assignments=taken,
        usual=await server[UsualDays].of(session.centre, live.state.day),
        booked=booked,
        me=session.staff,
        rules=desk.page_rules,
    )
    page = manager_page(scene, settings[ManagerRules].refresh_ms)
    if brought.complete and (over := taken.keys() - {one.id for one in page.alarms}):
        before = Micros(now - _SEEN_LATE)
        await desk.log.write(lambda connection: assignments.end(connection, session.centre, over, before))
    values = drawing.values(
        page,
        scene,
        session,
        centre_name=name_in(centre.name, language, centre.id),
        rules=desk.page_rules,
        own=settings[ManagerRules],
    )
    drawn = await parts.parts(request, "manager", session, reader)
    values |= {"parts": drawn.slots, "news": f"{values['news']} {drawn.news}".strip()}
    return web.Response(text=desk.site.render(template, language, values), content_type="text/html")


def _around(
    connection: Connection, centre: CentreId, now: Micros, rules: AccountRules
) -> tuple[tuple[DeviceStatusView, ...], tuple[DeviceCommandView, ...], Presence, Episodes, dict[str, AlarmAssignment]]:
    """Read what the day does not know: of the devices, who is at the counters, and who sees to what."""
    told = device_states.list_devices(connection, centre, now, rules)
    asked = command_store.commands(connection, centre, now, rules)
    taken = assignments.assignments(connection, centre, now)
    return told, asked, presence(connection, centre), store.episodes(connection, centre), taken


def _booked(book: AppointmentDay | None) -> Counter[ServiceId]:
    """Count the parties that have booked each service and have not come."""
    listed = () if book is None else book.appointments.values()
    ahead = (one for one in listed if one.state is AppointmentState.BOOKED)
    return Counter(service for one in ahead for service in one.services)
