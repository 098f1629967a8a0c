"""The two pages of a lobby board: one frozen value each, in one language; the labels turn, the numbers stay."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from queue_server.contract.messages import BoardCallView
from signage.board import Shown


class Call(msgspec.Struct, frozen=True):
    """A code in its two parts, the plate of the counter, and the physical way from this board ("" where unknown)."""

    letter: str
    digits: str
    counter: str
    direction: str
    active: bool
    repeats: int


class Waiting(msgspec.Struct, frozen=True):
    """How many visits wait for a step."""

    name: str
    visits: int


class Page(msgspec.Struct, frozen=True, tag_field="page", tag=lambda name: name.removesuffix("Page").lower()):
    """``clock`` is the centre's local time, ``hh:mm``."""

    centre: str
    clock: str


class BoardPage(Page, frozen=True):
    now: Call | None
    before: tuple[Call, ...]
    waiting: tuple[Waiting, ...]


class OfflinePage(Page, frozen=True):
    """``since`` is when data last came, ``hh:mm`` in the centre's zone."""

    since: str


def text_in(names: Mapping[str, str], language: str) -> str:
    """Pick a name in ``language``, else in English, else in any language it has."""
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


def _call(call: BoardCallView) -> Call:
    return Call(call.code[:1], call.code[1:], call.counter, call.direction or "", call.active, call.repeats)


def page(shown: Shown, now: datetime, language: str, steps: int = 3) -> BoardPage | OfflinePage:
    """Word what is shown in one language; ``steps`` is how many kinds of waiting fit in a row.

    The steps with the most visits waiting are shown, in the order of the centre.
    """
    # Before the first word from the server the centre is not known, nor its zone: UTC would be a wrong time.
    zone = ZoneInfo(shown.view.zone) if shown.view is not None else None
    centre = text_in(shown.view.name, language) if shown.view is not None else ""
    clock = f"{now.astimezone(zone):%H:%M}"
    if shown.since is not None:
        return OfflinePage(centre, clock, f"{shown.since.astimezone(zone):%H:%M}")
    longest = sorted(shown.waiting, key=lambda waiting: -waiting.visits)[:steps]
    return BoardPage(
        centre,
        clock,
        None if shown.now is None else _call(shown.now),
        tuple(map(_call, shown.before)),
        tuple(Waiting(text_in(entry.name, language), entry.visits) for entry in shown.waiting if entry in longest),
    )
