"""Today against what is usual on its weekday: a part of the page of managers."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room

if TYPE_CHECKING:
    from queue_server.framework.parts import PagePart
    from queue_server.framework.server import Server


def _parts() -> "Iterable[PagePart]":
    from queue_server.web.today.part import PARTS

    return PARTS


def _assemble(server: "Server") -> None:
    from queue_server.web.today.minute import MinuteDrawings
    from queue_server.web.today.usual import UsualDays

    server.put(UsualDays, UsualDays(server.log, server.clock))
    server.put(MinuteDrawings, MinuteDrawings())


ROOM = Room(name="today-pages", parts=_parts, assemble=_assemble)
