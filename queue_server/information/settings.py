"""What is set up of information. Pure."""

from typing import Annotated

import msgspec
from msgspec import Meta


class InformationRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page that was reviewed more than ``review_days`` ago is an alarm for managers."""

    review_days: Annotated[int, Meta(ge=1, le=3650)] = 180
