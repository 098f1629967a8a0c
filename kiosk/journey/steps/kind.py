"""Kind of service: what it is about. The centre's groups, the most used first."""

from msgspec.structs import replace

from kiosk.journey import checking_in, choose
from kiosk.journey.closed_today import are_closed_today
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.foreseen import ForeseenWait
from kiosk.journey.offer import text
from kiosk.journey.page import Choice, JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from kiosk.journey.upcoming_wait import wait_of_choice
from queue_server.contract.catalogue import KindView


class KindPage(JourneyPage, frozen=True):
    """As before. ``told``: the document said the country, and another one is a touch away.

    ``collects``: documents can be collected here. ``books``: the centre gives appointments. ``away``: the
    server cannot be asked for either now.
    """

    government: str = ""
    told: bool = False
    collects: bool = False
    books: bool = False
    away: bool = False
    choices: tuple[Choice, ...] = ()
    more: bool = False


def page(context: Context, around: Surroundings) -> JourneyPage:
    government = around.offer.government(context.government)
    cut = _cut(context, around)
    return KindPage(
        government=text(government.name, context.language) if government else "",
        told=choose.is_told_apart(context, around),
        collects=around.collects,
        books=around.offer.appointments,
        away=not around.health.connected,
        choices=tuple(
            Choice(
                one.id,
                text(one.name, context.language),
                icon=one.icon,
                wait=_wait(one, context, around),
                closed=are_closed_today(around.offer.services_of(context.government, one.id), around),
            )
            for one in cut.shown
        ),
        more=cut.more,
    )


def _wait(kind: KindView, context: Context, around: Surroundings) -> ForeseenWait | None:
    """Say how long it takes where a kind has one service: which one it is will not be asked."""
    services = around.offer.services_of(context.government, kind.id)
    return wait_of_choice(services[0].id, context, around) if len(services) == 1 else None


def _cut(context: Context, around: Surroundings) -> choose.VisibleChoices[KindView]:
    """Leave a place for "Another country" where the document has said this one, and for what else is done here."""
    most = choose.MAX - choose.is_told_apart(context, around) - around.collects - around.offer.appointments
    return choose.cut(around.offer.kinds_of(context.government), context, most)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    match event:
        case Action("choose", ident) if around.offer.kind(context.government, ident) is not None:
            return Continue(replace(context, kind=ident, service=""))
        case Action("elsewhere") if choose.is_told_apart(context, around):
            return Continue(replace(context, elsewhere=True, government="", kind="", service=""), by="elsewhere")
        case Action("collect") if around.collects:
            return Continue(context, by="collect")
        case Action("check-in") if around.offer.appointments:
            return Continue(checking_in.begun_anew(context), by="check-in")
        case Action("more") if _cut(context, around).more:
            return Stay(choose.further(context))
    return Stay(context)


def answer(context: Context, around: Surroundings) -> Context | None:
    """Take the only one there is, unless another country could be meant, or they may have come for something else."""
    if choose.is_told_apart(context, around) or around.collects or around.offer.appointments:
        return None
    kinds = around.offer.kinds_of(context.government)
    return replace(context, kind=kinds[0].id, service="") if len(kinds) == 1 else None


def recheck(context: Context, around: Surroundings) -> Stay | Continue:
    if context.kind and around.offer.kind(context.government, context.kind) is None:
        return Stay(replace(context, kind="", service=""))
    return Continue(context)


KIND = JourneyStep(
    name="kind",
    page=page,
    handle=handle,
    needs=frozenset({"government"}),
    gives=frozenset({"kind"}),
    exits=frozenset({"elsewhere", "collect", "check-in"}),
    answer=answer,
    turned_back=choose.turned_back,
    recheck=recheck,
)
