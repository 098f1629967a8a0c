"""What reception sees when somebody comes with an appointment: the verdict in plain words, and the next step. Pure."""

from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
from babel.dates import format_date
from markupsafe import Markup

from queue_server.appointments import check_in
from queue_server.appointments.model import StoredAppointment
from queue_server.catalogue.appointments import AppointmentRules
from queue_server.contract.base import People
from queue_server.contract.visits import IssueRequest
from queue_server.domain.appointments import ADMITS, AppointmentState, CheckInVerdict, shown_code
from queue_server.domain.values import MINUTE, Category, VisitId, to_datetime
from queue_server.web import wording
from queue_server.web.appointments.desk_query import DeskQuery
from queue_server.web.view_context import StaffView

#: What to do first: issue the ticket, show the one that there is, or choose another time.
NextStep = Literal["issue", "show", "move", "walk-in", ""]

_TONES = {
    CheckInVerdict.ON_TIME: ("good", "okc"),
    CheckInVerdict.EARLY: ("", "clock"),
    CheckInVerdict.LATE: ("", "late"),
    CheckInVerdict.CHECKED_IN: ("good", "okc"),
}


class ArrivalFacts(msgspec.Struct, frozen=True):
    """What was found: ``one`` is None where nothing was; ``ticket`` is the visit as which they came already.

    ``elsewhere`` is the name of the other centre at which it is. ``clock`` is what its centre's clock shows then.
    """

    verdict: CheckInVerdict
    one: StoredAppointment | None
    rules: AppointmentRules | None
    today: str
    zone: str
    elsewhere: str = ""
    ticket: VisitId | None = None
    ticket_code: str = ""


class Arrival(msgspec.Struct, frozen=True):
    """``step`` is what the filled button does; ``also`` what else can be done. ``body`` is what issuing posts.

    ``walk_in`` is JSON for the form of new tickets: services, people, language.
    """

    head: Markup
    tone: str
    icon: str
    code: str
    when: str
    facts: tuple[Markup, ...]
    services: tuple[str, ...]
    do: Markup
    check: Markup
    step: NextStep
    also: tuple[NextStep, ...]
    issue_label: Markup
    url: str
    body: str
    slot: str
    walk_in: str
    move_href: str
    ticket: str


def arrival(look: StaffView, facts: ArrivalFacts) -> Arrival:
    """Say what an appointment is worth to whoever stands here, and what comes next."""
    one, verdict = facts.one, facts.verdict
    tone, icon = _TONES.get(verdict, ("bad", "alert"))
    hides = one is None or verdict is CheckInVerdict.UNKNOWN
    # Of another centre nothing is told but where and when.
    tells = one is not None and not hides and verdict is not CheckInVerdict.OTHER_CENTRE
    step, also = _steps(facts)
    return Arrival(
        head=_head(look, facts),
        tone=tone,
        icon=icon,
        code=shown_code(one.code) if tells and one is not None else "",
        when="" if one is None or hides else _when(look, one, facts.zone),
        facts=(wording.party(look.words, one.party_size), Markup.escape(look.spoken(one.language)))
        if tells and one is not None
        else (),
        services=tuple(look.service_name(each) for each in one.services) if tells and one is not None else (),
        do=_do(look, facts),
        check=look.words("Booked with a document: look at it, it has to be the one that was named.")
        if one is not None and step == "issue" and one.document is not None
        else Markup(),
        step=step,
        also=also,
        issue_label=look.words("Issue a ticket without the appointment")
        if verdict is CheckInVerdict.TOO_LATE
        else look.words("Issue the ticket"),
        url=f"/api/v1/centres/{look.state.centre}/visits",
        body=_body(one) if one is not None and step == "issue" else "",
        slot="" if one is None else f"admit:{one.id}:{one.revision}",
        walk_in=_walk_in(one) if tells and one is not None else "",
        move_href="" if one is None else "/appointments?" + DeskQuery(appointment=one.id, moving=True).written(),
        ticket=facts.ticket or "",
    )


def _steps(facts: ArrivalFacts) -> tuple[NextStep, tuple[NextStep, ...]]:  # noqa: PLR0911 - one line a case
    one = facts.one
    if one is None:
        return "", ()
    is_today = one.day == facts.today
    match facts.verdict:
        case CheckInVerdict.ON_TIME | CheckInVerdict.EARLY | CheckInVerdict.LATE:
            return "issue", ()
        case CheckInVerdict.TOO_LATE if is_today and one.state is AppointmentState.BOOKED:
            return "issue", ("move",)
        case CheckInVerdict.WRONG_DAY | CheckInVerdict.DISPLACED:
            return "move", ("walk-in",)
        case CheckInVerdict.CHECKED_IN if facts.ticket is not None:
            return "show", ()
        case CheckInVerdict.CANCELLED | CheckInVerdict.TOO_LATE | CheckInVerdict.CHECKED_IN:
            return "walk-in", ()
        case _other:
            return "", ()


