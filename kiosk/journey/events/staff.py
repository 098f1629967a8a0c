"""Staff are called to the kiosk."""

from typing import Literal

import msgspec

from queue_server.domain.values import HelpKind, HelpSubject

type HelpSent = Literal["told", "coming", "away"]


class CallStaff(msgspec.Struct, frozen=True):
    """Effect: call staff; the same ``number`` and ``call`` again is the same call. Answered by ``HelpAnswered``.

    Another call of the same journey takes the place of the one before. ``language`` is None until one was chosen.
    ``about`` says where the person stands (``machine.advance`` fills both in).
    """

    number: int
    call: int
    kind: HelpKind
    language: str | None = None
    about: HelpSubject | None = None


class HelpAnswered(msgspec.Struct, frozen=True):
    number: int
    call: int
    sent: HelpSent


class WithdrawCall(msgspec.Struct, frozen=True):
    """Effect: the person needs nobody any more. Not answered; ``Wipe`` does it too."""

    number: int
