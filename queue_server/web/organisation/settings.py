"""Settings of what is seen of all centres together."""

from typing import Annotated

import msgspec
from msgspec import Meta


class OrganisationSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[organisation]``.

    All centres are looked at together, at most once in ``snapshot_ms`` milliseconds, however many ask.
    How they compare over past days is read once in ``compare_ms`` for all who ask alike.
    ``metrics``: whether ``/metrics`` also says how each centre stands.
    """

    snapshot_ms: Annotated[int, Meta(ge=0, le=60_000)] = 2000
    compare_ms: Annotated[int, Meta(ge=0, le=3_600_000)] = 60_000
    metrics: bool = False
