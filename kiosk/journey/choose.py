"""A list to choose from: at most six on a page, the rest behind "Something else"; what has one answer is not asked."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.state import Step
from kiosk.journey.steps import documents, more
from kiosk.journey.surroundings import Surroundings

#: Six choices are seen at a glance.
MOST = 6


class Cut[T](NamedTuple):
    """What one page shows, and whether "Something else" leads on."""

    shown: tuple[T, ...]
    more: bool


def cut[T](things: Sequence[T], context: Context, most: int = MOST) -> Cut[T]:
    """Give what is shown after ``context.further`` touches of "Something else", which takes the last of the places."""
    rest = tuple(things[context.further * (most - 1) :])
    return Cut(rest, more=False) if len(rest) <= most else Cut(rest[: most - 1], more=True)


def further(context: Context) -> Context:
    return replace(context, further=context.further + 1)


def told(context: Context, around: Surroundings) -> bool:
    """Tell whether the document has said which country it is about, and another could be meant."""
    known = around.offer.government(context.document) is not None
    return known and context.government == context.document and len(around.offer.served()) > 1


def only(step: Step, context: Context, around: Surroundings) -> Context | None:
    """Give the one answer that a page has, or None where there is something to ask."""
    offer = around.offer
    match step:
        case Step.GOVERNMENT if context.elsewhere:
            return None
        case Step.GOVERNMENT:
            served = offer.served()
            known = [one for one in served if one.id == context.document] or served
            return replace(context, government=known[0].id, kind="", service="") if len(known) == 1 else None
        case Step.KIND if not told(context, around):
            kinds = offer.kinds_of(context.government)
            return replace(context, kind=kinds[0].id, service="") if len(kinds) == 1 else None
        case Step.SERVICE:
            services = offer.services_of(context.government, context.kind)
            return replace(context, service=services[0].id) if len(services) == 1 else None
        case Step.MORE | Step.DOCUMENTS:
            asks = more.matters(around) if step is Step.MORE else documents.matters(context, around)
            return None if asks else context
    return None
