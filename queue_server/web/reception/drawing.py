"""Draws the reception page: the view model and the fixed words around it, as values for the templates. Pure."""

from typing import Any, Final

import msgspec
from babel import Locale, UnknownLocaleError

from queue_server.accounts.model import Session
from queue_server.centre.views import cursor
from queue_server.domain.values import Category
from queue_server.web import staff
from queue_server.web.page_parts import PartSpec
from queue_server.web.parts import Drawn, key_lines
from queue_server.web.reception import offer, words
from queue_server.web.reception.page import ReceptionPage
from queue_server.web.rules import PageRules
from queue_server.web.view_context import StaffView, name_in
from queue_server.web.wording import category

#: Languages that people speak at these desks, after those of the centre.
SPOKEN: Final = ("en", "fr", "es", "pt", "ar", "fa-AF", "ps", "am", "ti", "bn", "ne", "my", "uk", "sw", "so")
#: Languages that CLDR names by their country.
_OWN_NAMES: Final = {"fa-AF": "دری"}
#: Categories that staff give; an appointment has to be proved.
GIVEN: Final = (Category.WALK_IN, Category.PRIORITY, Category.URGENT)


def languages(look: StaffView) -> list[tuple[str, str]]:
    """List the languages a person may speak: tag, and its name for the reader and in itself."""
    tags = dict.fromkeys((*look.known.catalogue.centre.languages, *SPOKEN))
    return [(tag, _both(look.spoken(tag), _own_name(tag))) for tag in tags]


def _both(known: str, own: str) -> str:
    return known if known == own else f"{known} · {own}"


def _own_name(tag: str) -> str:
    """Name a language in itself; a tag that is none stands for itself."""
    if tag in _OWN_NAMES:
        return _OWN_NAMES[tag]
    try:
        return (Locale.parse(tag, sep="-").get_display_name() or tag).capitalize()
    except (UnknownLocaleError, ValueError):
        return tag


#: The parts of the page, and all that each is drawn of.
PARTS: Final = (
    PartSpec("now", staff.write_now, values=("now_ms", "refresh_ms", "cursor", "news", "own")),
    PartSpec(
        "top",
        "reception/top.html",
        values=(
            *("desk_port", "links", "today", "clock", "staff_name", "csrf", "helps", "help_code", "help_cap"),
            *("centre_name", "band_do"),
        ),
        slots=("reception-bar",),
    ),
    PartSpec("hand", "reception/shown.html", ("shown",), ("clock",), ("reception-visit",)),
    PartSpec(
        "rail", "reception/rail.html", ("wishes", "listing", "shown", "waits", "how_long", "closed"), ("clock", "api")
    ),
)


def part_values(
    page: ReceptionPage, look: StaffView, session: Session, rules: PageRules, brought: Drawn
) -> dict[str, Any]:
    """Gather what the parts of the page need; ``brought`` are the parts that rooms bring."""
    _, reader, centre = look.words, look.reader, look.known.catalogue.centre
    return {
        "page": page,
        "own": (("version", page.version), ("shown", "" if page.shown is None else page.shown.visit)),
        "parts": brought.slots,
        "news": " ".join(filter(None, (page.news, brought.news))),
        "helps": page.helps,
        "help_code": "",
        "help_cap": "F9",
        "band_do": _(
            "Nothing can be issued or changed here until then; what you have typed stays. Kiosks go on issuing tickets "
            "by themselves. Where none works, write tickets by hand: a running number, the time and the service. Enter "
            "them here afterwards, in that order."
        ),
        "api": f"/api/v1/centres/{session.centre}",
        **staff.part_values(
            session,
            reader,
            here="/reception",
            centre_name=name_in(centre.name, reader.language, centre.id),
            now=page.now,
            refresh_at=page.refresh_at,
            rules=rules,
            cursor=cursor(look.state),
        ),
    }


def whole_values(look: StaffView, session: Session) -> dict[str, Any]:
    """Gather what stands around the parts: the form, dialogs that stay, and the list of keys."""
    _, reader, centre = look.words, look.reader, look.known.catalogue.centre
    return {
        "single_keys": False,
        "offer": msgspec.json.encode(offer.offer(look)).decode(),
        "languages": languages(look),
        # The first are whoever is not of another age.
        "ages": [(band.id, look.name(band.name, band.id)) for band in look.known.catalogue.bands[1:]],
        "first_age": next((band.id for band in look.known.catalogue.bands), ""),
        "first_language": centre.languages[0],
        "categories": [(one.value, category(_, one)) for one in GIVEN],
        "key_table": words.key_table(_, key_lines("reception", session, reader)),
        **staff.line_values("/reception"),
        **staff.whole_values(reader),
        "refusals": {**reader.brought.refusals(_), **words.refusals(_)},
    }
