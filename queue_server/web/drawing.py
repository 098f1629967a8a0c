"""Draws the counter page: the view model and the fixed words around it, as HTML. Pure."""

from typing import Any

import msgspec
from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.values import PauseReason
from queue_server.web.look import Reader
from queue_server.web.page import CounterPage
from queue_server.web.rules import PageRules
from queue_server.web.wording import Words, pause_reason


def refusals(_: Words) -> dict[str, Markup]:
    """Say what each refusal of the queue means to the person at the counter."""
    return {
        "counter-busy": _("Somebody is at this counter already."),
        "counter-free": _("Nobody is at this counter any more."),
        "counter-not-open": _("This counter is not open."),
        "counter-unknown": _("This counter is not set up any more."),
        "visit-unknown": _("This visit is not in today's queue."),
        "visit-not-here": _("This visit is not at your counter any more."),
        "visit-not-called": _("This visit is not called any more."),
        "visit-not-started": _("This visit has not been started."),
        "visit-being-served": _("This visit is being served already."),
        "visit-ended": _("This visit is over."),
        "missed-too-early": _("It is too early to say that nobody came."),
        "undo-nothing": _("There is nothing to undo."),
        "undo-not-yours": _("Another counter did this."),
        "undo-too-late": _("It is too late to undo this."),
        "day-closed": _("This day is closed. The page loads the new one by itself."),
        "day-not-open": _("The day has not begun."),
        "help-unknown": _("This help call is not there any more."),
        "not-permitted": _("You may not do this at this counter."),
        "csrf-token-wrong": _("This page is from an earlier sign-in. Load it again."),
        "foreign-origin": _("This page was opened under another address. Load it again."),
    }


def key_table(_: Words) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    nobody = _("nobody is at your counter")
    return (
        ("Space", _("Call next"), nobody),
        ("Enter", _("Start"), _("called")),
        ("R", _("Recall"), _("called")),
        ("M", _("Missed"), _("called and recalled, after some minutes")),
        ("F", _("Finish and hand on"), _("serving")),
        ("U", _("Undo the last action"), _("for 2 minutes, at an open counter")),
        ("H", _("Take the first help call"), _("always")),
        ("Shift P", _("Pause with a reason; go on"), nobody),
        ("O", _("Open the counter"), _("closed")),
        ("Shift C", _("Close the counter"), nobody),
        ("?", _("All keys"), _("always")),
        ("1–9", _("Choose in a list"), _("in a dialog")),  # noqa: RUF001 - a range is written with a dash
    )


def values(
    page: CounterPage, reader: Reader, session: Session, *, centre_name: str, rules: PageRules
) -> dict[str, Any]:
    """Gather what the templates of the counter page need."""
    words, clock = reader.words, reader.clock
    base = f"/api/v1/centres/{session.centre}"
    return {
        "page": page,
        "centre_name": centre_name,
        "staff_name": session.name,
        "csrf": session.csrf,
        "zone": clock.zone,
        "feed": f"{base}/events",
        "api": f"{base}/counters/{session.counter}",
        "today": clock.day(page.now),
        "clock": clock.hhmm(page.now),
        "refusals": refusals(words),
        "reasons": [(reason.value, pause_reason(words, reason)) for reason in PauseReason],
        "key_table": key_table(words),
        **msgspec.structs.asdict(rules),
    }
