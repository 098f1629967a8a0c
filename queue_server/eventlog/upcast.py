"""Old versions of events made readable: one step up at a time, on the decoded JSON, before it becomes a payload. Pure.

Each kind of stream has steps of its own; one turns version ``v`` of an event into ``v + 1``, and ``tests/golden`` keeps
a stream with the old one.
"""

from collections.abc import Callable, Mapping
from typing import Any

Raw = dict[str, Any]
#: (type, version) -> how its payload looked one version later.
Steps = Mapping[tuple[str, int], Callable[[Raw], Raw]]


def filled(**fields: object) -> Callable[[Raw], Raw]:
    """Make a step that fills in what the version before did not say."""
    return lambda raw: raw | fields


def upcast(steps: Steps, name: str, v: int, current: int, raw: Raw) -> Raw:
    """Bring a payload of version ``v`` to version ``current``.

    Raises:
        KeyError: a step between the two is missing.
    """
    for version in range(v, current):
        raw = steps[name, version](raw)
    return raw
