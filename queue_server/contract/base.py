"""What all messages of the API under ``/api/v1`` are made of.

Times are RFC 3339 with an offset; names are ``{language: text}``. Unknown fields are ignored when read, so that an
older client understands a newer server.
"""

from typing import Annotated

import msgspec
from msgspec import Meta

Names = dict[str, str]

# A plain $ would let a trailing newline through in Python, and \Z is unknown to the clients that read the schema.
Uuid = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$(?!\n)")]
Name = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9-]*$(?!\n)")]
LanguageTag = Annotated[str, Meta(min_length=2, max_length=12, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$(?!\n)")]
#: One line to be shown: no control characters, none that turn the direction of what follows.
Line = Annotated[
    str,
    Meta(max_length=160, pattern=r"^(?!\s*$)[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+$(?!\n)"),
]
Code = Annotated[str, Meta(pattern=r"^[ABCDEKLPRTX][0-9]{3,4}$(?!\n)")]
#: The number of a document; of fillers alone all would be the same one.
DocumentNumber = Annotated[str, Meta(min_length=4, max_length=32, pattern=r"^[<-]*[A-Z0-9][A-Z0-9<-]*$(?!\n)")]

#: What a kiosk sealed of a document (``contract.documents``), in base64url.
Sealed = Annotated[str, Meta(min_length=64, max_length=6000, pattern=r"^[A-Za-z0-9_-]+={0,2}$(?!\n)")]

#: The picture from its chip, likewise.
SealedFace = Annotated[str, Meta(min_length=64, max_length=10_000, pattern=r"^[A-Za-z0-9_-]+={0,2}$(?!\n)")]


class Message(msgspec.Struct, frozen=True):
    """Base of all messages."""


class People(Message, frozen=True):
    """Some people of one age band."""

    band: Name
    """Id of the age band, as the catalogue of the centre names it."""
    count: Annotated[int, Meta(ge=1, le=20)]
    """How many people of the party are of that age."""


#: A party by age: each band once.
Party = Annotated[tuple[People, ...], Meta(max_length=4)]
