"""How many compartments of a centre's banks are free. Synchronous, on a ``Connection``."""

import msgspec
from sqlalchemy import Connection

from queue_server.domain.lockers import CompartmentState
from queue_server.domain.values import CentreId
from queue_server.lockers import store
from queue_server.lockers.views import state_of


class Occupancy(msgspec.Struct, frozen=True):
    """Of ``compartments`` so many are ``free``, and in so many staff have to look (``stopped``)."""

    compartments: int
    free: int
    stopped: int


def occupancy(connection: Connection, centre: CentreId) -> Occupancy:
    """Look into all banks of a centre, as custody and their orders have them."""
    states = [
        state_of(one, lying.get(one.name), under_way.get(one.name))
        for bank in store.banks(connection, centre)
        for lying in [{item.compartment: item for item in store.lying_in(connection, bank)}]
        for under_way in [{order.compartment: order for order in store.under_way(connection, bank)}]
        for one in bank.compartments
    ]
    stopped = (CompartmentState.BLOCKED, CompartmentState.UNKNOWN)
    return Occupancy(
        compartments=len(states),
        free=sum(state is CompartmentState.FREE for state in states),
        stopped=sum(state in stopped for state in states),
    )
