"""Every route called at one centre, each answer compared with what OpenAPI says of it."""

import asyncio
import re
from typing import Any, NamedTuple

import msgspec

from queue_server import ticket_token
from queue_server.accounts import tokens
from queue_server.accounts.model import Role
from queue_server.contract.banks import LockerOrderFrame
from queue_server.contract.documents import DocumentReading, seal, to_text
from queue_server.contract.feeds import EntityFrame, FeedFrame
from queue_server.domain.values import VisitId, new_id, to_datetime
from queue_server.framework.routing import PREFIX, Route
from queue_server.vault.keys import Keys
from tests.queue_server.appointments.booked import PASSPORT, soon, wanted
from tests.queue_server.forms.filled import ANSWERS, PIN, SERVICE, filled
from tests.queue_server.framework.conformity import conforms
from tests.queue_server.framework.route_bodies import BODIES, RECONCILIATION, REPORT, ROWS, VISIT
from tests.queue_server.house import KNOWN, TICKET, Client, House
from tests.queue_server.lockers.scripted import begun
from tests.queue_server.people.sealed import ticket

#: Ids of what there is at a centre: made as it came (version 7), or out of another one (version 5).
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[57][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


class Asked(NamedTuple):
    """Something that was asked for: by whom, where its path and its query point, and what was sent."""

    client: Client
    route: Route
    place: dict[str, str]
    query: str
    body: object


def ids_in(text: str) -> set[str]:
    return set(_ID.findall(text))


class Walk:
    """Calls one route after the other, and compares each answer with what OpenAPI says of it.

    ``asked`` is all that was asked for, and ``ids`` are those of what was made, if nobody had named them before.
    """

    def __init__(self, described: dict[str, Any]) -> None:
        self.routes = {route.name: route for route in KNOWN.routes}
        self.paths = described["paths"]
        self.parts = described["components"]["schemas"]
        self.called: set[str] = set()
        self.asked: list[Asked] = []
        self.ids: set[str] = set()
        self.named = {VISIT}

    async def ask(self, client: Client, name: str, body: object = None, query: str = "", **place: str) -> Any:
        route = self.routes[name]
        path = route.path.format(**{"centre": "demo", "counter": "1"} | place)
        sent = BODIES.get(name) if body is None else body
        reply = await client.send(route.method, path + query, sent)
        answers = self.paths[PREFIX + route.path][route.method.lower()]["responses"]
        assert str(reply.status) in answers, (name, reply)
        schema = answers[str(reply.status)]["content"]["application/json"]["schema"]
        assert conforms(reply.body, schema, self.parts), (name, reply)
        msgspec.convert(reply.body, route.answer, strict=False)
        self.called.add(name)
        self.asked.append(Asked(client, route, place, query, sent))
        self.named |= ids_in(str(sent))
        self.ids |= ids_in(str(reply.body)) - self.named
        return reply.body


async def read_and_correct(here: House, walk: Walk, without: str) -> None:
    kiosk, (staff, _), ask = await here.kiosk(), await here.staff(Role.MANAGER, None), walk.ask
    read = (await ask(kiosk, "issue", ticket(here.server[Keys].documents_public())))["visit"]["id"]
    assert (await ask(staff, "reading", visit=without))["documents"] == []
    (document,) = (await ask(staff, "reading", visit=read))["documents"]
    assert document["standing"] == "genuine"
    wanted = {"document": document["id"], "number": "L898902C3"}
    (same,) = (await ask(staff, "correct-document", wanted, visit=read))["documents"]
    assert (same["standing"], len((await ask(staff, "find-document"))["visits"])) == ("genuine", 2)
    (paper,) = (await ask(staff, "verify-seal", visit=without))["documents"]
    assert paper["reading"]["seal"] == "temporary-passport"
    sealed = seal(
        msgspec.convert(same["reading"], DocumentReading), VisitId(read), here.server[Keys].documents_public()
    )
    (same,) = (await ask(staff, "read-at-desk", {"sealed": to_text(sealed)}, visit=read))["documents"]
    assert same["read_here"]["by"] == "Somebody"
    desk = (await here.staff(Role.COUNTER, "3"))[0]
    for verb, body in (("open", {}), ("call", {"visit": read, "reason": "other"}), ("start", {"visit": read})):
        assert (await desk.post(f"/centres/demo/counters/3/{verb}", body)).status == 200
    (said,) = (await ask(desk, "compare-face", {"document": same["id"], "same": True}, visit=read))["documents"]
    assert said["compared"]["same"] is True


async def fill_in(walk: Walk, kiosk: Client, staff: Client, visit: str) -> None:
    """Fill in a form at a kiosk, go on with it, have staff read it, and consent no more."""
    ask = walk.ask
    await ask(kiosk, "forms", service=SERVICE)
    code = {"code": (await ask(kiosk, "save-form", filled()))["code"], "pin": PIN}
    given = {"answers": ANSWERS, "consents": ["travel"]}
    assert (await ask(kiosk, "open-form", code | {"visit": visit}))["consents"] == ["travel", "police"]
    await ask(kiosk, "change-form", code | given)
    (form,) = (await ask(staff, "visit-forms", visit=visit))["forms"]
    await ask(staff, "visit-form", visit=visit, filled=form["id"])
    await ask(staff, "answer-visit-form", given, visit=visit, filled=form["id"])
    assert (await ask(kiosk, "withdraw-consent", code | {"purposes": ["travel"]}))["wiped"]


async def tick(walk: Walk, desk: Client, visit: str) -> None:
    """Say what of the papers is missing, take it back, and let them go on."""
    ask = walk.ask
    await ask(desk, "requirements", service="uto-passport-renewal")
    await ask(desk, "check-requirement", visit=visit)
    (mark,) = (one["seq"] for one in (await ask(desk, "checklist", visit=visit))["items"] if one["status"])
    items = (await ask(desk, "revert-requirement", {"seq": mark}, visit=visit))["items"]
    names = ("service", "requirement", "band", "number")
    missing = [{name: one[name] for name in names} for one in items if one["is_missing"]]
    found = await ask(desk, "accept-incomplete", {"step": "submission", "missing": missing}, visit=visit)
    assert found["accepted"] == ["submission"]


async def before_a_counter_opens(walk: Walk, kiosk: Client, desk: Client, staff: Client, visit: str) -> None:
    """Look at all centres, see to a warning of those whom nobody serves yet, tick papers and fill in a form."""
    assert [one["id"] for one in (await walk.ask(desk, "organisation"))["centres"]] == ["demo"]
    assert [one["id"] for one in (await walk.ask(desk, "comparison"))["centres"]] == ["demo"]
    async with asyncio.timeout(60):
        while not (found := (await walk.ask(staff, "early-warnings"))["warnings"]):  # noqa: ASYNC110 - the server looks
            await asyncio.sleep(0.05)
    for name in ("take-warning", "give-back-warning"):
        await walk.ask(staff, name, warning=found[0]["id"])
    for name in ("take-alarm", "give-back-alarm"):
        await walk.ask(staff, name, alarm="paused-5")
    await tick(walk, desk, visit)
    await fill_in(walk, kiosk, staff, visit)


async def tell_the_hall(walk: Walk, desk: Client) -> None:
    shown = await walk.ask(desk, "notices")
    assert (await walk.ask(desk, "end-notice", notice=shown["notice"]["id"]))["notice"] is None
    await walk.ask(desk, "intake")
    for name, closed in (("close-service", ["uto-birth"]), ("reopen-service", [])):
        assert (await walk.ask(desk, name, service="uto-birth"))["closed_services"] == closed


async def call_every_route(here: House, described: dict[str, Any]) -> Walk:
    """Call each route at the demo centre, in an order in which that can be done."""
    kiosk, desk, screen = await here.kiosk(), await here.manager(), (await here.device("screen"))[0]
    staff, _ = await here.staff(Role.MANAGER, None)
    ask = (walk := Walk(described)).ask
    one, two, three = [(await ask(kiosk, "issue"))["visit"]["id"] for _ in range(3)]
    for name in ("services", "counters", "queue", "ahead"):
        await ask(desk, name, service="uto-passport-renewal")
    await ask(kiosk, "papers", visit=one)
    for name in ("series", "code-status"):
        await ask(kiosk, name, code="A001")

    opened = await ask(desk, "open-application", visit=one)
    for name in ("visit", "visit-applications"):
        await ask(desk, name, visit=one)
    for name in ("application", "move-application"):
        await ask(desk, name, application=opened["application"]["id"])
    await before_a_counter_opens(walk, kiosk, desk, staff, one)
    await ask(staff, "add-note", visit=one)
    assert [note["text"] for note in (await ask(staff, "notes", visit=one))["notes"]] == ["Comes back with the photo"]
    await ask(staff, "issue", TICKET | {"document": "L898902C3"})
    await read_and_correct(here, walk, one)
    await pay_and_give_back(here, walk, one)
    await at_other_rooms(here, walk)

    await ask(desk, "reclassify", visit=one)
    await ask(desk, "change", visit=one)
    await ask(desk, "merge", {"into": one}, visit=two)
    for name in ("cancel", "reinstate"):
        await ask(desk, name, visit=three)

    await ask(desk, "open")
    for name in ("call-next", "undo", "call-next", "recall", "start", "park"):
        await ask(desk, name)
    await ask(desk, "resume", visit=one)
    await ask(desk, "call", {"visit": one, "reason": "returning"})
    await ask(desk, "transfer")
    await ask(desk, "call", {"visit": three, "reason": "agreed"})
    await ask(desk, "hand-back")
    for name in ("call-next", "start", "finish", "pause", "open"):
        await ask(desk, name)
    await ask(desk, "call-next")
    # Nobody may be called missed so soon: a refusal, and of the shape that OpenAPI gives every problem.
    early = await desk.post("/centres/demo/counters/1/missed")
    assert conforms(early.body, {"$ref": "#/components/schemas/Problem"}, walk.parts), early
    assert early.status == 409
    await ask(desk, "hand-back")
    await ask(desk, "close")

    called = await ask(kiosk, "help")
    for who, name in ((desk, "take-help"), (kiosk, "withdraw-help")):
        await ask(who, name, help=called["help"]["id"])
    await tell_the_hall(walk, desk)
    await ask(kiosk, "report-status")
    assert "in-service" in [one["mode"] for one in (await ask(desk, "devices"))["devices"]]
    await start_and_keep(here, walk, kiosk, staff, one)
    await ask(staff, "erase", visit=one)

    board = await screen.get("/centres/demo/queue")
    assert conforms(board.body, {"$ref": "#/components/schemas/BoardSnapshot"}, walk.parts), board
    code = await here.enrol_code("kiosk")
    await ask(here.anonymous(), "enrol", {"code": code})
    await ask(here.anonymous(), "authority")
    await following(here, walk, desk)
    return walk


async def pay_and_give_back(here: House, walk: Walk, visit: str) -> None:
    kiosk, manager = await here.kiosk(), (await here.staff(Role.MANAGER, None))[0]
    cashier = (await here.staff(Role.CASHIER, None))[0]
    payment = (await walk.ask(kiosk, "report-payment", REPORT | {"visit": visit}))["id"]
    assert (await walk.ask(cashier, "payments"))["payments"][0]["standing"] == "undecided"
    await walk.ask(cashier, "resolve-payment", payment=payment)
    assert (await walk.ask(cashier, "payment", payment=payment))["payment"]["remaining"] == 8250
    assert len((await walk.ask(cashier, "receipts", payment=payment))["receipts"]) == 1
    refunds = [
        (await walk.ask(cashier, "request-refund", payment=payment))["payment"]["refunds"][-1]["id"] for _ in range(2)
    ]
    await walk.ask(manager, "confirm-refund", payment=payment, refund=refunds[0])
    await walk.ask(cashier, "settle-refund", payment=payment, refund=refunds[0])
    left = await walk.ask(manager, "reject-refund", payment=payment, refund=refunds[1])
    assert left["payment"]["remaining"] == 7250
    by_hand = REPORT | {"id": new_id(), "driver": "manual", "attended": True, "rows": ROWS[:3], "receipts": []}
    asking = (await kiosk.post("/centres/demo/payments", by_hand)).body["id"]
    assert (await walk.ask(cashier, "confirm-payment", payment=asking))["payment"]["confirmations"]
    assert len((await walk.ask(kiosk, "payment-confirmations", payment=asking))["confirmations"]) == 1
    closed = await walk.ask(kiosk, "report-reconciliation")
    assert [one["journal"] for one in closed["differences"]] == [0]
    assert (await walk.ask(cashier, "reconciliations"))["reconciliations"][0]["alarms"]
    assert not (await walk.ask(manager, "acknowledge-reconciliation", reconciliation=closed["id"]))["reconciliation"][
        "alarms"
    ]
    # Another one stays open, for the pages that tell of it.
    await walk.ask(kiosk, "report-reconciliation", RECONCILIATION | {"id": new_id()})
    wanted = TICKET | {"services": ["uto-certified-copy", "uto-passport-renewal"]}
    other = (await kiosk.post("/centres/demo/visits", wanted)).body["visit"]["id"]
    await walk.ask(cashier, "waive", visit=other)
    await walk.ask(cashier, "record-manual-payment", visit=other)
    assert len((await walk.ask(cashier, "visit-payments", visit=other))["payments"]) == 2
    again: dict[str, Any] = REPORT | {
        "id": new_id(),
        "visit": other,
        "receipts": [],
        "rows": [*ROWS[:3], {**ROWS[3], "state": "committed"}],
    }
    assert (await kiosk.post("/centres/demo/payments", again)).status == 200
    assert (await walk.ask(manager, "accept", payment=again["id"]))["payment"]["discrepancy"] == "not-owed"
    await have_it_looked_at(here, walk)


async def keep_and_send(here: House, walk: Walk) -> None:
    """Take documents in, send them, get them back, hand them over, and lose one."""
    staff, ask = (await here.staff(Role.CUSTODY, None))[0], walk.ask
    witness = await here.somebody_with_password(Role.MANAGER)

    async def item() -> str:
        return str((await ask(staff, "receive-item"))["item"]["id"])

    one, two, three, four, five = [await item() for _ in range(5)]
    for name in ("custody-items", "custody-item", "custody-chain", "shelve-item", "take-item", "item-condition"):
        await ask(staff, name, item=one)
    out = (await ask(staff, "open-bag"))["bag"]["id"]
    for name in ("bag-item", "unbag-item", "bag-item"):
        await ask(staff, name, {"item": one}, bag=out)
    for name in ("seal-bag", "dispatch-bag", "acknowledge-bag", "bag-manifest", "custody-bag", "custody-bags"):
        await ask(staff, name, bag=out)
    back = (await ask(staff, "open-bag", {"government": "UTO", "direction": "back", "seal": "UT-9"}))["bag"]["id"]
    await ask(staff, "unpack-item", {"item": one}, bag=back)
    await ask(staff, "finish-bag", bag=back)
    told = ("item-contact", "send-item-notification", "note-item-notified", "recall-list")
    for name in ("set-item-contact", "make-item-ready", *told, "hand-item-over"):
        await ask(staff, name, item=one)
    manager, _ = await here.staff(Role.MANAGER, None)
    for name in ("retry-notifications", "settle-notifications"):
        assert await ask(manager, name) == {"count": 0}
    await ask(staff, "give-item-back", item=two)
    for name in ("make-item-ready", "send-item", "item-refused", "send-item", "item-delivered"):
        await ask(staff, name, item=three)
    await ask(staff, "call-item-back", item=four)
    await ask(staff, "destroy-item", {"reason": "court", "witness": witness}, item=four)
    await ask(staff, "miss-item", item=five)
    await ask(staff, "give-item-up", {"witness": witness}, item=five)
    assert (await ask(staff, "custody-shelves"))["shelves"] == []
    assert (await ask(staff, "take-stock"))["unknown"] == ["D99999"]
    await lay_into_lockers(here, walk)


async def collect_from_a_door(here: House, walk: Walk, kiosk: Client) -> None:
    """Have a door opened by a code."""
    bank, desk = await begun(here)
    item = await desk.load(bank, "A1")
    code = (await walk.ask(desk.client, "make-collection-code", item=item["id"]))["code"]
    found = new_id()
    (shown,) = (await walk.ask(kiosk, "prove", {"id": found, "code": code}))["items"]
    assert (shown["item"], shown["where"]) == (item["id"], "here")
    assert (await walk.ask(kiosk, "open-door", {"item": item["id"]}, collection=found))["door"] == "A1"
    assert (await walk.ask(kiosk, "collection-door", collection=found))["state"] == "opening"


async def collect(here: House, walk: Walk) -> None:
    """Prove nothing at a kiosk, and have somebody else collect."""
    staff, kiosk, ask = (await here.staff(Role.CUSTODY, None))[0], await here.kiosk(), walk.ask
    assert (await ask(kiosk, "prove"))["items"] == []
    await ask(kiosk, "leave-collection", collection=VISIT)
    await collect_from_a_door(here, walk, kiosk)
    item = str((await ask(staff, "receive-item"))["item"]["id"])
    await ask(staff, "make-item-ready", item=item)
    assert len((await ask(staff, "make-collection-code", item=item))["code"]) == 12
    today = to_datetime(here.server.clock()).date().isoformat()
    body: dict[str, Any] = {"kind": "guardian", "name": "Utopia Example", "issuer": "UTO", "number": "D23145890"}
    authority = (await ask(staff, "record-authority", body | {"until": today, "item": item}))["authority"]["id"]
    assert len((await ask(staff, "item-authorities", item=item))["authorities"]) == 1
    await ask(staff, "withdraw-authority", authority=authority)


async def lay_into_lockers(here: House, walk: Walk) -> None:
    """Connect a bank of lockers, say that it is empty, and order what staff order of it; one order is given up."""
    (bank, device), staff, ask = await here.device("locker"), (await here.staff(Role.CUSTODY, None))[0], walk.ask
    assert (await ask(bank, "order-key"))["order_key"]
    assert (await ask(bank, "describe-bank"))["acknowledged"] == 0
    (settle,) = (await ask(staff, "settle-compartments", locker_bank=device.id))["orders"]
    told = [
        {"kind": "accepted", "seq": 1, "order": settle["id"]},
        {"kind": "settled", "seq": 2, "compartment": "A1", "item": None},
    ]
    journal = {"journal": VISIT, "after": 0, "until": 2, "events": told}
    assert (await ask(bank, "report-bank-events", journal))["acknowledged"] == 2
    for name in ("locker-banks", "locker-bank", "free-compartment"):
        await ask(staff, name, locker_bank=device.id)
    item = (await ask(staff, "receive-item"))["item"]
    await ask(staff, "make-item-ready", item=item["id"])
    load = await ask(staff, "load-compartment", {"item": item["label"], "compartment": "A1"}, locker_bank=device.id)
    order = load["order"]["id"]
    told = [
        {"kind": "accepted", "seq": 3, "order": order},
        {"kind": "opened", "seq": 4, "compartment": "A1"},
        {"kind": "closed", "seq": 5, "compartment": "A1", "contents": "item"},
    ]
    await ask(bank, "report-bank-events", {"journal": VISIT, "after": 2, "until": 5, "events": told})
    assert (await ask(staff, "locker-order", locker_bank=device.id, order=order))["order"]["state"] == "shut-with-item"
    out = (await ask(staff, "unload-compartment", locker_bank=device.id))["order"]["id"]
    told = [{"kind": "refused", "seq": 6, "order": out, "refusal": "locker-busy"}]
    await ask(bank, "report-bank-events", {"journal": VISIT, "after": 5, "until": 6, "events": told})
    await ask(staff, "inspect-compartment", locker_bank=device.id)
    # What has come to its end is given up without being waited for.
    await ask(staff, "give-up-locker-order", locker_bank=device.id, order=out)


async def at_other_rooms(here: House, walk: Walk) -> None:
    await keep_and_send(here, walk)
    await collect(here, walk)
    await book(here, walk)
    desk, _ = await here.staff(Role.MANAGER, None)
    assert (await walk.ask(desk, "figures", query="?by=step"))["by"] == "step"
    assert (await walk.ask(desk, "custody-figures", query="?by=kind"))["by"] == "kind"
    assert (await walk.ask(desk, "payment-figures", query="?by=means"))["by"] == "means"


async def book(here: House, walk: Walk) -> None:
    """Hold a time and let it go, hold and book one, move and cancel it; change a day, and take that back."""
    desk, ask = (await here.staff(Role.MANAGER, None))[0], walk.ask
    at, other = soon(here), soon(here, 3)
    assert (await ask(desk, "appointment-times", query=f"?service={PASSPORT}"))["days"]
    for name in ("hold-appointment-time", "release-appointment-time"):
        body = {"at": at.isoformat()} | ({"services": [PASSPORT]} if name == "hold-appointment-time" else {})
        held = (await ask(desk, name, body, hold=VISIT)).get("hold")
        assert (held is None) == (name == "release-appointment-time")
    one = (await ask(desk, "book-appointment", wanted(at, PASSPORT)))["appointment"]
    await ask(desk, "appointment", appointment=one["id"])
    assert len((await ask(desk, "appointments", query=f"?day={one['day']}"))["appointments"]) == 1
    await ask(desk, "move-appointment", {"at": other.isoformat()}, appointment=one["id"])
    assert (await ask(desk, "check-appointment", {"code": one["code"]}))["verdict"] == "wrong-day"
    await ask(desk, "cancel-appointment", appointment=one["id"])
    waits = {"services": [PASSPORT], "first_day": one["day"], "last_day": one["day"], "language": "en"}
    waits |= {"contact": {"language": "en", "email": "amina.example@example.org"}}
    assert len((await ask(desk, "join-waitlist", waits))["token"]) == 43
    assert (await ask(desk, "waitlist"))["entries"]
    day = {"service_day": one["day"]}
    closed = {"kind": "close", "start": at.isoformat(), "end": other.isoformat()}
    assert (await ask(desk, "preview-appointment-day-change", closed, **day))["concerns"] == []
    change = (await ask(desk, "change-appointment-day", closed, **day))["change"]["id"]
    assert len((await ask(desk, "appointment-day", **day))["changes"]) == 1
    assert (await ask(desk, "restore-appointment-day", day_change=change, **day))["changes"] == []


async def have_it_looked_at(here: House, walk: Walk) -> None:
    auditor, _ = await here.staff(Role.AUDITOR, None)
    assert not (await walk.ask(auditor, "verification"))["running"]
    assert (await walk.ask(auditor, "verify"))["running"]


async def following(here: House, walk: Walk, desk: Client) -> None:
    """Follow each feed until it has said how things are."""
    kinds: dict[str, type[FeedFrame | EntityFrame]] = {"events": FeedFrame, "follow-payments": EntityFrame}
    for name, kind in kinds.items():
        path = walk.routes[name].path.format(centre="demo")
        async with here.http.ws_connect(f"{here.address}{PREFIX}{path}", headers=desk.headers) as socket:
            frame = msgspec.json.decode((await socket.receive()).data, type=kind)
            assert frame.type == "snapshot"
        walk.called.add(name)
    bank, path = (await here.device("locker"))[0], walk.routes["follow-locker-orders"].path.format(centre="demo")
    async with here.http.ws_connect(f"{here.address}{PREFIX}{path}", headers=bank.headers) as socket:
        assert msgspec.json.decode((await socket.receive()).data, type=LockerOrderFrame).type == "snapshot"
    walk.called.add("follow-locker-orders")


async def tell_of_toilets(walk: Walk, staff: Client, kiosk: Client) -> None:
    await walk.ask(staff, "preview-information")
    await walk.ask(staff, "save-information", topic="toilets")
    assert "toilets" in [one["topic"] for one in (await walk.ask(kiosk, "information"))["topics"]]
    await walk.ask(staff, "information-pages")
    await walk.ask(staff, "information-history", topic="toilets")
    assert (await walk.ask(staff, "remove-information", topic="toilets"))["version"] == 2


async def start_and_keep(here: House, walk: Walk, kiosk: Client, staff: Client, visit: str) -> None:
    """Let two machines start as one kiosk, and a manager choose; then show a ticket there."""
    await tell_of_toilets(walk, staff, kiosk)
    await walk.ask(kiosk, "waits")
    await walk.ask(kiosk, "start-device")
    assert await walk.ask(kiosk, "start-device", {"start": "fedcba9876543210"}) == {"copied": True}
    listed = (await staff.get("/centres/demo/devices")).body["devices"]
    copied = next(one for one in listed if one["machines"])
    assert (await walk.ask(staff, "resolve-device-copy", device=copied["id"]))["devices"][0]["machines"] == []
    for asked in ("set-device-settings", "device-settings", "device-settings-history"):
        assert [one["version"] for one in (await walk.ask(staff, asked))["profiles"]] == [1]
    await walk.ask(kiosk, "report-status")
    [asked] = (await walk.ask(staff, "command-device", device=copied["id"]))["commands"]
    await walk.ask(kiosk, "send-device-log", {"command": asked["id"], "text": "{}\n"})
    assert [one["state"] for one in (await walk.ask(staff, "device-commands"))["commands"]] == ["done"]
    assert (await walk.ask(staff, "device-log", command=asked["id"]))["text"] == "{}\n"
    key = tokens.ticket_key(here.server[Keys].tickets, copied["id"])
    assert (await walk.ask(kiosk, "ticket", ticket=ticket_token.make(VisitId(visit), key)))["visit"]["id"] == visit
