"""The letter that offers a place to somebody who waits: written when it leaves, unless it is theirs no more."""

from zoneinfo import ZoneInfo

import msgspec
from babel.dates import format_date, get_timezone_name
from sqlalchemy import Connection

from queue_server.appointments import letter_words as words
from queue_server.appointments import waitlist_store
from queue_server.appointments.letter_page import LetterPage, draw_page
from queue_server.appointments.views import clock_of
from queue_server.appointments.waitlist_link import WAITLIST_PATH, waitlist_token
from queue_server.appointments.waitlist_store import WAITLIST
from queue_server.catalogue.fields import FALLBACK
from queue_server.centre.centres import Centres
from queue_server.domain.values import Micros, to_datetime
from queue_server.framework.server import Server
from queue_server.framework.words import Languages, PageTranslations
from queue_server.notices.contact import ContactDetails
from queue_server.notices.model import Notification
from queue_server.notices.plain_page import PlainPage, plain
from queue_server.notices.port import LetterParts
from queue_server.notices.relay import MessageWords
from queue_server.notices.values import NotificationKind

_KIND = NotificationKind.APPOINTMENT_OFFERED


class OfferLetterFacts(msgspec.Struct, frozen=True):
    """What is said of a place, each text in the language of whoever reads it; ``until`` is until when it is theirs."""

    centre: str
    address: str
    day: str
    clock: str
    zone: str
    party_size: int
    until: str
    link: str


class OfferLetterComposer:
    """Writes what is offered."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __call__(
        self, connection: Connection, notification: Notification, details: ContactDetails, now: Micros
    ) -> MessageWords | None:
        entry = waitlist_store.by_id(connection, notification.subject.removeprefix(WAITLIST.prefix))
        centre = self._server[Centres].get(notification.centre)
        offer = None if entry is None else entry.offer(now)
        if entry is None or centre is None or offer is None or entry.offers.index(offer) != notification.occasion:
            return None
        language, translations = self._server[Languages].choose(details.language)
        setup, zone = centre.setup.setup, centre.rule.zone
        local = to_datetime(offer.at).astimezone(ZoneInfo(zone))
        until = to_datetime(offer.until).astimezone(ZoneInfo(zone))
        last_day = format_date(until.date(), "EEEE d MMMM", locale=language)
        facts = OfferLetterFacts(
            centre=setup.centre.name.get(language) or setup.centre.name.get(FALLBACK) or centre.id,
            address=setup.centre.address.get(language) or setup.centre.address.get(FALLBACK) or "",
            day=format_date(local.date(), "EEEE d MMMM y", locale=language),
            clock=clock_of(offer.at, zone),
            zone=get_timezone_name(local, width="long", locale=language),
            party_size=entry.party_size,
            until=translations(", ").join((last_day, f"{until:%H:%M}")),
            link=f"{self._server.public_url}{WAITLIST_PATH}{waitlist_token(self._server, entry.id)}",
        )
        return write_offer(facts, translations, language)


def write_offer(facts: OfferLetterFacts, translations: PageTranslations, language: str) -> MessageWords:
    """Write it. Pure."""
    _, page = translations, PlainPage(language)
    day, clock, centre = page.name(facts.day), page.figures(facts.clock), page.name(facts.centre)
    until, link = words.held_until(_, page.name(facts.until)), page.link(facts.link)
    lines = [
        words.lead(_, _KIND),
        "",
        words.when(_, day, clock, page.name(facts.zone)),
        words.party(_, facts.party_size),
        "",
        words.where(_, centre),
        *([page.name(facts.address)] if facts.address else []),
        "",
        until,
        words.take(_, link),
        words.offer_warning(_),
        "",
        words.automatic(_),
        words.never_asked(_),
    ]
    short: list[str] = [words.short(_, _KIND, centre, day, clock), until, link]
    html = draw_page(
        LetterPage(
            language=language,
            direction=page.direction,
            sender=facts.centre,
            headline=plain(words.lead(_, _KIND)),
            is_gone=False,
            clock=facts.clock,
            day=facts.day,
            zone=facts.zone,
            party=plain(words.party(_, facts.party_size)),
            code="",
            code_name="",
            picture="",
            picture_text="",
            lines=tuple(filter(None, (facts.centre, facts.address, plain(until)))),
            button=plain(words.take_button(_)),
            link=facts.link,
            notes=tuple(map(plain, (words.offer_warning(_), words.automatic(_), words.never_asked(_)))),
            stop="",
            stop_link="",
        )
    )
    return MessageWords(
        facts.centre,
        page.line(words.subject(_, _KIND, day, clock)),
        page.lines(lines),
        page.line(" ".join(map(plain, short))),
        LetterParts(html=html),
    )
