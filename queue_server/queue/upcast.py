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


def _counted(raw: Raw) -> Raw:
    """Before people were counted by age, a party paid one fee for each service."""
    people = [{"band": "anyone", "count": raw["party_size"]}]
    return raw | {"people": people, "items": _whole(raw["services"], raw["party_size"])}


def _whole(services: list[str], people: int) -> list[Raw]:
    counts = {"party": 1, "anyone": people}
    return [{"service": one, "band": band, "count": count} for one in services for band, count in counts.items()]


def _settled(raw: Raw) -> Raw:
    """Before, a payment settled all that a visit owed for a service, however many people it was for."""
    return raw | {"settles": _whole(raw["settles"], _MOST_PEOPLE)}


def _taken_over(raw: Raw) -> Raw:
    visit = _counted(raw["carried"])
    items = _whole(visit.pop("settled"), visit["party_size"])
    visit.pop("joined")
    paid = visit["payments"][:1] if items else ()
    return raw | {"carried": visit | {"settlements": [{"payment": one, "items": items} for one in paid]}}


#: As many as a party ever had (``contract.visits``).
_MOST_PEOPLE = 20

#: (type, version) -> how its payload looked one version later.
STEPS: Mapping[tuple[str, int], Callable[[Raw], Raw]] = {
    ("visit-issued", 1): _with(asks_priority=False),
    ("visit-issued", 2): _counted,
    ("visit-changed", 1): _counted,
    ("visit-called", 1): _with(reason=None),
    ("visit-transferred", 1): _with(where="order", reason="other", for_counter=None, for_until=None),
    ("visit-parked", 1): _with(reason="other", until=None),
    ("visit-resumed", 1): _placed,
    ("visit-reinstated", 1): _placed,
    ("visit-taken-over", 1): lambda raw: raw | {"carried": _placed(raw["carried"])},
    ("visit-taken-over", 2): lambda raw: raw | {"carried": raw["carried"] | {"payments": []}},
    ("visit-taken-over", 3): lambda raw: raw | {"carried": raw["carried"] | {"settled": [], "joined": []}},
    ("visit-taken-over", 4): _taken_over,
    # Nobody looked then: the cash desk stays, as it did.
    ("visit-paid", 1): _with(settles=[]),
    ("visit-paid", 2): _settled,
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
