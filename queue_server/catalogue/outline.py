"""The outline of a centre: what somebody says of it who sets it up in one go, and the text in which that stands. Pure.

An outline is read from a set-up as TOML has it (``editing.raw``). What is not said otherwise than it was stays.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Final

import msgspec

from queue_server.catalogue import editing
from queue_server.catalogue.countries import government_names
from queue_server.catalogue.countries import governments as countries
from queue_server.catalogue.editing import RawPart
from queue_server.catalogue.offers import CentreOffers, RawSetup, offer_key, parts

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ALL_DAY: Final = ("00:00-24:00",)


class CentreOutline(msgspec.Struct, frozen=True):
    """``days`` are those on which the centre is open, ``hours`` when; ``services`` are keys (``offer_key``).

    ``centre`` and ``holidays`` are those sections, ``counters`` how many there are.
    """

    centre: RawPart
    holidays: RawPart
    days: tuple[str, ...]
    hours: tuple[str, ...]
    counters: int
    governments: tuple[str, ...]
    services: tuple[str, ...]


def outline(setup: RawSetup) -> CentreOutline:
    """Read what a set-up says of all this; of hours that differ between days, those of the first day."""
    week = {day: tuple(spans) for day in DAYS if (spans := setup.get("hours", {}).get(day))}
    return CentreOutline(
        centre=dict(setup.get("centre", {})),
        holidays=dict(setup.get("holidays", {})),
        days=tuple(week),
        hours=next(iter(week.values()), ()),
        counters=len(setup.get("counters", ())),
        governments=tuple(str(one["id"]) for one in parts(setup, "governments")),
        services=tuple(dict.fromkeys(map(offer_key, parts(setup, "services")))),
    )


def redrawn(text: str, wanted: CentreOutline, known: CentreOffers) -> str:
    """Let a text say what is wanted, where that differs from what it says.

    Raises:
        CatalogueError: a section is written in a way that only a hand can change.
    """
    setup = editing.raw(text)
    before = outline(setup)
    for section in ("centre", "holidays"):
        if (said := getattr(wanted, section)) != getattr(before, section):
            text = editing.change(text, section, 0, said)
    if (wanted.days, wanted.hours) != (before.days, before.hours):
        text = _with_hours(text, setup, before, wanted)
    text = _with_counters(text, setup, wanted.counters)
    return _with_services(text, setup, wanted, known)


def _with_hours(text: str, setup: RawSetup, before: CentreOutline, wanted: CentreOutline) -> str:
    # Other hours are those of all days; without them each day that stays keeps its own.
    own = setup.get("hours", {}) if wanted.hours == before.hours else {}
    week: RawPart = {day: own.get(day) or list(wanted.hours) for day in DAYS if day in wanted.days}
    text = editing.change(text, "hours", 0, week)
    # Where the centre closes nobody goes on waiting over night; where it never does they have to.
    always = _is_always_open(wanted)
    if always == _is_always_open(before):
        return text
    return editing.change(text, "rules", 0, {**setup.get("rules", {}), "round_the_clock": always})


def _is_always_open(said: CentreOutline) -> bool:
    return said.days == DAYS and said.hours == _ALL_DAY


def _with_counters(text: str, setup: RawSetup, wanted: int) -> str:
    there = list(parts(setup, "counters"))
    if len(there) > wanted:
        return editing.remove(text, "counters", *range(wanted, len(there)))
    idents, plates = {one["id"] for one in there}, {one.get("name") for one in there}
    free = (one for one in count(1) if f"counter-{one}" not in idents and str(one) not in plates)
    new = [{"id": f"counter-{one}", "name": str(one)} for one, _ in zip(free, range(wanted - len(there)), strict=False)]
    return editing.add(text, "counters", *new) if new else text


def _with_services(text: str, setup: RawSetup, wanted: CentreOutline, known: CentreOffers) -> str:
    before = outline(setup)
    there = list(parts(setup, "services"))
    gone = {
        str(one["id"])
        for one in there
        if one.get("government") not in wanted.governments or offer_key(one) not in wanted.services
    }
    new = [
        _service(government, key, there, setup, known)
        for key in wanted.services
        for government in wanted.governments
        # What was left out of a government before stays out.
        if key not in before.services or government not in before.governments
    ]
    kinds = {str(one["kind"]) for one in (*new, *there) if one["id"] not in gone}
    text = _without(text, "fees", lambda one: one.get("service") in gone)
    text = _without(text, "services", lambda one: one.get("id") in gone)
    text = _without(text, "governments", lambda one: one.get("id") not in wanted.governments)
    text = _without(text, "kinds", lambda one: one.get("id") not in kinds and _was_used(one, there))
    text = _with_kinds(text, kinds, known)
    added = [one for one in wanted.governments if one not in before.governments]
    names = [{"id": one, "name": _government(one, wanted.centre, known)} for one in added]
    for section, some in (("governments", names), ("services", new)):
        text = editing.add(text, section, *some) if some else text
    return text


def _service(government: str, key: str, there: Iterable[RawPart], setup: RawSetup, known: CentreOffers) -> RawPart:
    """Write a service: as other governments have it here, else at the first step of the centre at which staff serve."""
    ident = {"id": f"{government.lower()}-{key}", "government": government}
    alike = next((one for one in there if offer_key(one) == key), None)
    if alike is not None:
        return {**alike, **ident}
    offered = known.services[key]
    steps = [one for one in parts(setup, "steps") if not one.get("takes_fees") and not one.get("remote")]
    first = [str(one["id"]) for one in (*steps, *parts(setup, "steps"))][:1]
    return {**ident, "kind": offered["kind"], "name": dict(offered["name"]), "steps": first}


def _with_kinds(text: str, wanted: Iterable[str], known: CentreOffers) -> str:
    """Add the kinds that are missing, each with the group in which kiosks show it."""
    setup = editing.raw(text)
    kinds = {str(one["id"]) for one in parts(setup, "kinds")}
    groups = {str(one["id"]) for one in parts(setup, "groups")}
    new = [dict(known.kinds[one]) for one in known.kinds if one in wanted and one not in kinds]
    # A kind and a group have no id together.
    taken = kinds | {one["id"] for one in new}
    wanted_groups = dict.fromkeys(str(one["group"]) for one in new if one.get("group"))
    added = [known.groups[one] for one in wanted_groups if one in known.groups and one not in groups | taken]
    there = groups | {str(one["id"]) for one in added}
    new = [{name: said for name, said in one.items() if name != "group" or said in there} for one in new]
    for section, some in (("groups", added), ("kinds", new)):
        text = editing.add(text, section, *some) if some else text
    return text


def _government(code: str, centre: RawPart, known: CentreOffers) -> Mapping[str, str]:
    found = known.governments.get(code)
    if found is not None:
        return dict(found["name"])
    return government_names(code, centre.get("languages", ())) if code in countries() else {"en": code}


def _without(text: str, section: str, goes: Callable[[RawPart], bool]) -> str:
    there = editing.raw(text).get(section, ())
    gone = [number for number, one in enumerate(there) if goes(one)]
    return editing.remove(text, section, *gone) if gone else text


def _was_used(kind: RawPart, services: Iterable[RawPart]) -> bool:
    return any(one.get("kind") == kind.get("id") for one in services)
