"""What was read for, what is wrong with an event, and what an event names beside its deed, in words."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from queue_server.vault.model import ReadPurpose
from queue_server.web.wording import MarkupTranslations


def purpose(_: MarkupTranslations, value: ReadPurpose) -> Markup:
    return {
        ReadPurpose.SERVING: _("notes, or what was read of the document, to serve the person"),
        ReadPurpose.ONE_TICKET: _("the document's number, to find the visits of today"),
        ReadPurpose.SHOWING: _("the text of a notice, to show it"),
        ReadPurpose.HANDING_OVER: _("the document's number, to hand over"),
        ReadPurpose.COPYING: _("a receipt, to print a copy"),
        ReadPurpose.AUDITING: _("the end of a card, to find what was paid with it"),
        ReadPurpose.NOTIFYING: _("how somebody is reached, to tell them"),
        ReadPurpose.APPOINTMENT: _("a document's number or an address, to find appointments made with it"),
        ReadPurpose.APPLYING: _("what was answered in a form, to serve the person with it"),
        ReadPurpose.WORKING: _("notes of staff for themselves, and messages to staff"),
    }[value]


def bad(_: MarkupTranslations, code: str) -> Markup:
    """Say what is wrong with the first event, or row of a table, that is not as it was written."""
    return {
        "gap": _("An event is missing before it."),
        "hash": _("It was changed after it was written."),
        "missing": _("Events are gone from the end."),
        "link": _("It was written anew: something else remembers it otherwise."),
        "closing": _("The end of the day cannot be read."),
        "signature": _("The end of the day is not signed by this server."),
        "not-closed": _("The day was followed by another without an end."),
        "row-missing": _("It is gone."),
        "row-altered": _("It says something else than the events."),
        "row-unfounded": _("No event stands behind it."),
    }.get(code) or Markup.escape(code)


def detail(_: MarkupTranslations, payload: Mapping[str, Any]) -> list[Markup]:
    """Name the slip that an event holds, the version of a set-up or its day, and the state of which it tells."""
    # The reference of an application is no slip's.
    slips = [payload.get(name) for name in ("slip", "reference") if "government" not in payload]
    said = [
        _("slip %(number)s", number=Markup('<bdi dir="ltr">{}</bdi>').format(slip))
        for slip in slips
        if isinstance(slip, str) and slip
    ]
    if "centre" in payload and isinstance(payload.get("version"), int):
        said.append(_("version %(number)s", number=payload["version"]))
    if isinstance(payload.get("earlier"), int):
        said.append(_("as version %(number)s", number=payload["earlier"]))
    if isinstance(payload.get("from_day"), str):
        said.append(_("from %(day)s on", day=Markup('<bdi dir="ltr">{}</bdi>').format(payload["from_day"])))
    if isinstance(payload.get("state"), str):
        said.append(Markup('<bdi dir="ltr">{}</bdi>').format(payload["state"]))
    return said
