"""``/book``: what somebody needs, for how many, and when. Each step is an address; nothing is kept until a time is."""

from datetime import date
from typing import Any, Final

import msgspec
from aiohttp import web
from markupsafe import Markup

from queue_server.appointments.engine import last_day
from queue_server.appointments.offers import free_times
from queue_server.catalogue.hours import is_holiday
from queue_server.catalogue.model import Setup, day_rule
from queue_server.centre.centres import Centre, Centres
from queue_server.contract.appointments import BookableDayView
from queue_server.domain.values import GovernmentId, Micros, to_micros
from queue_server.framework.server import SERVER
from queue_server.web.booking import costs
from queue_server.web.booking.choice import (
    BAND,
    PEOPLE,
    SERVICE,
    BookingChoice,
    bookable,
    governments,
    max_people,
    max_services,
)
from queue_server.web.booking.contact_ways import waits
from queue_server.web.booking.context import BookingContext, context_of_path, draw
from queue_server.web.booking.gate import BookingGate
from queue_server.web.booking.public_booker import party_of
from queue_server.web.booking.time_table import nearest, said, time_table
from queue_server.web.booking.walk_in import walk_in_words
from queue_server.web.page_context import DESK
from queue_server.web.print_footer import foot_of
from queue_server.web.view_context import name_in
from queue_server.web.wording import party

GOVERNMENT: Final = "government"
_DAY: Final = "day"


class OfferLink(msgspec.Struct, frozen=True):
    """Something that can be chosen by a link."""

    name: str | Markup
    href: str
    note: Markup | str = ""


class NumberField(msgspec.Struct, frozen=True):
    name: str
    label: str | Markup
    counts: tuple[int, ...]
    chosen: int


# --- where ---------------------------------------------------------------------------------------------------------


async def show_centres(request: web.Request) -> web.Response:
    """Ask at which centre, or go on where there is but one."""
    desk = request.app[DESK]
    language = desk.language(request)
    found = [one for one in request.app[SERVER][Centres].values() if _is_bookable(one.setup.setup)]
    if len(found) == 1:
        raise web.HTTPSeeOther(f"/book/{found[0].id}?lang={language}")
    choices = tuple(
        OfferLink(
            name_in(one.setup.setup.centre.name, language, one.id),
            f"/book/{one.id}?lang={language}",
            name_in(one.setup.setup.centre.address, language, ""),
        )
        for one in _by_name(found, language)
    )
    name = desk.site.words[language]("Consular Support Centre")
    return draw(request, language, "centres", centre_name=name, secret=False, centres=choices)


def _is_bookable(setup: Setup) -> bool:
    return setup.appointments is not None and bool(bookable(setup))


def _by_name(found: list[Centre], language: str) -> list[Centre]:
    return sorted(found, key=lambda one: name_in(one.setup.setup.centre.name, language, one.id))


# --- what ----------------------------------------------------------------------------------------------------------


async def show_services(request: web.Request) -> web.Response:
    """Ask for which government, then what for."""
    here = context_of_path(request)
    given = governments(here.setup)
    government = asked_government(here, given)
    values: dict[str, Any] = {"foot": foot_of(here.centre.facts.catalogue.centre, here.reader)}
    if government is None:
        names = {one.id: one.name for one in here.setup.governments}
        values |= {
            "government": None,
            "governments": tuple(
                OfferLink(
                    name_in(names[one], here.reader.language, one),
                    here.path(query=here.choice.query((GOVERNMENT, one))),
                )
                for one in given
            ),
        }
    else:
        chosen = here.choice.services
        values |= {
            "government": government_name(here, government),
            "government_href": here.path() if len(given) > 1 else "",
            "services_chosen": _listed(here, here.service_names(chosen)) if chosen else "",
            "services": tuple(_services(here, government)),
            "questions_href": here.path("questions", here.choice.query((GOVERNMENT, government))),
        }
    return draw(
        request, here.reader.language, "services", centre_name=here.centre_name, secret=False, packed=True, **values
    )


def asked_government(here: BookingContext, given: tuple[GovernmentId, ...]) -> GovernmentId | None:
    """Read for which government somebody comes; of one alone nobody is asked."""
    asked = here.request.query.get(GOVERNMENT, "")
    return next((one for one in given if one == asked), given[0] if len(given) == 1 else None)


def government_name(here: BookingContext, government: GovernmentId) -> str:
    """Name a government to whoever reads."""
    names = {one.id: one.name for one in here.setup.governments}
    return name_in(names[government], here.reader.language, government)


def _services(here: BookingContext, government: GovernmentId) -> list[OfferLink]:
    today = date.fromisoformat(day_rule(here.setup).day_at(here.now))
    return [
        OfferLink(
            name_in(one.name, here.reader.language, one.id),
            here.path("people", here.choice.query((SERVICE, one.id))),
            costs.service_note(here.setup, one.id, today, here.reader),
        )
        for one in bookable(here.setup)
        if one.government == government and one.id not in here.choice.services
    ]


def _listed(here: BookingContext, names: tuple[str, ...]) -> str:
    return here.reader.words(", ").join(names)


# --- how many ------------------------------------------------------------------------------------------------------


async def show_people(request: web.Request) -> web.Response:
    """Ask how many people come; by age where that is told apart."""
    here = context_of_path(request)
    if not here.choice.services:
        raise web.HTTPSeeOther(here.path())
    first = next(one for one in here.setup.services if one.id == here.choice.services[0])
    more = len(here.choice.services) < max_services(here.setup)
    back = here.path(query=BookingChoice().query((GOVERNMENT, first.government)))
    return draw(
        request,
        here.reader.language,
        "people",
        centre_name=here.centre_name,
        action=f"/book/{here.centre.id}/times",
        services=_listed(here, here.service_names(here.choice.services)),
        services_href=back,
        more_href=here.path(query=here.choice.query((GOVERNMENT, first.government))) if more else "",
        error=_people_error(here),
        fields=(*((SERVICE, one) for one in here.choice.services), ("lang", here.reader.language)),
        numbers=tuple(_numbers(here)),
    )


