"""What is set of figures. Pure."""

from typing import Annotated

import msgspec
from msgspec import Meta


class ReportSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[reports]``: every ``poll_s`` seconds the rows of a day are brought to where its stream is."""

    poll_s: Annotated[float, Meta(ge=0.01, le=3_600)] = 30
