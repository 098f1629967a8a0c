import base64
import uuid
from datetime import UTC, date, datetime

import msgspec
import pytest

from kiosk.journey.information import KioskInformation
from kiosk.journey.offer import CentreOffer
from kiosk.journey.page import Fee, Language
from kiosk.journey.surroundings import DevicePart, Health, Surroundings
from queue_server.contract.catalogue import GovernmentView, KindView, ServiceView, StepView
from queue_server.contract.hall import NoticeView
from queue_server.contract.information import (
    InformationBlock,
    InformationContactView,
    InformationTextView,
    InformationTopicView,
)
from queue_server.domain.tariff import Rate, Tariff
from queue_server.domain.values import CurrencyCode, GovernmentId, NoticeKind, NoticeText, ServiceId, StepId
from tests.kiosk.journey.walk import Walk

FEE = Fee(8500, "EUR", 2)
NOON = datetime(2026, 9, 28, 12, tzinfo=UTC)


def service(ident: str, government: str, kind: str) -> ServiceView:
    return ServiceView(
        id=ServiceId(ident),
        government=GovernmentId(government),
        kind=kind,
        name={"en": f"Service {ident}", "ar": f"خدمة {ident}"},
        steps=(
            StepView(StepId("documents"), {"en": "Check your papers", "ar": "فحص الأوراق"}, {"en": "Area B"}),
            StepView(StepId("collection"), {"en": "Collect your receipt"}),
        ),
    )


@pytest.fixture(scope="session")
def offer() -> CentreOffer:
    return CentreOffer(
        languages=(
            Language("en", "English"),
            Language("ar", "العربية"),
            Language("ps", "پښتو"),
            Language("fr", "Français"),
        ),
        centre={"en": "Consular Support Centre", "ar": "مركز الدعم القنصلي"},
        governments=(
            GovernmentView(GovernmentId("UTO"), {"en": "Utopia"}),
            GovernmentView(GovernmentId("EGY"), {"en": "Egypt", "ar": "مصر"}),
            GovernmentView(GovernmentId("NIL"), {"en": "Nobody is served for it"}),
        ),
        kinds=(
            KindView("passports", {"en": "Passport", "ar": "جواز سفر"}, "passport"),
            KindView("money", {"en": "Emergency money"}, "money"),
            KindView("empty", {"en": "Nothing in it"}, "health"),
        ),
        services=(
            service("renewal", "UTO", "passports"),
            service("first", "UTO", "passports"),
            service("funds", "UTO", "money"),
            service("renewal-egy", "EGY", "passports"),
        ),
        tariff=Tariff((), (Rate(ServiceId("renewal"), FEE.minor, CurrencyCode(FEE.currency)),)),
    )


@pytest.fixture(scope="session")
def smaller(offer: CentreOffer) -> CentreOffer:
    return msgspec.structs.replace(offer, languages=offer.languages[:1], services=(service("funds", "UTO", "money"),))


@pytest.fixture(scope="session")
def around(offer: CentreOffer) -> Surroundings:
    return Surroundings(
        enrolled=True,
        offer=offer,
        kiosk="Kiosk 3",
        reader=True,
        scanner=True,
        pin=True,
        health=Health(parts=(DevicePart("printer", "online", "", "escpos+tcp://127.0.0.1:9100"),), connected=True),
    )


def noticed(kind: NoticeKind, text: NoticeText, **fields: object) -> NoticeView:
    """A notice that staff have given at noon."""
    notice = {"id": f"n-{text}", "kind": kind, "text": text, "where": "everywhere", "at": NOON, **fields}
    return msgspec.convert(notice, NoticeView)


DELAY = noticed(NoticeKind.ANNOUNCEMENT, NoticeText.DELAY)
LEAVE = noticed(NoticeKind.EMERGENCY, NoticeText.LEAVE_BUILDING)


def ticket_text(visit: str) -> str:
    """What the QR code of a visit's ticket says."""
    token = base64.urlsafe_b64encode(uuid.UUID(visit).bytes + bytes(range(16))).rstrip(b"=").decode()
    return f"https://queue.example/t/{token}"


def booking_text(appointment: str) -> str:
    """What the QR code of an appointment says."""
    return ticket_text(appointment).replace("/t/", "/b/")


@pytest.fixture
def walk(around: Surroundings) -> Walk:
    return Walk(around)


#: What can be read: one page, in two languages.
INFORMATION = KioskInformation(
    (
        InformationTopicView(
            topic="fees",
            kind="fees",
            texts={
                "en": InformationTextView("Fees", (InformationBlock("row", "Passport", "EUR 65.00"),)),
                "ar": InformationTextView("الرسوم", (InformationBlock("row", "جواز سفر", "EUR 65.00"),)),
            },
            contacts=(
                InformationContactView({"en": "Night desk"}, "+442079460958", "+44 20 7946 0958", {"en": "At night"}),
            ),
            reviewed=date(2026, 11, 2),
            valid_until=None,
            government=None,
            service=None,
        ),
    ),
    "2026-11-24",
    "10:38",
)
