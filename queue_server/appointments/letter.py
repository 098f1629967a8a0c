"""A letter and a short message about an appointment, in the language of whoever reads it. Pure.

The letter is text and a page that says the same; both lead to the appointment's page. Nothing is fetched when it is
read: the code for the kiosk is a picture within it.
"""

import msgspec
from markupsafe import Markup

from queue_server.appointments import letter_words as words
from queue_server.appointments.letter_page import LetterPage, draw_page
from queue_server.domain.appointments import RemoteChannel
from queue_server.framework.words import PageTranslations
from queue_server.notices.letter import LetterText
from queue_server.notices.plain_page import PlainPage, plain
from queue_server.notices.values import NotificationKind as Kind
from queue_server.requirements.bring import BringLine

#: Of these there is no time any more.
GONE = frozenset({Kind.APPOINTMENT_CANCELLED, Kind.APPOINTMENT_DISPLACED})


class AppointmentLetterFacts(msgspec.Struct, frozen=True):
    """What is said of an appointment, each text in the language of whoever reads it.

    ``clock`` is the centre's in ``zone``, ``from_clock`` when they may come in. ``no_reminders`` is the address at
    which they say that they want none; nothing where there will be none. ``picture``: whether the code for the kiosk is
    within the letter, under that name. ``bring`` is what they bring, where letters may name it, and ``bring_link`` the
    address at which it stands, where they may not.
    """

    kind: Kind
    centre: str
    address: str
    day: str
    clock: str
    zone: str
    party_size: int
    code: str
    from_clock: str
    has_document: bool
    remote: RemoteChannel | None
    link: str
    no_reminders: str = ""
    bring: tuple[BringLine, ...] = ()
    bring_link: str = ""
    picture: str = ""


class AppointmentLetterText(msgspec.Struct, frozen=True):
    """``words`` are those of the letter and of the short message, ``html`` is the page. Never printed."""

    words: LetterText
    html: str

    def __repr__(self) -> str:
        return "AppointmentLetterText(...)"


def write_appointment_letter(
    facts: AppointmentLetterFacts, translations: PageTranslations, language: str
) -> AppointmentLetterText:
    """Write it."""
    _, page, kind = translations, PlainPage(language), facts.kind
    day, clock, centre = page.name(facts.day), page.figures(facts.clock), page.name(facts.centre)
    is_gone, may_choose = kind in GONE, kind is not Kind.APPOINTMENT_CANCELLED
    link = page.link(facts.link)
    lines = [
        words.lead(_, kind),
        "",
        words.when(_, day, clock, page.name(facts.zone)),
        *([] if is_gone else [words.party(_, facts.party_size), words.code(_, page.figures(facts.code))]),
        "",
        *_place(facts, _, page),
        "",
        *_advice(facts, _, page),
        *_bring(facts, _, page),
        *([words.choose(_, link) if is_gone else words.change(_, link)] if may_choose else []),
        *([words.link_warning(_)] if may_choose else []),
        *(["", words.no_reminders(_, page.link(facts.no_reminders))] if facts.no_reminders else []),
        "",
        words.automatic(_),
        words.never_asked(_),
    ]
    short: list[str] = [words.short(_, kind, centre, day, clock)]
    if not is_gone:
        short.append(words.code(_, page.figures(facts.code)) + ".")
    if may_choose:
        short.append(link)
    said = LetterText(
        page.line(words.subject(_, kind, day, clock)), page.lines(lines), page.line(" ".join(map(plain, short)))
    )
    return AppointmentLetterText(said, draw_page(_page(facts, _, page, language)))


def _place(facts: AppointmentLetterFacts, _: PageTranslations, page: PlainPage) -> list[str]:
    if facts.remote is not None:
        return [words.remote(_, facts.remote)]
    return [words.where(_, page.name(facts.centre)), *([page.name(facts.address)] if facts.address else [])]


def _advice(facts: AppointmentLetterFacts, _: PageTranslations, page: PlainPage) -> list[str]:
    if facts.kind in GONE:
        return [words.gone(_, facts.kind)]
    at_kiosk = [] if facts.remote is not None else [words.at_kiosk(_, page.figures(facts.from_clock))]
    return [*at_kiosk, *([words.document(_)] if facts.has_document else [])]


def _bring(facts: AppointmentLetterFacts, _: PageTranslations, page: PlainPage) -> list[str]:
    if facts.bring:
        return ["", words.bring(_), *(f"- {page.name(plain(_said(one, _)))}" for one in facts.bring), ""]
    return [words.bring_there(_, page.link(facts.bring_link))] if facts.bring_link else []


def _said(one: BringLine, _: PageTranslations) -> Markup:
    """Say in one line what is wanted."""
    return _(", ").join(part for part in (Markup.escape(one.name), one.people, one.note) if part)


def _page(facts: AppointmentLetterFacts, _: PageTranslations, page: PlainPage, language: str) -> LetterPage:
    is_gone = facts.kind in GONE
    if facts.kind is Kind.APPOINTMENT_CANCELLED:
        button = ""
    else:
        button = plain(words.choose_button(_) if is_gone else words.change_button(_))
    place = [plain(words.remote(_, facts.remote))] if facts.remote is not None else [facts.centre, facts.address]
    return LetterPage(
        language=language,
        direction=page.direction,
        sender=facts.centre,
        headline=plain(words.lead(_, facts.kind)),
        is_gone=is_gone,
        clock=facts.clock,
        day=facts.day,
        zone=facts.zone,
        party="" if is_gone else plain(words.party(_, facts.party_size)),
        code="" if is_gone else facts.code,
        code_name=plain(words.code(_, "")).rstrip(" :\N{NO-BREAK SPACE}"),
        picture="" if is_gone else facts.picture,
        picture_text=plain(words.picture(_)),
        lines=tuple(filter(None, (*place, *map(plain, _advice(facts, _, page))))),
        bring_title=plain(words.bring(_)) if facts.bring else "",
        bring=tuple((one.name, plain(_(", ").join(filter(None, (one.people, one.note))))) for one in facts.bring),
        bring_button=plain(words.bring_button(_)) if facts.bring_link else "",
        bring_link=facts.bring_link,
        button=button,
        link=facts.link,
        notes=tuple(
            plain(one)
            for one in (*([words.link_warning(_)] if button else []), words.automatic(_), words.never_asked(_))
        ),
        stop=plain(words.no_reminders_button(_)) if facts.no_reminders else "",
        stop_link=facts.no_reminders,
    )