def _people_error(here: BookingContext) -> Markup:
    if "people-missing" not in here.request.query:
        return Markup()
    most = max_people(here.setup)
    return here.reader.words("Choose how many people come: at least one, and at most %(most)s together.", most=most)


def _numbers(here: BookingContext) -> list[NumberField]:
    most, bands = max_people(here.setup), here.setup.bands
    if not bands:
        label = here.reader.words("People")
        return [NumberField(PEOPLE, label, tuple(range(1, most + 1)), here.choice.party_size or 1)]
    known = {one.band: one.count for one in here.choice.people}
    return [
        NumberField(
            f"{BAND}{one.id}",
            name_in(one.name, here.reader.language, one.id),
            tuple(range(most + 1)),
            known.get(one.id, 0) if known else int(number == 0),
        )
        for number, one in enumerate(bands)
    ]


# --- when ----------------------------------------------------------------------------------------------------------


async def show_times(request: web.Request) -> web.Response:
    """Show the days of the next weeks with what is free, and the times of one of them."""
    here = context_of_path(request)
    check_choice(here)
    return await draw_times(here)


def check_choice(here: BookingContext) -> None:
    """See that everything before the time was chosen.

    Raises:
        HTTPSeeOther: something was not; it is asked for.
    """
    if not here.choice.services:
        raise web.HTTPSeeOther(here.path())
    if not here.choice.party_size:
        raise web.HTTPSeeOther(here.path("people", here.choice.query(("people-missing", ""))))


async def draw_times(
    here: BookingContext,
    *,
    error: Markup | None = None,
    gone: Micros | None = None,
    chosen: Micros | None = None,
    status: int = 200,
) -> web.Response:
    """Draw the page of times; ``gone`` is a time that was chosen in vain, near which others are named.

    ``chosen`` is a time that stays chosen.
    """
    request, choice = here.request, here.choice
    days = await free_days(here, choice)
    wanted, asked = request.query.get(_DAY, ""), gone if gone is not None else chosen
    if asked is not None and not wanted:
        wanted = day_rule(here.setup).day_at(asked)
    # What is held already goes along, to be let go once another time is.
    held = [("held", one) for one in request.query.getall("held", ())[:1]]

    def href(day: str) -> str:
        return here.path("times", choice.query((_DAY, day), *held))

    table = time_table(
        days,
        here.reader,
        wanted=wanted,
        chosen=chosen,
        is_working=lambda day: is_working(here.setup, day),
        href=href,
    )
    address = request.remote or ""
    gate = request.app[SERVER][BookingGate]
    return draw(
        request,
        here.reader.language,
        "times",
        centre_name=here.centre_name,
        status=status,
        script=True,
        packed=True,
        action=href(table.day),
        proof=gate.challenge(address, here.centre.id, table.day, choice.party_size) if table.day else "",
        moving="",
        services=_listed(here, here.service_names(choice.services)),
        summary=summary(here, choice),
        change_href=here.path("people", choice.query()),
        error=error or "",
        nearest=near(here, days, gone, href),
        table=table,
        fields=(),
        promise=promised(here, choice),
        walk_in=walk_in_words(here),
        weeks=here.rules.weeks,
        waitlist_href=here.path("waitlist", choice.query()) if waits(here) else "",
    )


async def free_days(
    here: BookingContext, choice: BookingChoice, without: str | None = None
) -> tuple[BookableDayView, ...]:
    """Find what is free in all the weeks in which times are given; ``without`` is an appointment that is moved."""
    first, last = here.centre.rule.day_at(here.now), last_day(here.centre, here.rules, here.now)
    found = await free_times(here.server, here.centre, party_of(choice), first, last, without=without)
    return found.days


def summary(here: BookingContext, choice: BookingChoice) -> list[Markup]:
    """Say for how many people, and how long that takes."""
    _ = here.reader.words
    count = costs.minutes(here.setup, choice.services, choice.party_size)
    about = _.ngettext("about %(count)s min", "about %(count)s min", count)
    return [_(", ").join((party(_, choice.party_size), about))]


def promised(here: BookingContext, choice: BookingChoice) -> Markup:
    _, size = here.reader.words, choice.party_size
    minutes = costs.promise(here.setup, choice.services)
    said = _.ngettext(
        "We promise to call you at most %(count)s minute after your time.",
        "We promise to call you at most %(count)s minutes after your time.",
        minutes,
    )
    if size == 1:
        return said
    only = _.ngettext(
        "Only times with room for %(count)s person are shown.",
        "Only times with room for %(count)s people are shown.",
        size,
    )
    return Markup(" ").join((said, only))


def near(here: BookingContext, days: tuple[BookableDayView, ...], gone: Micros | None, href: Any) -> tuple[Any, ...]:
    """Name free times near one that is gone."""
    if gone is None:
        return ()
    rule = day_rule(here.setup)
    return tuple(
        {"said": said(here.reader, to_micros(one.at)), "href": href(rule.day_at(to_micros(one.at)))}
        for one in nearest(days, gone)
    )


def is_working(setup: Setup, day: date) -> bool:
    """Tell whether a centre is open at some hour of a day."""
    return bool(setup.hours.week[day.weekday()]) and not is_holiday(setup.holidays, day)
