import msgspec
import pytest

from kiosk.journey.context import Surroundings
from kiosk.journey.offer import Offer
from kiosk.journey.page import Language
from queue_server.contract.messages import GovernmentView, KindView, ServiceView, StepView
from queue_server.values import GovernmentId, ServiceId, StepId


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
def offer() -> Offer:
    return Offer(
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
    )


@pytest.fixture(scope="session")
def smaller(offer: Offer) -> Offer:
    return msgspec.structs.replace(offer, languages=offer.languages[:1], services=(service("funds", "UTO", "money"),))


@pytest.fixture(scope="session")
def around(offer: Offer) -> Surroundings:
    return Surroundings(enrolled=True, offer=offer, kiosk="Kiosk 3", reader=True)
