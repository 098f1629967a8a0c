"""What the journey shows: one frozen value a page, all that its QML file needs and nothing else.

Text that belongs to the kiosk is in the QML files (and their translations); names of governments, services and
places come from the catalogue in the person's language and travel here as text.
"""

from typing import Literal

import msgspec


class Choice(msgspec.Struct, frozen=True):
    """One thing to choose: ``icon`` names a file of ``kit/icons``; ``badge`` stands in the well instead of it."""

    id: str
    label: str
    icon: str = ""
    badge: str = ""
    suggested: bool = False


class Stop(msgspec.Struct, frozen=True):
    """One step of the visit, in order; ``place`` is empty where the catalogue names none."""

    label: str
    place: str = ""


class Language(msgspec.Struct, frozen=True):
    code: str
    endonym: str


class Page(msgspec.Struct, frozen=True, tag_field="page", tag=lambda name: name.removesuffix("Page").lower()):
    """What every page has: ``step`` of ``steps`` dots (0 = outside of the journey), and what the bar can do."""

    step: int = 0
    steps: int = 5
    can_back: bool = True
    can_restart: bool = True
    can_language: bool = True
    centre: str = ""


class SetupPage(Page, frozen=True):
    """The kiosk is not enrolled: digits of the enrolment code typed so far; ``problem`` is a failure code or empty."""

    entered: str = ""
    length: int = 8
    busy: bool = False
    problem: str = ""


class LanguagePage(Page, frozen=True):
    languages: tuple[Language, ...] = ()
    no_paper: bool = False


class IdentifyPage(Page, frozen=True):
    """Put the document on the reader, or go on without.

    ``reader``: ``ready`` | ``reading`` | ``again`` (could not be read, put it down again) | ``missing`` (no reader).
    """

    reader: Literal["ready", "reading", "again", "missing"] = "ready"
    no_paper: bool = False


class GovernmentPage(Page, frozen=True):
    choices: tuple[Choice, ...] = ()


class KindPage(Page, frozen=True):
    government: str = ""
    choices: tuple[Choice, ...] = ()


class ServicePage(Page, frozen=True):
    kind: str = ""
    choices: tuple[Choice, ...] = ()


class ConfirmPage(Page, frozen=True):
    service: str = ""
    government: str = ""
    icon: str = ""
    stops: tuple[Stop, ...] = ()
    no_paper: bool = False


class TicketPage(Page, frozen=True):
    """The ticket exists.

    ``paper``: ``printing`` | ``taken`` (on paper) | ``none`` (no paper) | ``cut`` (ended in mid-job, or not proved).
    ``ahead`` is the number of visits before this one, or -1 where the server has not said it.
    """

    code: str = ""
    paper: Literal["printing", "taken", "none", "cut"] = "printing"
    ahead: int = -1
    stops: tuple[Stop, ...] = ()


class HelpPage(Page, frozen=True):
    """Staff were called.

    ``sent``: ``sending`` | ``told`` (at the server) | ``coming`` (taken by staff) | ``away`` (no server).
    """

    sent: Literal["sending", "told", "coming", "away"] = "sending"
    private: bool = False
    kiosk: str = ""
    has_ticket: bool = False


class DisplayPage(Page, frozen=True):
    large: bool = False
    contrast: bool = False
    lowered: bool = False


class IdlePage(Page, frozen=True):
    """Are you still there? ``left`` seconds until the wipe."""

    left: int = 20


class SorryPage(Page, frozen=True):
    """Nothing can be issued here now; ``problem`` is a failure code. A person is reachable instead."""

    problem: str = ""
