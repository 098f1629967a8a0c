"""Address: a technician types where a device is found. It is tried before it is kept."""

from string import ascii_letters, digits

from msgspec.structs import replace

from kiosk.journey.bench import Bench
from kiosk.journey.context import Context
from kiosk.journey.events import Action, AddressAnswered, Event, SetAddress
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing


class AddressPage(JourneyPage, frozen=True):
    """The address of one device, typed so far; ``problem`` is the failure code of one that was not kept."""

    part: str = ""
    entered: str = ""
    busy: bool = False
    problem: str = ""


#: What an address is made of; the keys of the page.
KEYS = frozenset(ascii_letters + digits + ":/.-_+?=&")
LENGTH = 160


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    bench = context.of(Bench)
    return AddressPage(part=bench.part, entered=bench.entered, busy=bench.checking, problem=bench.problem)


def handle(  # noqa: PLR0911 - one case a key
    context: Context, around: Surroundings, event: Event, number: int
) -> Outcome:
    del around
    bench = context.of(Bench)
    match event:
        case AddressAnswered(_, code) if bench.checking:
            if not code:
                return Continue(context.keeping(Bench(view="addresses")))
            return Stay(context.keeping(replace(bench, checking=False, problem=code)))
        case Action("key", key) if not bench.checking and key in KEYS and len(bench.entered) < LENGTH:
            return Stay(context.keeping(replace(bench, entered=bench.entered + key, problem="")))
        case Action("erase") if not bench.checking:
            return Stay(context.keeping(replace(bench, entered=bench.entered[:-1], problem="")))
        case Action("clear") if not bench.checking:
            return Stay(context.keeping(replace(bench, entered="", problem="")))
        case Action("submit") if not bench.checking:
            checking = replace(bench, checking=True, problem="")
            return Stay(context.keeping(checking), (SetAddress(number, bench.part, bench.entered),))
    return Stay(context)


def opened(context: Context, around: Surroundings, event: Event, number: int) -> Stay | None:
    """Begin with the address that the part has; there is no page where there is no such part."""
    del number
    part = event.argument if isinstance(event, Action) else ""
    found = next((one for one in around.health.parts if one.name == part), None)
    if found is None:
        return None
    return Stay(context.keeping(Bench(entered=found.address[:LENGTH], part=part, view="addresses")))


def left(context: Context) -> Context:
    return context.keeping(Bench(view="addresses"))


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    del context, around
    return StepTimeout(timing.technician)


ADDRESS = JourneyStep(
    name="address",
    page=page,
    handle=handle,
    takes={AddressAnswered: PersonPresence.NONE},
    opened=opened,
    left=left,
    patience=patience,
    aside=True,
)
