"""Government: which country's papers it is about. A document says it; else, or for another country, the person does."""

from msgspec.structs import replace

from kiosk.journey import choose, document
from kiosk.journey.context import Context
from kiosk.journey.events import Action, DocumentRead, DocumentUnread, Event, ReadingStarted
from kiosk.journey.offer import text
from kiosk.journey.page import Choice, JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay
from kiosk.journey.surroundings import Surroundings


class GovernmentPage(JourneyPage, frozen=True):
    """Six ``choices`` at most, ``more`` among them: "Another country" leads on."""

    choices: tuple[Choice, ...] = ()
    more: bool = False


def page(context: Context, around: Surroundings) -> JourneyPage:
    cut = choose.cut(around.offer.served(), context)
    return GovernmentPage(
        choices=tuple(Choice(one.id, text(one.name, context.language), badge=one.id) for one in cut.shown),
        more=cut.more,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    match event:
        case Action("choose", ident) if around.offer.government(ident) is not None:
            return Continue(replace(context, government=ident, kind="", service=""))
        case Action("more") if choose.cut(around.offer.served(), context).more:
            return Stay(choose.further(context))
        case ReadingStarted() | DocumentUnread():
            return Stay(document.note_document(context, around, event))
        case DocumentRead():
            # A document that is put down now answers the question.
            noted = document.note_document(context, around, event)
            answered = replace(noted, elsewhere=False)
            return Continue(answered, document.effects(noted, event, number), by="document")
    return Stay(context)


def answer(context: Context, around: Surroundings) -> Context | None:
    """Take what the document says, or the only one there is; who means another country is asked."""
    if context.elsewhere:
        return None
    served = around.offer.served()
    known = [one for one in served if one.id == context.document] or served
    return replace(context, government=known[0].id, kind="", service="") if len(known) == 1 else None


def recheck(context: Context, around: Surroundings) -> Stay | Continue:
    if context.government and around.offer.government(context.government) is None:
        return Stay(replace(context, government="", kind="", service=""))
    return Continue(context)


GOVERNMENT = JourneyStep(
    name="government",
    page=page,
    handle=handle,
    gives=frozenset({"government"}),
    exits=frozenset({"document"}),
    takes={
        ReadingStarted: PersonPresence.HERE,
        DocumentUnread: PersonPresence.HERE,
        DocumentRead: PersonPresence.HERE,
    },
    answer=answer,
    turned_back=choose.turned_back,
    recheck=recheck,
)
