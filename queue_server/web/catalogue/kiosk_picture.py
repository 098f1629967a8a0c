"""What a kiosk offers by a set-up, as a picture of its tiles in each language. Pure.

It is made of what kiosks are sent (``ServicesAnswer``); how they draw it, and what they ask when, is theirs alone.
"""

from collections.abc import Iterator
from typing import Final

import msgspec
from babel.core import UnknownLocaleError

from queue_server.contract.catalogue import ServicesAnswer
from queue_server.web.site import is_rtl
from queue_server.web.view_context import name_in, spoken_name

#: Names of services under one tile.
_MAX_LINES: Final = 8


class KioskTile(msgspec.Struct, frozen=True):
    """Something to touch, with the services behind it; ``more`` counts those that are not named."""

    icon: str
    name: str
    services: tuple[str, ...]
    more: int


class KioskPicture(msgspec.Struct, frozen=True):
    """A kiosk in one language; ``governments`` are asked for first, where there are several."""

    language: str
    label: str
    rtl: bool
    centre: str
    governments: tuple[str, ...]
    tiles: tuple[KioskTile, ...]


def kiosk_pictures(offered: ServicesAnswer, reader: str) -> tuple[KioskPicture, ...]:
    """Draw a set-up in each language of its kiosks; ``reader`` is the language of whoever looks at it."""
    given = {one.government for one in offered.services}
    return tuple(
        KioskPicture(
            language,
            spoken_name(language, reader),
            _is_rtl(language),
            name_in(offered.centre.name, language, offered.centre.id),
            tuple(name_in(one.name, language, one.id) for one in offered.governments if one.id in given),
            tuple(_tiles(offered, language)),
        )
        for language in offered.centre.languages
    )


def _is_rtl(language: str) -> bool:
    try:
        return is_rtl(language)
    except (UnknownLocaleError, ValueError):
        return False


def _tiles(offered: ServicesAnswer, language: str) -> Iterator[KioskTile]:
    groups = {one.id: one.group or one.id for one in offered.kinds}
    for group in offered.groups:
        behind = [one for one in offered.services if groups[one.kind] == group.id]
        # The same is given for several governments.
        names = tuple(dict.fromkeys(name_in(one.name, language, one.id) for one in behind))
        if names:
            shown = names[:_MAX_LINES]
            yield KioskTile(group.icon, name_in(group.name, language, group.id), shown, len(names) - len(shown))
