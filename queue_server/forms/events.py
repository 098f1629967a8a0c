"""The events of ``form/<id>``: that somebody filled in a form, and to what they consent. Pure.

Nobody is named and nothing of what was answered stands here: that lies in the vault, under the id that is named.
"""

from typing import Final

from queue_server.domain.appointments import AppointmentId
from queue_server.domain.forms import FilledFormId, FormAnswersId, FormId, FormPurposeId, FormWipeReason
from queue_server.domain.values import CentreId, Language, Micros, VisitId
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload


class FormSaved(Payload, frozen=True):
    """First event: a form was filled in and saved."""

    type = "form-saved"
    filled: FilledFormId
    centre: CentreId
    form: FormId
    answers: FormAnswersId
    language: Language
    visit: VisitId | None
    appointment: AppointmentId | None
    ends_at: Micros


class FormConsentGiven(Payload, frozen=True):
    """They consented to a purpose, in the words of a version of the catalogue, read in a language."""

    type = "form-consent-given"
    filled: FilledFormId
    purpose: FormPurposeId
    version: int
    language: Language


class FormConsentWithdrawn(Payload, frozen=True):
    """They consent to a purpose no more."""

    type = "form-consent-withdrawn"
    filled: FilledFormId
    purpose: FormPurposeId


class FormAnswersReplaced(Payload, frozen=True):
    """Other answers stand in place of those before, or the same ones for a visit or until another end."""

    type = "form-answers-replaced"
    filled: FilledFormId
    answers: FormAnswersId
    visit: VisitId | None
    ends_at: Micros


class FormWiped(Payload, frozen=True):
    """All answers were wiped before their end."""

    type = "form-wiped"
    filled: FilledFormId
    reason: FormWipeReason


#: What the fields mean.
MEANINGS: Final = {
    "answers": "What was answered, in the vault.",
    "appointment": "The appointment to which it belongs.",
    "centre": "The centre.",
    "ends_at": "When the answers are wiped.",
    "filled": "What was filled in.",
    "form": "The form, as the catalogue names it.",
    "language": "The language in which it was read.",
    "purpose": "What the answers are wanted for, as the catalogue names it.",
    "reason": "Why the answers were wiped.",
    "version": "The version of the catalogue that was shown.",
    "visit": "The visit to which it belongs.",
}

CODEC: Final = Codec((FormSaved, FormConsentGiven, FormConsentWithdrawn, FormAnswersReplaced, FormWiped))
