"""Drawn: draws every paper of a kiosk. Needs a QGuiApplication and ``fonts.load()`` in the process (``strip``)."""

from kiosk.kit.booking_slip import draw_booking
from kiosk.kit.collected_slip import draw_collected
from kiosk.kit.form_slip import draw_form
from kiosk.kit.information_strip import draw_information
from kiosk.kit.paper import draw_test, draw_ticket
from kiosk.kit.papers import (
    PaperBooking,
    PaperClaim,
    PaperCollected,
    PaperForm,
    PaperInformation,
    PaperReceipt,
    PaperTest,
    PaperTicket,
)
from kiosk.kit.slips import draw_claim, draw_receipt
from peripherals.printers.port import MonoImage


class PageImages:
    def ticket(self, paper: PaperTicket, width: int) -> MonoImage:
        return draw_ticket(paper, width)

    def receipt(self, paper: PaperReceipt, width: int) -> MonoImage:
        return draw_receipt(paper, width)

    def claim(self, paper: PaperClaim, width: int) -> MonoImage:
        return draw_claim(paper, width)

    def collected(self, paper: PaperCollected, width: int) -> MonoImage:
        return draw_collected(paper, width)

    def information(self, paper: PaperInformation, width: int) -> MonoImage:
        return draw_information(paper, width)

    def booking(self, paper: PaperBooking, width: int) -> MonoImage:
        return draw_booking(paper, width)

    def form(self, paper: PaperForm, width: int) -> MonoImage:
        return draw_form(paper, width)

    def test(self, paper: PaperTest, width: int) -> MonoImage:
        return draw_test(paper, width)
