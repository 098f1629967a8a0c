"""The papers of a payment: ticket, receipt and claim slip, each drawn in a worker."""

from collections.abc import Callable
from datetime import datetime

from kiosk.errors import KioskError
from kiosk.journey.events import BoughtLine, Pay
from kiosk.kit.papers import PaperBlock, PaperClaim, PaperFoot, PaperReceipt, PaperRow, PaperStop, PaperTicket
from kiosk.payment.claim import claim_of
from kiosk.payment.steps import Attempt, claim_code
from kiosk.payment.tools import Drawings
from kiosk.store.identity import Identity
from kiosk.tickets.model import Ticket
from peripherals.payment.money import Amount
from peripherals.printers.port import MonoImage
from queue_server.domain.tariff import size
from queue_server.domain.values import VisitId


class PaymentPapers:
    """``now`` is the centre's time as it is printed, ``centre`` its name in a language, ``width`` the printer's.

    ``foot`` is what else papers say of the centre in a language. ``asked``: who pays, by the order;
    ``identity`` is None where the kiosk is not enrolled.
    """

    def __init__(
        self,
        *,
        draw: Callable[[PaperTicket, int], MonoImage],
        draw_receipt: Callable[[PaperReceipt, int], MonoImage],
        draw_claim: Callable[[PaperClaim, int], MonoImage],
        now: Callable[[], datetime],
        centre: Callable[[str], str],
        foot: Callable[[str], PaperFoot],
        width: Callable[[], int],
        asked: Callable[[str], Pay | None],
        identity: Callable[[], Identity | None],
    ) -> None:
        self._draw, self._draw_receipt, self._draw_claim = draw, draw_receipt, draw_claim
        self._now = now
        self._centre = centre
        self._foot = foot
        self._width = width
        self._asked = asked
        self._identity = identity

    @property
    def drawings(self) -> Drawings:
        return Drawings(self._ticket, self._receipt, self._claim)

    def _ticket(self, attempt: Attempt, ticket: Ticket, ahead: int | None) -> MonoImage:
        asked, identity, now = self._asked(attempt.bill.order), self._identity(), self._now()
        if asked is None or identity is None:
            raise KioskError(reason="nobody-pays")
        drawing = PaperTicket(
            language=attempt.bill.language,
            centre=asked.centre,
            code=ticket.code,
            stops=tuple(PaperStop(stop.label, stop.place) for stop in asked.stops),
            url=identity.ticket_address(VisitId(attempt.visit)),
            date=f"{now:%Y-%m-%d}",
            time=f"{now:%H:%M}",
            ahead=ahead,
            paid=attempt.bill.amount,
            people=size(asked.people),
            foot=self._foot(attempt.bill.language),
        )
        return self._draw(drawing, self._width())

    def _receipt(self, attempt: Attempt, ticket: Ticket, lines: tuple[str, ...]) -> MonoImage:
        asked, identity, now = self._asked(attempt.bill.order), self._identity(), self._now()
        if asked is None or identity is None:
            raise KioskError(reason="nobody-pays")
        language = attempt.bill.language
        drawing = PaperReceipt(
            language=language,
            centre=self._centre(language),
            lines=lines,
            code=ticket.code,
            blocks=_blocks(asked),
            paid=attempt.bill.amount,
            by_hand=asked.by_hand,
            card=_card(attempt),
            date=f"{now:%Y-%m-%d}",
            time=f"{now:%H:%M}",
            number=claim_code(attempt.id),
            kiosk=identity.name,
            foot=self._foot(language),
        )
        return self._draw_receipt(drawing, self._width())

    def _claim(self, attempt: Attempt) -> MonoImage:
        zone = self._now().tzinfo
        if zone is None:
            raise KioskError(reason="no-zone")
        return self._draw_claim(claim_of(attempt, self._centre(attempt.bill.language), zone), self._width())


def _blocks(asked: Pay) -> tuple[PaperBlock, ...]:
    """Say for whom each service was paid, unless it was one for one person."""
    alone = sum(line.count for one in asked.bought for line in one.lines) <= 1

    def row(line: BoughtLine) -> PaperRow:
        return PaperRow(line.count, line.label, Amount(line.each.minor, line.each.currency))

    return tuple(
        PaperBlock(one.service, one.government, () if alone else tuple(map(row, one.lines))) for one in asked.bought
    )


def _card(attempt: Attempt) -> str:
    return next((row.card for row in reversed(attempt.rows) if row.card), "")
