"""What differs between two texts of a catalogue, in words. Pure.

A page that is open is drawn again and again, and versions never change: what was compared last is remembered.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

import msgspec
from markupsafe import Markup

from queue_server.catalogue import toml
from queue_server.catalogue.difference import CatalogueDifference, differences, plain
from queue_server.catalogue.errors import CatalogueError
from queue_server.catalogue.fees import without_desk
from queue_server.catalogue.model import Setup
from queue_server.catalogue.removals import RemovalInUse
from queue_server.web.catalogue.naming import CatalogueNames
from queue_server.web.view_context import PageReader

_ICONS: Final = {"added": "plus", "removed": "x", "changed": "pen", "moved": "chev"}


class CatalogueComparison(msgspec.Struct, frozen=True):
    """Two catalogues as plain values, and what differs between them."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    differences: tuple[CatalogueDifference, ...]


@lru_cache(maxsize=32)
def compared(before: str, after: str) -> CatalogueComparison | None:
    """Compare two texts; None where this release cannot read one of them.

    What a draft says may still be refused by the checks of a whole catalogue.
    """
    try:
        old, new = toml.unchecked(before), toml.unchecked(after)
    except CatalogueError:
        return None
    return CatalogueComparison(plain(old), plain(new), differences(old, new))


class DifferenceLine(msgspec.Struct, frozen=True):
    """One difference in words; ``before`` and ``after`` are empty where a whole part came, went or was moved."""

    icon: str
    change: Markup
    where: Markup
    before: Markup = Markup()
    after: Markup = Markup()


def lines(found: CatalogueComparison, reader: PageReader) -> tuple[DifferenceLine, ...]:
    """Write all differences, in the order of the sections."""
    named = CatalogueNames(reader, found.after, found.before)
    return tuple(_line(one, named, reader) for one in found.differences)


def _line(one: CatalogueDifference, named: CatalogueNames, reader: PageReader) -> DifferenceLine:
    _ = reader.words
    change = {"added": _("New"), "removed": _("Taken out"), "changed": _("Changed"), "moved": _("Moved")}[one.change]
    part = [Markup("<bdi>{}</bdi>").format(named.part(one.section, one.part))] if one.part else []
    field = [named.field(one.section, one.field)] if one.field else []
    where = Markup(" \N{MIDDLE DOT} ").join([named.section(one.section), *part, *field])
    if one.change != "changed":
        return DifferenceLine(_ICONS[one.change], change, where)
    before, after = (named.value(one.section, one.field, value) for value in (one.before, one.after))
    return DifferenceLine(_ICONS[one.change], change, where, before, after)


def used(found: CatalogueComparison, uses: Iterable[RemovalInUse], reader: PageReader) -> tuple[Markup, ...]:
    """Say how many visits are under way for what is taken out."""
    named = CatalogueNames(reader, found.before)
    return tuple(
        reader.words.ngettext(
            "%(count)s visit is under way for %(what)s",
            "%(count)s visits are under way for %(what)s",
            one.visits,
            what=Markup("<bdi>{}</bdi>").format(named.part(one.section, one.part)),
        )
        for one in uses
    )


def unpaid(setup: Setup, reader: PageReader) -> tuple[Markup, ...]:
    """Warn of services that cost something while nobody on their way takes it."""
    named = CatalogueNames(reader, plain(setup))
    return tuple(
        reader.words(
            "%(service)s costs a fee, and no stop of it takes fees",
            service=Markup("<bdi>{}</bdi>").format(named.part("services", service)),
        )
        for service in without_desk(setup)
    )
