"""What can be read of a centre: what it offers, its counters, a device's series, the day, and the feed of it."""

from aiohttp import web

from queue_server.accounts.identities import known
from queue_server.catalogue import api as catalogue_routes
from queue_server.catalogue.cache import Catalogues
from queue_server.centre import views
from queue_server.centre.permissions import audience
from queue_server.centre.submit import centre_of
from queue_server.contract.catalogue import CountersAnswer
from queue_server.contract.devices import SeriesState
from queue_server.contract.feeds import BoardSnapshot, QueueSnapshot
from queue_server.domain.values import DeviceId, to_datetime
from queue_server.eventlog import epoch
from queue_server.framework.feeds import TooManyFeedsError
from queue_server.framework.problems import NotFoundError, NotPermittedError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.queue.codes import highest


async def services(ask: RequestContext) -> web.StreamResponse:
    return await catalogue_routes.services(ask.request, ask.server[Catalogues])


async def counters(ask: RequestContext) -> CountersAnswer:
    return CountersAnswer(views.counter_views(centre_of(ask).writer.state, centre_of(ask).facts))


async def series(ask: RequestContext) -> SeriesState:
    """Tell the device its series, with the highest number that any server has seen today."""
    device = known(ask.identity).device
    if device is None or device.series is None:
        raise NotFoundError
    writer = centre_of(ask).writer
    await writer.catch_up()
    own = device.series
    life = await ask.server.log.run(epoch.read)
    return SeriesState(own.letter, own.first, own.last, highest(writer.state, own), life)


async def queue(ask: RequestContext) -> QueueSnapshot | BoardSnapshot:
    state, known = centre_of(ask).writer.state, centre_of(ask).facts
    at = to_datetime(ask.server.clock())
    match audience(ask.principal):
        case "board":
            return BoardSnapshot(views.cursor(state), at, views.board_view(state, known))
        case "kiosk":
            device = ask.principal.device or DeviceId("")
            return QueueSnapshot(views.cursor(state), at, views.kiosk_view(state, known, device))
        case "queue":
            return QueueSnapshot(views.cursor(state), at, views.queue_view(state, known))
        case None:
            raise NotPermittedError


@refuses(TooManyFeedsError)
async def events(ask: RequestContext) -> web.StreamResponse:
    kind = audience(ask.principal)
    if kind is None:
        raise NotPermittedError
    return await ask.server.feeds.serve(ask.request, centre_of(ask).fan_out, ask.identity, kind)
