"""What an application is, which way it goes, and how it is named in public. Pure.

::

    ConsularError
    └── ApplicationError          application
        ├── ApplicationUnknownError   application-unknown
        ├── ApplicationMoveError      application-move
        └── ServiceNotOfVisitError    application-service
"""

import re
import secrets
from typing import Final

import msgspec

from queue_server.domain.values import (
    ApplicationId,
    ApplicationState,
    CentreId,
    ConsularError,
    CorrectionReason,
    GovernmentId,
    Micros,
    Reference,
    ServiceId,
    VisitId,
)
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload, UnknownEventError


class ApplicationError(ConsularError):
    code = "application"


class ApplicationUnknownError(ApplicationError):
    """This centre has no application with this id or reference."""

    code = "application-unknown"


class ApplicationMoveError(ApplicationError):
    """An application does not go from ``state`` to ``to``."""

    code = "application-move"


class ServiceNotOfVisitError(ApplicationError):
    """The visit did not come for this service."""

    code = "application-service"


# --- events ------------------------------------------------------------------------------------------------------


class ApplicationOpened(Payload, frozen=True):
    """First event of ``application/<id>``; the visit is the one at which it was opened."""

    type = "application-opened"
    application: ApplicationId
    reference: Reference
    centre: CentreId
    government: GovernmentId
    service: ServiceId
    visit: VisitId


class ApplicationMoved(Payload, frozen=True):
    """Its items moved an application on, or staff corrected where it is, for a ``reason``."""

    type = "application-moved"
    application: ApplicationId
    before: ApplicationState
    state: ApplicationState
    reason: CorrectionReason | None = None


#: What the fields mean.
MEANINGS: Final = {
    "application": "The application.",
    "before": "Where it was before.",
    "centre": "The centre at which it was opened.",
    "government": "The government of which something is asked (ISO 3166-1 alpha-3).",
    "reason": "Why staff corrected it; nothing: it followed from its items.",
    "reference": "Its public name: random, it says nothing of anybody.",
    "service": "The service that is asked for.",
    "state": "Where it is now.",
    "visit": "The visit at which it was opened.",
}

CODEC: Final = Codec((ApplicationOpened, ApplicationMoved))
EVENTS: Final = CODEC.kinds
decode: Final = CODEC.decode


# --- state -------------------------------------------------------------------------------------------------------


class Application(msgspec.Struct, frozen=True):
    """An application as its stream left it at ``seq``."""

    id: ApplicationId
    reference: Reference
    centre: CentreId
    government: GovernmentId
    service: ServiceId
    state: ApplicationState
    opened_at: Micros
    changed_at: Micros
    seq: int


_S = ApplicationState

#: Where an application may go from each state. The authority may want more and get it back again.
MOVES: Final[dict[ApplicationState, frozenset[ApplicationState]]] = {
    _S.DRAFT: frozenset({_S.RECEIVED, _S.WITHDRAWN}),
    _S.RECEIVED: frozenset({_S.AT_AUTHORITY, _S.WITHDRAWN}),
    _S.AT_AUTHORITY: frozenset({_S.RETURNED, _S.WITHDRAWN}),
    _S.RETURNED: frozenset({_S.AT_AUTHORITY, _S.READY, _S.WITHDRAWN}),
    _S.READY: frozenset({_S.HANDED_OVER, _S.RETURNED, _S.WITHDRAWN}),
    _S.HANDED_OVER: frozenset(),
    _S.WITHDRAWN: frozenset(),
}


def correct(application: Application, to: ApplicationState, reason: CorrectionReason) -> tuple[ApplicationMoved, ...]:
    """Decide a correction; to the state in which it is nothing happens.

    Raises:
        ApplicationMoveError: this is not allowed.
    """
    if to is application.state:
        return ()
    if to not in MOVES[application.state]:
        raise ApplicationMoveError(state=application.state, to=to)
    return (ApplicationMoved(application.id, application.state, to, reason),)


def evolve(before: Application | None, body: Payload, seq: int, at: Micros) -> Application:
    """Fold one event into an application.

    Raises:
        UnknownEventError: it does not belong here.
    """
    match body:
        case ApplicationOpened() if before is None:
            return Application(
                id=body.application,
                reference=body.reference,
                centre=body.centre,
                government=body.government,
                service=body.service,
                state=_S.DRAFT,
                opened_at=at,
                changed_at=at,
                seq=seq,
            )
        case ApplicationMoved() if before is not None:
            return msgspec.structs.replace(before, state=body.state, changed_at=at, seq=seq)
        case _:
            raise UnknownEventError(type=body.type, v=body.v)


# --- reference ---------------------------------------------------------------------------------------------------

#: Letters and digits that nobody takes for another: no 0 O, 1 I L, 5 S, 8 B, U V. A prime number of them.
SIGNS: Final = "234679ACDEFGHJKMNPQRTWX"
_DRAWN = 7
_REFERENCE = re.compile(rf"([A-Z0-9-]+)-([{SIGNS}]{{4}})-([{SIGNS}]{{4}})")


def check_sign(drawn: str) -> str:
    """Make the check character: a weighted sum modulo the prime number of signs.

    One wrong character, or two that have changed places anywhere, never give the same.
    """
    return SIGNS[sum(weight * SIGNS.index(sign) for weight, sign in enumerate(drawn, start=2)) % len(SIGNS)]


def new_reference(government: GovernmentId) -> Reference:
    """Draw a reference: ``<GOVERNMENT>-XXXX-XXXX``, one of 3.4 milliard for each government."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(_DRAWN))
    whole = drawn + check_sign(drawn)
    return Reference(f"{government.upper()}-{whole[:4]}-{whole[4:]}")


def read_reference(typed: str) -> Reference | None:
    """Read a reference as somebody types it, in small letters or with spaces for hyphens; None where it is none."""
    tidy = "-".join(typed.upper().replace("-", " ").split())
    found = _REFERENCE.fullmatch(tidy)
    if found is None:
        return None
    signs = found[2] + found[3]
    return Reference(tidy) if check_sign(signs[:_DRAWN]) == signs[_DRAWN] else None
