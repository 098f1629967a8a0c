"""Forms that people fill in at home, at a kiosk or with staff: what devices and the server alike say of them. Pure.

Answers that were saved are opened by a code together with a PIN. The code has ten signs of 28 (48 bits) and names one
form that was filled in, at one centre; the PIN is the person's own. By one of the two alone nobody learns anything, not
even that there is something.
"""

from enum import StrEnum
from itertools import pairwise
from typing import Final, NewType

from queue_server.domain.typed_codes import in_groups, read_digits, read_signs

#: A form, as the catalogue of its centre names it.
FormId = NewType("FormId", str)
#: A question of a form.
FormFieldId = NewType("FormFieldId", str)
#: What the answers of a form are wanted for, as its catalogue names it.
FormPurposeId = NewType("FormPurposeId", str)
#: A form that somebody has filled in.
FilledFormId = NewType("FilledFormId", str)
#: What was answered, in the vault.
FormAnswersId = NewType("FormAnswersId", str)
#: The code of a form that was filled in, without its space (``HS4K7KM2QR``).
FormCode = NewType("FormCode", str)

#: What is answered: text, the id of a choice, a date (``YYYY-MM-DD``), yes or no, or a whole number.
FormAnswer = str | bool | int


class FormFieldKind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes-no"
    NUMBER = "number"


class FormSigns(StrEnum):
    """Which signs a text may have."""

    #: Whatever people write.
    ANY = "any"
    DIGITS = "digits"
    #: Capital letters and digits, as on documents.
    DOCUMENT = "document"
    #: ``+`` and digits (ITU-T E.164).
    TELEPHONE = "telephone"
    EMAIL = "email"


class FormDates(StrEnum):
    """Which dates are an answer."""

    ANY = "any"
    #: Today or before.
    PAST = "past"
    #: Today or later.
    FUTURE = "future"


class ChipField(StrEnum):
    """What a document says of its holder, and a form asks: with consent it is filled in from there."""

    SURNAME = "surname"
    GIVEN_NAMES = "given-names"
    BIRTH_DATE = "birth-date"
    NATIONALITY = "nationality"
    SEX = "sex"
    DOCUMENT_NUMBER = "document-number"
    DOCUMENT_EXPIRES = "document-expires"
    PERSONAL_NUMBER = "personal-number"


class FormWipeReason(StrEnum):
    """Why answers were wiped before their end."""

    #: The person does not consent any more.
    WITHDRAWN = "withdrawn"
    #: Staff wiped them.
    STAFF = "staff"


# --- code and PIN ----------------------------------------------------------------------------------------------------

#: How many signs a code has, and in which groups it is printed and typed.
FORM_CODE_LENGTH: Final = 10
FORM_CODE_GROUP: Final = 5
MIN_PIN: Final = 6
MAX_PIN: Final = 8


def read_form_code(typed: str) -> FormCode | None:
    """Read a code as people type it (``typed_codes``); None where it can be none."""
    code = read_signs(typed, FORM_CODE_LENGTH)
    return None if code is None else FormCode(code)


def shown_form_code(code: FormCode) -> str:
    """Write a code for people: in two groups of five."""
    return in_groups(code, FORM_CODE_GROUP)


def read_pin(typed: str) -> str | None:
    """Read a PIN as people type it, in digits of any script; None where it can be none."""
    digits = read_digits(typed)
    return digits if digits is not None and MIN_PIN <= len(digits) <= MAX_PIN else None


def is_weak_pin(pin: str) -> bool:
    """Tell whether a PIN is among those that are tried first: one or two digits again and again, or a row of them."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(set(pin)) <= 2 or (len(steps) == 1 and steps <= {1, 9})  # noqa: PLR2004 - two digits
