"""The counter page without a browser: its keys are pressed and its forms are sent as they declare it."""

import re
from collections.abc import Mapping
from typing import Any

from queue_server.contract.base import People
from queue_server.contract.documents import DocumentReading
from queue_server.domain.values import VisitId
from tests.queue_server.web.html_page import Element, HtmlPage
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.reader import arrive

_FIELDS = "input[name], select[name], textarea[name]"


def press(client: PageClient, selector: str) -> HtmlPage:
    """Press a key of the counter page; return the page after it."""
    client.press(client.get("/counter").one(selector))
    return client.get("/counter")


def form(client: PageClient, name: str) -> Element:
    """Return the first form of a dialog of the counter page."""
    return client.get("/counter").all(f"[data-form={name}] form")[0]


def send(client: PageClient, sent: Element, *, refused: str = "", **chosen: Any) -> Any:
    """Send a form of a dialog with some values chosen; ``refused`` is the code of the problem that is expected."""
    return client.press(sent, refused=refused, **body_of(sent, chosen))


def body_of(sent: Element, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page makes of a form (``acts.js``). ``chosen`` has values by the names of fields.

    An amount is chosen in minor units.
    """
    body: dict[str, Any] = {}
    for field in sent.all(_FIELDS):
        value = _value(field, chosen)
        if value is None or not str(value):
            continue
        name, kind = field.get("data-field") or field["name"], field.get("data-kind")
        if kind == "list":
            body.setdefault(name, []).append(value)
        elif kind in {"number", "minor"}:
            body[name] = int(value)
        else:
            body[name] = value == "yes" if kind == "truth" else value
    return body


def _value(field: Element, chosen: Mapping[str, Any]) -> Any:
    own, name = field.get("value") or "", field["name"]
    if field.get("type") in {"radio", "checkbox"}:
        is_checked = own == chosen[name] if name in chosen else "checked" in field
        return own if is_checked else None
    if name in chosen:
        return chosen[name]
    options = field.all("option[selected]") or field.all("option")[:1]
    return (options[0].get("value") or "") if options else own


# --- the visit at the counter ----------------------------------------------------------------------------------------


def call(client: PageClient, *readings: DocumentReading, **more: Any) -> VisitId:
    """Let somebody come with documents, or without any, and call them."""
    visit = arrive(client.centre, *readings, **more) if readings else client.centre.issue(**more)
    press(client, "#act-call-next")
    return visit.id


def put_aside(client: PageClient) -> None:
    """Park the visit, so that the next one comes."""
    send(client, form(client, "park"))


def documents(client: PageClient) -> HtmlPage:
    """Return what the page shows of the documents of the visit."""
    return client.get("/counter/document")


def line(shown: HtmlPage) -> Element:
    """Return the line that all documents of the visit come to."""
    return shown.one("body > .st")


def checks(client: PageClient, said: str) -> Element:
    """Return the dialog behind the line of the documents, which says this."""
    shown = documents(client)
    assert line(shown).text == said
    return shown.one("[data-form=document]")


def faces(shown: HtmlPage) -> HtmlPage:
    """Return what there is to compare the person with: it lies in a template until the visit is served."""
    found = re.search(r"<template data-faces>(.*?)</template>", shown.html, re.DOTALL)
    return HtmlPage.part(found[1] if found else "")


#: Two adults, a child and a small child.
FAMILY = (People("adult", 2), People("child", 1), People("small-child", 1))


def search(client: PageClient, wanted: str, *, calling: bool = False) -> HtmlPage:
    """Search for a ticket as the dialog does."""
    return client.post("/counter/find", {"q": wanted} | ({"for": "call"} if calling else {}))
