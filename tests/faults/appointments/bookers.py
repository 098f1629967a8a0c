"""What people who book, and a manager, ask of a centre while its servers are killed: in every order."""

import random
from collections.abc import Sequence
from datetime import datetime

from tests.faults.callers import Answer, Callers, request
from tests.queue_server.appointments.booked import NURSE

APPOINTMENTS = "/appointments"
_SERVICES = (("uto-certified-copy", 1), ("uto-certified-copy", 4), ("uto-evacuation", 2), (NURSE, 1))
#: What is answered when there is no place, or what was held or wanted is not so any more.
_REFUSED = {"time-taken", "hold-over", "appointment-state"}


def _allowed(answer: Answer, status: int) -> None:
    assert answer.status == status or answer.refusal in _REFUSED, answer


async def book(callers: Callers, token: str, times: Sequence[datetime], chance: random.Random) -> None:
    """Book, at times what was held before; now and then let go what was held."""
    while not callers.over:
        service, people = chance.choice(_SERVICES)
        at = chance.choice(times).isoformat()
        wanted = {"services": [service], "at": at, "party_size": people}
        hold = None
        if chance.random() < 0.3:
            held = await callers.ask(request(token, f"{APPOINTMENTS}/holds", **wanted))
            _allowed(held, 201)
            if held.thing is None:
                continue
            hold = held.thing["id"]
            if chance.random() < 0.3:
                released = await callers.ask(request(token, f"{APPOINTMENTS}/holds/{hold}/release", at=at))
                assert released.status == 200, released
                continue
        asked = request(token, APPOINTMENTS, **wanted, language="en", hold=hold)
        _allowed(await (callers.ask_twice(asked) if chance.random() < 0.1 else callers.ask(asked)), 201)


async def change_minds(callers: Callers, token: str, times: Sequence[datetime], chance: random.Random) -> None:
    """Move what is booked to any time of any day, or cancel it."""
    while not callers.over:
        if not callers.seen:
            await callers.more(1)
            continue
        path = f"{APPOINTMENTS}/{callers.one_of('booked', 'displaced')}"
        if chance.random() < 0.6:
            asked = request(token, f"{path}/move", at=chance.choice(times).isoformat())
        else:
            asked = request(token, f"{path}/cancel")
        _allowed(await (callers.ask_twice(asked) if chance.random() < 0.1 else callers.ask(asked)), 200)


async def manage(
    callers: Callers, token: str, spans: Sequence[tuple[datetime, datetime]], chance: random.Random
) -> None:
    """Take a counter away from part of a day, whomever that concerns, and give it back."""
    while not callers.over:
        start, end = chance.choice(spans)
        day = f"{APPOINTMENTS}/days/{start.date()}/changes"
        body = {"kind": "counters", "pool": "front-windows", "counters": -1}
        body |= {"start": start.isoformat(), "end": end.isoformat()}
        shown = await callers.ask(request(token, f"{day}/preview", **body))
        assert shown.status == 200, shown
        concerns = [one["id"] for one in shown.body["concerns"]]
        changed = await callers.ask(request(token, day, **body, concerns=concerns))
        assert changed.status == 200 or changed.refusal == "day-change-concerns", changed
        if changed.thing is not None:
            restored = await callers.ask(request(token, f"{day}/{changed.thing['id']}/restore"))
            assert restored.status == 200, restored
