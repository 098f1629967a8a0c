"""What the fields of a catalogue may hold, and its clock times. Pure."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from queue_server.domain.appointments import PoolId
from queue_server.domain.forms import FormFieldId, FormId, FormPurposeId
from queue_server.domain.requirements import RequirementId
from queue_server.domain.values import (
    BandId,
    Category,
    CentreId,
    CounterId,
    GovernmentId,
    Language,
    ServiceId,
    StepId,
)

# ``\Z`` and not ``$``: that one lets a newline stand behind.
_ID = r"\A[a-z0-9][a-z0-9-]*\Z"
#: What is shown is one line: no control characters, none that turn the direction of what follows, no space at its ends.
_LINE = r"\A(?!\s)[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+(?<!\s)\Z"
_TAG = r"\A[a-z]{2,3}(-[A-Za-z0-9]+)*\Z"
_CLOCK = r"\A([01][0-9]|2[0-3]):[0-5][0-9]\Z"
_SPAN = r"\A([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)\Z"

#: ``part_of`` is the section whose parts such an id names; what is called ``id`` names a part itself.
Centre_ = Annotated[CentreId, Meta(max_length=64, pattern=_ID)]
Government_ = Annotated[GovernmentId, Meta(pattern=r"\A[A-Z]{3}\Z", extra={"part_of": "governments"})]
Service_ = Annotated[ServiceId, Meta(max_length=64, pattern=_ID, extra={"part_of": "services"})]
Step_ = Annotated[StepId, Meta(max_length=64, pattern=_ID, extra={"part_of": "steps"})]
Counter_ = Annotated[CounterId, Meta(max_length=64, pattern=_ID)]
Pool_ = Annotated[PoolId, Meta(max_length=64, pattern=_ID)]
Band_ = Annotated[BandId, Meta(max_length=64, pattern=_ID, extra={"part_of": "bands"})]
Requirement_ = Annotated[RequirementId, Meta(max_length=64, pattern=_ID)]
Form_ = Annotated[FormId, Meta(max_length=64, pattern=_ID)]
Field_ = Annotated[FormFieldId, Meta(max_length=64, pattern=_ID)]
Purpose_ = Annotated[FormPurposeId, Meta(max_length=64, pattern=_ID)]
Kind_ = Annotated[str, Meta(max_length=64, pattern=_ID)]
Icon = Annotated[str, Meta(max_length=32, pattern=_ID, extra={"icon": True})]
Language_ = Annotated[Language, Meta(max_length=12, pattern=_TAG)]
Tag = Annotated[str, Meta(max_length=12, pattern=_TAG)]
Line = Annotated[str, Meta(max_length=80, pattern=_LINE)]
Names = Annotated[dict[Tag, Line], Meta(min_length=1, max_length=40)]
#: What needs a sentence or two, by language.
Sentences = Annotated[dict[Tag, Annotated[str, Meta(max_length=300, pattern=_LINE)]], Meta(max_length=40)]
Clock = Annotated[str, Meta(pattern=_CLOCK)]
#: From the first minute to the last, without it: ``09:00-12:30``; the day ends at ``24:00``.
Span = Annotated[str, Meta(pattern=_SPAN)]
Spans = Annotated[tuple[Span, ...], Meta(max_length=6)]
Minutes = Annotated[int, Meta(ge=0, le=480)]
#: Up to here the waits of a year are told apart by whole minutes.
StandardMinutes = Annotated[int, Meta(ge=0, le=239)]
#: Promises that differ from the wider ones: service and step, then service, then step, then centre, then the defaults.
Changes = dict[Category, Minutes]
Direction = Literal["left", "right", "ahead", "up", "down"]

#: Shown where a name is missing in a person's language, so every name has it.
FALLBACK = "en"


class CatalogueSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A section of a catalogue."""


def clock_minutes(clock: str) -> int:
    """Turn ``HH:MM`` into minutes after midnight."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def span_minutes(span: str) -> tuple[int, int]:
    """Turn ``HH:MM-HH:MM`` into minutes after midnight: the first open one, the first closed one."""
    opens, closes = span.split("-")
    return clock_minutes(opens), clock_minutes(closes)


def span_text(opens: int, closes: int) -> str:
    """Write minutes after midnight as ``HH:MM-HH:MM``."""
    return f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"
