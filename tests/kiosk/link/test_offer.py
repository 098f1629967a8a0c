"""What can be paid at a kiosk: what the catalogue says holds on the centre's service day."""

from datetime import date

import pytest
from msgspec.structs import replace

from kiosk.journey.page import Fee
from kiosk.link.catalogue import offer_of
from queue_server.contract.catalogue import FeeView
from queue_server.contract.requirements import RequirementView, ServiceChecklist
from queue_server.domain.requirements import RequirementId, RequirementKind
from queue_server.domain.tariff import ANYONE, Headcount
from queue_server.domain.values import CurrencyCode, GovernmentId, ServiceId
from tests.kiosk.app.centre import catalogue

DAY = date(2026, 11, 25)


def view(amount: int, currency: str = "EUR", begins: date | None = None, ends: date | None = None) -> FeeView:
    return FeeView(ServiceId("renewal-uto"), GovernmentId("UTO"), amount, CurrencyCode(currency), begins, ends)


def offered(*fees: FeeView, currency: str = "") -> Fee | None:
    found = offer_of(replace(catalogue(DAY), fees=fees), ["en"], currency)
    return found.fee(("renewal-uto",), (Headcount(ANYONE, 1),))


def test_a_fee_is_offered_with_the_digits_of_its_currency() -> None:
    assert offered(view(8500)) == Fee(8500, "EUR", 2)
    assert offered(view(500, "JPY")) == Fee(500, "JPY", 0)
    assert offered(view(18_250, "KWD")) == Fee(18_250, "KWD", 3)
    assert offer_of(catalogue(DAY, fee=1, pay_offline=True), ["en"]).pay_offline


def test_a_fee_holds_on_both_its_days() -> None:
    before, after = DAY.replace(day=24), DAY.replace(day=26)
    assert offered(view(1, begins=DAY, ends=DAY)) is not None
    assert offered(view(1, begins=after)) is None
    assert offered(view(1, ends=before)) is None
    assert offered(view(1, ends=before), view(2, begins=DAY)) == Fee(2, "EUR", 2)


def test_what_costs_nothing_or_cannot_be_written_is_not_paid() -> None:
    assert offered() is None
    assert offered(view(0)) is None
    assert offered(view(5, "XXA")) is None
    assert offered(view(5, "XTS")) is None


def test_of_several_currencies_the_terminals_own_is_taken() -> None:
    both = (view(8500), view(9000, "USD"))
    assert offered(*both) is None
    assert offered(*both, currency="USD") == Fee(9000, "USD", 2)
    assert offered(*both, currency="CHF") is None


@pytest.mark.parametrize("wanted", [True, False])
def test_what_people_bring_is_asked_where_the_centre_wants_it(*, wanted: bool) -> None:
    photo = RequirementView(RequirementId("photo"), RequirementKind.PHOTO, {"en": "One photo"})
    services = (ServiceId("renewal"), ServiceId("first"))
    lists = (ServiceChecklist(services, {"en": "An office"}, DAY, (photo,)),)
    found = offer_of(replace(catalogue(DAY), checklists=lists, kiosk_checklist=wanted), ["en"])
    assert found.checklists == dict.fromkeys(services, (photo,))
    assert found.asks_to_bring is wanted
