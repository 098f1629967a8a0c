"""Writes golden streams of forms: ``python -m tests.golden.make_forms NAME``.

As with those of the queue: under a new name when an event gets a new version, and never again for an old one.
"""

import sys

from queue_server.domain.appointments import AppointmentId
from queue_server.domain.forms import FilledFormId, FormAnswersId, FormId, FormPurposeId, FormWipeReason
from queue_server.domain.values import HOUR, CentreId, Language, Micros, VisitId
from queue_server.forms import decide
from queue_server.forms.events import FormConsentGiven, FormConsentWithdrawn, FormSaved
from queue_server.forms.model import FilledForm
from queue_server.forms.store import FORMS
from tests.golden.stored import ROOT, Deed, played, write

FILLED, VISIT = FilledFormId("01a21000-0000-7000-8000-0000000000f1"), VisitId("01a21000-0000-7000-8000-0000000000f2")
ROWS = [FormAnswersId(f"01a21000-0000-7000-8000-0000000000a{number}") for number in range(4)]
MAIN, MORE = FormPurposeId("travel"), FormPurposeId("police")
END = Micros(1_900_000_000_000_000)
SAVED = FormSaved(
    filled=FILLED,
    centre=CentreId("harbour"),
    form=FormId("xal-emergency-travel"),
    answers=ROWS[0],
    language=Language("ar"),
    visit=None,
    appointment=AppointmentId("01a21000-0000-7000-8000-0000000000b1"),
    ends_at=END,
)


def _known(before: FilledForm | None) -> FilledForm:
    assert before is not None
    return before


DEEDS: tuple[Deed, ...] = (
    lambda before: decide.save(before, SAVED, (), 7),
    lambda _: (FormConsentGiven(FILLED, MAIN, 7, Language("ar")),),
    lambda _: (FormConsentGiven(FILLED, MORE, 8, Language("ar")),),
    lambda before: decide.replace(_known(before), ROWS[1], (MAIN, MORE), 8, END),
    lambda before: decide.carry(_known(before), ROWS[2], VISIT, Micros(END + HOUR)),
    lambda _: (FormConsentWithdrawn(FILLED, MORE),),
    lambda before: decide.wipe(before, FormWipeReason.STAFF),
)


if __name__ == "__main__":
    bodies, found = played(FORMS, DEEDS)
    write(ROOT / "forms" / sys.argv[1], bodies, found, "key-{}#0a0b0c0d", "staff/s1")
