"""What the log held a moment ago, signed, in a file outside of the database.

A database cannot tell alone that an older copy of it has come back, nor that its newest events were taken away together
with all that names them. The file can: it names the end of each stream that was touched since the day began.
"""

from collections.abc import Iterable, Sequence
from itertools import batched
from pathlib import Path

import msgspec
from sqlalchemy import Connection, select, tuple_

from queue_server.domain.values import ConsularError, Micros
from queue_server.eventlog.closing import ClosedStream
from queue_server.eventlog.port import StreamHead
from queue_server.eventlog.tables import events
from queue_server.signing import EventSigner, Verifier

FILE = "witness.json"
_DOMAIN = b"consular-witness-1\0"
#: Ends that are looked for by one statement.
_CHUNK = 200


class WitnessDamagedError(ConsularError):
    """The file of the witness cannot be read, or is not signed by this server's key."""

    code = "witness-damaged"


class Statement(msgspec.Struct, frozen=True):
    """The ends of streams as they were ``at``; ``signature``, in hexadecimal, is over both."""

    at: Micros
    heads: tuple[ClosedStream, ...]
    key_id: str
    signature: str


def _message(at: Micros, heads: Sequence[ClosedStream]) -> bytes:
    return _DOMAIN + msgspec.json.encode({"at": at, "heads": heads}, order="sorted")


def make(heads: Sequence[StreamHead], at: Micros, signer: EventSigner) -> bytes:
    """Make the content of the file."""
    ends = tuple(ClosedStream(one.stream, one.seq, one.hash.hex()) for one in heads)
    signature = signer.sign(_message(at, ends)).hex()
    return msgspec.json.encode(Statement(at, ends, signer.key_id, signature))


def load(path: Path, verifier: Verifier) -> tuple[StreamHead, ...]:
    """Read the file; nothing where there is none.

    Raises:
        WitnessDamagedError: it is not as this server wrote it.
    """
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Statement)
        signature = bytes.fromhex(found.signature)
        named = tuple(StreamHead(one.stream, one.seq, bytes.fromhex(one.hash)) for one in found.heads)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise WitnessDamagedError from error
    if not verifier.accepts(found.key_id, _message(found.at, found.heads), signature, found.at):
        raise WitnessDamagedError
    return named


def lost(connection: Connection, named: Iterable[StreamHead]) -> list[StreamHead]:
    """List the ends that the log does not have, or has with another hash."""
    missing = []
    for some in batched(named, _CHUNK, strict=False):
        places = tuple_(events.c.stream, events.c.seq).in_([(end.stream, end.seq) for end in some])
        rows = connection.execute(select(events.c.stream, events.c.seq, events.c.hash).where(places))
        there = {StreamHead(row.stream, row.seq, bytes(row.hash)) for row in rows}
        missing += [end for end in some if end not in there]
    return missing
