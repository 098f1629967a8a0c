"""What a document on the reader means for a journey: its issuing state, and perhaps a language."""

from msgspec.structs import replace

from kiosk.journey import hint
from kiosk.journey.context import Context, Surroundings
from kiosk.journey.events import DocumentRead, DocumentReading, DocumentUnread


def laid(context: Context, around: Surroundings, event: DocumentReading | DocumentUnread | DocumentRead) -> Context:
    """Note what the reader says; a language is suggested only to a person who has not chosen one."""
    match event:
        case DocumentReading():
            return replace(context, reader="reading")
        case DocumentUnread():
            return replace(context, reader="again")
        case DocumentRead(code):
            issuer = hint.issuer(code)
            suggested = "" if context.language_chosen else hint.language(issuer, around.offer)
            return replace(context, reader="ready", document=issuer, language=suggested or context.language)
