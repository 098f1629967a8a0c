"""Beside the visit at a counter: that it is by telephone or video, and the way to it."""

from collections.abc import Mapping
from typing import Any, Final

from queue_server.appointments import store
from queue_server.appointments.remote import video_of
from queue_server.centre.centres import Centres
from queue_server.domain.appointments import AppointmentId, RemoteChannel
from queue_server.framework.parts import PagePart, PartContext
from queue_server.queue.state import Visit
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.remote.permissions import REACH_REMOTE
from queue_server.web.view_context import StaffView


def channel_of(look: StaffView, visit: Visit) -> RemoteChannel | None:
    """Say how the visit is served at the step where it is; None where people come, or came without an appointment."""
    service = look.services.get(visit.step.service)
    if visit.appointment is None or service is None:
        return None
    return next((one.remote for one in service.steps if one.id == visit.step.step), None)


async def _visit(shown: PartContext) -> Mapping[str, Any] | None:
    """Say how the visit at this counter is reached; the number itself is on a page of its own, which is recorded."""
    look = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))
    here = None if shown.counter is None else look.state.counters.get(shown.counter)
    visit = None if here is None or here.visit is None else look.state.visits[here.visit]
    channel = None if visit is None else channel_of(look, visit)
    if visit is None or channel is None:
        return None
    video = ""
    if channel is RemoteChannel.VIDEO:
        video = await _video(shown, AppointmentId(visit.appointment or ""))
    return {"channel": channel.value, "number_href": f"/counter/remote/{visit.id}", "video_href": video}


async def _video(shown: PartContext, ident: AppointmentId) -> str:
    one = await shown.server.log.run(lambda connection: store.by_id(connection, ident))
    if one is None:
        return ""
    return video_of(shown.server, shown.server[Centres][shown.centre], one.services, one.id, one.booked_at)


PARTS: Final = (PagePart("counter-visit", "remote/counter-visit.html", REACH_REMOTE, _visit),)
