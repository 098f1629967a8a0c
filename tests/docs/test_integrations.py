"""The page for other systems: every call that it shows is made as it stands there, and comes to what it says."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from queue_server.domain.values import new_id
from tests.queue_server.appointments.booked import APPOINTMENTS, NURSE, free_at, soon, until_full, wanted
from tests.queue_server.conftest import _own_house as here  # noqa: F401 - fixtures
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import Client, House, Reply

PAGE = Path(__file__).parents[2] / "docs" / "integrations.md"
_CALL = re.compile(
    r"(?P<method>GET|POST) (?P<path>\S+)\n(?P<headers>(?:[A-Za-z-]+: [^\n]+\n)*)\n?(?P<body>\{.*\}\n)?→ (?P<says>.+)",
    re.DOTALL,
)


class DocumentedCall(NamedTuple):
    method: str
    path: str
    key: str
    body: str
    status: int
    code: str


def calls() -> Iterator[DocumentedCall]:
    for block in re.findall(r"```http\n(.*?)\n```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        found = _CALL.fullmatch(block)
        assert found is not None, block
        key = re.fullmatch(r"(?:Idempotency-Key: <(.+)>\n)?", found["headers"])
        assert key is not None, found["headers"]
        status, _, code = found["says"].partition(" ")
        yield DocumentedCall(
            found["method"], found["path"], key[1] or "", (found["body"] or "").strip(), int(status), code
        )


CALLS = tuple(calls())


class Walk:
    """Makes the calls one after the other, and fills in what earlier ones were answered."""

    def __init__(self, house: House, client: Client, known: dict[str, str]) -> None:
        self.house, self.client, self.known = house, client, known
        self.keys: dict[str, str] = {}

    async def make(self, call: DocumentedCall) -> Reply:
        path, body = self._filled(call.path), self._filled(call.body)
        key = new_id() if call.key == "a new key" else self.keys.setdefault(call.key, new_id()) if call.key else None
        if path.endswith("/enrol"):
            key = new_id()
        sent = json.loads(body) if body else None
        return await self.client.send(call.method, path, sent, key)

    def _filled(self, text: str) -> str:
        for name, value in self.known.items():
            text = text.replace(f"<{name}>", value)
        assert "<" not in text, text
        return text.removeprefix("/api/v1")

    def note(self, call: DocumentedCall, body: dict[str, Any]) -> None:
        if call.path.endswith("/enrol"):
            self.client = Client(self.house.http, self.house.address, {"Authorization": f"Bearer {body['token']}"})
        elif "/times?" in call.path:
            # Before four in the morning the first is yesterday, and the second begins too soon to be changed.
            day = next(one for one in body["days"][2:] if one["free"] > 1)
            self.known |= {"at": day["times"][0]["at"], "another at": day["times"][1]["at"]}
        elif call.path.endswith("/holds"):
            self.known["hold"] = body["hold"]["id"]
        elif call.path.endswith("/appointments"):
            assert self.known.setdefault("appointment", body["appointment"]["id"]) == body["appointment"]["id"]
            assert body["appointment"]["through"] == "integration"
            assert len(body["token"]) == 43


async def test_every_documented_call_comes_to_what_the_page_says(here: House) -> None:  # noqa: F811 - a fixture
    code = await here.enrol_code("integration", "booking")
    walk = Walk(here, here.anonymous(), {"code": code})
    assert len(CALLS) > 12
    for call in CALLS:
        answer = await walk.make(call)
        assert answer.status == call.status, (call, answer)
        if call.status < 400:
            walk.note(call, answer.body)
        else:
            assert answer.code == call.code, (call, answer)
    gone = await walk.client.get(f"{APPOINTMENTS}/{walk.known['appointment']}")
    assert gone.body["appointment"]["state"] == "cancelled", "at the end of the page"


def test_every_refusal_that_can_be_is_on_the_page() -> None:
    named = set(re.findall(r"\| `([a-z-]+)` \|", PAGE.read_text(encoding="utf-8")))
    assert {"time-taken", "time-not-offered", "hold-over", "appointments-not-offered", "booking-limit"} <= named
    assert {"too-late-to-change", "appointment-state", "appointment-unknown", "contact-invalid"} <= named


async def test_two_integrations_at_the_same_moment_get_what_there_is_and_no_more(
    here: House,  # noqa: F811 - a fixture
) -> None:
    (one, _), (other, _) = await here.device("integration", "booking"), await here.device("integration", "booking")
    at = soon(here)
    # So many has the same hour of another day, one after the other.
    room, refusal = await until_full(one, soon(here, days=3), NURSE)
    assert refusal.code == "time-taken"
    asked = [client.post(APPOINTMENTS, wanted(at, NURSE)) for client in (one, other) * (len(room) + 2)]
    answers = await asyncio.gather(*asked)
    assert sorted(answer.status for answer in answers) == [201] * len(room) + [409] * (len(asked) - len(room))
    assert {answer.code for answer in answers if answer.status == 409} == {"time-taken"}
    assert at.isoformat().replace("+00:00", "Z") not in await free_at(one, at, NURSE)


@pytest.mark.parametrize("path", ["/queue", "/counters", "/appointments", "/devices", "/appointments/days/2026-11-24"])
async def test_a_booking_token_sees_nothing_else(here: House, path: str) -> None:  # noqa: F811 - a fixture
    client, device = await here.device("integration", "booking")
    assert device.series is None, "it issues no tickets"
    answer = await client.get(f"/centres/demo{path}")
    assert (answer.status, answer.code) == (403, "not-permitted")


async def test_a_booking_token_issues_and_calls_nothing(here: House) -> None:  # noqa: F811 - a fixture
    client, _ = await here.device("integration", "booking")
    for path, body in (
        ("/visits", {"services": [NURSE], "language": "en", "category": "walk-in"}),
        ("/counters/1/call-next", None),
    ):
        answer = await client.post(f"/centres/demo{path}", body)
        assert (answer.status, answer.code) == (403, "not-permitted"), path
