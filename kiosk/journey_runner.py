"""JourneyRunner: one journey after another. What happens comes in by the inbox; what is decided is shown and done."""

import asyncio
from typing import Protocol

import structlog

from kiosk.inbox import Inbox
from kiosk.journey import events as e
from kiosk.journey import idle
from kiosk.journey.flow import Flow
from kiosk.journey.machine import advance, page
from kiosk.journey.state import Journey, start
from kiosk.journey.surroundings import Surroundings
from kiosk.kit.frame import PageFrame
from kiosk.ports import ScreenPort
from kiosk.settings import KioskSettings

_log = structlog.get_logger(__name__)


class EffectHandler(Protocol):
    """Does what journeys ask for (``kiosk.enrolled``, ``kiosk.unenrolled``)."""

    def note(self, event: e.Event) -> None:
        """Take from an event what is not the journey's, before the journey hears it."""

    def attend(self, number: int) -> None:
        """Take note of which journey goes on now."""

    def do(self, effect: e.Effect) -> None: ...

    def done(self, event: e.Event) -> None:
        """Take note that an event has had all its effects."""

    @property
    def is_to_renew(self) -> bool:
        """Whether the kiosk is to be put together anew as soon as nobody stands there."""


def is_free(journey: Journey) -> bool:
    """Tell whether nobody stands there, and nobody is being looked after: everything may begin anew."""
    return journey.pristine and not journey.emergency and not journey.around.settling


class JourneyRunner:
    """``flow`` is what each person begins with."""

    def __init__(
        self, inbox: Inbox, screen: ScreenPort, settings: KioskSettings, doer: EffectHandler, flow: Flow
    ) -> None:
        self._flow = flow
        self._inbox = inbox
        self._screen = screen
        self._timing = settings.timing
        self._doer = doer
        self._shown: PageFrame | None = None

    async def run(self, around: Surroundings) -> bool:
        """Go on until a technician restarts the kiosk, or (True) it is to be put together anew and nobody is there."""
        loop = asyncio.get_running_loop()
        journey = start(self._flow, around, self._timing, loop.time())
        while not (self._doer.is_to_renew and is_free(journey)):
            self._show(journey)
            try:
                async with asyncio.timeout_at(idle.due(journey)):
                    event = await self._inbox.get()
            except TimeoutError:
                event = e.TimePassed()
            self._doer.note(event)
            journey, effects = advance(journey, event, loop.time())
            self._doer.attend(journey.number)
            for effect in effects:
                if isinstance(effect, e.Restart):
                    _log.info("restart")
                    return False
                self._doer.do(effect)
            self._doer.done(event)
        return True

    def _show(self, journey: Journey) -> None:
        context = journey.context
        frame = PageFrame.of(
            page(journey),
            language=context.language,
            large=context.large,
            contrast=context.contrast,
            lowered=context.lowered,
        )
        if frame != self._shown:
            self._shown = frame
            self._screen.show(frame)
