"""Documents that were handed in, for what is looked at on the pages: by the API, in the session of the browser."""

from typing import Any

import pytest

from queue_server.domain.values import new_id
from tests.queue_server.web.desk import Desk

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


def document(item: Any) -> str:
    """Write what the address of its page has beside the path."""
    return f"view=item&item={item['id']}"
