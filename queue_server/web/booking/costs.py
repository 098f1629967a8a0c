"""What is said of money and of time before anybody comes. Pure."""

from datetime import date

from babel import Locale
from markupsafe import Markup

from queue_server.catalogue.model import Setup, duration, promises, tariff
from queue_server.domain.tariff import ANYONE, Headcount, Price, of_party
from queue_server.domain.values import Category, ServiceId
from queue_server.web.amounts import amount
from queue_server.web.booking.choice import BookingChoice
from queue_server.web.view_context import PageReader


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


def price_each(setup: Setup, service: ServiceId, day: date) -> Price | None:
    """Give what one person pays for a service; None where that is nothing."""
    found = tariff(setup).prices(of_party((service,), (Headcount(ANYONE, 1),)), day)
    return found[0] if found else None


def price(setup: Setup, choice: BookingChoice, day: date) -> Price | None:
    """Give what a party pays; None where that is nothing."""
    found = tariff(setup).prices(of_party(choice.services, choice.headcounts), day)
    return found[0] if found else None


def written(locale: Locale, price: Price) -> Markup:
    return amount(locale, price.amount, price.currency)


def service_note(setup: Setup, service: ServiceId, day: date, reader: PageReader) -> Markup:
    """Say how long a service takes one person, and what it costs them."""
    _ = reader.words
    count = minutes(setup, (service,), 1)
    each = price_each(setup, service, day)
    time = _.ngettext("%(count)s min and waiting", "%(count)s min and waiting", count)
    cost = _("no fee") if each is None else _("%(amount)s each", amount=written(reader.clock.locale, each))
    return Markup(" \N{MIDDLE DOT} ").join((time, cost))
