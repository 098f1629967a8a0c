"""Appointments by telephone or video: where the video is. The number is in the vault with the contact."""

from collections.abc import Iterable

from queue_server.appointments.link import video_link
from queue_server.catalogue.model import Setup
from queue_server.centre.centres import Centre
from queue_server.domain.appointments import AppointmentId
from queue_server.domain.values import Micros, ServiceId
from queue_server.framework.server import Server


def video_of(
    server: Server, centre: Centre, services: Iterable[ServiceId], ident: AppointmentId, booked_at: Micros
) -> str:
    """Give the address at which an appointment by video is held, the same for both sides; empty where there is none.

    Of a journey of several such steps it is the first one's: nobody has to change rooms.
    """
    link = _link(centre.setup.setup, services)
    return video_link(server, link, ident, booked_at) if link else ""


def _link(setup: Setup, services: Iterable[ServiceId]) -> str:
    steps = {step.id: step for step in setup.steps}
    journeys = {service.id: service.steps for service in setup.services}
    stops = (steps[step] for service in services for step in journeys.get(service, ()) if step in steps)
    return next((stop.remote_link for stop in stops if stop.remote_link), "")
