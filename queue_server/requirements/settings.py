"""What is set of checklists. Pure."""

from typing import Annotated

import msgspec
from msgspec import Meta


class RequirementRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[requirements]``.

    Managers are told of a list that nobody has looked through for ``stale_days``.
    """

    stale_days: Annotated[int, Meta(ge=1, le=3_650)] = 180
