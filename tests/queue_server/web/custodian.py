"""Documents that were handed in, for tests of pages: by the API, in the session of a browser or of a client."""

import subprocess
from typing import Any

import requests

from queue_server.domain.values import new_id
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import COMMAND

#: Somebody who is signed in, with a browser or without.
Session = Desk | PageClient

KINDS = ("passport", "identity-card", "birth-certificate", "residence-permit")


def send(desk: Session, path: str, body: object) -> Any:
    """Send a verb of custody as the page does."""
    return desk.api(f"custody/{path}", body)


def hand_in(desk: Session, count: int, **more: object) -> list[Any]:
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


def does(desk: Session, item: Any, verb: str, body: object = None) -> Any:
    return send(desk, f"items/{item['id']}/{verb}", body or {})["item"]


def look(desk: Session, item: Any) -> Any:
    """Look at a document as it is now."""
    return desk.read_api(f"custody/items/{item['id']}")["item"]


def state(desk: Session, item: Any) -> str:
    """Say how a document is now."""
    found: str = look(desk, item)["state"]
    return found


def miss(desk: Session, item: Any) -> None:
    does(desk, item, "shelve", {"place": "2-D-14"})
    does(desk, item, "miss")


def ready(desk: Session, item: Any) -> None:
    does(desk, item, "ready")


def fill_bag(desk: Session, items: list[Any]) -> Any:
    """Begin a bag, and put these into it."""
    bag = send(desk, "bags", {"government": "UTO"})["bag"]
    for item in items:
        bag = send(desk, f"bags/{bag['id']}/add", {"item": item["barcode"]})["bag"]
    return bag


def open_case(desk: Session) -> str:
    """Open a case at a visit, as a manager may; gives its reference."""
    visit = desk.centre.issue()
    with PageClient(desk.centre) as manager:
        manager.enter("elin.marsh")
        opened = manager.api(f"visits/{visit.id}/applications", {"service": "uto-passport-renewal"})
    reference: str = opened["application"]["reference"]
    return reference


class LockerBank:
    """A bank of lockers that is enrolled by the command line, and tells what a test has it tell."""

    def __init__(self, desk: Session) -> None:
        self._desk = desk
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

    def _post(self, url: str, body: Any, token: str | None = "") -> Any:
        bearer = {} if token is None else {"Authorization": f"Bearer {self._token}"}
        answer = requests.post(url, json=body, headers={"Idempotency-Key": new_id()} | bearer, timeout=120)
        assert answer.ok, answer.text
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
