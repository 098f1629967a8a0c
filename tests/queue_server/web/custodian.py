"""Documents that were handed in, for what is looked at on the pages: by the API, in the session of the browser."""

import subprocess
from typing import Any

import pytest

from queue_server.domain.values import new_id
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import COMMAND

KINDS = ("passport", "identity-card", "birth-certificate", "residence-permit")


def send(desk: Desk, path: str, body: object) -> Any:
    """Send a verb of custody as the page does."""
    return post(desk, f"custody/{path}", body)


def post(desk: Desk, path: str, body: object) -> Any:
    address = f"{desk.server.address}/api/v1/centres/{desk.centre.id}/{path}"
    token = desk.page.locator("#page").get_attribute("data-csrf") or ""
    headers = {"X-CSRF-Token": token, "Idempotency-Key": new_id(), "Origin": desk.server.address}
    answer = desk.context.request.post(address, data=body, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()


def hand_in(desk: Desk, count: int, **more: object) -> list[Any]:
    """Hand in so many documents of several kinds, every third of them torn."""
    return [
        send(
            desk,
            "items",
            {
                "kind": KINDS[number % len(KINDS)],
                "government": ("UTO", "XAL")[number % 2],
                "condition": ["torn", "photo-damaged"] if number % 3 == 0 else [],
                "pages": 32,
            }
            | more,
        )["item"]
        for number in range(count)
    ]


def does(desk: Desk, item: Any, verb: str, body: object = None) -> Any:
    return send(desk, f"items/{item['id']}/{verb}", body or {})["item"]


def look(desk: Desk, item: Any) -> Any:
    """Look at a document as it is now."""
    path = f"{desk.server.address}/api/v1/centres/{desk.centre.id}/custody/items/{item['id']}"
    return desk.context.request.get(path).json()["item"]


def state(desk: Desk, item: Any) -> str:
    """Say how a document is now."""
    found: str = look(desk, item)["state"]
    return found


def miss(desk: Desk, item: Any) -> None:
    does(desk, item, "shelve", {"place": "2-D-14"})
    does(desk, item, "miss")


def ready(desk: Desk, item: Any) -> None:
    does(desk, item, "ready")


def fill_bag(desk: Desk, items: list[Any]) -> Any:
    """Begin a bag, and put these into it."""
    bag = send(desk, "bags", {"government": "UTO"})["bag"]
    for item in items:
        bag = send(desk, f"bags/{bag['id']}/add", {"item": item["barcode"]})["bag"]
    return bag


def open_case(desk: Desk) -> str:
    """Open a case at a visit, as a manager may; gives its reference."""
    visit = desk.centre.issue()
    with Desk(desk.page.context.browser or pytest.fail("no browser"), desk.centre) as counter:
        counter.enter("elin.marsh")
        address = f"{desk.server.address}/api/v1/centres/{desk.centre.id}/visits/{visit.id}/applications"
        token = counter.page.locator("#page").get_attribute("data-csrf") or ""
        headers = {"X-CSRF-Token": token, "Idempotency-Key": new_id(), "Origin": desk.server.address}
        body = {"service": "uto-passport-renewal"}
        answer = counter.context.request.post(address, data=body, headers=headers)
        assert answer.ok, answer.text()
        reference: str = answer.json()["application"]["reference"]
        return reference


class BrowserBank:
    """A bank of lockers that is enrolled by the command line, and tells what a test has it tell."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # A bank has no session of a member of staff.
        self._line = (desk.page.context.browser or pytest.fail("no browser")).new_context().request
        self._centre = f"{desk.server.address}/api/v1/centres/{desk.centre.id}"
        said = ["enrol-code", "--kind", "locker", "--name", "Bank A, entrance", "--centre", desk.centre.id]
        ran = subprocess.run([COMMAND, *said, "--data", desk.server.data], check=True, capture_output=True, text=True)
        enrolled = self._post(f"{desk.server.address}/api/v1/enrol", {"code": ran.stdout.splitlines()[-1]}, None)
        self.id, self._token = enrolled["device"], enrolled["token"]
        self._journal, self._seq = new_id(), 0
        names = [f"{column}{row}" for column in "ABCDE" for row in range(1, 7)]
        compartments = [
            {
                "name": name,
                "size": ("small", "small", "medium", "small", "small", "large")[int(name[1]) - 1],
                "column": 1 + "ABCDE".index(name[0]),
                "row": int(name[1]),
            }
            for name in names
        ]
        self._post(f"{self._centre}/locker-link/describe", {"journal": self._journal, "compartments": compartments})
        for order in self.order("settle", {"compartments": names[:-2]})["orders"]:
            self.tell(
                {"kind": "accepted", "order": order["id"]},
                {"kind": "settled", "compartment": order["compartment"], "item": None},
            )

    def _post(self, url: str, body: object, token: str | None = "") -> Any:
        bearer = {} if token is None else {"Authorization": f"Bearer {self._token}"}
        answer = self._line.post(url, data=body, headers={"Idempotency-Key": new_id()} | bearer)
        assert answer.ok, answer.text()
        return answer.json()

    def order(self, verb: str, body: object) -> Any:
        """Order something as staff do."""
        return send(self._desk, f"../lockers/{self.id}/{verb}", body)

    def tell(self, *events: dict[str, Any]) -> None:
        after = self._seq
        told = [{"seq": after + number} | event for number, event in enumerate(events, start=1)]
        self._seq += len(events)
        body = {"journal": self._journal, "after": after, "until": self._seq, "events": told}
        self._post(f"{self._centre}/locker-link/events", body)


def document(item: Any) -> str:
    """Write what the address of its page has beside the path."""
    return f"view=item&item={item['id']}"
