"""What stands before the public pages: limits by address, proof of work, and waits for whoever proves nothing."""

import time
from collections.abc import Callable
from typing import Final

import msgspec
from aiohttp import web

from queue_server.domain.values import SECOND, CentreId, Micros, new_id
from queue_server.framework.problems import TooManyRequestsError
from queue_server.framework.rates import Rates
from queue_server.framework.server import SERVER
from queue_server.web.booking.allowance import Allowance
from queue_server.web.booking.choice import BookingChoice
from queue_server.web.booking.proof_of_work import ProofOfWork, WorkProof
from queue_server.web.booking.settings import BookingSettings
from queue_server.web.booking.signed import SignedForms
from queue_server.web.page_context import Handler

_WAIT: Final = "wait"
_HELD: Final = "held"
#: A wait that is over may be used for so long.
_WAITED: Final = 1_800 * SECOND
#: A price may have grown so much since the page was opened: others book as well, and nobody is sent back for that.
_GROWTH: Final = 1.5


class WaitTicket(msgspec.Struct, frozen=True):
    """Somebody waits to have a time held: not before ``ready_at``. ``name`` is worth one hold."""

    name: str
    centre: CentreId
    choice: BookingChoice
    at: Micros
    ready_at: Micros


class HeldTime(msgspec.Struct, frozen=True):
    """A time that is held for whoever has this."""

    hold: str
    centre: CentreId
    choice: BookingChoice
    at: Micros
    until: Micros


class BookingGate:
    """One for a server process; what is signed here is taken by every server of the database."""

    def __init__(self, settings: BookingSettings, keys: Callable[[], tuple[bytes, ...]]) -> None:
        self.rates = Rates(settings.requests_address_s, settings.requests_s, time.monotonic)
        self.allowance = Allowance(settings, time.monotonic)
        self.proofs = ProofOfWork(keys, settings.proof_iterations, settings.proof_s)
        self._forms = SignedForms(keys)

    def challenge(self, address: str, centre: CentreId, day: str, people: int) -> str:
        """Make what a browser has to work out before a time of this day is held for so many people."""
        return self.proofs.challenge(f"{centre}/{day}", self.allowance.rounds(address, people))

    def proved(self, payload: str, centre: CentreId, day: str) -> WorkProof | None:
        """Check what a browser has worked out; its name is worth one hold on that day, if it is paid."""
        return self.proofs.proved(payload, f"{centre}/{day}")

    def is_paid(self, address: str, proof: WorkProof, people: int) -> bool:
        """Tell whether a proof is worth a time for so many people by what that costs now, not when it was fetched."""
        return proof.rounds * _GROWTH >= self.allowance.rounds(address, people)

    def begin_wait(self, address: str, centre: CentreId, choice: BookingChoice, at: Micros, now: Micros) -> WaitTicket:
        ready = Micros(now + round(self.allowance.wait_s(address, choice.party_size) * SECOND))
        return WaitTicket(new_id(), centre, choice, at, ready)

    def end_wait(self, address: str, ticket: WaitTicket, now: Micros) -> WaitTicket | None:
        """Let somebody go on who has waited: None; else the ticket with which they wait on."""
        if now < ticket.ready_at:
            return ticket
        more = self.allowance.may_go(address, ticket.choice.party_size)
        return None if not more else msgspec.structs.replace(ticket, ready_at=Micros(now + round(more * SECOND)))

    def write_wait(self, ticket: WaitTicket) -> str:
        return self._forms.write(_WAIT, ticket)

    def read_wait(self, signed: str, centre: CentreId, now: Micros) -> WaitTicket | None:
        """Read a wait of this centre; None where it is none, or was over too long ago."""
        found = self._forms.read(_WAIT, WaitTicket, signed)
        return found if found is not None and found.centre == centre and now < found.ready_at + _WAITED else None

    def write_held(self, held: HeldTime) -> str:
        return self._forms.write(_HELD, held)

    def read_held(self, signed: str, centre: CentreId) -> HeldTime | None:
        found = self._forms.read(_HELD, HeldTime, signed)
        return found if found is not None and found.centre == centre else None


def limited(handler: Handler) -> Handler:
    """Let an address ask as often as is set, whichever of these pages it asks for."""

    async def handle(request: web.Request) -> web.StreamResponse:
        if not request.app[SERVER][BookingGate].rates.admit(request.remote or ""):
            raise TooManyRequestsError(retry_after_s=1)
        return await handler(request)

    return handle
