"""Decides on a form that was filled in. Pure: what was answered is checked before, and lies in the vault."""

from collections.abc import Collection, Sequence

from queue_server.domain.forms import FormAnswersId, FormPurposeId, FormWipeReason
from queue_server.domain.values import Micros, VisitId
from queue_server.eventlog.payload import Payload
from queue_server.forms.errors import FormNotOpenedError
from queue_server.forms.events import (
    FormAnswersReplaced,
    FormConsentGiven,
    FormConsentWithdrawn,
    FormSaved,
    FormWiped,
)
from queue_server.forms.model import FilledForm


def save(
    before: FilledForm | None, saved: FormSaved, consents: Sequence[FormPurposeId], version: int
) -> tuple[Payload, ...]:
    """Save what was filled in, once."""
    if before is not None:
        return ()
    given = (FormConsentGiven(saved.filled, one, version, saved.language) for one in consents)
    return (saved, *given)


def kept(before: FilledForm | None, now: Micros) -> FilledForm:
    """Find what was filled in, while its answers are there.

    Raises:
        FormNotOpenedError: they are wiped, or there never were any.
    """
    if before is None or not before.is_kept(now):
        raise FormNotOpenedError
    return before


def replace(
    before: FilledForm, answers: FormAnswersId, consents: Sequence[FormPurposeId], version: int, ends_at: Micros
) -> tuple[Payload, ...]:
    """Put other answers in place of those before, with all to which they consent now."""
    known = before.consents
    return (
        *(FormConsentWithdrawn(before.id, one) for one in known if one not in consents),
        *(FormConsentGiven(before.id, one, version, before.language) for one in consents if one not in known),
        FormAnswersReplaced(before.id, answers, before.visit, ends_at),
    )


def carry(before: FilledForm, answers: FormAnswersId, visit: VisitId | None, ends_at: Micros) -> tuple[Payload, ...]:
    """Keep the same answers for a visit, until its end."""
    if before.visit == visit and before.ends_at == ends_at:
        return ()
    return (FormAnswersReplaced(before.id, answers, visit, ends_at),)


def withdraw(
    before: FilledForm, purposes: Collection[FormPurposeId], required: Collection[FormPurposeId], rest: FormAnswersId
) -> tuple[Payload, ...]:
    """Consent to some purposes no more; ``rest`` are the answers that stay, of the other ones.

    Without one that is ``required``, or without any at all, nothing stays.
    """
    gone = [one for one in before.consents if one in purposes]
    if not gone:
        return ()
    said = tuple(FormConsentWithdrawn(before.id, one) for one in gone)
    stays = [one for one in before.consents if one not in gone]
    if not stays or any(one in required for one in gone):
        return (*said, FormWiped(before.id, FormWipeReason.WITHDRAWN))
    return (*said, FormAnswersReplaced(before.id, rest, before.visit, before.ends_at))


def wipe(before: FilledForm | None, reason: FormWipeReason) -> tuple[Payload, ...]:
    """Wipe all that was answered; once is enough."""
    return () if before is None or before.answers is None else (FormWiped(before.id, reason),)
