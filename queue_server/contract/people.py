"""Messages of what is known of people: notes, documents and applications."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from queue_server.contract.base import DocumentNumber, Message, Name
from queue_server.contract.visits import VisitView
from queue_server.domain.values import (
    ApplicationId,
    ApplicationState,
    CorrectionReason,
    GovernmentId,
    NoteId,
    ServiceId,
)


class NoteRequest(Message, frozen=True):
    """Write a note on a visit; it goes into the vault."""

    text: Annotated[str, Meta(min_length=1, max_length=500)]
    """What is noted."""


class NoteView(Message, frozen=True):
    """A note on a visit; for staff alone."""

    id: NoteId
    """The id of the note (a UUID)."""
    at: datetime
    """When it was written (UTC)."""
    by: str
    """Display name of whoever wrote it."""
    text: str
    """What was noted."""


class NoteAnswer(Message, frozen=True):
    """A note was written."""

    visit: VisitView
    """The visit as it is now."""
    note: NoteId
    """The id of the note."""
    cursor: str
    """A place in the centre's feed at which this has happened; opaque."""


class NotesAnswer(Message, frozen=True):
    """Reading them is recorded."""

    notes: tuple[NoteView, ...]
    """The notes, the oldest first."""


class DocumentRequest(Message, frozen=True):
    """The number of a document, to find the visits of today that were issued on it."""

    document: DocumentNumber
    """The number as it is printed on the document."""


class FoundAnswer(Message, frozen=True):
    """Visits of today that were issued on a document."""

    visits: tuple[VisitView, ...]
    """The visits; empty where there is none."""


class ErasedAnswer(Message, frozen=True):
    """Whoever came with the visit was shredded."""

    persons: int
    """How many people the vault held something of; it holds nothing of them any more."""


class ApplicationView(Message, frozen=True):
    """What one person asks of one government."""

    id: ApplicationId
    """The id of the application (a UUID)."""
    reference: str
    """Its public name: random, it says nothing of anybody."""
    government: GovernmentId
    """Code of the government (ISO 3166-1 alpha-3)."""
    service: ServiceId
    """Id of the service."""
    state: ApplicationState
    """Where it is, from intake to hand-over."""
    opened_at: datetime
    """When it was opened (UTC)."""
    changed_at: datetime
    """When its state last changed (UTC)."""


#: Public name of an application: government, seven characters without look-alikes, a check character.
Reference = Annotated[str, Meta(min_length=8, max_length=80, pattern=r"^[A-Za-z0-9 -]+$(?!\n)")]


class OpenApplicationRequest(Message, frozen=True):
    """Open one for a service of the visit, or name one that there is: exactly one of the two."""

    service: Name | None = None
    """Id of the service of the visit for which one is opened; null where ``reference`` is given."""
    reference: Reference | None = None
    """Public name of one that there is; null where ``service`` is given."""


class MoveApplicationRequest(Message, frozen=True):
    """Correct where an application is: it moves by itself with what happens to its items."""

    state: ApplicationState
    """Where it is now."""
    reason: CorrectionReason
    """Why nothing that happened to its items says so."""


class ApplicationAnswer(Message, frozen=True):
    """One application as it is now."""

    application: ApplicationView
    """The application."""


class ApplicationsAnswer(Message, frozen=True):
    """Applications, each as it is now."""

    applications: tuple[ApplicationView, ...]
    """The applications."""
