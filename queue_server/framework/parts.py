"""What a room shows on pages of others: an entry in the bar, parts in named slots, and alarms for managers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from markupsafe import Markup

from queue_server.domain.values import CentreId, CounterId, Micros
from queue_server.framework.permissions import Permission, Principal
from queue_server.framework.server import Server
from queue_server.framework.words import Words


class Entry(msgspec.Struct, frozen=True):
    """A page of staff in the bar of all of them, in the order of ``order``; only who has the ``permission`` sees it.

    Whoever has just signed in goes to the first that they see. ``at_counter``: first they choose a counter.
    """

    path: str
    order: int
    permission: Permission
    icon: str
    label: Callable[[Words], Markup]
    at_counter: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """For whom a page is drawn: what its parts may ask. ``counter`` is where this person works, if anywhere."""

    server: Server
    principal: Principal
    centre: CentreId
    counter: CounterId | None
    words: Words
    now: Micros


class Part(msgspec.Struct, frozen=True):
    """A part of a page: ``template`` is drawn in ``slot`` with ``values``, where those are not None.

    Slots are ``counter`` (below the work of a counter) and ``manager`` (below the figures of the centre).
    Only who has the ``permission`` sees it. ``template`` finds the values as ``part``.
    """

    slot: str
    template: str
    permission: Permission
    values: Callable[[Shown], Awaitable[Mapping[str, Any] | None]]


class RoomAct(msgspec.Struct, frozen=True):
    """A button: what it says, and where a press is posted; ``slot`` changes when the same press means something new."""

    id: str
    label: Markup
    url: str
    slot: str
    body: str = "{}"


class RoomAlarm(msgspec.Struct, frozen=True):
    """What needs somebody now, in words: what is so, since when, what to do. ``id`` names it as long as it lasts."""

    id: str
    icon: str
    head: Markup
    since: Markup
    todo: Markup
    bad: bool = False
    acts: tuple[RoomAct, ...] = ()


Alarms = Callable[[Shown], Awaitable[tuple[RoomAlarm, ...]]]
