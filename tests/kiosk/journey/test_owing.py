"""What is to be paid is told at every kiosk, whatever it can take."""

import pytest
from msgspec.structs import replace

from kiosk.journey.events import Issued, OfferChanged, PaperChanged
from kiosk.journey.offer import CentreOffer
from kiosk.journey.page import Fee, OwedFee
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.ticket import TicketPage
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.catalogue import StepView
from queue_server.domain.tariff import ANYONE, Headcount, Rate, Tariff
from queue_server.domain.values import CurrencyCode, ServiceId, StepId
from tests.kiosk.journey.conftest import FEE
from tests.kiosk.journey.walk import Walk

DESK = StepView(StepId("payment"), {"en": "Cash desk", "ar": "الصندوق"}, takes_fees=True)


@pytest.fixture
def walk(around: Surroundings) -> Walk:
    return Walk(around)


def fee(service: str, minor: int, currency: str) -> Rate:
    return Rate(ServiceId(service), minor, CurrencyCode(currency))


def with_desk(offer: CentreOffer) -> CentreOffer:
    services = (replace(one, steps=(DESK, *one.steps)) if one.id == "renewal" else one for one in offer.services)
    return replace(offer, services=tuple(services))


def told(walk: Walk) -> tuple[ConfirmPage, TicketPage]:
    confirm = walk.to_confirm()
    assert isinstance(confirm, ConfirmPage)
    assert not confirm.fee
    ticket = walk("confirm", Issued(1, "visit-1", "B042"))
    assert isinstance(ticket, TicketPage)
    return confirm, ticket


@pytest.mark.parametrize("paper", [True, False])
def test_a_kiosk_without_a_terminal_or_paper_tells_the_fee_and_where_it_is_paid(walk: Walk, paper: bool) -> None:
    offer = with_desk(walk.journey.around.offer)
    walk(OfferChanged(offer), PaperChanged(paper))
    confirm, ticket = told(walk)
    assert confirm.owed == ticket.owed == OwedFee((FEE,), desk="Cash desk")
    assert not ticket.paid


def test_without_a_stop_for_fees_it_is_a_counter(walk: Walk) -> None:
    confirm, _ = told(walk)
    assert confirm.owed == OwedFee((FEE,))


def test_what_costs_nothing_tells_nothing(walk: Walk) -> None:
    walk(OfferChanged(replace(walk.journey.around.offer, tariff=Tariff())))
    confirm, ticket = told(walk)
    assert (confirm.owed, ticket.owed) == (None, None)


def test_of_several_currencies_the_one_of_the_kiosk_is_told(walk: Walk) -> None:
    rates = (
        Rate(ServiceId("renewal"), 8500, CurrencyCode("EUR")),
        Rate(ServiceId("renewal"), 29_250, CurrencyCode("KWD")),
    )
    offer = replace(walk.journey.around.offer, tariff=Tariff((), rates), currency=CurrencyCode("KWD"))
    walk(OfferChanged(offer))
    confirm, _ = told(walk)
    assert confirm.owed == OwedFee((Fee(29_250, "KWD", 3),))


def test_services_that_share_no_currency_are_two_sums(offer: CentreOffer) -> None:
    rates = (
        Rate(ServiceId("renewal"), 8250, CurrencyCode("EUR")),
        Rate(ServiceId("first"), 18_250, CurrencyCode("KWD")),
    )
    both = replace(offer, tariff=Tariff((), rates), currency=CurrencyCode("EUR"))
    assert both.sums(("renewal", "first"), (Headcount(ANYONE, 1),)) == (Fee(8250, "EUR", 2), Fee(18_250, "KWD", 3))
