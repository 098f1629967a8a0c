"""Service: what the person comes for, the most used first."""

from msgspec.structs import replace

from kiosk.journey import choose
from kiosk.journey.closed_today import are_closed_today
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.offer import text
from kiosk.journey.page import Choice, JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from kiosk.journey.upcoming_wait import wait_of_choice
from queue_server.contract.catalogue import ServiceView


class ServicePage(JourneyPage, frozen=True):
    kind: str = ""
    choices: tuple[Choice, ...] = ()
    more: bool = False


def page(context: Context, around: Surroundings) -> JourneyPage:
    kind = around.offer.kind(context.government, context.kind)
    cut = _cut(context, around)
    return ServicePage(
        kind=text(kind.name, context.language) if kind else "",
        choices=tuple(
            Choice(
                one.id,
                text(one.name, context.language),
                icon=around.offer.icon(one),
                wait=wait_of_choice(one.id, context, around),
                closed=are_closed_today((one,), around),
            )
            for one in cut.shown
        ),
        more=cut.more,
    )


def _cut(context: Context, around: Surroundings) -> choose.VisibleChoices[ServiceView]:
    return choose.cut(around.offer.services_of(context.government, context.kind), context)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    match event:
        case Action("choose", ident) if around.offer.service(context.government, context.kind, ident):
            return Continue(replace(context, service=ident))
        case Action("more") if _cut(context, around).more:
            return Stay(choose.further(context))
    return Stay(context)


def answer(context: Context, around: Surroundings) -> Context | None:
    services = around.offer.services_of(context.government, context.kind)
    return replace(context, service=services[0].id) if len(services) == 1 else None


def recheck(context: Context, around: Surroundings) -> Stay | Continue:
    if context.service and around.offer.service(context.government, context.kind, context.service) is None:
        return Stay(replace(context, service=""))
    return Continue(context)


SERVICE = JourneyStep(
    name="service",
    page=page,
    handle=handle,
    needs=frozenset({"government", "kind"}),
    gives=frozenset({"service"}),
    answer=answer,
    turned_back=choose.turned_back,
    recheck=recheck,
)
