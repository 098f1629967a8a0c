"""The appointment for which a ticket is issued, as whoever has looked it up says it. Pure."""

import msgspec

from queue_server.domain.appointments import AppointmentId
from queue_server.domain.values import Micros


class ProvedBooking(msgspec.Struct, frozen=True):
    """The appointment for which somebody has come, as its booking proves it; ``grace`` and ``late`` in microseconds.

    Whoever is here ``grace`` after the booked time at the latest counts from that time, until ``late`` after it from
    when they came; after that they are a walk-in.
    """

    appointment: AppointmentId
    at: Micros
    grace: int
    late: int
