"""Draws the counter page: the view model and the fixed words around it, as HTML. Pure."""

from typing import Any

from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.values import PauseReason
from queue_server.web import staff
from queue_server.web.counter.page import CounterPage
from queue_server.web.look import Reader
from queue_server.web.rules import PageRules
from queue_server.web.wording import Words, pause_reason


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
    words = reader.words
    return {
        "page": page,
        "news": page.news,
        "helps": page.helps,
        "api": f"/api/v1/centres/{session.centre}/counters/{session.counter}",
        "reasons": [(reason.value, pause_reason(words, reason)) for reason in PauseReason],
        "key_table": key_table(words),
        **staff.values(
            session,
            reader,
            here="/counter",
            centre_name=centre_name,
            now=page.now,
            refresh_at=page.refresh_at,
            rules=rules,
        ),
    }
