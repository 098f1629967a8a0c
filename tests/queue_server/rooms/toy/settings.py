from typing import Annotated

import msgspec
from msgspec import Meta


class FoundRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[found]``: contacts are kept for ``keep_s``; managers hear of more than ``most`` things."""

    keep_s: Annotated[int, Meta(ge=0, le=31_536_000)] = 604_800
    most: Annotated[int, Meta(ge=0, le=1_000)] = 50
