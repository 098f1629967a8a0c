"""Old versions of events made readable: one step up at a time, on the decoded JSON, before it becomes a payload.

An entry turns version ``v`` of an event into ``v + 1``; ``tests/golden`` keeps a stream with the old one.
"""

from collections.abc import Callable, Mapping
from typing import Any

Raw = dict[str, Any]


def _with(**fields: object) -> Callable[[Raw], Raw]:
    """Fill in what the first version did not say."""
    return lambda raw: raw | fields


def _placed(raw: Raw) -> Raw:
    """Before there were places, a visit stood where it was due."""
    return raw | {"place": raw["due"]}


#: (type, version) -> how its payload looked one version later.
STEPS: Mapping[tuple[str, int], Callable[[Raw], Raw]] = {
    ("visit-issued", 1): _with(asks_priority=False),
    ("visit-called", 1): _with(reason=None),
    ("visit-transferred", 1): _with(where="order", reason="other", for_counter=None, for_until=None),
    ("visit-parked", 1): _with(reason="other", until=None),
    ("visit-resumed", 1): _placed,
    ("visit-reinstated", 1): _placed,
    ("visit-taken-over", 1): lambda raw: raw | {"carried": _placed(raw["carried"])},
    ("visit-taken-over", 2): lambda raw: raw | {"carried": raw["carried"] | {"payments": []}},
    ("visit-taken-over", 3): lambda raw: raw | {"carried": raw["carried"] | {"settled": [], "joined": []}},
    # Nobody looked then: the cash desk stays, as it did.
    ("visit-paid", 1): _with(settles=()),
    ("help-called", 1): _with(counter=None),
    ("help-called", 2): _with(language=None, about=None),
    ("notice-shown", 1): _with(kind="announcement", text="own", where="everywhere", until=None),
}


def upcast(name: str, v: int, current: int, raw: Raw) -> Raw:
    """Bring a payload of version ``v`` to version ``current``.

    Raises:
        KeyError: a step between the two is missing.
    """
    for version in range(v, current):
        raw = STEPS[name, version](raw)
    return raw
