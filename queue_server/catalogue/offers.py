"""What a centre can begin with: governments, and what people come for, as set-ups that are there already say it. Pure.

Set-ups are as TOML has them (``editing.raw``). What people come for is the same for several governments where the ids
of its services differ by the government alone, which stands first in them: ``uto-passport``, ``xal-passport``.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

type RawPart = Mapping[str, Any]
type RawSetup = Mapping[str, Any]


class CentreOffers(msgspec.Struct, frozen=True):
    """All that can be chosen: parts as the file says them, by their ids, and services by their keys (``offer_key``).

    Of the services kind and name count. ``languages`` are those that kiosks may offer.
    """

    languages: tuple[str, ...]
    governments: Mapping[str, RawPart]
    groups: Mapping[str, RawPart]
    kinds: Mapping[str, RawPart]
    services: Mapping[str, RawPart]


def offer_key(service: RawPart) -> str:
    """Say what of the id of a service is not its government."""
    ident = str(service["id"])
    return ident.removeprefix(f"{str(service.get('government', '')).lower()}-") or ident


def parts(setup: RawSetup, section: str) -> Iterator[RawPart]:
    """Give the parts of a section that have an id; what else stands there is refused by the checks of a catalogue."""
    found = setup.get(section)
    if isinstance(found, list | tuple):
        yield from (one for one in found if isinstance(one, Mapping) and one.get("id"))


def offers(own: RawSetup, others: Iterable[RawSetup], shipped: RawSetup) -> CentreOffers:
    """Gather what can be chosen: what the centre has, what others have, and what comes with the program.

    Who says something first counts. Governments of what comes with the program are made up, and are left out.
    """
    theirs = (own, *others)
    everybody = (*theirs, shipped)
    return CentreOffers(
        languages=tuple(
            dict.fromkeys(one for setup in everybody for one in setup.get("centre", {}).get("languages", ()))
        ),
        governments=_by_id(theirs, "governments"),
        groups=_by_id(everybody, "groups"),
        kinds=_by_id(everybody, "kinds"),
        services=_first((offer_key(one), one) for setup in everybody for one in parts(setup, "services")),
    )


def _by_id(setups: Iterable[RawSetup], section: str) -> Mapping[str, RawPart]:
    return _first((str(one["id"]), one) for setup in setups for one in parts(setup, section))


def _first(said: Iterable[tuple[str, RawPart]]) -> Mapping[str, RawPart]:
    found: dict[str, RawPart] = {}
    for name, one in said:
        found.setdefault(name, one)
    return found
