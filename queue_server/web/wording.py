"""Words of the pages: gettext with safe placeholders, and the names of what the engine only enumerates."""

from functools import lru_cache
from typing import Final

from babel import Locale
from babel.numbers import format_decimal
from babel.support import NullTranslations
from markupsafe import Markup

from queue_server.domain.values import (
    ApplicationState,
    CallReason,
    Category,
    CorrectionReason,
    HelpKind,
    HelpSubject,
    ParkReason,
    PauseReason,
    StepId,
    TicketCode,
    TransferReason,
)

#: Stands where there is no number.
NOTHING: Final = "–"  # noqa: RUF001 - a dash is what stands in tables
#: A share of fewer than these is written in numbers: one visit more would move it by over five of a hundred.
FEWEST: Final = 20


class MarkupTranslations:
    """Translate into one language. What comes out is markup: placeholders are escaped, or are markup themselves.

    A page says a hundred sentences that have no placeholder, and they are always the same: each is made once.
    """

    def __init__(self, translations: NullTranslations) -> None:
        self._translations = translations
        self._fixed: dict[str, Markup] = {}

    def __call__(self, text: str, /, **values: object) -> Markup:
        if values:
            return self._fill(text, values)
        fixed = self._fixed.get(text)
        if fixed is None:
            fixed = self._fixed[text] = self._fill(text, values)
        return fixed

    def _fill(self, text: str, values: dict[str, object]) -> Markup:
        return Markup(self._translations.ugettext(text)) % values  # noqa: S704 - our own catalogue, values are escaped

    def ngettext(self, one: str, many: str, count: int, /, **values: object) -> Markup:
        """Choose by the plural rule of the language; ``%(count)s`` is the number."""
        text = self._translations.ungettext(one, many, count)
        return Markup(text) % {"count": count, **values}  # noqa: S704 - our own catalogue, values are escaped


@lru_cache(maxsize=4096)
def ticket(code: TicketCode | str) -> Markup:
    """Write a ticket code as it stands everywhere: ``B 042``, left to right, letter light, digits heavy."""
    return Markup('<bdi class="code" dir="ltr">{}\N{NO-BREAK SPACE}<b>{}</b></bdi>').format(code[:1], code[1:])


