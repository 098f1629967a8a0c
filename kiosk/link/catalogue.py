"""Offering: accepts catalogues of the server, keeps the last, and tells the journey what can be offered.

That is what the catalogue has in the languages that this kiosk has translations of.
"""

import asyncio
from collections.abc import Collection

import structlog
from msgspec.structs import replace

from kiosk.devices.document_session import DocumentSession
from kiosk.errors import KioskError
from kiosk.journey.events import OfferChanged
from kiosk.journey.offer import FALLBACK, CentreOffer
from kiosk.journey.page import Language
from kiosk.link.centre import CentreState
from kiosk.ports import EventSink
from kiosk.store.data import DataFolder
from kiosk.tickets.outbox import Outbox, OutboxWorker
from peripherals.errors import AmountInvalidError
from peripherals.money import Amount
from queue_server.contract.catalogue import KindView, ServicesAnswer
from queue_server.domain.tariff import Rate, Tariff

_log = structlog.get_logger(__name__)

#: How each language calls itself: never a flag, never a name in another language.
ENDONYMS = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "ar": "العربية",
    "fa-AF": "دری",
    "ps": "پښتو",
    "am": "አማርኛ",
    "ti": "ትግርኛ",
    "bn": "বাংলা",
    "ne": "नेपाली",
    "my": "မြန်မာ",
    "uk": "Українська",
    "sw": "Kiswahili",
    "so": "Soomaali",
}


class Offering:
    """``translated`` are the languages that screen and paper both speak, ``currency`` what the kiosk takes."""

    def __init__(
        self,
        centre: CentreState,
        papers: DocumentSession,
        *,
        box: OutboxWorker,
        data: DataFolder,
        events: EventSink,
        translated: Collection[str],
        currency: str,
    ) -> None:
        self._centre = centre
        self._papers = papers
        self._box = box
        self._data = data
        self._events = events
        self._translated = translated
        self._currency = currency
        self._refused = False

    async def know(self, catalogue: ServicesAnswer) -> None:
        """Take a catalogue, and the key that documents are sealed to."""
        self._papers.seal_to(catalogue.documents_key)
        await self._centre.know(catalogue)

    async def accept(self, catalogue: ServicesAnswer) -> None:
        """Take what the server says, keep it, and offer it.

        Raises:
            OutboxError: it cannot be read whether a ticket could be issued.
        """
        self._refused = False
        if catalogue != self._centre.catalogue:
            await self.know(catalogue)
            try:
                await asyncio.to_thread(self._data.store_catalogue, catalogue)
            except KioskError as error:
                _log.error("catalogue-not-kept", code=error.code)
        self._events.post(OfferChanged(await self.offer()))

    async def offer(self) -> CentreOffer:
        """Offer nothing before the outbox knows its first service day: it could not issue what it offers."""
        standing = await self._box(Outbox.standing)
        return self._offer(self._centre.catalogue if standing.day else None)

    def refused(self) -> None:
        """Offer nothing more: the server does not know this kiosk, and a ticket that no server takes is none."""
        if not self._refused:
            self._refused = True
            _log.error("not-our-server")
            self._events.post(OfferChanged(self._offer(None)))

    def _offer(self, usable: ServicesAnswer | None) -> CentreOffer:
        return offer_of(usable, self._translated, self._currency)


def offer_of(catalogue: ServicesAnswer | None, translated: Collection[str], currency: str = "") -> CentreOffer:
    """Give the offer; without a catalogue nothing but the languages of the kiosk itself.

    ``currency`` is what the kiosk takes, empty for whatever a service costs where that is one currency.
    """
    asked = tuple(ENDONYMS) if catalogue is None else catalogue.centre.languages
    codes = [code for code in asked if code in translated] or [FALLBACK]
    languages = tuple(Language(code, ENDONYMS.get(code, code)) for code in codes)
    if catalogue is None:
        return CentreOffer(languages=languages)
    # A server that knows no groups has kinds alone.
    kinds = {one.id: one for one in catalogue.kinds}
    groups = [KindView(one.id, one.name, one.icon) for one in catalogue.groups or catalogue.kinds]
    found = {ident: one.group or ident for ident, one in kinds.items()}
    return CentreOffer(
        languages=languages,
        centre=catalogue.centre.name,
        governments=catalogue.governments,
        kinds=tuple(groups),
        services=tuple(replace(one, kind=found.get(one.kind, one.kind)) for one in catalogue.services),
        icons={one.id: kinds[one.kind].icon for one in catalogue.services if one.kind in kinds},
        tariff=_tariff(catalogue),
        day=catalogue.centre.day,
        currency=currency,
        pay_offline=catalogue.pay_offline,
        bands=catalogue.bands,
        party=catalogue.kiosk_party,
        most=catalogue.kiosk_services,
        checklists={service: one.lines for one in catalogue.checklists for service in one.services},
        reviewed={service: one.reviewed.isoformat() for one in catalogue.checklists for service in one.services},
        asks_to_bring=catalogue.kiosk_checklist,
        appointments=catalogue.appointments,
        forms=catalogue.forms,
    )


def _tariff(catalogue: ServicesAnswer) -> Tariff:
    """Give what services cost, without currencies that nothing can be paid in."""
    rates: list[Rate] = []
    for one in catalogue.fees:
        try:
            Amount(one.amount, one.currency)
        except AmountInvalidError as error:
            _log.warning("fee-unusable", service=one.service, code=error.code)
            continue
        rates.append(
            Rate(
                one.service,
                one.amount,
                one.currency,
                one.per,
                one.bands,
                one.valid_from,
                one.valid_until,
                one.waivable,
            )
        )
    return Tariff(tuple(band.id for band in catalogue.bands), tuple(rates))
