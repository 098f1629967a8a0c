"""What is set of collection. Pure."""

from typing import Annotated

import msgspec
from msgspec import Meta


class CollectionRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[collection]``. A one-time code holds for ``code_days`` days of 24 hours."""

    code_days: Annotated[int, Meta(ge=1, le=90)] = 30
