"""Payloads to the exact bytes that the log hashes, and back: JSON with sorted keys. Pure."""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from queue_server.eventlog.payload import Payload, UnknownEventError
from queue_server.eventlog.upcast import Steps, upcast

_ENCODER: Final = msgspec.json.Encoder(order="sorted")


def encode(body: msgspec.Struct) -> bytes:
    """Make the bytes of a payload that are stored and hashed; those of an entity alike."""
    return _ENCODER.encode(body)


class Codec:
    """Reads the events of one kind of stream, in any version ever released.

    Raises:
        ValueError: two events have one name, or there is not exactly one step up from each earlier version.
    """

    def __init__(self, kinds: Iterable[type[Payload]], steps: Steps | None = None) -> None:
        listed = tuple(kinds)
        self.kinds: Final[Mapping[str, type[Payload]]] = {kind.type: kind for kind in listed}
        self._steps: Final[Steps] = {} if steps is None else steps
        self._decoders = {kind.type: msgspec.json.Decoder(kind) for kind in listed}
        if len(self.kinds) != len(listed):
            msg = "each event has a name of its own"
            raise ValueError(msg)
        if {(kind.type, v) for kind in listed for v in range(1, kind.v)} != set(self._steps):
            msg = "each version but the newest has one step up"
            raise ValueError(msg)

    def decode(self, name: str, v: int, payload: bytes) -> Payload:
        """Read stored bytes.

        Raises:
            UnknownEventError: the type or its version is not known to this release, or the bytes do not fit it.
        """
        kind = self.kinds.get(name)
        if kind is None or not 1 <= v <= kind.v:
            raise UnknownEventError(type=name, v=v)
        try:
            if v == kind.v:
                return self._decoders[name].decode(payload)
            return msgspec.convert(upcast(self._steps, name, v, kind.v, msgspec.json.decode(payload)), kind)
        # A step stumbles over what it does not find, or finds to be of another kind.
        except (msgspec.MsgspecError, UnicodeDecodeError, LookupError, TypeError, ValueError, AttributeError) as error:
            raise UnknownEventError(type=name, v=v) from error
