"""A party says how many it is, and comes for more than one service: one number, one payment. Nobody else is slowed."""

import pytest
from msgspec.structs import replace

from kiosk.journey.events import Action, MakeTicket, OfferChanged, StartCheckout, TerminalChanged
from kiosk.journey.offer import CentreOffer
from kiosk.journey.page import Fee
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.fee import FeePage
from kiosk.journey.steps.government import GovernmentPage
from kiosk.journey.steps.identify import IdentifyPage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.more import MorePage
from kiosk.journey.steps.party import PartyPage
from kiosk.journey.steps.service import ServicePage
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.catalogue import BandView
from queue_server.domain.tariff import Headcount, Rate, Tariff
from queue_server.domain.values import BandId, CurrencyCode, ServiceId
from tests.kiosk.journey.walk import Walk

ADULT, CHILD, SMALL = map(BandId, ("adult", "child", "small"))
EUR = CurrencyCode("EUR")
BANDS = (
    BandView(ADULT, {"en": "Adults"}, 18),
    BandView(CHILD, {"en": "Children"}, 6, 17),
    BandView(SMALL, {"en": "Small children"}, 0, 5),
)
TARIFF = Tariff(
    (ADULT, CHILD, SMALL),
    (
        Rate(ServiceId("renewal"), 8_500, EUR, bands=(ADULT,)),
        Rate(ServiceId("renewal"), 4_250, EUR, bands=(CHILD,)),
        Rate(ServiceId("first"), 1_000, EUR, per="party"),
    ),
)


@pytest.fixture
def families(offer: CentreOffer) -> CentreOffer:
    return replace(offer, tariff=TARIFF, bands=BANDS, party=5, most=2)


@pytest.fixture
def walk(around: Surroundings, families: CentreOffer) -> Walk:
    walk = Walk(replace(around, offer=families))
    walk(TerminalChanged(True))
    for action in (Action("language", "en"), Action("no-document")):
        walk(action)
    return walk


def come_for(walk: Walk, kind: str = "passports", service: str = "renewal") -> MorePage:
    if isinstance(walk.page, GovernmentPage):
        walk(Action("choose", "UTO"))
    assert isinstance(walk(Action("choose", kind)), ServicePage)
    page = walk(Action("choose", service))
    assert isinstance(page, MorePage)
    return page


def count(walk: Walk, **people: int) -> MorePage:
    """Say how many there are of each age, where one adult is there."""
    page = walk(Action("party"))
    assert isinstance(page, PartyPage)
    for band, number in people.items():
        for _ in range(number):
            walk(Action("plus", band))
    page = walk(Action("people"))
    assert isinstance(page, MorePage)
    return page


def test_one_person_with_one_service_goes_on_with_one_touch(walk: Walk) -> None:
    page = come_for(walk)
    assert (page.people, [one.id for one in page.chosen]) == (1, ["renewal"])
    assert isinstance(walk(Action("go-on")), ConfirmPage)


def test_where_the_centre_wants_neither_nothing_is_asked(walk: Walk, families: CentreOffer) -> None:
    walk(OfferChanged(replace(families, party=1, most=1)))
    walk(Action("choose", "UTO"))
    walk(Action("choose", "passports"))
    assert isinstance(walk(Action("choose", "renewal")), ConfirmPage)
    assert isinstance(walk(Action("back")), ServicePage)


def test_a_party_of_four_with_two_services_is_one_order(walk: Walk) -> None:
    come_for(walk)
    page = count(walk, adult=1, child=1, small=1)
    assert (page.people, [(one.id, one.count) for one in page.bands]) == (
        4,
        [("adult", 2), ("child", 1), ("small", 1)],
    )
    assert isinstance(walk(Action("add")), KindPage)
    page = come_for(walk, service="first")
    assert [one.id for one in page.chosen] == ["renewal", "first"]
    assert not page.can_add, "the centre allows two"
    confirm = walk(Action("go-on"))
    assert isinstance(confirm, ConfirmPage)
    assert (confirm.service, confirm.services, confirm.people) == ("Service renewal + Service first", 2, 4)
    fee = walk(Action("confirm"))
    assert isinstance(fee, FeePage)
    assert fee.fee == Fee(2 * 8_500 + 4_250 + 1_000, "EUR", 2)
    walk(Action("pay"))
    (pay,) = (one for one in walk.effects if isinstance(one, StartCheckout))
    assert pay.services == ("renewal", "first")
    assert pay.people == (Headcount(ADULT, 2), Headcount(CHILD, 1), Headcount(SMALL, 1))
    assert pay.fee == fee.fee


def test_who_pays_at_the_counter_has_one_ticket_for_all(walk: Walk) -> None:
    come_for(walk)
    count(walk, child=2)
    for action in ("go-on", "confirm", "pay-later"):
        walk(Action(action))
    (issue,) = (one for one in walk.effects if isinstance(one, MakeTicket))
    assert (issue.services, issue.people) == (("renewal",), (Headcount(ADULT, 1), Headcount(CHILD, 2)))


def test_nobody_and_more_than_the_centre_allows_do_not_go_on(walk: Walk) -> None:
    come_for(walk)
    walk(Action("party"))
    page = walk(Action("minus", "adult"))
    assert isinstance(page, PartyPage)
    assert page.people == 0
    assert isinstance(walk(Action("people")), PartyPage)
    for _ in range(9):
        page = walk(Action("plus", "child"))
    assert isinstance(page, PartyPage)
    assert (page.people, page.most) == (5, 5)
    assert walk(Action("plus", "elder")) == page
    assert [(one.fee, one.free) for one in page.bands] == [
        (Fee(8_500, "EUR", 2), False),
        (Fee(4_250, "EUR", 2), False),
        (None, True),
    ]


def test_back_leaves_the_party_as_it_was(walk: Walk) -> None:
    come_for(walk)
    walk(Action("party"))
    walk(Action("plus", "child"))
    page = walk(Action("back"))
    assert isinstance(page, MorePage)
    assert page.people == 1


def test_whoever_was_adding_something_needs_nothing_after_all(walk: Walk) -> None:
    come_for(walk)
    walk(Action("add"))
    page = walk(Action("back"))
    assert isinstance(page, MorePage)
    assert [one.id for one in page.chosen] == ["renewal"]
    assert isinstance(walk(Action("back")), ServicePage)


def test_the_same_service_twice_is_one_and_each_can_be_left_out(walk: Walk) -> None:
    come_for(walk)
    walk(Action("add"))
    assert [one.id for one in come_for(walk).chosen] == ["renewal"]
    walk(Action("add"))
    assert [one.id for one in come_for(walk, service="first").chosen] == ["renewal", "first"]
    page = walk(Action("remove", "renewal"))
    assert isinstance(page, MorePage)
    assert [one.id for one in page.chosen] == ["first"]
    assert walk(Action("remove", "first")) == page, "what is left stays"


def test_a_service_that_is_offered_no_longer_goes(walk: Walk, families: CentreOffer) -> None:
    come_for(walk)
    walk(Action("add"))
    come_for(walk, service="first")
    left = tuple(one for one in families.services if one.id != "renewal")
    page = walk(OfferChanged(replace(families, services=left)))
    assert isinstance(page, MorePage)
    assert [one.id for one in page.chosen] == ["first"]


def test_starting_again_forgets_the_party(walk: Walk) -> None:
    come_for(walk)
    count(walk, child=2)
    walk.start_over()
    walk(Action("language", "en"))
    assert isinstance(walk.page, IdentifyPage)
    walk(Action("no-document"))
    assert come_for(walk).people == 1
