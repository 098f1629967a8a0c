"""Choices: six at most on a page, the rest behind "Something else", and nothing is asked that has one answer."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.journey.choose import MAX
from kiosk.journey.events import Action, DocumentRead, OfferChanged
from kiosk.journey.offer import CentreOffer
from kiosk.journey.page import JourneyPage
from kiosk.journey.steps.confirm import ConfirmPage
from kiosk.journey.steps.government import GovernmentPage
from kiosk.journey.steps.identify import IdentifyPage
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.service import ServicePage
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.catalogue import GovernmentView, KindView
from queue_server.domain.tariff import Tariff
from queue_server.domain.values import GovernmentId
from tests.kiosk.journey.conftest import service
from tests.kiosk.journey.walk import Walk

CODES = [f"X{one}{other}" for one in "ABCDE" for other in "ABCDE"]


def offering(offer: CentreOffer, governments: int, kinds: int, services: int) -> CentreOffer:
    """So many governments, each with so many kinds, each with so many services."""
    codes = CODES[:governments]
    return replace(
        offer,
        governments=tuple(GovernmentView(GovernmentId(code), {"en": f"State of {code}"}) for code in codes),
        kinds=tuple(KindView(f"k{kind}", {"en": f"Kind {kind}"}, "visa") for kind in range(kinds)),
        services=tuple(
            service(f"{code.lower()}-{kind}-{number}", code, f"k{kind}")
            for code in codes
            for kind in range(kinds)
            for number in range(services)
        ),
        tariff=Tariff(),
    )


@pytest.fixture
def start(around: Surroundings) -> Callable[[int, int, int], Walk]:
    def make(governments: int, kinds: int, services: int) -> Walk:
        walk = Walk(replace(around, offer=offering(around.offer, governments, kinds, services)))
        walk(("language", "en"), "no-document")
        return walk

    return make


def chosen(page: JourneyPage) -> list[str]:
    assert isinstance(page, GovernmentPage | KindPage | ServicePage)
    return [one.id for one in page.choices]


def test_what_has_one_answer_is_not_asked_and_back_passes_it_too(start: Callable[[int, int, int], Walk]) -> None:
    walk = start(1, 1, 1)
    assert isinstance(walk.page, ConfirmPage)
    assert walk.page.service == "Service xaa-0-0"
    assert isinstance(walk("back"), IdentifyPage)
    assert isinstance(walk("back"), LanguagePage)
    walk = start(1, 2, 1)
    assert isinstance(walk.page, KindPage)
    assert isinstance(walk(("choose", "k1")), ConfirmPage)
    assert isinstance(walk("back"), KindPage)
    assert isinstance(walk("back"), IdentifyPage)
    walk = start(2, 1, 2)
    assert isinstance(walk.page, GovernmentPage)
    assert isinstance(walk(("choose", "XAB")), ServicePage)
    assert isinstance(walk("back"), GovernmentPage)


def test_six_stand_on_a_page_and_of_more_the_sixth_place_leads_on(start: Callable[[int, int, int], Walk]) -> None:
    walk = start(1, 6, 1)
    assert isinstance(walk.page, KindPage)
    assert (chosen(walk.page), walk.page.more) == (["k0", "k1", "k2", "k3", "k4", "k5"], False)
    walk = start(1, 12, 7)
    first = walk.page
    assert isinstance(first, KindPage)
    assert (chosen(first), first.more) == (["k0", "k1", "k2", "k3", "k4"], True)
    second = walk("more")
    assert isinstance(second, KindPage)
    assert (chosen(second), second.more) == (["k5", "k6", "k7", "k8", "k9"], True)
    third = walk("more")
    assert isinstance(third, KindPage)
    assert (chosen(third), third.more) == (["k10", "k11"], False)
    assert walk("more") == third
    assert walk("back") == second
    assert walk("back") == first
    services = walk("more", ("choose", "k7"))
    assert isinstance(services, ServicePage)
    assert (len(services.choices), services.more) == (5, True)
    assert isinstance(walk("more"), ServicePage)
    assert isinstance(walk(("choose", "xaa-7-6")), ConfirmPage)


def test_another_country_takes_a_place_where_the_document_said_this_one(start: Callable[[int, int, int], Walk]) -> None:
    walk = start(2, 6, 2)
    told = walk(DocumentRead("XAB"))
    assert isinstance(told, KindPage)
    assert (told.government, told.told, chosen(told), told.more) == (
        "State of XAB",
        True,
        ["k0", "k1", "k2", "k3"],
        True,
    )
    walk = start(1, 6, 2)
    alone = walk("back", DocumentRead("XAA"))
    assert isinstance(alone, KindPage)
    assert (alone.told, len(alone.choices)) == (False, 6), "there is no other country here"
    assert walk("elsewhere") == alone


def test_a_changed_catalogue_shows_a_list_from_its_beginning(start: Callable[[int, int, int], Walk]) -> None:
    walk = start(1, 12, 2)
    walk("more", "more")
    shown = walk(OfferChanged(offering(walk.journey.around.offer, 1, 4, 2)))
    assert chosen(shown) == ["k0", "k1", "k2", "k3"]


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1, 12), st.lists(st.integers(0, 6), max_size=40))
def test_everything_is_found_no_page_has_one_answer_or_seven(
    around: Surroundings, governments: int, kinds: int, services: int, touches: list[int]
) -> None:
    offer = offering(around.offer, governments, kinds, services)
    walk = Walk(replace(around, offer=offer))
    walk(("language", "en"), "no-document")
    for touch in [*touches, *[0] * 3]:
        page = walk.page
        if not isinstance(page, GovernmentPage | KindPage | ServicePage):
            break
        assert 2 <= len(page.choices) + page.more <= MAX or walk.journey.context.further
        if touch < len(page.choices):
            walk(("choose", page.choices[touch].id))
        else:
            walk(Action("more" if page.more else "back"))
    if isinstance(walk.page, ConfirmPage):
        assert walk.journey.context.service in {one.id for one in offer.services}
