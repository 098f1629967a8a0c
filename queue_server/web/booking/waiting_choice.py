"""What somebody says who waits for a place: days, times of day, how they are told. Hostile until checked."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import msgspec
from markupsafe import Markup

from queue_server.appointments.waitlist import AcceptableDays
from queue_server.domain.values import Day, Language
from queue_server.framework.words import PageTranslations
from queue_server.notices.contact import ContactDetails, read_email, read_telephone
from queue_server.notices.errors import ContactInvalidError

#: Between which minutes of a day people can come.
TIMES: Final = {"any": (0, 1_440), "morning": (0, 719), "afternoon": (720, 1_440)}
FIELDS: Final = ("email", "telephone", "from", "to", "time")


class WaitingChoice(msgspec.Struct, frozen=True):
    """What was said; never printed, an address is in it."""

    when: AcceptableDays
    contact: ContactDetails

    def __repr__(self) -> str:
        return "WaitingChoice(...)"


def read_waiting(
    said: Mapping[str, str],
    language: str,
    ways: tuple[bool, bool],
    first: Day,
    last: Day,
    _: PageTranslations,
) -> tuple[WaitingChoice, dict[str, Markup]]:
    """Check it; says what is wrong by the name of the field. ``first`` and ``last`` are the days that can be booked."""
    errors: dict[str, Markup] = {}
    contact = ContactDetails(Language(language))
    email, telephone = ways
    try:
        if email and said["email"]:
            contact = msgspec.structs.replace(contact, email=read_email(said["email"]))
    except ContactInvalidError:
        errors["email"] = _("This is no e-mail address. It looks like name@example.org.")
    try:
        if telephone and said["telephone"]:
            contact = msgspec.structs.replace(contact, telephone=read_telephone(said["telephone"]))
    except ContactInvalidError:
        errors["telephone"] = _("Begin with + and the code of the country, such as +33.")
    if not errors and not contact.channels:
        errors["email" if email else "telephone"] = _("We need this to tell you of a free time.")
    begin, end = _day(said["from"], first), _day(said["to"], last)
    if not first <= begin <= end <= last:
        errors["from"] = _("Choose a first and a last day, the first one before the last.")
        begin, end = first, last
    earliest, latest = TIMES.get(said["time"], TIMES["any"])
    return WaitingChoice(AcceptableDays(begin, end, earliest, latest), contact), errors


def _day(said: str, otherwise: Day) -> Day:
    """Read a day; what is none is the one that stands for it."""
    try:
        return Day(date.fromisoformat(said).isoformat())
    except ValueError:
        return otherwise