def whole(number: int) -> str:
    """Write a number, its thousands apart."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def decimal(locale: Locale, number: float) -> str:
    """Write a number with one digit behind the sign of its language, in western digits as all numbers of the pages."""
    return format_decimal(number, "0.0", locale=locale, numbering_system="latn")


def percent(number: int | Markup) -> Markup:
    """Write so many of a hundred: the sign stands behind the number, also where lines run from the right."""
    return Markup('<bdi dir="ltr">{}\N{NARROW NO-BREAK SPACE}%</bdi>').format(number)


def share(_: MarkupTranslations, part: int, whole: int) -> Markup:
    """Write a share in percent, rounded down, so that 100 is all of them; of few in numbers, of nothing a dash."""
    if whole == 0:
        return Markup.escape(NOTHING)
    if whole < FEWEST:
        return _("%(part)s of %(all)s", part=part, all=whole)
    return percent(100 * part // whole)


def key_cap(_: MarkupTranslations, keys: str) -> str:
    """Name keys as they stand on keyboards where the language is typed: ``Shift P`` is ``Maj P`` in French."""
    named = {"Space": _("Space"), "Enter": _("Enter"), "Shift": _("Shift"), "Esc": _("Esc")}
    return " ".join(named.get(part, part) for part in keys.split(" "))


def plain(text: str) -> str:
    """Take the tags out of a sentence, for an attribute or a title."""
    return Markup(text).striptags()  # noqa: S704 - only read back as text


def category(_: MarkupTranslations, value: Category) -> Markup:
    return {
        Category.APPOINTMENT: _("Appointment"),
        Category.WALK_IN: _("Walk-in"),
        Category.PRIORITY: _("Priority"),
        Category.URGENT: _("Urgent"),
    }[value]


def appointment(_: MarkupTranslations, time: str | None) -> Markup:
    """Name an appointment by its time, where that is known."""
    return _("Appointment") if time is None else _("Appointment %(time)s", time=time)


def pause_reason(_: MarkupTranslations, value: PauseReason) -> Markup:
    return {
        PauseReason.BREAK: _("break"),
        PauseReason.PAPERWORK: _("paperwork"),
        PauseReason.TRAINING: _("training"),
        PauseReason.FAULT: _("fault"),
    }[value]


def help_kind(_: MarkupTranslations, value: HelpKind, about: HelpSubject | None = None) -> Markup:
    parts = {
        HelpSubject.PRINTER: _("The printer does not work"),
        HelpSubject.READER: _("The document reader does not work"),
        HelpSubject.TERMINAL: _("The card terminal does not work"),
    }
    if value is HelpKind.FAULT and about in parts:
        return parts[about]
    return {
        HelpKind.HELP: _("Somebody asks for help"),
        HelpKind.PRIVATE: _("Private room"),
        HelpKind.PAPER: _("Paper has run out"),
        HelpKind.FAULT: _("Something does not work"),
    }[value]


def help_page(_: MarkupTranslations, value: HelpSubject | None) -> Markup | None:
    """Say at which page of a kiosk a person stands; None where a call is not about that."""
    pages = {
        HelpSubject.START: _("at the first page"),
        HelpSubject.DOCUMENT: _("at the document"),
        HelpSubject.CHOICE: _("choosing the service"),
        HelpSubject.CONFIRM: _("before the ticket"),
        HelpSubject.PAYMENT: _("at the payment"),
        HelpSubject.TICKET: _("has a ticket"),
        HelpSubject.PLACE: _("shows a ticket"),
    }
    return None if value is None else pages.get(value)


def park_reason(_: MarkupTranslations, value: ParkReason) -> Markup:
    return {
        ParkReason.DOCUMENT: _("fetches a document"),
        ParkReason.FORM: _("fills in a form"),
        ParkReason.PHOTO: _("has a photo taken"),
        ParkReason.PAYMENT: _("pays"),
        ParkReason.OTHER: _("something else"),
    }[value]


def transfer_reason(_: MarkupTranslations, value: TransferReason) -> Markup:
    return {
        TransferReason.NEXT_STEP: _("Goes on with the next step"),
        TransferReason.LANGUAGE: _("Language"),
        TransferReason.WRONG_STEP: _("Wrong step"),
        TransferReason.SPECIALIST: _("Needs a specialist"),
        TransferReason.CONFLICT: _("Conflict of interest"),
        TransferReason.COMPLAINT: _("Complaint"),
        TransferReason.OTHER: _("Something else"),
    }[value]


def call_reason(_: MarkupTranslations, value: CallReason) -> Markup:
    return {
        CallReason.RETURNING: _("Comes back with what was missing"),
        CallReason.LANGUAGE: _("Language"),
        CallReason.AGREED: _("Agreed with the person"),
        CallReason.MISTAKE: _("Puts a mistake right"),
        CallReason.OTHER: _("Something else"),
    }[value]


def correction_reason(_: MarkupTranslations, value: CorrectionReason) -> Markup:
    return {
        CorrectionReason.WITHOUT_ITEMS: _("Nothing was handed in for it"),
        CorrectionReason.AUTHORITY: _("The authority says so"),
        CorrectionReason.APPLICANT: _("The person says so"),
        CorrectionReason.MISTAKE: _("Something was recorded wrongly"),
    }[value]


def application_state(_: MarkupTranslations, value: ApplicationState) -> Markup:
    return {
        ApplicationState.DRAFT: _("Draft"),
        ApplicationState.RECEIVED: _("Received"),
        ApplicationState.AT_AUTHORITY: _("At the authority"),
        ApplicationState.RETURNED: _("Returned"),
        ApplicationState.READY: _("Ready"),
        ApplicationState.HANDED_OVER: _("Handed over"),
        ApplicationState.WITHDRAWN: _("Withdrawn"),
    }[value]


def party(_: MarkupTranslations, size: int) -> Markup:
    return _("Alone") if size == 1 else _.ngettext("Party of %(count)s", "Party of %(count)s", size)


#: Pictures of the usual stops of a journey; any other stop gets the plain seat.
_STEP_ICONS = {
    "reception": "reception",
    "documents": "doc",
    "biometrics": "finger",
    "payment": "card",
    "interview": "talk",
    "submission": "submit",
    "collection": "collect",
}


def step_icon(step: StepId) -> str:
    return _STEP_ICONS.get(step, "seat")
