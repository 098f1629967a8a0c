"""Appointments: the time of a centre's staff, given away ahead; who booked, who came, who did not."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.appointments import errors
from queue_server.appointments.events import CODEC
from queue_server.appointments.permissions import PERMISSIONS
from queue_server.appointments.settings import AppointmentSettings
from queue_server.appointments.store import DAYS, day_streams
from queue_server.appointments.tables import appointment_days, appointments, waitlist_entries, waitlist_offers
from queue_server.appointments.waitlist_events import CODEC as WAITLIST_CODEC
from queue_server.appointments.waitlist_store import WAITLIST, waitlist_streams
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Room, Stream
from queue_server.framework.words import Vocabulary

if TYPE_CHECKING:
    from queue_server.contract.periodic import Periodic
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server


def _routes() -> "Iterable[Route]":
    from queue_server.appointments.routes import ROUTES

    return ROUTES


def _vocabulary() -> Vocabulary:
    from queue_server.appointments.words import VOCABULARY

    return VOCABULARY


def _assemble(server: "Server") -> None:
    from queue_server.appointments.admission import prove
    from queue_server.appointments.engine import AppointmentEngine
    from queue_server.appointments.followers import AppointmentFollowers
    from queue_server.appointments.letters import (
        SUBJECTS,
        AppointmentLetterComposer,
        AppointmentLetters,
        appointment_names,
    )
    from queue_server.appointments.missed import MissedAppointments
    from queue_server.appointments.remote_arrivals import RemoteArrivals
    from queue_server.appointments.waitlist_letter import OfferLetterComposer
    from queue_server.appointments.waitlist_offering import WaitlistFollower, WaitlistOffers
    from queue_server.centre.issuing import Issuing
    from queue_server.notices.assembling import Composers, SubjectNames
    from queue_server.notices.values import OF_APPOINTMENTS, NotificationKind

    server[Issuing].prove = prove
    server.put(AppointmentEngine, AppointmentEngine())
    server.put(AppointmentFollowers, AppointmentFollowers([AppointmentLetters(server)]))
    server[Composers].update(dict.fromkeys(OF_APPOINTMENTS, AppointmentLetterComposer(server)))
    server[SubjectNames][SUBJECTS] = appointment_names
    server[AppointmentFollowers].changed.append(WaitlistFollower(server))
    server[Composers][NotificationKind.APPOINTMENT_OFFERED] = OfferLetterComposer(server)
    server.put(WaitlistOffers, WaitlistOffers(server))
    server.put(RemoteArrivals, RemoteArrivals(server))
    server.put(MissedAppointments, MissedAppointments(server, server.settings[AppointmentSettings].poll_s))


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.appointments.missed import MissedAppointments
    from queue_server.appointments.remote_arrivals import RemoteArrivals
    from queue_server.appointments.waitlist_offering import WaitlistOffers

    return (server[MissedAppointments].task, server[WaitlistOffers].task, server[RemoteArrivals].task)


ROOM = Room(
    name="appointments",
    permissions=PERMISSIONS,
    problems=(
        ProblemMapping(errors.AppointmentUnknownError, 404, "There is no such appointment here"),
        ProblemMapping(errors.WaitlistUnknownError, 404, "There is nobody of that name on the waiting list here"),
        ProblemMapping(errors.TelephoneNeededError, 422, "They are called, and there is no number"),
        ProblemMapping(errors.WaitlistInvalidError, 422, "Nobody can wait so"),
        ProblemMapping(errors.AppointmentsError, 409, "This cannot be booked or changed so now"),
    ),
    settings={"appointments": AppointmentSettings},
    streams={
        DAYS.prefix: Stream((CODEC,), (day_streams,), DAYS),
        WAITLIST.prefix: Stream((WAITLIST_CODEC,), (waitlist_streams,), WAITLIST),
    },
    tables={
        appointments.name: "when somebody comes and for what, under an id; who it is stands in the vault",
        appointment_days.name: "what is taken of each day",
        waitlist_entries.name: "who waits for a place and for what, under an id; how they are told is in the vault",
        waitlist_offers.name: "which places they were offered",
    },
    tags={"appointments": "Appointments: which times are free, book, move, cancel; the capacity of a day."},
    path_words={
        "appointment": "Id of the appointment.",
        "hold": "Id of the hold.",
        "service_day": "The service day (`YYYY-MM-DD`).",
        "day_change": "Id of the change.",
    },
    vocabulary=_vocabulary,
    routes=_routes,
    assemble=_assemble,
    tasks=_tasks,
)
