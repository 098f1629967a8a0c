"""The papers of a payment: ticket, receipt and claim slip, each drawn in a worker."""

from kiosk.devices.printer import ManagedPrinter
from kiosk.errors import KioskError
from kiosk.journey.events import BoughtLine, StartCheckout
from kiosk.journey.foreseen import foreseen
from kiosk.kit.papers import PaperBlock, PaperReceipt, PaperRow, PaperTicket, PrintedStop
from kiosk.payment.claim_slip import claim_of
from kiosk.payment.journal_model import Attempt, claim_code
from kiosk.ports import Artist, CentreFacts
from kiosk.store.identity import KioskIdentity
from kiosk.tickets.model import CommittedTicket
from peripherals.money import Amount
from peripherals.printers.port import MonoImage
from queue_server.contract.visits import AheadAnswer
from queue_server.domain.tariff import size
from queue_server.domain.values import VisitId

#: Who pays, by the order: what is left of one person's payment is never told to the next.
type Payers = dict[str, StartCheckout]


class PaymentPapers:
    """``identity`` is None where the kiosk is not enrolled: then it prints claim slips alone."""

    def __init__(
        self,
        artist: Artist,
        printer: ManagedPrinter,
        centre: CentreFacts,
        payers: Payers,
        identity: KioskIdentity | None,
    ) -> None:
        self._artist = artist
        self._printer = printer
        self._centre = centre
        self._payers = payers
        self._identity = identity

    def ticket(self, attempt: Attempt, ticket: CommittedTicket, upcoming: AheadAnswer | None, /) -> MonoImage:
        asked, identity = self._payer(attempt)
        now = self._centre.now()
        drawing = PaperTicket(
            language=attempt.bill.language,
            centre=asked.centre,
            code=ticket.code,
            stops=tuple(PrintedStop(stop.label, stop.place) for stop in asked.stops),
            url=identity.ticket_address(VisitId(attempt.visit)),
            date=f"{now:%Y-%m-%d}",
            time=f"{now:%H:%M}",
            ahead=None if upcoming is None else upcoming.ahead,
            wait=None if upcoming is None else foreseen(upcoming.wait, self._centre.clock),
            paid=attempt.bill.amount,
            people=size(asked.people),
            foot=self._centre.foot(attempt.bill.language),
        )
        return self._artist.ticket(drawing, self._printer.width)

    def receipt(self, attempt: Attempt, ticket: CommittedTicket, lines: tuple[str, ...], /) -> MonoImage:
        asked, identity = self._payer(attempt)
        now, language = self._centre.now(), attempt.bill.language
        drawing = PaperReceipt(
            language=language,
            centre=self._centre.name(language),
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
            foot=self._centre.foot(language),
        )
        return self._artist.receipt(drawing, self._printer.width)

    def claim(self, attempt: Attempt, /) -> MonoImage:
        zone = self._centre.now().tzinfo
        if zone is None:
            raise KioskError(reason="no-zone")
        slip = claim_of(attempt, self._centre.name(attempt.bill.language), zone)
        return self._artist.claim(slip, self._printer.width)

    def _payer(self, attempt: Attempt) -> tuple[StartCheckout, KioskIdentity]:
        asked = self._payers.get(attempt.bill.order)
        if asked is None or self._identity is None:
            raise KioskError(reason="nobody-pays")
        return asked, self._identity


def _blocks(asked: StartCheckout) -> tuple[PaperBlock, ...]:
    """Say for whom each service was paid, unless it was one for one person."""
    alone = sum(line.count for one in asked.bought for line in one.lines) <= 1

    def row(line: BoughtLine) -> PaperRow:
        return PaperRow(line.count, line.label, Amount(line.each.minor, line.each.currency))

    return tuple(
        PaperBlock(one.service, one.government, () if alone else tuple(map(row, one.lines))) for one in asked.bought
    )


def _card(attempt: Attempt) -> str:
    return next((row.card for row in reversed(attempt.rows) if row.card), "")
