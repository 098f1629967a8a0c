"""How a step ends its turn: it stays, goes on, or gives up with a code."""

import msgspec

from kiosk.journey.context import Context
from kiosk.journey.events import Effect, FailureCode


class Stay(msgspec.Struct, frozen=True):
    context: Context
    effects: tuple[Effect, ...] = ()


class Continue(msgspec.Struct, frozen=True):
    context: Context
    effects: tuple[Effect, ...] = ()


class Abort(msgspec.Struct, frozen=True):
    code: FailureCode


type Outcome = Stay | Continue | Abort
