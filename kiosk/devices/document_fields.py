"""What stands on a document, for a form of its holder: taken out once they have agreed, and the zone is overwritten."""

from collections.abc import Coroutine, Iterator
from datetime import date

from kiosk.devices.document_session import DocumentSession
from kiosk.journey.events import Effect, FieldsRead, ReadFields
from kiosk.ports import Clock, EventSink
from peripherals.documents.mrz import Mrz, ZoneVerdict
from peripherals.documents.mrz.dates import birth, expiry
from peripherals.documents.summary import letters, number_of
from queue_server.domain.forms import ChipField

type Value = tuple[ChipField, str]

_NATIONALITY = 3
_SEXES = frozenset({"M", "F", "X"})


class DocumentFields:
    """``clock`` is the centre's."""

    def __init__(self, papers: DocumentSession, clock: Clock, events: EventSink) -> None:
        self._papers = papers
        self._clock = clock
        self._events = events

    def work(self, effect: Effect) -> Coroutine[None, None, None] | None:
        """Take the document at once, and give what tells the journey; None where something else is asked."""
        if not isinstance(effect, ReadFields):
            return None
        zone = self._papers.take(effect.laid)
        if zone is None:
            return self._post(FieldsRead(effect.number, effect.look))
        try:
            values = tuple(fields_of(zone, self._clock.now().date()))
        finally:
            zone.wipe()
        return self._post(FieldsRead(effect.number, effect.look, values))

    async def _post(self, read: FieldsRead) -> None:
        self._events.post(read)


def fields_of(zone: Mrz, today: date) -> Iterator[Value]:
    """Give what a zone says of its holder. What it does not say for certain, or not whole, is left out.

    The optional data of a zone is no personal number everywhere, and is left out too.
    """
    if not zone.names_may_be_cut:
        yield from _named(zone)
    if "birth_date" in zone.field_names and _holds(zone, "birth_date"):
        born = birth(zone.field("birth_date"), today)
        if born is not None and born.month and born.day:
            yield ChipField.BIRTH_DATE, born.earliest.isoformat()
    if "expiry_date" in zone.field_names and _holds(zone, "expiry_date"):
        ends = expiry(zone.field("expiry_date"), today)
        if ends is not None:
            yield ChipField.DOCUMENT_EXPIRES, ends.isoformat()
    if "nationality" in zone.field_names and (code := letters(zone.field("nationality"), _NATIONALITY)):
        yield ChipField.NATIONALITY, code
    if "sex" in zone.field_names and (sex := zone.field("sex")) in _SEXES:
        yield ChipField.SEX, sex
    if _holds(zone, "document_number") and (number := number_of(zone)):
        yield ChipField.DOCUMENT_NUMBER, number


def _named(zone: Mrz) -> Iterator[Value]:
    for field, name in ((ChipField.SURNAME, "surname"), (ChipField.GIVEN_NAMES, "given_names")):
        if value := zone.field(name):
            yield field, value


def _holds(zone: Mrz, name: str) -> bool:
    return zone.checks.get(name) is not ZoneVerdict.FAILED
