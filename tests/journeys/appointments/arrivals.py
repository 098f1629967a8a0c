"""Who wants to come on a day, and how long they will need: drawn once, the same with appointments and without. Pure."""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from queue_server.simulation.draws import lognormal, weighted

#: Minutes of the first person and of each further one, by service and step (``town.toml``).
MINUTES: Final = {
    "passport": {"papers": (8, 3), "submission": (4, 2)},
    "record": {"papers": (6, 3)},
    "visa": {"papers": (7, 3), "submission": (5, 2)},
}
#: Of a hundred visits: what they are for, one service or two, and how many people come.
_SERVICES: Final = {("passport",): 40, ("record",): 30, ("visa",): 22, ("passport", "record"): 8}
_PARTIES: Final = {1: 74, 2: 14, 3: 5, 4: 7}
#: Of a hundred visits, how many want to come between two hours of the day.
_WISHES: Final = {(8.0, 9.5): 28, (9.5, 11.0): 26, (11.0, 13.0): 18, (13.0, 15.0): 16, (15.0, 16.25): 12}
#: The standard deviation of a service time, as a share of its mean.
_SPREAD: Final = 0.5


@dataclass(frozen=True, slots=True)
class Guest:
    """A party: when it would like to come after midnight, what for, how many; ``needs`` are what it needs of staff.

    ``books``: it asks for an appointment. ``comes``: it then comes, ``off`` its time.
    """

    wish: timedelta
    services: tuple[str, ...]
    people: int
    needs: dict[tuple[str, str], timedelta]
    books: bool
    comes: bool
    off: timedelta


def guests(count: int, *, booking: float, no_show: float, seed: int) -> list[Guest]:
    """Draw so many parties; ``booking`` and ``no_show`` are shares."""
    chance = random.Random(seed)
    return [_guest(chance, booking, no_show) for _ in range(count)]


def _guest(chance: random.Random, booking: float, no_show: float) -> Guest:
    opens, closes = weighted(chance, _WISHES)
    services, people = weighted(chance, _SERVICES), weighted(chance, _PARTIES)
    return Guest(
        wish=timedelta(hours=chance.uniform(opens, closes)),
        services=services,
        people=people,
        needs={
            (service, step): timedelta(minutes=lognormal(chance, first + (people - 1) * further, _SPREAD))
            for service in services
            for step, (first, further) in MINUTES[service].items()
        },
        books=chance.random() < booking,
        comes=chance.random() >= no_show,
        # Most are some minutes early; one of ten is later than its time.
        off=timedelta(minutes=max(-20.0, min(25.0, chance.gauss(-8, 6)))),
    )
