"""What was typed into the outline of a centre, and what of it is refused. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from queue_server.catalogue.checking import check_part, check_types
from queue_server.catalogue.countries import governments
from queue_server.catalogue.editing import raw
from queue_server.catalogue.errors import CatalogueError, CatalogueInvalidError, CatalogueReferenceError
from queue_server.catalogue.offers import CentreOffers, RawSetup
from queue_server.catalogue.outline import DAYS, CentreOutline, outline, redrawn
from queue_server.web.catalogue.typed import PREFIX, items

#: A form has so many fields at most; a centre that has more of this is changed section by section.
MAX_SERVICES: Final = 64
MAX_GOVERNMENTS: Final = 16
#: So many further governments are named at once.
MORE: Final = 2
_COUNTERS: Final = re.compile(r"[0-9]{1,3}")


def listed(setup: RawSetup) -> bool:
    """Tell whether all governments and services of a centre can be shown at once."""
    found = outline(setup)
    return len(found.services) <= MAX_SERVICES and len(found.governments) <= MAX_GOVERNMENTS


def typed_outline(setup: RawSetup, form: Mapping[str, str]) -> CentreOutline:
    """Read what was typed, over what is set up; what cannot be right is handed on to the checks as it is."""
    before = outline(setup)
    languages = _chosen(form, "languages", before.centre.get("languages", ()))
    centre = {
        **before.centre,
        "name": _texts(form, "name"),
        "zone": form.get(f"{PREFIX}zone", ""),
        "languages": list(languages),
        "address": _texts(form, "address"),
    }
    if not centre["address"]:
        del centre["address"]
    country = form.get(f"{PREFIX}country", "")
    holidays = {name: said for name, said in before.holidays.items() if name != "country" or country}
    if country != holidays.get("country", ""):
        # A part of another country is none of this one.
        holidays = {"country": country} | {name: holidays[name] for name in ("closed",) if name in holidays}
    counters = form.get(f"{PREFIX}counters", "").strip()
    lists = f"{PREFIX}lists" in form
    more = [code for number in range(MORE) if (code := form.get(f"{PREFIX}more.{number}", "")) in governments()]
    return CentreOutline(
        centre=centre,
        holidays={name: said for name, said in holidays.items() if said},
        days=tuple(day for day in DAYS if f"{PREFIX}days.{day}" in form),
        hours=tuple(items(form.get(f"{PREFIX}hours", ""))),
        counters=int(counters) if _COUNTERS.fullmatch(counters) else -1,
        governments=tuple(dict.fromkeys([*_chosen(form, "governments", before.governments), *more]))
        if lists
        else before.governments,
        services=_chosen(form, "services", before.services) if lists else before.services,
    )


def _texts(form: Mapping[str, str], name: str) -> dict[str, str]:
    begin = f"{PREFIX}{name}."
    return {
        key.removeprefix(begin): said.strip() for key, said in form.items() if key.startswith(begin) and said.strip()
    }


def _chosen(form: Mapping[str, str], name: str, before: Iterable[str]) -> tuple[str, ...]:
    """Give what was ticked: what was so before in its order, then what is new."""
    said = [key.removeprefix(f"{PREFIX}{name}.") for key in form if key.startswith(f"{PREFIX}{name}.")]
    return tuple(dict.fromkeys([*(one for one in before if one in said), *said]))


def outlined(text: str, wanted: CentreOutline, known: CentreOffers) -> tuple[str, dict[str, CatalogueError]]:
    """Give the text that says what is wanted, and what of it is refused, by the field of the form."""
    setup = raw(text)
    week = {day: list(wanted.hours) for day in wanted.days}
    problems: dict[str, CatalogueError] = dict(check_part(setup, "centre", 0, wanted.centre).fields)
    if found := check_part(setup, "holidays", 0, wanted.holidays).fields:
        problems["country"] = next(iter(found.values()))
    if found := check_part(setup, "hours", 0, week).fields:
        problems["hours"] = next(iter(found.values()))
    if wanted.days and not wanted.hours:
        problems["hours"] = CatalogueInvalidError(section="hours", key=wanted.days[0], reason="no hours")
    if wanted.counters < 0:
        problems["counters"] = CatalogueInvalidError(section="counters", key="", reason="no number")
    if unknown := next((one for one in wanted.services if one not in known.services), None):
        problems["services"] = CatalogueReferenceError(section="services", key="", value=unknown)
    if problems:
        return text, problems
    after = redrawn(text, wanted, known)
    said = raw(after)
    for section in ("counters", "governments", "services"):
        try:
            check_types(section, said.get(section))
        except CatalogueError as error:
            problems[section] = error
    return after, problems
