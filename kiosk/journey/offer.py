"""What the centre offers, as the journey asks for it: the catalogue, in the languages this kiosk can speak."""

from collections.abc import Mapping

import msgspec

from kiosk.journey.page import Fee, Language
from queue_server.contract.base import Names
from queue_server.contract.catalogue import GovernmentView, KindView, ServiceView

#: Where a name is missing in the person's language it is shown in English.
FALLBACK = "en"


class Offer(msgspec.Struct, frozen=True):
    """``languages`` are those that both the centre asks for and this kiosk has translations of; never empty.

    ``kinds`` are what is asked for first, the groups of the centre, in the order of their use; ``icons`` has a picture
    of each service, by its id. ``fees`` has, by the id of the service, what can be paid here; ``pay_offline``: also
    while the server is away.
    """

    languages: tuple[Language, ...] = (Language("en", "English"),)
    centre: Names = {}
    governments: tuple[GovernmentView, ...] = ()
    kinds: tuple[KindView, ...] = ()
    services: tuple[ServiceView, ...] = ()
    icons: Mapping[str, str] = {}
    fees: Mapping[str, Fee] = {}
    pay_offline: bool = False

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

    def speaks(self, language: str) -> bool:
        return any(one.code == language for one in self.languages)


def text(names: Names, language: str) -> str:
    """Give the name in the person's language, else in English, else in whatever language there is."""
    for code in (language, FALLBACK):
        if names.get(code):
            return names[code]
    return next(iter(names.values()), "")
