"""Enrolment: the routes for a machine without any proof."""

import msgspec

from queue_server.accounts.enrolment import Enrolment
from queue_server.accounts.enrolment import enrol as enrol_device
from queue_server.accounts.errors import EnrolmentCodeError, SeriesExhaustedError, TooManyTriesError
from queue_server.catalogue.errors import CentreNotSetUpError
from queue_server.centre.centres import Centres
from queue_server.contract.devices import EnrolAnswer, EnrolRequest
from queue_server.contract.server_route import ServerRoute
from queue_server.domain.ticket_codes import Series
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.queue.codes import highest


@refuses(EnrolmentCodeError, SeriesExhaustedError, TooManyTriesError, CentreNotSetUpError)
async def enrol(ask: RequestContext) -> EnrolAnswer:
    """Exchange a code for a token. A device that gets its old series back starts above the highest number seen."""
    server = ask.server
    wanted = ask.body(EnrolRequest)
    answer = await enrol_device(server.log, server[Enrolment], wanted, ask.request.remote or "", server.clock())
    own = answer.series
    if own is not None:
        await server[Centres].refresh()
        writer = server[Centres].find(answer.centre).writer
        await writer.catch_up()
        seen = highest(writer.state, Series(own.letter, own.first, own.last))
        answer = msgspec.structs.replace(answer, series=msgspec.structs.replace(own, highest=seen))
    return answer


@refuses()
async def authority(ask: RequestContext) -> ServerRoute:
    """Say whose certificates this server has; whoever asks compares their fingerprints with what it was given."""
    return ask.server.device_route
