"""A list to choose from: at most six on a page, the rest behind "Something else"; what has one answer is not asked."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.surroundings import Surroundings

#: Six choices are seen at a glance.
MAX = 6


class VisibleChoices[T](NamedTuple):
    """What one page shows, and whether "Something else" leads on."""

    shown: tuple[T, ...]
    more: bool


def cut[T](things: Sequence[T], context: Context, most: int = MAX) -> VisibleChoices[T]:
    """Give what is shown after ``context.further`` touches of "Something else", which takes the last of the places."""
    rest = tuple(things[context.further * (most - 1) :])
    return VisibleChoices(rest, more=False) if len(rest) <= most else VisibleChoices(rest[: most - 1], more=True)


def further(context: Context) -> Context:
    return replace(context, further=context.further + 1)


def is_told_apart(context: Context, around: Surroundings) -> bool:
    """Tell whether the document has said which country it is about, and another could be meant."""
    known = around.offer.government(context.document) is not None
    return known and context.government == context.document and len(around.offer.served()) > 1


def turned_back(context: Context) -> Context | None:
    """Give the part of the list before, None where this is its first."""
    return replace(context, further=context.further - 1) if context.further else None


def of_document(context: Context) -> Context | None:
    """Go back from another country to the document's, None where that was meant all the time."""
    if not context.elsewhere:
        return None
    return replace(context, elsewhere=False, government=context.document, kind="", service="")
