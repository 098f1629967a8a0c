"""How far into a long list a page begins, as its address says it. Pure."""

import re
from collections.abc import Mapping
from typing import Final

_SKIP: Final = re.compile(r"[0-9]{1,6}", re.ASCII)


def read_skip(fields: Mapping[str, str]) -> int:
    """Read how many rows of a list are passed over; 0 for what no link of ours says."""
    skip = fields.get("skip", "")
    return int(skip) if _SKIP.fullmatch(skip) else 0
