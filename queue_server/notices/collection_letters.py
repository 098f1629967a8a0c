"""Makes the letters about items that can be collected; what is not ready any more is not spoken of."""

from datetime import date

from babel.dates import format_date
from sqlalchemy import Connection

from queue_server.catalogue.fields import FALLBACK
from queue_server.catalogue.model import Setup
from queue_server.centre.centres import Centres
from queue_server.collection.codes import OneTimeCodes
from queue_server.custody import labels
from queue_server.custody import store as custody
from queue_server.custody.expiry import last_day
from queue_server.custody.model import Item
from queue_server.custody.settings import CustodyRules
from queue_server.custody.store import ITEMS
from queue_server.custody.values import ItemState
from queue_server.domain import collection_codes
from queue_server.domain.service_day import preceding
from queue_server.domain.values import Day, Micros
from queue_server.framework.server import Server
from queue_server.framework.words import Languages, PageTranslations
from queue_server.notices import opening_words, words
from queue_server.notices.contact import ContactDetails
from queue_server.notices.letter import CollectionFacts, write_letter
from queue_server.notices.letter_codes import LetterCodes
from queue_server.notices.model import Notification
from queue_server.notices.relay import MessageWords
from queue_server.vault.store import Vault


class CollectionLetters:
    """The composer of what is told of items."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._codes = LetterCodes(server[Vault], server[OneTimeCodes])

    def __call__(
        self, connection: Connection, notification: Notification, details: ContactDetails, now: Micros
    ) -> MessageWords | None:
        centre = self._server[Centres].get(notification.centre)
        item = custody.item_by_id(connection, notification.centre, notification.subject.removeprefix(ITEMS.prefix))
        if centre is None or item is None or not is_current(notification, item):
            return None
        code = self._codes.code_of(connection, notification, item, now)
        language, translations = self._server[Languages].choose(details.language)
        setup, days = centre.setup.setup, self._server.settings[CustodyRules].collect_days
        ends = last_day(centre.rule.day_at(item.state_since), days)
        facts = CollectionFacts(
            kind=notification.kind,
            centre=_in(setup.centre.name, language),
            address=_in(setup.centre.address, language),
            days=_days(setup, translations, language),
            closed_on_holidays=setup.holidays.country is not None or bool(setup.holidays.closed),
            label=labels.shown(item.label),
            last_day=_written(ends, language),
            code=collection_codes.shown(code.digits),
            # It ends in the midst of a day, which is not promised.
            code_day=_written(min(ends, preceding(centre.rule.day_at(code.ends_at))), language),
        )
        letter = write_letter(facts, translations, language)
        return MessageWords(facts.centre, letter.subject, letter.text, letter.short)


def is_current(notification: Notification, item: Item) -> bool:
    """Tell whether something that was to be told of an item is still so."""
    return item.state is ItemState.READY and item.state_since == notification.occasion


def _in(names: "dict[str, str]", language: str) -> str:
    return names.get(language) or names.get(FALLBACK) or ""


def _days(setup: Setup, translations: PageTranslations, language: str) -> tuple[tuple[str, str], ...]:
    if opening_words.is_always_open(setup.hours.week):
        return ((str(words.always_open(translations).unescape()), ""),)
    return opening_words.open_days(setup.hours.week, language)


def _written(day: Day, language: str) -> str:
    return format_date(date.fromisoformat(day), "EEEE d MMMM y", locale=language)
