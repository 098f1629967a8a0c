"""A walk through the journey, as one person makes it."""

from kiosk.journey import idle
from kiosk.journey.events import Action, Effect, Event, Issued, TimePassed
from kiosk.journey.flow import Flow
from kiosk.journey.flows.visit import VISIT
from kiosk.journey.machine import advance, page
from kiosk.journey.page import JourneyPage
from kiosk.journey.state import Journey, start
from kiosk.journey.surroundings import Surroundings, Timing

TIMING = Timing()


class Walk:
    """A journey in progress; ``clock`` is in seconds."""

    def __init__(self, around: Surroundings, flow: Flow = VISIT) -> None:
        self.clock = 1000.0
        self.journey: Journey = start(flow, around, TIMING, self.clock)
        self.effects: list[Effect] = []

    def __call__(self, *events: Event | str | tuple[str, str], after: float = 1.0) -> JourneyPage:
        for each in events:
            self.clock += after
            match each:
                case str():
                    event: Event = Action(each)
                case tuple():
                    event = Action(*each)
                case _:
                    event = each
            self.journey, effects = advance(self.journey, event, self.clock)
            self.effects += effects
        return self.page

    @property
    def page(self) -> JourneyPage:
        return page(self.journey)

    @property
    def number(self) -> int:
        return self.journey.number

    def wait(self, seconds: float) -> JourneyPage:
        """Let time pass, with ticks exactly when they are due."""
        until = self.clock + seconds
        while (moment := idle.due(self.journey)) is not None and moment <= until:
            self.clock = moment
            self.journey, effects = advance(self.journey, TimePassed(), moment)
            self.effects += effects
        self.clock = until
        return self.page

    def start_over(self) -> JourneyPage:
        """Touch "Start again", and say yes where that is asked."""
        return self("restart", "start-over")

    def to_confirm(self) -> JourneyPage:
        return self(
            ("language", "en"), "no-document", ("choose", "UTO"), ("choose", "passports"), ("choose", "renewal")
        )

    def to_ticket(self) -> JourneyPage:
        self.to_confirm()
        return self("confirm", Issued(self.number, "visit-1", "B042"))
