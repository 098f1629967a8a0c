"""The paper of a ticket, printed by the browser on a strip of 80 mm: the same in every language as a kiosk's. Pure."""

import msgspec
from markupsafe import Markup

from queue_server.centre.views import Facts, place
from queue_server.domain.values import VisitState
from queue_server.queue.state import DayState, Visit
from queue_server.web.print_footer import Foot, foot_of
from queue_server.web.view_context import PageReader, name_in

#: Millimetres of paper that a ticket takes without its stops, each of them, and each line of its foot.
_BARE, _STOP, _LINE = 124, 13, 6
#: Lengths of paper that there are styles for, in millimetres.
LENGTHS = (150, 200, 260)


class PaperStop(msgspec.Struct, frozen=True):
    name: str
    place: str


class PaperTicketView(msgspec.Struct, frozen=True):
    """``qr`` is a drawing (SVG) of the ticket's address; ``length`` the paper's, in millimetres."""

    code: str
    centre: str
    ahead: int | None
    stops: tuple[PaperStop, ...]
    qr: Markup
    date: str
    time: str
    length: int
    people: int
    foot: Foot


def paper(state: DayState, known: Facts, visit: Visit, reader: PageReader, url: str) -> PaperTicketView:
    """Write a ticket; ``reader`` is the person who takes it."""
    centre = known.catalogue.centre
    over = visit.state not in (VisitState.WAITING, VisitState.PARKED, VisitState.MISSED)
    left = visit.steps[visit.at_step :]
    places = {(service.id, step.id): step.place for service in known.catalogue.services for step in service.steps}
    foot = foot_of(centre, reader)
    needed = _BARE + _STOP * len(left) + _LINE * (foot.lines + (visit.party_size > 1))
    return PaperTicketView(
        code=visit.code,
        centre=name_in(centre.name, reader.language, centre.id),
        ahead=None if over else place(state, visit),
        stops=tuple(
            PaperStop(
                name_in(known.steps.get(plan.step, {}), reader.language, plan.step),
                name_in(places.get((plan.service, plan.step), {}), reader.language, ""),
            )
            for plan in left
        ),
        qr=qr(url),
        date=reader.clock.day(visit.issued_at, "d MMM y"),
        time=reader.clock.hhmm(visit.issued_at),
        length=next((length for length in LENGTHS if length >= needed), LENGTHS[-1]),
        people=visit.party_size,
        foot=foot,
    )


def qr(url: str) -> Markup:
    """Draw an address as a QR code, without a style of its own."""
    # It takes 4 ms to load, for papers and letters alone.
    import segno  # noqa: PLC0415

    drawn = segno.make(url, error="m", micro=False).svg_inline(border=0, svgclass="qr", lineclass="", omitsize=True)
    return Markup(drawn)  # noqa: S704 - drawn by segno from an address that we have made
