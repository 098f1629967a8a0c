"""The slip of an appointment, printed by the browser on a strip of 80 mm, in the language of its person. Pure."""

from datetime import date

import msgspec
from markupsafe import Markup

from queue_server.appointments.letter_words import remote
from queue_server.catalogue.model import Setup, tariff
from queue_server.contract.appointments import AppointmentView
from queue_server.contract.catalogue import ServicesAnswer
from queue_server.domain.appointments import shown_code
from queue_server.domain.values import MINUTE, to_micros
from queue_server.requirements.bring import BringLine, bring_lines
from queue_server.web.booking import costs
from queue_server.web.booking.choice import BookingChoice
from queue_server.web.print_footer import Foot, foot_of
from queue_server.web.reception.paper import LENGTHS, qr
from queue_server.web.view_context import PageReader, name_in

#: Millimetres of paper that a slip takes without its list, each thing to bring, and each line of its foot.
_BARE, _THING, _LINE = 132, 11, 6


class AppointmentSlip(msgspec.Struct, frozen=True):
    """``qr`` is a drawing (SVG) of the link; ``length`` the paper's, in millimetres."""

    centre: str
    code: str
    day: str
    clock: str
    services: tuple[str, ...]
    people: int
    come: Markup
    cost: Markup
    document: bool
    until: str
    bring: tuple[BringLine, ...]
    qr: Markup
    length: int
    foot: Foot


def slip(
    one: AppointmentView, setup: Setup, catalogue: ServicesAnswer, reader: PageReader, link: str
) -> AppointmentSlip:
    """Write a slip; ``reader`` is the person who takes it, ``link`` the address of their page."""
    _, at = reader.words, to_micros(one.at)
    choice = BookingChoice(one.services, one.party_size, one.people)
    names = {service.id: service.name for service in setup.services}
    bring = bring_lines(
        catalogue, tariff(setup), choice.services, choice.headcounts, choice.party_size, reader.words, reader.language
    )
    foot = foot_of(catalogue.centre, reader)
    early = 0 if setup.appointments is None else setup.appointments.early_min
    needed = _BARE + _THING * len(bring) + _LINE * foot.lines
    until = None if one.until is None else to_micros(one.until)
    return AppointmentSlip(
        centre=name_in(setup.centre.name, reader.language, setup.centre.id),
        code=shown_code(one.code),
        day=reader.clock.day(at, "EEEE d MMMM y"),
        clock=one.clock,
        services=tuple(name_in(names.get(service, {}), reader.language, service) for service in one.services),
        people=one.party_size,
        come=_("Show this code at a kiosk from %(time)s on.", time=reader.clock.hhmm(at - early * MINUTE))
        if one.remote is None
        else remote(_, one.remote),
        cost=costs.cost(setup, choice, date.fromisoformat(one.day), reader),
        document=one.has_document,
        until="" if until is None else f"{reader.clock.day(until)}{_(', ')}{reader.clock.hhmm(until)}",
        bring=bring,
        qr=qr(link),
        length=next((length for length in LENGTHS if length >= needed), LENGTHS[-1]),
        foot=foot,
    )
