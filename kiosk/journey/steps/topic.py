"""Topic: one page of information, to be read here or taken along on paper."""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event, PrintTopic, TopicPrinted
from kiosk.journey.information import ReadTopic, TopicLine, lines, title
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, EndJourney, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout, Withdraw
from kiosk.journey.surroundings import Surroundings, Timing


class TopicPage(JourneyPage, frozen=True):
    """``day`` (ISO 8601) and ``time`` are from when it is, empty while the server is heard.

    ``paper``: ``offered`` | ``printing`` | ``taken`` | ``none`` (it did not come), empty where there is no paper.
    ``over`` is the day on which it ended to be valid, empty where it did not.
    """

    title: str = ""
    lines: tuple[TopicLine, ...] = ()
    day: str = ""
    time: str = ""
    over: str = ""
    paper: Literal["", "offered", "printing", "taken", "none"] = ""


def page(context: Context, around: Surroundings) -> JourneyPage:
    read, known = context.of(ReadTopic), around.information
    topic = known.topic(read.topic)
    if topic is None:
        return TopicPage()
    away, today = not around.health.connected, around.offer.day
    over = topic.valid_until is not None and today is not None and topic.valid_until < today
    return TopicPage(
        title=title(topic, context.language),
        lines=lines(topic, context.language),
        day=known.day if away else "",
        time=known.time if away else "",
        over=topic.valid_until.isoformat() if over and topic.valid_until else "",
        paper=read.paper or ("offered" if around.paper else ""),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    read = context.of(ReadTopic)
    match event:
        case Action("print-topic") if around.paper and read.paper in {"", "none"}:
            asked = replace(read, prints=read.prints + 1, paper="printing")
            topic = around.information.topic(read.topic)
            if topic is None:
                return Stay(context)
            printed = PrintTopic(
                number,
                asked.prints,
                context.language,
                title(topic, context.language),
                lines(topic, context.language),
                topic.reviewed.isoformat(),
            )
            return Stay(context.keeping(asked), (printed,))
        case TopicPrinted(_, prints, is_printed) if prints == read.prints and read.paper == "printing":
            return Stay(context.keeping(replace(read, paper="taken" if is_printed else "none")))
        case Action("done"):
            return EndJourney()
    return Stay(context)


def left(context: Context) -> Context:
    """Forget which page it was, but not how often something was printed: a late answer is none to the next."""
    return context.keeping(replace(context.of(ReadTopic), topic="", paper=""))


def recheck(context: Context, around: Surroundings) -> Continue | Withdraw:
    """Go back to the list where the page was taken out."""
    known = around.information.topic(context.of(ReadTopic).topic)
    return Withdraw(context) if known is None else Continue(context)


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout:
    """Reading takes longer than choosing."""
    del context, around
    return StepTimeout(timing.idle_long)


TOPIC = JourneyStep(
    name="topic",
    page=page,
    handle=handle,
    needs=frozenset({"language"}),
    takes={TopicPrinted: PersonPresence.RENEWED},
    left=left,
    recheck=recheck,
    patience=patience,
)
