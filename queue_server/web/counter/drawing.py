"""Draws the counter page: the view model and the fixed words around it, as HTML. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.domain.values import CallReason, Micros, PauseReason
from queue_server.framework.parts import KeyLine
from queue_server.web import staff
from queue_server.web.counter.page import CounterDeskPage
from queue_server.web.page_parts import PartSpec
from queue_server.web.parts import Drawn, key_lines
from queue_server.web.rules import PageRules
from queue_server.web.view_context import PageReader
from queue_server.web.wording import MarkupTranslations, call_reason, pause_reason


def key_table(_: MarkupTranslations, brought: Iterable[KeyLine]) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    nobody, somebody = _("nobody is at your counter"), _("called or serving")
    return (
        ("Space", _("Call next"), nobody),
        ("Enter", _("Start"), _("called")),
        ("R", _("Recall"), _("called")),
        ("F", _("Finish and hand on"), _("serving")),
        ("T", _("Transfer to a step or a counter"), somebody),
        ("P", _("Park: put the visit aside"), somebody),
        ("M", _("Missed"), _("called and recalled, after some minutes")),
        ("U", _("Undo the last action"), _("for 2 minutes, at an open counter")),
        ("C", _("Change category, party, language, services"), somebody),
        ("N", _("Write a note"), somebody),
        ("A", _("Open an application, or name one"), somebody),
        ("D", _("What was checked of the document"), _("a document was read")),
        ("1", _("Say that it is the same person as on the document"), _("a face was read, serving")),
        ("2", _("Not sure whether it is the same person"), _("a face was read, serving")),
        ("J", _("Compare the next person of a party"), _("several documents were read, serving")),
        ("V", _("Check a seal"), somebody),
        ("I", _("Read a document on the reader of this desk"), _("where desks have one")),
        *brought,
        ("G", _("Call a particular visit, with a reason"), nobody),
        ("K", _("Take back from parked"), nobody),
        ("/", _("Find a visit"), _("always")),
        ("Q", _("Who waits, by step, service and language"), _("somebody waits")),
        ("H", _("Take the first help call"), _("always")),
        ("Shift P", _("Pause with a reason; go on"), nobody),
        ("O", _("Open the counter"), _("closed")),
        ("Shift C", _("Close the counter"), nobody),
        ("F8", _("Assist: call colleagues without a sound"), _("always, hold it for a second")),
        ("?", _("All keys"), _("always")),
        ("1–9", _("Choose in a list"), _("in a dialog")),  # noqa: RUF001 - a range is written with a dash
    )


_NOW: Final = PartSpec("now", staff.write_now, values=("now_ms", "refresh_ms", "cursor", "news", "own"))
_TOP: Final = PartSpec(
    "top",
    "counter/top.html",
    ("plate", "steps", "visit"),
    ("desk_port", "links", "today", "clock", "staff_name", "csrf", "helps"),
    ("counter-bar", "counter-band"),
)
# Who comes next stands in the work area while nobody is at the counter.
_NEXT: Final = PartSpec("next", "counter/next.html", ("next_up",), ("clock", "is_taken"))
_NO_NEXT: Final = PartSpec("next", "counter/next.html", values=("is_taken",))
_QUEUE: Final = PartSpec("queue", "counter/line.html", ("rail",), ("clock",))
_AROUND: Final = PartSpec(
    "around",
    "counter/around.html",
    ("parked", "colleagues", "more_colleagues", "assisted", "day"),
    ("assist_hold_ms", "centre_api"),
)
_FORMS: Final = PartSpec(
    "forms", "counter/forms.html", ("plate", "forms", "parked"), ("api", "centre_api"), ("counter-forms",)
)
_WITH_VISIT: Final = PartSpec(
    "work",
    "counter/work.html",
    ("stage", "visit", "timer", "itinerary", "history", "hint", "after", "keys"),
    ("centre_api",),
    ("counter-visit", "counter"),
    running="timer",
)
_WITHOUT: Final = PartSpec(
    "work",
    "counter/work.html",
    (
        *("stage", "visit", "head", "lead", "next_up", "empty_head", "empty_text", "order"),
        *("big_key", "figures", "keys"),
    ),
    slots=("counter",),
)


def parts_of(page: CounterDeskPage) -> tuple[PartSpec, ...]:
    """List the parts of the page, and all that each is drawn of."""
    work, following = (_WITHOUT, _NO_NEXT) if page.visit is None else (_WITH_VISIT, _NEXT)
    return _NOW, _TOP, work, following, _QUEUE, _AROUND, _FORMS


def part_values(
    page: CounterDeskPage,
    brought: Drawn,
    *,
    cursor: str,
    still: Mapping[str, Any],
) -> dict[str, Any]:
    """Gather what the parts of the page need; ``brought`` are the parts that rooms bring.

    ``cursor`` is up to where in the centre's feed the page shows what has happened, ``still`` are ``still_values``.
    """
    return {
        "page": page,
        "is_taken": page.visit is not None,
        "own": (("stage", page.stage), ("plate", page.plate)),
        "parts": brought.slots,
        "news": f"{brought.news} {page.news}".strip(),
        "helps": page.helps,
        **still,
        **staff.moving_values(page.now, page.refresh_at, cursor),
    }


def still_values(
    session: Session, reader: PageReader, *, centre_name: str, now: Micros, rules: PageRules
) -> dict[str, Any]:
    """Gather of that what is the same as long as the minute is, and the set-up."""
    return {
        "api": f"/api/v1/centres/{session.centre}/counters/{session.counter}",
        "centre_api": f"/api/v1/centres/{session.centre}",
        **staff.still_values(session, reader, here="/counter", centre_name=centre_name, now=now, rules=rules),
    }


def whole_values(reader: PageReader, session: Session) -> dict[str, Any]:
    """Gather what stands around the parts: dialogs that stay, and the list of keys."""
    words = reader.words
    return {
        "reasons": [(reason.value, pause_reason(words, reason)) for reason in PauseReason],
        "call_reasons": [(reason.value, call_reason(words, reason)) for reason in CallReason],
        "key_table": key_table(words, key_lines("counter", session, reader)),
        **staff.line_values("/counter"),
        **staff.whole_values(reader),
    }
