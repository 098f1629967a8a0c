"""A PIN of six to eight digits, as it is typed: the screen has nothing of it but dots. Pure."""

from msgspec.structs import replace

from kiosk.journey.events import Action, Event
from kiosk.journey.filling import FormFilling
from queue_server.domain.forms import MAX_PIN, MIN_PIN

_DIGITS = frozenset("0123456789")
DOT = "\N{BULLET}"


def dots(found: FormFilling) -> str:
    return DOT * len(found.typed)


def is_ready(found: FormFilling) -> bool:
    return MIN_PIN <= len(found.typed) <= MAX_PIN


def typed(found: FormFilling, event: Event) -> FormFilling | None:
    """Take a key; None where it is none."""
    match event:
        case Action("digit", key) if key in _DIGITS and len(found.typed) < MAX_PIN:
            return replace(found, typed=found.typed + key, differs=False, weak=False)
        case Action("erase"):
            return replace(found, typed=found.typed[:-1], differs=False, weak=False)
    return None
