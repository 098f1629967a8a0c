"""Information: somebody reads what they want to know, or takes it along on paper; nothing is asked of them."""

from kiosk.journey.context import Context
from kiosk.journey.flow import Flow, Leg
from kiosk.journey.flows.common import BAR
from kiosk.journey.steps.topic import TOPIC
from kiosk.journey.steps.topics import TOPICS
from kiosk.journey.surroundings import Surroundings


def is_there(context: Context, around: Surroundings) -> bool:
    """Tell whether there is anything to read."""
    del context
    return bool(around.information.topics)


INFORMATION = Flow(name="information", legs=(Leg(TOPICS), Leg(TOPIC)), failed=TOPICS, doors=BAR)
