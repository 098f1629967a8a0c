"""Address: a technician types where a device is found. It is tried before it is kept."""

from string import ascii_letters, digits

from msgspec.structs import replace

from kiosk.journey.context import Bench, Context
from kiosk.journey.events import Action, AddressAnswered, Event, SetAddress
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import Page
from kiosk.journey.surroundings import Surroundings


class AddressPage(Page, frozen=True):
    """The address of one device, typed so far; ``problem`` is the failure code of one that was not kept."""

    part: str = ""
    entered: str = ""
    busy: bool = False
    problem: str = ""


#: What an address is made of; the keys of the page.
KEYS = frozenset(ascii_letters + digits + ":/.-_+?=&")
LENGTH = 160


def page(context: Context, around: Surroundings, number: int) -> Page:
    del around, number
    bench = context.bench or Bench()
    return AddressPage(part=bench.part, entered=bench.entered, busy=bench.checking, problem=bench.problem)


def opened(context: Context, around: Surroundings, part: str) -> Context | None:
    """Begin with the address that the part has, or give None where there is no such part."""
    found = next((one for one in around.health.parts if one.name == part), None)
    if found is None:
        return None
    return replace(context, bench=Bench(entered=found.address[:LENGTH], part=part, view="addresses"))


def handle(  # noqa: PLR0911 - one case a key
    context: Context, around: Surroundings, event: Event, number: int
) -> Outcome:
    del around
    bench = context.bench or Bench()
    match event:
        case AddressAnswered(_, code) if bench.checking:
            if not code:
                return Continue(replace(context, bench=Bench(view="addresses")))
            return Stay(replace(context, bench=replace(bench, checking=False, problem=code)))
        case Action("key", key) if not bench.checking and key in KEYS and len(bench.entered) < LENGTH:
            return Stay(replace(context, bench=replace(bench, entered=bench.entered + key, problem="")))
        case Action("erase") if not bench.checking:
            return Stay(replace(context, bench=replace(bench, entered=bench.entered[:-1], problem="")))
        case Action("clear") if not bench.checking:
            return Stay(replace(context, bench=replace(bench, entered="", problem="")))
        case Action("submit") if not bench.checking:
            checking = replace(bench, checking=True, problem="")
            return Stay(replace(context, bench=checking), (SetAddress(number, bench.part, bench.entered),))
    return Stay(context)
