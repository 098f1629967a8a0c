"""A day on which people have booked, for what is looked at on the page of its staffing: by the API, as anybody may."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from queue_server.web.staffing.day_query import ChangeQuery, written
from tests.queue_server.web.custodian import Session

SERVICE = "uto-passport-renewal"


class BookedDay(msgspec.Struct, frozen=True):
    """``date`` as addresses name it; ``appointments`` as the API gave them, all at one time, ``start``."""

    date: str
    start: datetime
    appointments: tuple[Any, ...]

    @property
    def change(self) -> ChangeQuery:
        return ChangeQuery("close", self.start, self.start + timedelta(hours=1))

    @property
    def closing(self) -> str:
        """The address at which closing the hour of the appointments is looked at."""
        return written(self.date, self.change)


def booked_day(desk: Session, count: int, people: int = 1) -> BookedDay:
    """Book so many parties at the first time of a day ahead."""
    day = free_days(desk, people)[2]
    at = day["times"][0]["at"]
    appointments = tuple(book(desk, at, people) for _ in range(count))
    return BookedDay(day["day"], datetime.fromisoformat(at), appointments)


def free_days(desk: Session, people: int = 1) -> Any:
    return desk.read_api(f"appointments/times?service={SERVICE}&people={people}&days=5")["days"]


def book(desk: Session, at: str, people: int = 1) -> Any:
    body = {"services": [SERVICE], "at": at, "language": "en", "party_size": people}
    return desk.api("appointments", body)["appointment"]