def _head(look: StaffView, facts: ArrivalFacts) -> Markup:
    _ = look.words
    return {
        CheckInVerdict.ON_TIME: _("On time"),
        CheckInVerdict.EARLY: _("Early"),
        CheckInVerdict.LATE: _("Late, and it still counts"),
        CheckInVerdict.TOO_LATE: _("Too late: it does not count any more"),
        CheckInVerdict.WRONG_DAY: _("It is on another day"),
        CheckInVerdict.OTHER_CENTRE: _("It is at another centre"),
        CheckInVerdict.CANCELLED: _("It was cancelled"),
        CheckInVerdict.DISPLACED: _("The centre took this time away"),
        CheckInVerdict.CHECKED_IN: _("They have come with it already"),
        CheckInVerdict.UNKNOWN: _("No such appointment here"),
        CheckInVerdict.WRONG_PERSON: _("It is somebody else's"),
    }[facts.verdict]


def _do(look: StaffView, facts: ArrivalFacts) -> Markup:
    """Say the next step."""
    _, one = look.words, facts.one
    if one is not None and facts.rules is not None and facts.verdict in ADMITS:
        return _do_admitted(look, one, facts.verdict, facts.rules)
    if one is not None and facts.rules is not None and facts.verdict is CheckInVerdict.TOO_LATE:
        return _do_too_late(look, one, facts)
    came = (
        _(
            "Their number is %(code)s. Show it, and print it again if the paper is lost.",
            code=wording.ticket(facts.ticket_code),
        )
        if facts.ticket_code
        else _("Their visit is over. They can wait as others do, or a new one is booked.")
    )
    return {
        CheckInVerdict.WRONG_DAY: _("They can come back then, take another time, or wait today as others do."),
        CheckInVerdict.OTHER_CENTRE: _(
            "Tell them where: %(centre)s. Here they can wait as others do.", centre=facts.elsewhere
        ),
        CheckInVerdict.CANCELLED: _("They can wait as others do, or a new one is booked."),
        CheckInVerdict.DISPLACED: _("Say sorry. Choose another time with them, or let them wait as others do."),
        CheckInVerdict.CHECKED_IN: came,
    }.get(facts.verdict, _("Read the code once more, or ask for the document with which it was booked."))


def _do_admitted(look: StaffView, one: StoredAppointment, verdict: CheckInVerdict, rules: AppointmentRules) -> Markup:
    _ = look.words
    if verdict is CheckInVerdict.ON_TIME:
        return _("Issue the ticket. They are called near their time.")
    if verdict is CheckInVerdict.EARLY:
        return _.ngettext(
            "It is in %(count)s minute. Issue the ticket: they are called near their time, not before the others.",
            "It is in %(count)s minutes. Issue the ticket: they are called near their time, not before the others.",
            max(0, -(-(one.at - look.now) // MINUTE)),
        )
    until = look.clock.hhmm(check_in.times(one.at, rules).counts_until)
    return _("Issue the ticket. It still counts as an appointment until %(time)s.", time=until)


def _do_too_late(look: StaffView, one: StoredAppointment, facts: ArrivalFacts) -> Markup:
    _ = look.words
    if one.day != facts.today or facts.rules is None:
        return _("Its day is over. They can wait as others do, or a new one is booked.")
    until = look.clock.hhmm(check_in.times(one.at, facts.rules).counts_until)
    return _("It counted until %(time)s. They can wait as others do, or take another time.", time=until)


def _when(look: StaffView, one: StoredAppointment, zone: str) -> str:
    at = to_datetime(one.at).astimezone(ZoneInfo(zone))
    return f"{format_date(at.date(), 'EEEE d MMMM', locale=look.clock.locale)}{look.words(', ')}{at:%H:%M}"


def _body(one: StoredAppointment) -> str:
    """Write what issues its ticket; as what they wait is said by the booking alone."""
    people = tuple(People(each.band, each.count) for each in one.people)
    wanted = IssueRequest(
        services=one.services,
        category=Category.WALK_IN,
        language=one.language,
        party_size=one.party_size,
        people=people,
        appointment=one.id,
    )
    said = msgspec.to_builtins(wanted)
    named = {"services", "category", "language", "party_size", "people", "appointment"}
    return msgspec.json.encode({name: said[name] for name in sorted(named) if said.get(name)}).decode()


def _walk_in(one: StoredAppointment) -> str:
    said = {
        "services": one.services,
        "party_size": one.party_size,
        "language": one.language,
        "people": {each.band: each.count for each in one.people},
    }
    return msgspec.json.encode(said).decode()
