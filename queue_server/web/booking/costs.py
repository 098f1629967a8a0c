"""What is said of money and of time before anybody comes. Pure."""

from datetime import date

from markupsafe import Markup

from queue_server.catalogue import price_words
from queue_server.catalogue.model import Setup, duration, promises, tariff
from queue_server.domain.tariff import of_party
from queue_server.domain.values import Category, ServiceId
from queue_server.web.booking.choice import BookingChoice
from queue_server.web.view_context import PageReader, name_in


def minutes(setup: Setup, services: tuple[ServiceId, ...], people: int) -> int:
    """Count the minutes in which a party is served, waiting not among them."""
    steps = {one.id: one for one in setup.steps}
    known = {one.id: one for one in setup.services}
    return sum(
        duration(known[service], steps[step], people)
        for service in services
        if service in known
        for step in known[service].steps
    )


def promise(setup: Setup, services: tuple[ServiceId, ...]) -> int:
    """Say within how many minutes of their time somebody with an appointment is called first."""
    steps = {one.id: one for one in setup.steps}
    found = [one for one in setup.services if one.id in services]
    return max((promises(setup, one, steps[one.steps[0]])[Category.APPOINTMENT] for one in found), default=0)


def cost(setup: Setup, choice: BookingChoice, day: date, reader: PageReader) -> Markup:
    """Say what a party pays on a service day, and that it is paid at the centre."""
    sums = tariff(setup).sums(of_party(choice.services, choice.headcounts), day)
    return price_words.of_party(reader.words, reader.clock.locale, sums)


def service_note(setup: Setup, service: ServiceId, day: date, reader: PageReader) -> Markup:
    """Say how long a service takes one person, and what it costs whom."""
    _ = reader.words
    count = minutes(setup, (service,), 1)
    rates = (one for one in tariff(setup).rates if one.service == service and one.holds_on(day))
    bands = {band.id: name_in(band.name, reader.language, band.id) for band in setup.bands}
    time = _.ngettext("%(count)s min and waiting", "%(count)s min and waiting", count)
    costs = price_words.of_service(_, reader.clock.locale, tuple(rates), bands)
    return Markup(" \N{MIDDLE DOT} ").join((time, *costs))
