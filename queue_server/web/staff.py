"""What every page of staff shares.

How a new page (``reception``, ``manager``) is made of it:

1. ``templates/<page>/index.html`` extends ``staff/index.html`` and names its script and its dialogs;
   ``templates/<page>/page.html`` extends ``staff/part.html`` and fills ``place`` (beginning of the bar) and ``main``.
2. Two handlers in ``routes.PAGES``, ``/<page>`` and ``/<page>/page``, render them with ``values`` below and their own.
   The second is fetched anew after every event of the feed and at ``refresh_at``, and morphed into the page: elements
   that should stay themselves (focus, an open list) keep an ``id``; ``hx-morph-skip`` leaves one alone.
3. ``static/js/<page>.js`` calls ``start`` of ``staff.js``. A press is ``<button data-act="NAME" data-url data-body
   data-slot>`` (macro ``action``, or any button) or ``<form method="dialog" data-act data-url>`` in a macro ``dialog``;
   its fields become the body: a dotted name is a path, ``data-kind="number"`` or ``"list"`` says what a field is, an
   empty one is left out. ``data-slot`` changes when the same press would mean something new.
   ``data-code="KeyX"`` (and ``data-shift``) gives a control its single key, ``data-dialog="ID"`` opens a dialog, digits
   choose in it. ``aria-disabled="true"`` is off, with its reason as the second line.
4. Its part of the stylesheet is ``css/<page>.css``; its sentences live in ``locale/<language>/LC_MESSAGES/<page>.po``
   (``translations``); its link stands in ``NAVIGATION``.
"""

from typing import Any, Final

import msgspec
from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.accounts.permissions import of_session
from queue_server.audit.permissions import AUDIT_PAGE
from queue_server.domain.values import Micros
from queue_server.framework.permissions import allowed
from queue_server.web import desk_words
from queue_server.web.look import Reader
from queue_server.web.payments import wording as money
from queue_server.web.permissions import CASH_PAGE, COUNTER_PAGE, MANAGER_PAGE, RECEPTION_PAGE
from queue_server.web.rules import PageRules
from queue_server.web.wording import Words


class Link(msgspec.Struct, frozen=True):
    """A page that this member of staff may open; ``here`` where it is open now."""

    path: str
    label: Markup
    here: bool


#: The pages of staff in the order of the bar.
NAVIGATION: Final = (
    ("/manager", MANAGER_PAGE),
    ("/counter", COUNTER_PAGE),
    ("/reception", RECEPTION_PAGE),
    ("/cash", CASH_PAGE),
    ("/audit", AUDIT_PAGE),
)


def _label(_: Words, path: str) -> Markup:
    return {
        "/counter": _("Counter"),
        "/reception": _("Reception"),
        "/manager": _("Manager"),
        "/cash": _("Cash desk"),
        "/audit": _("Audit"),
    }[path]


def navigation(session: Session, words: Words, here: str) -> tuple[Link, ...]:
    """List the pages for this session; one alone needs no list."""
    principal = of_session(session)
    links = tuple(
        Link(path, _label(words, path), path == here)
        for path, permission in NAVIGATION
        if allowed(principal, permission, centre=session.centre)
    )
    return links if len(links) > 1 else ()


def home(session: Session) -> str:
    """Say where somebody goes who has just signed in: to the counter, once one is chosen, else to their own page.

    A living session has a role, and every role a page.
    """
    principal = of_session(session)
    path = next(path for path, permission in NAVIGATION if allowed(principal, permission, centre=session.centre))
    return "/sign-in/counter" if path == "/counter" and session.counter is None else path


def refusals(_: Words) -> dict[str, Markup]:
    """Say what each refusal of the queue means to the person at the page."""
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
        "visit-at-counter": _("This visit is at a counter."),
        "visit-missed": _("This visit was missed. Let it wait again first."),
        "visit-not-missed": _("This visit was neither missed nor cancelled."),
        "visit-not-parked": _("This visit is not parked any more."),
        "visit-merged": _("Its party goes on with another ticket."),
        "service-unknown": _("This service is not offered any more."),
        "service-begun": _("A service that was begun cannot be left out."),
        "step-unknown": _("This step is not offered any more."),
        "plan-empty": _("Nothing would be left to do. Finish or cancel the visit instead."),
        "plan-too-long": _("The visit has too many steps."),
        "transfer-target": _("Choose a step or a counter."),
        "transfer-to-itself": _("The visit is at this counter."),
        "merge-with-itself": _("This is the same ticket."),
        "appointment-unproved": _("An appointment has to be proved; it cannot be set."),
        "party-size": _("So many people are too many for one ticket."),
        "code-taken": _("Another ticket has this number today."),
        "counter-not-silent": _("Somebody is at that counter again."),
        "skills-not-set-up": _("This counter is not set up for that."),
        "notes-full": _("This visit has as many notes as it can have."),
        "applications-full": _("This visit has as many applications as it can have."),
        "notices-full": _("So many announcements are shown already. End one first."),
        "application-unknown": _("There is no application with this reference here."),
        "application-move": _("The application cannot go there from where it is now."),
        "application-service": _("The visit did not come for this service."),
        "body-invalid": _("Something is missing, or is too long."),
        "missed-too-early": _("It is too early to say that nobody came."),
        "undo-nothing": _("There is nothing to undo."),
        "undo-not-yours": _("Another counter did this."),
        "undo-too-late": _("It is too late to undo this."),
        "day-closed": _("This day is closed. The page loads the new one by itself."),
        "day-not-open": _("The day has not begun."),
        "help-unknown": _("This help call is not there any more."),
        "not-permitted": _("You may not do this here."),
        "session-locked": _("This page is locked. The password goes on."),
        "csrf-token-wrong": _("This page is from an earlier sign-in. Load it again."),
        "foreign-origin": _("This page was opened under another address. Load it again."),
        **money.refusals(_),
    }


def values(
    session: Session, reader: Reader, *, here: str, centre_name: str, now: Micros, refresh_at: Micros, rules: PageRules
) -> dict[str, Any]:
    """Gather what ``staff/index.html`` and ``staff/part.html`` need; ``here`` is the page's own path."""
    words, clock = reader.words, reader.clock
    return {
        "here": here,
        "links": navigation(session, words, here),
        "centre_name": centre_name,
        "staff": session.staff,
        "staff_name": session.name,
        "csrf": session.csrf,
        "login": session.login,
        "lock_minutes": session.lock_minutes,
        "zone": clock.zone,
        "feed": f"/api/v1/centres/{session.centre}/events",
        "now_ms": now // 1000,
        "refresh_ms": refresh_at // 1000,
        "today": clock.day(now),
        "clock": clock.hhmm(now),
        "refusals": refusals(words),
        **msgspec.structs.asdict(rules),
        **desk_words.values(words),
    }
