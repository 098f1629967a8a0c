"""Messages of forms: what is asked, what was answered, and to what somebody consents."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from queue_server.contract.base import LanguageTag, Message, Name, Names, Uuid
from queue_server.domain.forms import (
    ChipField,
    FilledFormId,
    FormAnswer,
    FormDates,
    FormFieldId,
    FormFieldKind,
    FormId,
    FormPurposeId,
    FormSigns,
)
from queue_server.domain.values import ServiceId

#: Answers by the id of their question; a question that is not answered is left out.
FormAnswers = Annotated[dict[Name, FormAnswer], Meta(max_length=60)]
#: Purposes to which somebody consents.
Consents = Annotated[tuple[Name, ...], Meta(max_length=10)]
#: As it is typed: digits of any script, perhaps with spaces.
TypedPin = Annotated[str, Meta(min_length=1, max_length=64)]
#: As it is typed: small letters and spaces are no matter.
TypedCode = Annotated[str, Meta(min_length=1, max_length=64)]


# --- what is asked -----------------------------------------------------------------------------------------------


class FormChoiceView(Message, frozen=True):
    """One of the answers to choose from."""

    id: str
    """What the answer is then."""
    title: Names
    """What it is called, by language."""


class FormPurposeView(Message, frozen=True):
    """What answers are wanted for: people consent to each by itself."""

    id: FormPurposeId
    """Id of the purpose."""
    text: Names
    """What the answers are wanted for, in plain words, by language."""
    required: bool
    """Whether the form cannot be saved without it."""


class FormFieldView(Message, frozen=True):
    """A question of a form."""

    id: FormFieldId
    """Id of the question."""
    kind: FormFieldKind
    """How it is answered."""
    title: Names
    """The question, by language."""
    purpose: FormPurposeId
    """What the answer is wanted for; without consent to that it is neither asked nor taken."""
    required: bool
    """Whether it must be answered, where its purpose is consented to."""
    help: Names = msgspec.field(default_factory=dict)
    """A word more about it, by language; empty where there is none."""
    max_length: int | None = None
    """How many characters a `text` may have; null for other kinds."""
    lines: bool = False
    """Whether a `text` may have several lines."""
    signs: FormSigns = FormSigns.ANY
    """Which signs a `text` may have."""
    dates: FormDates = FormDates.ANY
    """Which dates are taken."""
    choices: tuple[FormChoiceView, ...] = ()
    """The answers of a `choice`, in their order."""
    minimum: int | None = None
    """The least `number`; null for other kinds."""
    maximum: int | None = None
    """The greatest `number`; null for other kinds."""
    from_chip: ChipField | None = None
    """What of a document answers it; null where nothing does."""


class FormView(Message, frozen=True):
    """A form that can be filled in."""

    id: FormId
    """Id of the form."""
    services: tuple[ServiceId, ...]
    """Ids of the services for which it is."""
    title: Names
    """What it is called, by language."""
    purposes: tuple[FormPurposeView, ...]
    """What the answers are wanted for."""
    fields: tuple[FormFieldView, ...]
    """The questions, in their order."""
    retention_days: int
    """How many days answers are kept that belong to no visit and no appointment."""


class FormsAnswer(Message, frozen=True):
    """The forms for a service."""

    forms: tuple[FormView, ...]
    """The forms, in the order in which they are filled in; empty where there are none."""


# --- what is answered --------------------------------------------------------------------------------------------


class SaveFormRequest(Message, frozen=True):
    """Save a form that somebody has filled in. Answers go into the vault."""

    form: Name
    """Id of the form."""
    answers: FormAnswers
    """What was answered."""
    consents: Consents
    """Ids of the purposes to which the person consents; all that are required must be among them."""
    language: LanguageTag
    """The language in which it was filled in (BCP 47)."""
    pin: TypedPin | None = None
    """The PIN with which it is opened again, 6 to 8 digits; it may be left out where it belongs to a visit."""
    visit: Uuid | None = None
    """Id of the visit to which it belongs."""
    appointment: Annotated[str, Meta(max_length=64)] | None = None
    """The token of the appointment to which it belongs, as its link and QR code have it."""


class SavedFormAnswer(Message, frozen=True):
    """A form was saved."""

    id: FilledFormId
    """Id of what was filled in (a UUID)."""
    until: datetime
    """When the answers are wiped (UTC)."""
    code: str | None = None
    """With this and the PIN it is opened again, ten signs; it is told here alone. Null where there is no PIN."""


class OpenFormRequest(Message, frozen=True):
    """Open a form that was saved."""

    code: TypedCode
    """The code, as it was told when it was saved."""
    pin: TypedPin
    """The PIN that the person chose."""
    visit: Uuid | None = None
    """Id of the visit to which it belongs from now on."""


class OpenedFormAnswer(Message, frozen=True):
    """A form that was filled in, as it is now."""

    id: FilledFormId
    """Id of what was filled in (a UUID)."""
    form: FormId
    """Id of the form."""
    answers: dict[str, FormAnswer]
    """What was answered, by the id of the question."""
    consents: tuple[FormPurposeId, ...]
    """Ids of the purposes to which the person consents."""
    language: str
    """The language in which it was filled in (BCP 47)."""
    saved_at: datetime
    """When it was changed last (UTC)."""
    until: datetime
    """When the answers are wiped (UTC)."""


class ChangeFormRequest(Message, frozen=True):
    """Change the answers of a form that was saved: these stand in place of those before."""

    code: TypedCode
    """The code, as it was told when it was saved."""
    pin: TypedPin
    """The PIN that the person chose."""
    answers: FormAnswers
    """All that is answered now."""
    consents: Consents
    """Ids of all purposes to which the person consents now."""


class WithdrawConsentRequest(Message, frozen=True):
    """Consent no more: the answers for these purposes are wiped, and all where one of them is required."""

    code: TypedCode
    """The code, as it was told when it was saved."""
    pin: TypedPin
    """The PIN that the person chose."""
    purposes: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=10)]
    """Ids of the purposes."""


class ConsentWithdrawnAnswer(Message, frozen=True):
    """Somebody consents no more."""

    consents: tuple[FormPurposeId, ...]
    """Ids of the purposes to which they still consent."""
    wiped: bool
    """Whether all that was answered is wiped, and code and PIN open nothing any more."""


class AnswerVisitFormRequest(Message, frozen=True):
    """Change the answers of a form of a visit, together with its person."""

    answers: FormAnswers
    """All that is answered now."""
    consents: Consents
    """Ids of all purposes to which the person consents now."""


class FilledFormView(Message, frozen=True):
    """That a form was filled in, without what was answered."""

    id: FilledFormId
    """Id of what was filled in (a UUID)."""
    form: FormId
    """Id of the form."""
    consents: tuple[FormPurposeId, ...]
    """Ids of the purposes to which the person consents."""
    saved_at: datetime
    """When it was changed last (UTC)."""
    until: datetime
    """When the answers are wiped (UTC)."""


class VisitFormsAnswer(Message, frozen=True):
    """The forms that were filled in for a visit."""

    forms: tuple[FilledFormView, ...]
    """The forms, the one that was saved first before the others."""
