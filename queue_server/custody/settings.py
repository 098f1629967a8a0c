"""What is set of custody. Pure."""

from typing import Annotated

import msgspec
from msgspec import Meta


class CustodyRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[custody]``.

    ``number_days`` service days long the numbers of documents and parcels are kept, at most: they go with their
    application. An authority should be done within ``deadline_days`` days: the deadline of a case since it was opened;
    a document that has been away for longer since it was sent is late. So is a bag that nobody acknowledged within
    ``transit_days``. With ``witness_from`` items or more in it two members of staff seal a bag. An item that is ready
    is there for ``collect_days`` service days, the one on which it became so among them; then it goes back. Every
    ``poll_s`` seconds it is looked whether another day has begun.
    """

    number_days: Annotated[int, Meta(ge=1, le=3_650)] = 365
    deadline_days: Annotated[int, Meta(ge=1, le=365)] = 21
    transit_days: Annotated[int, Meta(ge=1, le=90)] = 5
    witness_from: Annotated[int, Meta(ge=1, le=1_000)] = 3
    collect_days: Annotated[int, Meta(ge=1, le=3_650)] = 90
    poll_s: Annotated[float, Meta(ge=0.01, le=3_600)] = 60
    carrier_folder: Annotated[str, Meta(max_length=4_096, pattern=r"\A(/.*)?\Z")] = ""
    carrier_s: Annotated[float, Meta(ge=0.01, le=3_600)] = 60
