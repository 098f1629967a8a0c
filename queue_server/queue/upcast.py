"""The steps up from old versions of a day's events. Pure."""

from typing import Final

from queue_server.eventlog.upcast import Raw, Steps, filled


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
    return raw | {"settles": _whole(raw["settles"], _MAX_PEOPLE)}


def _adopted(raw: Raw) -> Raw:
    visit = _counted(raw["carried"])
    items = _whole(visit.pop("settled"), visit["party_size"])
    visit.pop("joined")
    paid = visit["payments"][:1] if items else ()
    return raw | {"carried": visit | {"settlements": [{"payment": one, "items": items} for one in paid]}}


def _settlement(raw: Raw) -> Raw:
    """Before, what settles fees was called a payment, though it may be a waiver."""
    return {("settlement" if name == "payment" else name): value for name, value in raw.items()}


def _settlements(raw: Raw) -> Raw:
    visit = dict(raw["carried"])
    visit["settlement_ids"] = visit.pop("payments")
    visit["settlements"] = [{"id": one["payment"], "items": one["items"]} for one in visit["settlements"]]
    return raw | {"carried": visit}


def _here(raw: Raw) -> Raw:
    """Before, nobody could say that they were away, or on their way."""
    visit = raw["carried"] | {"step_backs": 0, "away_until": None, "on_the_way_at": None}
    return raw | {"carried": visit | {"records": [one | {"more_min": 0} for one in visit["records"]]}}


#: As many as a party ever had (``contract.visits``).
_MAX_PEOPLE = 20

STEPS: Final[Steps] = {
    ("visit-issued", 1): filled(asks_priority=False),
    ("visit-issued", 2): _counted,
    # Whoever had an appointment then had it by the word of whoever issued the ticket.
    ("visit-issued", 3): filled(appointment=None, booked_at=None),
    ("visit-changed", 1): _counted,
    ("visit-called", 1): filled(reason=None),
    ("visit-transferred", 1): filled(where="order", reason="other", for_counter=None, for_until=None),
    ("visit-parked", 1): filled(reason="other", until=None),
    ("visit-resumed", 1): _placed,
    ("visit-reinstated", 1): _placed,
    ("visit-taken-over", 1): lambda raw: raw | {"carried": _placed(raw["carried"])},
    ("visit-taken-over", 2): lambda raw: raw | {"carried": raw["carried"] | {"payments": []}},
    ("visit-taken-over", 3): lambda raw: raw | {"carried": raw["carried"] | {"settled": [], "joined": []}},
    ("visit-taken-over", 4): _adopted,
    ("visit-taken-over", 5): _settlements,
    ("visit-taken-over", 6): lambda raw: raw | {"carried": raw["carried"] | {"appointment": None, "booked_at": None}},
    ("visit-taken-over", 7): _here,
    # Nobody looked then: the cash desk stays, as it did.
    ("visit-paid", 1): filled(settles=[]),
    ("visit-paid", 2): _settled,
    ("visit-paid", 3): _settlement,
    ("help-called", 1): filled(counter=None),
    ("help-called", 2): filled(language=None, about=None),
    ("notice-shown", 1): filled(kind="announcement", text="own", where="everywhere", until=None),
}
