"""Topics: all pages that can be read here. Also while the server is away: then it is said from when they are."""

from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.information import ReadTopic, title
from kiosk.journey.page import Choice, JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings

#: The picture beside each kind of page.
_ICONS = {
    "emergency": "alert",
    "next": "next",
    "hours": "clock",
    "fees": "money",
    "directions": "building",
}


class TopicsPage(JourneyPage, frozen=True):
    """``day`` (ISO 8601) and ``time`` are from when they are, empty while the server is heard."""

    choices: tuple[Choice, ...] = ()
    day: str = ""
    time: str = ""


def page(context: Context, around: Surroundings) -> JourneyPage:
    known = around.information
    away = not around.health.connected
    return TopicsPage(
        choices=tuple(
            Choice(one.topic, title(one, context.language), _ICONS.get(one.kind, "record")) for one in known.topics
        ),
        day=known.day if away else "",
        time=known.time if away else "",
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    match event:
        case Action("choose", ident) if around.information.topic(ident) is not None:
            return Continue(context.keeping(replace(context.of(ReadTopic), topic=ident, paper="")))
    return Stay(context)


TOPICS = JourneyStep(name="topics", page=page, handle=handle, needs=frozenset({"language"}))
