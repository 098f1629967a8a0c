"""New form PIN: somebody chooses one, and types it once more. It is never shown, and nobody can tell it to them."""

from msgspec.structs import replace

from kiosk.journey import form_pin
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.filling import known
from kiosk.journey.form_step import form_step
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.forms import MAX_PIN, is_weak_pin


class NewpinPage(JourneyPage, frozen=True):
    """As ``FormpinPage``; ``again``: it is typed once more. ``problem`` is ``weak`` or ``differs``."""

    again: bool = False
    entered: str = ""
    length: int = MAX_PIN
    ready: bool = False
    problem: str = ""


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    found = known(context)
    return NewpinPage(
        again=found.chosen != "",
        entered=form_pin.dots(found),
        ready=form_pin.is_ready(found),
        problem="weak" if found.weak else "differs" if found.differs else "",
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    found = known(context)
    if (typed := form_pin.typed(found, event)) is not None:
        return Stay(context.keeping(typed))
    if event != Action("submit") or not form_pin.is_ready(found):
        return Stay(context)
    if not found.chosen:
        weak = is_weak_pin(found.typed)
        return Stay(context.keeping(replace(found, chosen="" if weak else found.typed, typed="", weak=weak)))
    if found.typed != found.chosen:
        return Stay(context.keeping(replace(found, chosen="", typed="", differs=True)))
    chosen = replace(found, pin=found.typed, chosen="", typed="", is_asked=False, outcome="")
    return Continue(context.keeping(chosen))


def turned_back(context: Context) -> Context | None:
    """Choose another one, where it was to be typed once more."""
    found = known(context)
    return context.keeping(replace(found, chosen="", typed="", differs=False)) if found.chosen else None


def left(context: Context) -> Context:
    return context.keeping(replace(known(context), chosen="", typed="", pin="", differs=False, weak=False))


NEW_FORM_PIN = form_step(name="new-form-pin", page=page, handle=handle, turned_back=turned_back, left=left)
