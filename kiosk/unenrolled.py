"""A kiosk that belongs to no centre yet: it takes an enrolment code or text, and settles what an earlier life left."""

import asyncio
from collections.abc import Awaitable, Callable

from kiosk import base
from kiosk.base import CheckoutRooms, Ground
from kiosk.errors import KioskError
from kiosk.journey import events as e
from kiosk.journey.flows.enrolment import ENROLMENT
from kiosk.journey_runner import JourneyRunner
from kiosk.link.connect import ServerAddress
from kiosk.link.enrolment import enrol, enrol_by_text, refusal
from kiosk.link.wakeup import WakeupGroup
from kiosk.store.data import DataFolder
from kiosk.store.identity import KioskIdentity
from kiosk.technician.desk import Technician
from kiosk.tickets.outbox import OutboxWorker
from queue_server.contract.client import ClientError

#: By a code, or by a text that is more.
_Way = Callable[[ServerAddress, DataFolder, OutboxWorker, str], Awaitable[KioskIdentity]]


class Unenrolled:
    """``enrolled`` is done with the identity that a code was exchanged for, None where a technician restarts it."""

    def __init__(self, on: Ground, money: CheckoutRooms, technician: Technician) -> None:
        self._on = on
        self._money = money
        self._technician = technician
        self.enrolled: asyncio.Future[KioskIdentity | None] = asyncio.get_running_loop().create_future()

    def note(self, event: e.Event) -> None:
        base.note(self._on, self._money, event)

    def done(self, event: e.Event) -> None:
        base.clear_unused(self._on, event)

    @property
    def is_to_renew(self) -> bool:
        """Without a centre there are no settings but its own."""
        return False

    def attend(self, number: int) -> None:
        """Give no numbers: it is all the same who stands there."""

    def do(self, effect: e.Effect) -> None:
        if self._on.equipment.do(effect):
            return
        if (work := self._technician.work(effect)) is not None:
            self._on.tasks.begin(work)
            return
        match effect:
            case e.Enrol(code):
                self._on.tasks.begin(self._enrol(enrol, code))
            case e.EnrolByText(text):
                self._on.tasks.begin(self._enrol(enrol_by_text, text))
            case e.Wipe():
                self._on.equipment.clear()

    def over(self, walking: asyncio.Task[bool]) -> None:
        """Take note that nobody walks here any more."""
        if self.enrolled.done() or walking.cancelled():
            return
        if (error := walking.exception()) is not None:
            self.enrolled.set_exception(error)
        else:
            self.enrolled.set_result(None)

    async def _enrol(self, way: _Way, given: str) -> None:
        parts = self._on.parts
        try:
            identity = await way(parts.server, parts.data, self._on.box, given)
        except (ClientError, KioskError) as error:
            self._on.inbox.post(e.EnrolRefused(refusal(error)))
        else:
            if not self.enrolled.done():
                self.enrolled.set_result(identity)


async def run(on: Ground) -> KioskIdentity | None:
    """Go on until the kiosk is enrolled, and give who it is; None where a technician restarts it.

    Raises:
        DataError, OutboxError: what was kept cannot be read.
    """
    money = base.money(on, None, None, WakeupGroup())
    here = Unenrolled(on, money, base.technician(on, ""))
    around = await base.surroundings(on, None)
    on.equipment.scanner.enrols = True
    base.begin(on, money)
    walk = JourneyRunner(on.inbox, on.parts.screen, on.parts.settings, here, ENROLMENT)
    walking = asyncio.create_task(walk.run(around))
    walking.add_done_callback(here.over)
    try:
        await asyncio.wait({here.enrolled})
        return here.enrolled.result()
    finally:
        walking.cancel()
        await asyncio.wait({walking})
        await money.desks.close()
