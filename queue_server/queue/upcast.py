"""Old versions of events made readable: one step up at a time, on the decoded JSON, before it becomes a payload.

No event has had a second version yet. When one gets it, an entry here turns its version ``v`` into ``v + 1``, and
``tests/golden`` keeps a stream with the old one.
"""

from collections.abc import Callable, Mapping
from typing import Any

Raw = dict[str, Any]

#: (type, version) -> how its payload looked one version later.
STEPS: Mapping[tuple[str, int], Callable[[Raw], Raw]] = {}


def upcast(name: str, v: int, current: int, raw: Raw) -> Raw:
    """Bring a payload of version ``v`` to version ``current``.

    Raises:
        KeyError: a step between the two is missing.
    """
    for version in range(v, current):
        raw = STEPS[name, version](raw)
    return raw
