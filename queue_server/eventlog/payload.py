"""What an event says: the base of all payloads. Pure."""

from typing import ClassVar

import msgspec

from queue_server.domain.values import ConsularError


class UnknownEventError(ConsularError):
    """The log holds an event, or a version of one, that this release does not know: a newer one wrote it."""

    code = "event-unknown"


class Payload(msgspec.Struct, frozen=True):
    """Base of all payloads; ``type`` and ``v`` are columns of the log, not part of the bytes.

    Its only strings are ids and enumerations. A changed payload gets a new ``v``, and a step of ``upcast``.
    """

    type: ClassVar[str]
    v: ClassVar[int] = 1
