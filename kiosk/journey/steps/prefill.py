"""Prefill: whether what a document says of somebody is to be filled in. Nothing is read of it before they say yes."""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey import document, filling
from kiosk.journey.context import Context
from kiosk.journey.events import Action, DocumentRead, DocumentUnread, Event, FieldsRead, ReadFields, ReadingStarted
from kiosk.journey.filling import known
from kiosk.journey.form_step import form_step
from kiosk.journey.offer import text
from kiosk.journey.page import JourneyPage, Side
from kiosk.journey.step import Continue, Outcome, PersonPresence, Stay
from kiosk.journey.surroundings import Surroundings


class PrefillPage(JourneyPage, frozen=True):
    """``questions`` are those that would be answered. ``reader``: "" until they have said yes.

    Then ``ready`` | ``reading`` | ``again`` (could not be read) | ``missing`` (the reader does not work now).
    """

    questions: tuple[str, ...] = ()
    reader: Literal["", "ready", "reading", "again", "missing"] = ""
    side: Side = "below"


def page(context: Context, around: Surroundings) -> JourneyPage:
    found = known(context)
    titles = tuple(text(one.title, context.language) for one in filling.from_document(found))
    if found.prefill != "yes":
        return PrefillPage(questions=titles, side=around.sides.reader)
    return PrefillPage(
        questions=titles, reader=context.reader if around.reader else "missing", side=around.sides.reader
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    found = known(context)
    agreed = found.prefill == "yes"
    match event:
        case Action("agree") if not agreed and around.reader:
            return Stay(replace(context, reader="ready").keeping(replace(found, prefill="yes")))
        case Action("refuse"):
            return _on(context, replace(found, prefill="no"))
        case ReadingStarted() | DocumentUnread() if agreed:
            return Stay(document.note_document(context, around, event))
        case DocumentRead(_, laid) if agreed and laid and not event.seal:
            asked = replace(found, looks=found.looks + 1)
            reading = replace(context, reader="reading").keeping(asked)
            return Stay(reading, (ReadFields(number, asked.looks, laid),))
        case FieldsRead(_, look, values) if agreed and look == found.looks:
            return _on(context, filling.filled(found, values, around.offer.day))
    return Stay(context)


def _on(context: Context, found: filling.FormFilling) -> Continue:
    at = filling.unanswered(found) if found.is_opened else 0
    return Continue(replace(context, reader="ready").keeping(filling.at_question(found, at or 0)))


def turned_back(context: Context) -> Context | None:
    found = known(context)
    if found.prefill != "yes":
        return None
    return replace(context, reader="ready").keeping(replace(found, prefill=""))


PREFILL = form_step(
    name="prefill",
    page=page,
    handle=handle,
    takes={
        ReadingStarted: PersonPresence.HERE,
        DocumentUnread: PersonPresence.HERE,
        DocumentRead: PersonPresence.HERE,
        FieldsRead: PersonPresence.HERE,
    },
    turned_back=turned_back,
)
