"""What the events of a form that was filled in fold to. Pure."""

from msgspec import Struct
from msgspec.structs import replace

from queue_server.domain.appointments import AppointmentId
from queue_server.domain.forms import FilledFormId, FormAnswersId, FormId, FormPurposeId
from queue_server.domain.values import CentreId, Language, Micros, VisitId
from queue_server.eventlog.payload import Payload, UnknownEventError
from queue_server.forms.events import (
    FormAnswersReplaced,
    FormConsentGiven,
    FormConsentWithdrawn,
    FormSaved,
    FormWiped,
)


class FilledForm(Struct, frozen=True):
    """A form that was filled in; ``answers`` is None once they are wiped before their end. ``saved_at`` is the last."""

    id: FilledFormId
    centre: CentreId
    form: FormId
    answers: FormAnswersId | None
    consents: tuple[FormPurposeId, ...]
    language: Language
    visit: VisitId | None
    appointment: AppointmentId | None
    ends_at: Micros
    saved_at: Micros
    changed_at: Micros
    seq: int

    def is_kept(self, now: Micros) -> bool:
        """Tell whether its answers may still be read."""
        return self.answers is not None and now < self.ends_at


def evolve(before: FilledForm | None, body: Payload, seq: int, at: Micros) -> FilledForm:
    """Fold one event into a form that was filled in.

    Raises:
        UnknownEventError: it does not belong here.
    """
    if before is None:
        if not isinstance(body, FormSaved):
            raise UnknownEventError(type=body.type, v=body.v)
        return FilledForm(
            id=body.filled,
            centre=body.centre,
            form=body.form,
            answers=body.answers,
            consents=(),
            language=body.language,
            visit=body.visit,
            appointment=body.appointment,
            ends_at=body.ends_at,
            saved_at=at,
            changed_at=at,
            seq=seq,
        )
    now = replace(before, changed_at=at, seq=seq)
    match body:
        case FormConsentGiven():
            return replace(now, consents=(*(one for one in now.consents if one != body.purpose), body.purpose))
        case FormConsentWithdrawn():
            return replace(now, consents=tuple(one for one in now.consents if one != body.purpose))
        case FormAnswersReplaced():
            return replace(now, answers=body.answers, visit=body.visit, ends_at=body.ends_at, saved_at=at)
        case FormWiped():
            return replace(now, answers=None)
        case _:
            raise UnknownEventError(type=body.type, v=body.v)
