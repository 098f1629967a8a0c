"""What the tests of appointments have in common: a time to book at the demo centre, and what is booked there."""

from datetime import UTC, datetime, timedelta
from typing import Any

from queue_server.domain.values import Micros, to_datetime
from queue_server.eventlog.rebuild import bad_rows
from queue_server.eventlog.verify import BadRow
from tests.queue_server.house import KNOWN, Client, House, Reply

APPOINTMENTS = "/centres/demo/appointments"
#: One stop, three minutes and one for each further person: many fit.
SHORT = "uto-certificate-of-life"
#: One stop of 20 minutes at the nurse, of whom there is one.
NURSE = "uto-health-assessment"
PASSPORT = "uto-passport-renewal"


def soon(here: House, days: int = 2, hour: int = 10) -> datetime:
    """Give a full hour (UTC) of a day to come."""
    now = to_datetime(here.server.clock())
    return (now + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def wanted(at: datetime, *services: str, **more: Any) -> dict[str, Any]:
    return {"services": list(services or (PASSPORT,)), "at": at.isoformat(), "language": "en"} | more


async def booked(client: Client, at: datetime, *services: str, **more: Any) -> dict[str, Any]:
    """Book a time that is free; gives the appointment."""
    answer = await client.post(APPOINTMENTS, wanted(at, *services, **more))
    assert answer.status == 201, answer
    found: dict[str, Any] = answer.body["appointment"]
    return found


async def free_at(client: Client, day: datetime, *services: str, people: int = 1) -> list[str]:
    """List the times that are free on a date, as the clock shows them."""
    named = "&".join(f"service={one}" for one in services or (PASSPORT,))
    answer = await client.get(f"{APPOINTMENTS}/times?{named}&people={people}&from={day.date()}&days=1")
    assert answer.status == 200, answer
    (shown,) = answer.body["days"]
    assert shown["free"] == len(shown["times"])
    return [one["at"] for one in shown["times"]]


async def until_full(client: Client, at: datetime, *services: str, **more: Any) -> tuple[list[str], Reply]:
    """Book a time until it is full; gives the ids that found a place, and the refusal."""
    found: list[str] = []
    for _ in range(200):
        answer = await client.post(APPOINTMENTS, wanted(at, *services, **more))
        if answer.status != 201:
            assert answer.code == "time-taken", answer
            return found, answer
        found.append(answer.body["appointment"]["id"])
    raise AssertionError("it is never full")


async def sound(here: House) -> None:
    """Find no row that is not as its stream has it."""
    assert await here.server.log.run(lambda connection: list[BadRow](bad_rows(connection, KNOWN.aggregates))) == []


class SetClock:
    """A clock that stands still until it is set ahead."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> Micros:
        return Micros(round((self.now - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 1_000_000)

    def pass_time(self, **time: float) -> None:
        self.now += timedelta(**time)
