"""A form is filled in: opened, saved, and filled in from a document."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from queue_server.domain.forms import ChipField, FormAnswer, FormFieldId, FormPurposeId


class OpenForm(msgspec.Struct, frozen=True):
    """Effect: open a form that somebody has begun; answered by ``FormOpened``.

    ``visit`` is the ticket to which it belongs from now on, empty where they have none.
    """

    number: int
    look: int
    code: str
    pin: str
    visit: str = ""

    def __repr__(self) -> str:
        return f"OpenForm(number={self.number}, look={self.look}, ...)"


class FormOpened(msgspec.Struct, frozen=True):
    """Answer to ``OpenForm``. ``form`` is its id, ``answers`` those that were saved.

    ``not-opened``: code or PIN are wrong, or it is there no longer. ``slowed``: too many were wrong here, and none is
    looked at for ``wait_s``.
    """

    number: int
    look: int
    outcome: Literal["opened", "not-opened", "slowed", "away"]
    form: str = ""
    answers: Mapping[str, FormAnswer] = {}
    consents: tuple[str, ...] = ()
    wait_s: int = 0

    def __repr__(self) -> str:
        return f"FormOpened(number={self.number}, look={self.look}, outcome={self.outcome!r}, ...)"


class SaveForm(msgspec.Struct, frozen=True):
    """Effect: have the answers kept at the server; answered by ``FormStored``. The very same again is no second one.

    With a ``code`` they take the place of those that were saved under it. ``pin`` is empty where nobody wants to open
    it again.
    """

    number: int
    look: int
    form: str
    answers: tuple[tuple[FormFieldId, FormAnswer], ...]
    consents: tuple[FormPurposeId, ...]
    language: str
    pin: str = ""
    visit: str = ""
    code: str = ""

    def __repr__(self) -> str:
        return f"SaveForm(number={self.number}, look={self.look}, ...)"


class FormStored(msgspec.Struct, frozen=True):
    """Answer to ``SaveForm``. ``code`` opens it again, ``until`` is the last day on which it is kept (ISO 8601).

    ``answers``: the server does not take what was answered to ``field``. ``gone``: the form is another one now, or is
    there no longer.
    """

    number: int
    look: int
    outcome: Literal["saved", "answers", "not-opened", "gone", "slowed", "refused", "away"]
    code: str = ""
    until: str = ""
    field: str = ""
    wait_s: int = 0

    def __repr__(self) -> str:
        return f"FormStored(number={self.number}, look={self.look}, outcome={self.outcome!r}, ...)"


class ReadFields(msgspec.Struct, frozen=True):
    """Effect: take what the document says of its holder, and overwrite it; answered by ``FieldsRead``.

    Nobody asks this but with the consent of the person, and nothing of it is held beside the answer.
    """

    number: int
    look: int
    laid: int


class FieldsRead(msgspec.Struct, frozen=True):
    """Answer to ``ReadFields``: what stands on the document, and holds; dates are ISO 8601."""

    number: int
    look: int
    values: tuple[tuple[ChipField, str], ...] = ()

    def __repr__(self) -> str:
        return f"FieldsRead(number={self.number}, look={self.look}, ...)"


class PrintFormSlip(msgspec.Struct, frozen=True):
    """Effect: print the code of a form and until when it is kept (ISO 8601); answered by ``FormSlipPrinted``."""

    number: int
    look: int
    language: str
    title: str
    code: str
    until: str

    def __repr__(self) -> str:
        return f"PrintFormSlip(number={self.number}, look={self.look}, ...)"


class FormSlipPrinted(msgspec.Struct, frozen=True):
    number: int
    look: int
    is_printed: bool
