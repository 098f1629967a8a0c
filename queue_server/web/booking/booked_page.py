"""What whoever booked sees of their appointment: time, code, what to do now. Pure.

No name, no number of a document, no address: nothing that tells a stranger who it is for.
"""

from typing import Final

import msgspec
from markupsafe import Markup

from queue_server.contract.appointments import AppointmentView
from queue_server.domain.appointments import AppointmentState, RemoteChannel, shown_code
from queue_server.domain.values import MINUTE, Micros, to_micros
from queue_server.web.view_context import PageReader
from queue_server.web.wording import party

#: These have a time, and a code that is shown for it.
KEPT: Final = frozenset({AppointmentState.BOOKED, AppointmentState.CHECKED_IN})


class BookedPage(msgspec.Struct, frozen=True):
    """``tone`` is good, bad or plain; what is empty is not shown."""

    state: Markup
    tone: str
    icon: str
    title: Markup | str
    headline: Markup | str
    sentence: Markup | str
    shows_code: bool
    clock: str
    services: str
    party: Markup
    code: str
    qr: Markup
    from_when: Markup | str
    address: str
    remote: Markup | str
    video_href: str
    cost: Markup
    document: Markup | str
    calendar_href: str
    change_href: str
    change: Markup
    cancel_href: str
    until: Markup | str
    again_href: str
    ticket_href: str


class BookedFacts(msgspec.Struct, frozen=True):
    """What is shown beside the appointment itself.

    ``early_min`` is from when on they may come in, ``ticket_href`` where their ticket is, once they have. ``video`` is
    the address of the video service, empty where they are not served by it.
    """

    services: str
    address: str
    cost: Markup
    qr: Markup
    early_min: int
    video: str
    path: str
    query: str
    again_href: str
    ticket_href: str = ""


def booked_page(one: AppointmentView, facts: BookedFacts, reader: PageReader, now: Micros) -> BookedPage:
    """Show an appointment as it is at ``now``."""
    _, at = reader.words, to_micros(one.at)
    day = reader.clock.day(at, "EEEE d MMMM")
    is_at_home = one.remote is not None and one.state in KEPT and at <= now
    state, tone, icon, sentence = _state_at_home(reader, one) if is_at_home else _state(reader, one, at, now)
    is_booked, is_displaced = one.state is AppointmentState.BOOKED, one.state is AppointmentState.DISPLACED
    may_change = one.until is not None and to_micros(one.until) > now and (is_booked or is_displaced)
    ahead = is_booked and at > now
    until = Markup()
    if one.until is not None and may_change and is_booked:
        last = to_micros(one.until)
        until = _("Change it until %(time)s.", time=_(", ").join((reader.clock.day(last), reader.clock.hhmm(last))))
    elif ahead:
        until = _("It is too late to change it here. If you cannot come, cancel it: somebody else needs the time.")
    return BookedPage(
        state=state,
        tone=tone,
        icon=icon,
        title=state,
        headline=day,
        sentence=sentence,
        shows_code=one.state in KEPT,
        clock=one.clock,
        services=facts.services,
        party=party(_, one.party_size),
        code=shown_code(one.code),
        qr=Markup() if one.remote is not None else facts.qr,
        from_when=_(
            "Show this code at a kiosk from %(time)s on.", time=reader.clock.hhmm(at - facts.early_min * MINUTE)
        )
        if ahead and one.remote is None
        else "",
        address=facts.address if one.remote is None else "",
        remote=_remote(reader, one, facts, at, now),
        video_href=facts.video if is_open(one, facts.early_min, now) else "",
        cost=facts.cost,
        document=_("Bring the document that you named when you booked.")
        if one.has_document and one.remote is None
        else _("Have the document at hand that you named when you booked.")
        if one.has_document
        else "",
        calendar_href=f"{facts.path}/calendar{facts.query}" if ahead else "",
        change_href=f"{facts.path}/change{facts.query}" if may_change else "",
        change=_("Choose another time") if is_displaced else _("Change"),
        cancel_href=f"{facts.path}/cancel{facts.query}" if may_cancel(one, now) else "",
        until=until,
        ticket_href=facts.ticket_href if one.state is AppointmentState.CHECKED_IN else "",
        again_href="" if one.state in KEPT or is_displaced else facts.again_href,
    )


def is_open(one: AppointmentView, early_min: int, now: Micros) -> bool:
    """Tell whether the way to the video stands on the page: shortly before its time, and as long as it is of use."""
    is_near = to_micros(one.at) - early_min * MINUTE <= now
    return one.remote is RemoteChannel.VIDEO and one.state in KEPT and is_near


def _remote(reader: PageReader, one: AppointmentView, facts: BookedFacts, at: Micros, now: Micros) -> Markup | str:
    """Say how they are served who need not come."""
    _ = reader.words
    if one.remote is None or one.state not in KEPT:
        return ""
    if one.remote is RemoteChannel.TELEPHONE:
        return _("By telephone: we call you on the number that you gave. You need not come.")
    if is_open(one, facts.early_min, now):
        return _("By video: open it with the button below, and wait there. You need not come.")
    return _(
        "By video: from %(time)s on a button for it is on this page. You need not come.",
        time=reader.clock.hhmm(at - facts.early_min * MINUTE),
    )


def may_cancel(one: AppointmentView, now: Micros) -> bool:
    """Tell whether whoever has its link may cancel an appointment: until its time."""
    return one.state in (AppointmentState.BOOKED, AppointmentState.DISPLACED) and to_micros(one.at) > now


def _state_at_home(reader: PageReader, one: AppointmentView) -> tuple[Markup, str, str, Markup | str]:
    """Say it to somebody whose time has come and who need not come: they get their ticket by themselves."""
    _ = reader.words
    if one.state is AppointmentState.BOOKED:
        return _("Booked"), "good", "clock", _("Your time has come. One moment, please.")
    if one.remote is RemoteChannel.TELEPHONE:
        return _("Your turn is near"), "good", "okc", _("Stay by your telephone: we call you.")
    return _("Your turn is near"), "good", "okc", _("Stay in the video: staff come to you there.")


def _state(reader: PageReader, one: AppointmentView, at: Micros, now: Micros) -> tuple[Markup, str, str, Markup | str]:
    _ = reader.words
    match one.state:
        case AppointmentState.BOOKED if at > now:
            return _("Booked"), "good", "okc", ""
        case AppointmentState.BOOKED:
            return _("Booked"), "plain", "clock", _("Your time has come: show the code at a kiosk, or ask staff.")
        case AppointmentState.CHECKED_IN:
            return _("You are here"), "good", "okc", _("Watch the boards for the number on your ticket.")
        case AppointmentState.DISPLACED:
            return (
                _("Your time is gone"),
                "bad",
                "alert",
                _(
                    "We are sorry: the centre cannot keep %(time)s. Choose another time; your code stays the same.",
                    time=one.clock,
                ),
            )
        case AppointmentState.MISSED:
            return _("Over"), "plain", "clock", _("Nobody came at %(time)s.", time=one.clock)
        case _cancelled:
            return _("Cancelled"), "plain", "xc", _("There is nothing more to do. The time goes to somebody else.")
