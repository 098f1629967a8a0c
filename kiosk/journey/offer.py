"""What the centre offers, as the journey asks for it: the catalogue, in the languages this kiosk can speak."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from kiosk.journey.page import Fee, Language
from peripherals.money import Amount
from queue_server.contract.base import Names
from queue_server.contract.catalogue import BandView, GovernmentView, KindView, ServiceView
from queue_server.contract.forms import FormView
from queue_server.contract.requirements import RequirementView
from queue_server.domain.tariff import FeeItem, Headcount, Price, Tariff, of_party
from queue_server.domain.values import BandId, ServiceId

#: Where a name is missing in the person's language it is shown in English.
FALLBACK = "en"


class CentreOffer(msgspec.Struct, frozen=True):
    """``languages`` are those that both the centre asks for and this kiosk has translations of; never empty.

    ``kinds`` are what is asked for first, the groups of the centre, in the order of their use; ``icons`` has a picture
    of each service, by its id. ``tariff`` says what services cost on ``day``, ``currency`` what the kiosk takes, empty
    for any; ``pay_offline``: also while the server is away. ``party`` people and ``most`` services get one number.
    ``checklists`` say what people bring for a service, and ``reviewed`` on which day (ISO 8601) that was looked
    through; ``asks_to_bring``: they are asked what they have before they get a number. ``appointments``: the
    centre gives them. ``forms`` are those that can be filled in.
    """

    languages: tuple[Language, ...] = (Language("en", "English"),)
    centre: Names = {}
    governments: tuple[GovernmentView, ...] = ()
    kinds: tuple[KindView, ...] = ()
    services: tuple[ServiceView, ...] = ()
    icons: Mapping[str, str] = {}
    tariff: Tariff = Tariff()
    day: date = date.min
    currency: str = ""
    pay_offline: bool = False
    bands: tuple[BandView, ...] = ()
    party: int = 1
    most: int = 1
    checklists: Mapping[ServiceId, tuple[RequirementView, ...]] = {}
    reviewed: Mapping[ServiceId, str] = {}
    asks_to_bring: bool = False
    appointments: bool = False
    forms: tuple[FormView, ...] = ()

    def government(self, ident: str) -> GovernmentView | None:
        return next((one for one in self.served() if one.id == ident), None)

    def kind(self, government: str, ident: str) -> KindView | None:
        return next((one for one in self.kinds_of(government) if one.id == ident), None)

    def service(self, government: str, kind: str, ident: str) -> ServiceView | None:
        return next((one for one in self.services_of(government, kind) if one.id == ident), None)

    def served(self) -> tuple[GovernmentView, ...]:
        """Give the governments that somebody can be served for here, all the way to a service."""
        return tuple(one for one in self.governments if self.kinds_of(one.id))

    def kinds_of(self, government: str) -> tuple[KindView, ...]:
        having = {one.kind for one in self.services if one.government == government}
        return tuple(one for one in self.kinds if one.id in having)

    def services_of(self, government: str, kind: str) -> tuple[ServiceView, ...]:
        return tuple(one for one in self.services if one.government == government and one.kind == kind)

    def icon(self, service: ServiceView) -> str:
        """Name the picture of a service: its own, or that of where it was found."""
        kind = self.kind(service.government, service.kind)
        return self.icons.get(service.id, kind.icon if kind else "")

    def fee(self, services: Iterable[str], people: Iterable[Headcount]) -> Fee | None:
        """Give what these people pay here for these services; None where that is nothing, or not in one currency."""
        items = of_party(map(ServiceId, services), self.tariff.counted(people))
        prices = self.tariff.prices(items, self.day)
        found = [one for one in prices if self.currency in {"", one.currency}]
        return _fee(found[0]) if len(found) == 1 else None

    def sums(self, services: Iterable[str], people: Iterable[Headcount]) -> tuple[Fee, ...]:
        """Give all that these people pay for these services: each sum in the kiosk's currency, else in its first."""
        items = of_party(map(ServiceId, services), self.tariff.counted(people))
        found = self.tariff.sums(items, self.day)
        return tuple(
            _fee(next((one for one in choice if one.currency == self.currency), choice[0])) for choice in found
        )

    def each(self, services: Iterable[str], band: BandId) -> Fee | None:
        """Give what one of an age pays for these services; None where that is not in one currency."""
        items = tuple(FeeItem(ServiceId(service), band, 1) for service in services)
        found = [one for one in self.tariff.prices(items, self.day) if self.currency in {"", one.currency}]
        return _fee(found[0]) if len(found) == 1 else None

    def costs(self, services: Iterable[str], band: BandId) -> bool:
        """Tell whether one of an age pays anything for one of these services."""
        return any(self.tariff.charges(ServiceId(service), band, self.day) for service in services)

    def speaks(self, language: str) -> bool:
        return any(one.code == language for one in self.languages)


def _fee(price: Price) -> Fee:
    return Fee(price.amount, price.currency, Amount(price.amount, price.currency).exponent)


def text(names: Names, language: str) -> str:
    """Give the name in the person's language, else in English, else in whatever language there is."""
    for code in (language, FALLBACK):
        if names.get(code):
            return names[code]
    return next(iter(names.values()), "")
