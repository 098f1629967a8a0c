"""A time that is held while whoever it is for says how they are reached. Pure."""

from datetime import date

import msgspec
from markupsafe import Markup

from queue_server.catalogue.model import day_rule
from queue_server.contract.appointments import ReleaseHoldRequest
from queue_server.domain.appointments import RemoteChannel
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import Micros, to_datetime
from queue_server.web import wording
from queue_server.web.appointments import page
from queue_server.web.appointments.desk_view import DeskView
from queue_server.web.booking import costs
from queue_server.web.booking.time_table import said


def held(view: DeskView) -> page.HeldForm | None:
    """Show what will be booked; None where nothing is held."""
    asked, look = view.asked, view.look
    if view.held_until is None or asked.at is None or view.rules is None:
        return None
    _, choice, at = look.words, asked.choice, Micros(asked.at)
    base = f"/api/v1/centres/{look.state.centre}/appointments"
    rule: DayRule = day_rule(view.setup)
    about = costs.minutes(view.setup, choice.services, choice.party_size)
    email, telephone = view.ways
    return page.HeldForm(
        said=said(look.reader, at),
        until=_("kept until %(time)s", time=look.clock.hhmm(view.held_until)),
        facts=(
            wording.party(_, choice.party_size),
            Markup.escape(look.spoken(_language(view))),
            _.ngettext("about %(count)s min", "about %(count)s min", about),
        ),
        cost=costs.cost(view.setup, choice, date.fromisoformat(rule.day_at(at)), look.reader),
        service_ids=choice.services,
        services=tuple(look.service_name(service) for service in choice.services),
        at=to_datetime(at).isoformat(),
        size=choice.party_size,
        people=msgspec.json.encode(choice.people).decode() if choice.people else "",
        language=_language(view),
        hold=asked.hold,
        url=base,
        release_url=f"{base}/holds/{asked.hold}/release",
        release_body=msgspec.json.encode(ReleaseHoldRequest(to_datetime(at))).decode(),
        again="?" + asked.written(at="", hold="", done="", day=rule.day_at(at)),
        email=email,
        telephone=telephone or _is_called(view),
        document=view.rules.confirm_document,
    )


def _language(view: DeskView) -> str:
    return view.asked.language or view.look.known.catalogue.centre.languages[0]


def _is_called(view: DeskView) -> bool:
    """Tell whether they are served by telephone: then the number is needed, whether or not short messages are sent."""
    known = (view.look.services.get(service) for service in view.asked.choice.services)
    stops = [stop for service in known if service is not None for stop in service.steps]
    return all(stop.remote is not None for stop in stops) and any(
        stop.remote is RemoteChannel.TELEPHONE for stop in stops[:1]
    )
