"""Messages of what is known of people: notes, documents and applications."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from queue_server.contract.base import DocumentNumber, Message, Name
from queue_server.contract.visits import VisitView
from queue_server.domain.values import ApplicationId, ApplicationState, GovernmentId, NoteId, ServiceId


class NoteRequest(Message, frozen=True):
    text: Annotated[str, Meta(min_length=1, max_length=500)]


class NoteView(Message, frozen=True):
    """``by`` is the display name of who wrote it."""

    id: NoteId
    at: datetime
    by: str
    text: str


class NoteAnswer(Message, frozen=True):
    visit: VisitView
    note: NoteId
    cursor: str


class NotesAnswer(Message, frozen=True):
    """Reading them is recorded."""

    notes: tuple[NoteView, ...]


class DocumentRequest(Message, frozen=True):
    """The number of a document, to find the visits of today that were issued on it."""

    document: DocumentNumber


class FoundAnswer(Message, frozen=True):
    visits: tuple[VisitView, ...]


class ForgottenAnswer(Message, frozen=True):
    """``persons`` is how many of whom the vault held something; it holds nothing of them any more."""

    persons: int


class ApplicationView(Message, frozen=True):
    """What one person asks of one government; ``reference`` is public."""

    id: ApplicationId
    reference: str
    government: GovernmentId
    service: ServiceId
    state: ApplicationState
    opened_at: datetime
    changed_at: datetime


#: Public name of an application: government, seven characters without look-alikes, a check character.
Reference = Annotated[str, Meta(min_length=8, max_length=80, pattern=r"^[A-Za-z0-9 -]+$(?!\n)")]


class OpenApplicationRequest(Message, frozen=True):
    """Open one for a service of the visit, or name one that there is: exactly one of the two."""

    service: Name | None = None
    reference: Reference | None = None


class MoveApplicationRequest(Message, frozen=True):
    state: ApplicationState


class ApplicationAnswer(Message, frozen=True):
    application: ApplicationView


class ApplicationsAnswer(Message, frozen=True):
    applications: tuple[ApplicationView, ...]
