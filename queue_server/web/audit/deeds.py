"""What an event says was done, in words. A type that has none is shown as it is stored: nothing is left out."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from queue_server.vault.model import Purpose
from queue_server.web.wording import Words


def deed(_: Words, kind: str) -> Markup:
    return table(_).get(kind) or Markup.escape(kind)


def table(_: Words) -> Mapping[str, Markup]:
    """Name what each type of event says was done."""
    return {
        "day-opened": _("The day was opened"),
        "day-closed": _("The day was closed and signed"),
        "day-abandoned": _("The day was given up: it had been opened by mistake"),
        "day-reopened": _("The day was opened again"),
        "visit-issued": _("Ticket issued"),
        "visit-called": _("Called"),
        "visit-recalled": _("Called again"),
        "visit-started": _("Began to serve"),
        "step-finished": _("Finished a step"),
        "visit-done": _("Served to the end"),
        "visit-missed": _("Marked as missed"),
        "visit-cancelled": _("Visit cancelled"),
        "visit-not-served": _("Not served before the day ended"),
        "visit-transferred": _("Transferred"),
        "visit-parked": _("Put aside"),
        "visit-resumed": _("Taken back from aside"),
        "visit-reinstated": _("Let wait again"),
        "visit-reclassified": _("Category changed"),
        "visit-changed": _("Services, party or language changed"),
        "visit-merged": _("Goes on with another ticket"),
        "visit-noted": _("Note written"),
        "visit-applied": _("Application named at the visit"),
        "visit-paid": _("Payment named at the visit"),
        "stops-skipped": _("Stop left out: it is paid"),
        "visit-handed-back": _("Given back to the queue"),
        "visit-carried-over": _("Taken over into the next day"),
        "visit-taken-over": _("Taken over from the day before"),
        "undone": _("Took the last action back"),
        "counter-opened": _("Counter opened"),
        "counter-closed": _("Counter closed"),
        "counter-paused": _("Counter paused"),
        "help-called": _("Staff called for help"),
        "help-taken": _("Help call taken"),
        "help-withdrawn": _("Help call ended by itself"),
        "notice-shown": _("Notice shown"),
        "notice-ended": _("Notice ended"),
        "intake-changed": _("Issuing of tickets stopped or begun again"),
        "configuration-changed": _("Set-up changed"),
        "payment-began": _("Payment begun"),
        "fee-waived": _("Fee waived"),
        "taken-by-hand": _("Fee taken by hand"),
        "journal-told": _("Device told what became of it"),
        "receipt-kept": _("Receipt kept"),
        "staff-said": _("Told the kiosk whether money was moved"),
        "payment-resolved": _("Found out what became of it"),
        "payment-questioned": _("Not what is owed"),
        "payment-accepted": _("Difference accepted"),
        "refund-asked": _("Refund asked for"),
        "refund-confirmed": _("Refund confirmed"),
        "refund-rejected": _("Refund not agreed to"),
        "refund-settled": _("Said what became of the refund"),
        "terminal-closed": _("Terminal's day ended"),
        "closing-seen": _("Differences looked into"),
        "password-changed": _("Password changed"),
        "sessions-ended": _("Signed out elsewhere"),
        "sign-in-admitted": _("Let in to sign in again"),
        "second-factor-added": _("Second factor set up"),
        "second-factor-removed": _("Second factor taken off"),
        "second-factor-reset": _("All second factors taken off"),
        "recovery-codes-made": _("Recovery codes made"),
        "recovery-code-used": _("Signed in with a recovery code"),
        "clock-confirmed": _("Said that the server's clock is right"),
        "application-opened": _("Application opened"),
        "application-moved": _("Application moved on"),
    }


def purpose(_: Words, value: Purpose) -> Markup:
    return {
        Purpose.SERVING: _("notes, or what was read of the document, to serve the person"),
        Purpose.ONE_TICKET: _("the document's number, to find the visits of today"),
        Purpose.SHOWING: _("the text of a notice, to show it"),
        Purpose.HANDING_OVER: _("the document's number, to hand over"),
        Purpose.COPYING: _("a receipt, to print a copy"),
        Purpose.AUDITING: _("the end of a card, to find a payment"),
    }[value]


def bad(_: Words, code: str) -> Markup:
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


def detail(_: Words, payload: Mapping[str, Any]) -> list[Markup]:
    """Name the slip that an event holds, and the state of which it tells."""
    # The reference of an application is no slip's.
    slips = [payload.get(name) for name in ("slip", "reference") if "government" not in payload]
    said = [
        _("slip %(number)s", number=Markup('<bdi dir="ltr">{}</bdi>').format(slip))
        for slip in slips
        if isinstance(slip, str) and slip
    ]
    if isinstance(payload.get("state"), str):
        said.append(Markup('<bdi dir="ltr">{}</bdi>').format(payload["state"]))
    return said
