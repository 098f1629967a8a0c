"""What may stand in a field, in words: by its bounds and its kind. Pure."""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from queue_server.catalogue.schema import CatalogueField, CatalogueFieldKind
from queue_server.framework.words import PageTranslations

_ID: Final = r"\A[a-z0-9][a-z0-9-]*\Z"
_GOVERNMENT: Final = r"\A[A-Z]{3}\Z"


def hint(_: PageTranslations, field: CatalogueField) -> Markup:
    """Say what may stand in a field; empty where its control says it."""
    kinds = CatalogueFieldKind
    if field.minimum is not None or field.maximum is not None:
        return _numbers(_, field)
    match field.kind:
        case kinds.DATE | kinds.DATES:
            return _("days as 2026-12-24")
        case kinds.NAMES:
            return _("one line of up to %(count)s letters for each language", count=field.max_length or 80)
        case kinds.TEXT | kinds.TEXTS:
            return _text(_, field)
        case _:
            return Markup()


def _numbers(_: PageTranslations, field: CatalogueField) -> Markup:
    least, most = field.minimum or 0, field.maximum
    if most is None:
        return _("a whole number from %(least)s on", least=least)
    if field.kind is CatalogueFieldKind.NUMBERS:
        return _("whole numbers from %(least)s to %(most)s, with commas between them", least=least, most=most)
    return _("a whole number from %(least)s to %(most)s", least=least, most=most)


def _text(_: PageTranslations, field: CatalogueField) -> Markup:
    found = _by_name(_).get(field.name)
    if found is not None:
        return found
    if field.pattern == _ID:
        return _("small letters, digits and hyphens; it stays for ever")
    if field.pattern == _GOVERNMENT:
        return _("three capital letters")
    return _("up to %(count)s letters", count=field.max_length) if field.max_length else Markup()


def _by_name(_: PageTranslations) -> Mapping[str, Markup]:
    hours = _("hours as 09:00-12:30, with commas between them")
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return {
        **dict.fromkeys((*days, "breaks", "quiet"), hours),
        "hours": _("hours as 09:00-12:30"),
        "languages": _("codes of languages as en, fr, ar"),
        "day_start": _("a time as 04:00, before noon"),
        "amount": _("with all its digits: 82.50"),
        "zone": _("as Europe/Brussels"),
        "country": _("two capital letters, as BE"),
        "mail": _("addresses of e-mail, with commas between them"),
        "remote_link": _("begins with https://, and {room} stands where the name of the room comes"),
    }
