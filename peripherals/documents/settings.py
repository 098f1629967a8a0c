"""How a kiosk or a desk reads documents, and whom it trusts about them."""

from typing import Annotated

import msgspec
from msgspec import Meta

Seconds = Annotated[float, Meta(gt=0, le=3600)]


class DocumentSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The section ``documents`` of a file of settings.

    ``trust``: a folder or file of trusted authorities (``peripherals emrtd trust-update``); empty trusts nobody, and
    says so of every document; every ``trust_poll_s`` it is seen whether it has changed. A master list is due
    ``lists_days`` after it was signed; ``lists_ahead_days`` before any list is due, that is told. ``chip_wait_s``: a
    document whose chip has not answered by then has none. ``return_s``: how long one that was taken away is waited for.
    ``read_s``: the whole reading, with all that. ``face_s``: how long a chip may take with the face; where it would
    take longer the face is left out, 0 leaves all faces out (``emrtd.face_time``).
    ``can_s``: how long is waited for the number on a card that asks for it, which may be typed ``can_tries`` times.
    """

    trust: str = ""
    trust_poll_s: Seconds = 60.0
    lists_days: Annotated[int, Meta(ge=1, le=3_650)] = 180
    lists_ahead_days: Annotated[int, Meta(ge=0, le=365)] = 7
    chip_wait_s: Seconds = 8.0
    return_s: Seconds = 20.0
    read_s: Seconds = 60.0
    face_s: Annotated[float, Meta(ge=0, le=600)] = 5.0
    can_s: Seconds = 120.0
    can_tries: Annotated[int, Meta(ge=1, le=10)] = 3
