"""A ticket of today is looked up."""

import msgspec

from queue_server.domain.values import VisitState


class Scanned(msgspec.Struct, frozen=True):
    """The scanner read a code: its text where it may be a ticket, else only a word; empty where it was unreadable."""

    text: str


class LookUp(msgspec.Struct, frozen=True):
    """Effect: ask the server for a ticket (its token).

    Answered by ``StatusFound``, ``StatusUnknown`` or ``StatusAway``.

    A visit that was merged is answered with the one it goes on as.
    """

    number: int
    look: int
    ticket: str


class LookUpCode(msgspec.Struct, frozen=True):
    """Effect: ask the server what boards show of a code that was typed; answered as ``LookUp``."""

    number: int
    look: int
    code: str


class StatusFound(msgspec.Struct, frozen=True):
    """Answer to ``LookUp``: where the visit is.

    ``ahead`` visits are before it, -1 where it does not wait; ``service`` and ``step`` are the ids of where it goes
    now; ``counter`` is what the plate says of the counter that called it; ``language`` is the ticket's.
    """

    number: int
    look: int
    code: str
    state: VisitState
    ahead: int = -1
    service: str = ""
    step: str = ""
    counter: str = ""
    language: str = ""


class StatusUnknown(msgspec.Struct, frozen=True):
    """Answer to ``LookUp``: there is no such visit at this centre today; or none that boards show."""

    number: int
    look: int


class StatusAway(msgspec.Struct, frozen=True):
    """Answer to ``LookUp``: the server does not answer. ``limited``: it does, but too many numbers were typed."""

    number: int
    look: int
    limited: bool = False
