"""What kiosks, receptions, counters and managers of one hot centre do all day: every verb, in every order."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from queue_server.domain.values import new_id
from tests.faults.callers import Answer, Callers, Request, request
from tests.queue_server.payments.telling import GOOD, report


class Kiosk(NamedTuple):
    """A device that makes visit id and code by itself; ``letter`` is its series."""

    token: str
    letter: str


#: What people pay for, and at which step they would.
PAID = "uto-passport-renewal"
_SERVICES = ("uto-passport-renewal", "uto-birth", "uto-record-copy", "uto-evacuation", "uto-visa-study")
_STEPS = ("reception", "documents", "biometrics", "payment", "interview", "submission")
_OF_RECEPTION = ("walk-in", "walk-in", "walk-in", "priority", "urgent")
_WHERE = ("order", "end", "front")


async def issue_own(callers: Callers, kiosk: Kiosk, chance: random.Random) -> None:
    """Issue tickets as a kiosk: one code after the other, none of them renamed or refused; most passports are paid.

    The payment is told of before its ticket, or some tickets later.
    """
    number = 0
    owed: list[str] = []
    while not callers.over:
        number += 1
        code, visit = f"{kiosk.letter}{number:03}", new_id()
        service = chance.choice((*_SERVICES, PAID))
        if service == PAID and chance.random() < 0.8:
            owed.append(visit)
        if owed and (owed[-1] == visit or chance.random() < 0.3) and chance.random() < 0.5:
            await _tell(callers, kiosk, owed.pop(chance.randrange(len(owed))), chance)
        ticket = request(
            kiosk.token,
            "/visits",
            services=[service],
            category="walk-in",
            language="en",
            id=visit,
            code=code,
            issued_at=datetime.now(UTC).isoformat(),
            asks_priority=chance.random() < 0.2,
        )
        answer = await (callers.ask_twice(ticket) if chance.random() < 0.1 else callers.ask(ticket))
        assert answer.status == 201, answer
        assert (answer.body["visit"]["id"], answer.body["visit"]["code"]) == (visit, code)


async def _tell(callers: Callers, kiosk: Kiosk, visit: str, chance: random.Random) -> None:
    """Tell of a payment that was charged."""
    told = request(kiosk.token, "/payments", **report(visit, *GOOD, services=[PAID]))
    answer = await (callers.ask_twice(told) if chance.random() < 0.2 else callers.ask(told))
    assert (answer.status, answer.body["row"]) == (200, len(GOOD)), answer


async def issue(callers: Callers, token: str, chance: random.Random) -> None:
    """Issue tickets as a reception page does: the server gives the code."""
    while not callers.over:
        category, services = chance.choice(_OF_RECEPTION), chance.sample(_SERVICES, chance.choice((1, 1, 2)))
        ticket = request(token, "/visits", services=services, category=category, language="en")
        answer = await (callers.ask_twice(ticket) if chance.random() < 0.1 else callers.ask(ticket))
        assert answer.status == 201, answer


#: What one at a counter does after what, and after which refusal; another serves at the same counter.
_NEXT = {"call-next": "start", "call": "start", "recall": "start", "start": "finish"}
#: What it does instead, now and then, with whom it has.
_INSTEAD = ("recall", "recall", "undo", "undo", "missed", "missed", "transfer", "transfer", "park", "hand-back")
_AFTER_REFUSAL = {
    "counter-busy": "start",
    "visit-not-started": "start",
    "visit-not-called": "finish",
    "counter-free": "call-next",
    "undo-nothing": "call-next",
    "missed-too-early": "start",
    "counter-not-open": "open",
}


async def serve(callers: Callers, token: str, counter: str, counters: tuple[str, ...], chance: random.Random) -> None:
    """Work at one counter: mostly call, start and finish; now and then anything else that a counter does."""
    verb = "open"
    while not callers.over:
        body = _at_counter(verb, callers, counters, chance)
        if body is None:
            verb = "call-next"
            continue
        asked = request(token, f"/counters/{counter}/{verb}", **body)
        answer = await (callers.ask_twice(asked) if chance.random() < 0.1 else callers.ask(asked))
        assert answer.status in (200, 404, 409), answer
        verb = _following(verb, answer, chance)


def _following(verb: str, answer: Answer, chance: random.Random) -> str:
    if answer.status != 200:
        return _AFTER_REFUSAL.get(answer.refusal, "call-next")
    # Whoever finds a visit started already by the other finishes it; nobody to call is asked for again.
    here = answer.thing is not None
    following = _NEXT.get(verb, "call-next") if here or verb == "start" else "call-next"
    if following == "call-next":
        return chance.choice(("close", "pause", "undo")) if chance.random() < 0.03 else _caller(chance)
    if here and chance.random() < 0.35:
        return chance.choice(_INSTEAD)
    return following


def _caller(chance: random.Random) -> str:
    return "call" if chance.random() < 0.15 else "call-next"


def _at_counter(
    verb: str, callers: Callers, counters: tuple[str, ...], chance: random.Random
) -> Mapping[str, object] | None:
    """Make the body of what a counter asks; None where there is nobody to ask it of."""
    if verb == "call":
        return {"visit": callers.one_of("waiting", "missed"), "reason": "agreed"} if callers.seen else None
    if verb == "park":
        return {"reason": "photo", "minutes": 5}
    if verb == "pause":
        return {"reason": "break"}
    if verb == "transfer":
        to = {"counter": chance.choice(counters)} if chance.random() < 0.4 else {"step": chance.choice(_STEPS)}
        return {"reason": "specialist", "where": chance.choice(_WHERE), **to}
    return {}


#: Of what visits somebody in the hall asks this, by what was on the screen.
_STATES = {"resume": ("parked",), "reinstate": ("missed", "cancelled"), "merge": ("waiting",), "cancel": ("waiting",)}


async def attend(callers: Callers, token: str, chance: random.Random) -> None:
    """Be about in the hall: bring visits back, reclassify, change, put together, cancel; name applications."""
    while not callers.over:
        if not callers.seen:
            await callers.more(1)
            continue
        answer = await callers.ask(_of_visit(callers, token, chance))
        assert answer.status in (200, 201, 404, 409), answer


def _of_visit(callers: Callers, token: str, chance: random.Random) -> Request:
    wanted: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("resume", {}),
        ("reinstate", {}),
        ("reclassify", {"category": chance.choice(("walk-in", "priority", "urgent"))}),
        ("change", {"party_size": chance.randrange(1, 5)}),
        ("change", {"services": chance.sample(_SERVICES, chance.choice((1, 2)))}),
        ("merge", {"into": callers.one_of("waiting")}),
        ("cancel", {}),
        ("applications", {"service": chance.choice(_SERVICES)}),
        ("applications", {"service": chance.choice(_SERVICES)}),
    )
    verb, body = chance.choice(wanted)
    visit = callers.one_of(*_STATES.get(verb, ("waiting", "called", "serving")))
    return request(token, f"/visits/{visit}/{verb}", **body)


async def manage(callers: Callers, token: str, chance: random.Random) -> None:
    """Call for help and take it, show notices and end them, stop the kiosks and let them go on."""
    while not callers.over:
        called = await callers.ask(request(token, "/help", kind="help"))
        shown = await callers.ask(request(token, "/notices", kind="announcement", text="delay", where="boards"))
        assert called.thing is not None, called
        assert shown.thing is not None, shown
        for path, body in (
            (f"/help/{called.thing['id']}/take", {}),
            (f"/notices/{shown.thing['id']}/end", {}),
            ("/intake", {"intake": chance.choice(("open", "full"))}),
            (f"/services/{chance.choice(_SERVICES)}/{chance.choice(('close', 'reopen'))}", {}),
        ):
            answer = await callers.ask(request(token, path, **body))
            assert answer.status in (200, 404, 409), answer
