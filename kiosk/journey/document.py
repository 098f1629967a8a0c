"""What a document on the reader means for a journey: its issuing state, perhaps a language, and a chip to read."""

from msgspec.structs import replace

from kiosk.journey import language_hint
from kiosk.journey.context import ChipReadingState, Context
from kiosk.journey.events import DocumentRead, DocumentUnread, Effect, ReadChip, ReadingStarted
from kiosk.journey.surroundings import Surroundings


def note_document(
    context: Context, around: Surroundings, event: ReadingStarted | DocumentUnread | DocumentRead
) -> Context:
    """Note what the reader says; a language is suggested only to a person who has not chosen one."""
    match event:
        case ReadingStarted():
            return replace(context, reader="reading")
        case DocumentUnread(number):
            return replace(context, reader="again", unread=number)
        case DocumentRead(seal=seal) if seal and _is_read(context.chip):
            # Whoever shows a visa while their passport is read does not stop it.
            return context
        case DocumentRead() if _lies_there(context, event):
            # It lies there still, and was read.
            return replace(context, reader="ready")
        case DocumentRead(code, number, seal=seal):
            issuer = language_hint.issuer(code)
            suggested = "" if context.language_chosen else language_hint.language(issuer, around.offer)
            chip = _chip(context, number, seal) if (around.chip or seal) and number else None
            beside = _beside(context, chip)
            if seal and beside is not None:
                # A seal belongs to whoever showed their passport: that stays the document of the visit.
                return replace(context, reader="ready", chip=chip, beside=beside, papers=(), turn=None)
            laid = replace(context, reader="ready", document=issuer, chip=chip, beside=beside, initial=event.initial)
            if chip != context.chip:
                # Whoever begins with another document begins anew with those of their party.
                laid = replace(laid, papers=(), turn=None)
            return replace(laid, language=suggested or context.language)


def effects(context: Context, event: ReadingStarted | DocumentUnread | DocumentRead, number: int) -> tuple[Effect, ...]:
    """Have the chip read, where one is to be read now; ``context`` is as ``laid`` gave it."""
    if isinstance(event, DocumentRead) and context.chip == ChipReadingState(event.laid, seal=event.seal):
        beside = () if context.beside is None else (context.beside.laid,)
        return (ReadChip(number, event.laid, beside),)
    return ()


def _lies_there(context: Context, event: DocumentRead) -> bool:
    """Tell whether it is the document beside which a seal was shown."""
    beside = context.beside
    return beside is not None and not beside.seal and not event.seal and event.same == beside.laid


def _beside(context: Context, chip: ChipReadingState | None) -> ChipReadingState | None:
    """Say what stays beside a document or seal that was shown: what was shown of the other kind."""
    if chip is None or chip == context.chip:
        return None if chip is None else context.beside
    before = context.chip
    if before is not None and before.state == "ended" and bool(before.seal) != bool(chip.seal):
        return before
    # Another seal takes the place of the one before; another document begins anew.
    return context.beside if chip.seal and context.beside is not None and not context.beside.seal else None


def _chip(context: Context, number: int, seal: str) -> ChipReadingState:
    """Begin with a chip, or go on where the same document is told of again."""
    before = context.chip
    if before is not None and before.laid == number and before.state != "ended":
        return before
    return ChipReadingState(number, seal=seal)


def _is_read(chip: ChipReadingState | None) -> bool:
    """Tell whether the chip of a document is being read."""
    return chip is not None and not chip.seal and chip.state != "ended"
