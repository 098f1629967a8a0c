"""A catalogue as TOML: read strictly, checked, written back."""

import re
import tomllib
from collections import Counter as Tally
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise, permutations
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import msgspec
import tomli_w

from queue_server.catalogue.alarms import check_alarms
from queue_server.catalogue.appointments import StaffingDefinition
from queue_server.catalogue.checklists import check_checklists, written_words
from queue_server.catalogue.errors import (
    CatalogueDuplicateError,
    CatalogueError,
    CatalogueHolidaysError,
    CatalogueHoursError,
    CatalogueInvalidError,
    CatalogueJourneyError,
    CatalogueLanguageError,
    CatalogueReferenceError,
    CatalogueSyntaxError,
    CatalogueZoneError,
)
from queue_server.catalogue.fees import check_fees
from queue_server.catalogue.fields import FALLBACK, Names, span_minutes
from queue_server.catalogue.forms import check_forms, written_form_words
from queue_server.catalogue.model import CounterDefinition, Setup
from queue_server.catalogue.staffing import check_appointments

#: A catalogue of 1,000 services in 15 languages is below this. Characters.
MAX_LENGTH = 2_000_000


def parse(text: str) -> Setup:
    """Read and check a catalogue.

    Raises:
        CatalogueError: what is wrong, with ``section`` and ``key``.
    """
    setup = unchecked(text)
    check(setup)
    return setup


def unchecked(text: str) -> Setup:
    """Read a catalogue as far as types tell; ``check`` finds the rest.

    Raises:
        CatalogueSyntaxError: it is not TOML.
        CatalogueInvalidError: as ``convert`` says.
    """
    if len(text) > MAX_LENGTH:
        raise CatalogueInvalidError(section="", key="", reason=f"longer than {MAX_LENGTH} characters")
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CatalogueSyntaxError(section="", key="", reason=str(error)) from error
    return convert(raw)


def convert(raw: Mapping[str, Any]) -> Setup:
    """Take what TOML says for a catalogue, as far as types tell; ``check`` finds the rest.

    Raises:
        CatalogueInvalidError: a value is missing, unknown, of a wrong type or out of bounds.
    """
    try:
        return msgspec.convert(raw, Setup, strict=True)
    except msgspec.ValidationError as error:
        raise invalid(error) from error


def invalid(error: msgspec.ValidationError, root: str = "$") -> CatalogueInvalidError:
    """Say where something is wrong that stands at ``root`` of a catalogue."""
    said = str(error).replace("`$", f"`{root}")
    # What is missing at the top is named without a place.
    section, key = _place(said if " - at " in said or root == "$" else f"{said} - at `{root}`")
    return CatalogueInvalidError(section=section, key=key, reason=str(error).partition(" - at ")[0])


def read(text: str) -> Setup | None:
    """Read a catalogue that was checked when it was stored; None where this release refuses it."""
    try:
        return parse(text)
    except CatalogueError:
        return None


# How msgspec words a place: "... field `key` - at `$.services[3]`", "... - at `$.steps[0].name[...]`".
_FIELD = re.compile(r"(?:missing required|contains unknown) field `([^`]*)`")
_PATH = re.compile(r"`\$\.?([^`]*)`$")


def _place(problem: str) -> tuple[str, str]:
    """Find the section (``services[3]``) and the key in it (``name``) in a sentence of msgspec's."""
    path, field = _PATH.search(problem), _FIELD.search(problem)
    parts = [] if path is None else path[1].replace("[...]", "").split(".", 1)
    if field is not None:
        parts.append(field[1])
    # A key of the file itself is a section that is missing or unknown.
    return (parts[0], parts[-1] if len(parts) > 1 else "") if parts else ("", "")


def write(setup: Setup) -> str:
    """Write a catalogue so that ``parse`` reads the same again."""
    return tomli_w.dumps(msgspec.to_builtins(setup, builtin_types=(date,), str_keys=True))


def check(setup: Setup) -> None:
    """Check what the types of ``Setup`` cannot say.

    Raises:
        CatalogueError: the first thing that is wrong.
    """
    _check_centre(setup)
    _check_ids(setup)
    _check_references(setup)
    check_fees(setup)
    check_checklists(setup.checklists, (one.id for one in setup.services), (one.id for one in setup.bands))
    check_forms(setup.forms, (one.id for one in setup.services))
    check_appointments(setup)
    check_alarms(setup.alarms)
    for section, key, names in written_names(setup):
        if FALLBACK not in names:
            raise CatalogueLanguageError(section=section, key=key, missing=FALLBACK)


def _check_centre(setup: Setup) -> None:
    # A key that ZoneInfo refuses by its shape is a ValueError, one that is a folder of zones an OSError.
    try:
        ZoneInfo(setup.centre.zone)
    except (KeyError, ValueError, OSError) as error:
        raise CatalogueZoneError(section="centre", key="zone") from error
    country, subdivision = setup.holidays.country, setup.holidays.subdivision
    supported = holidays.list_supported_countries(include_aliases=True)
    if country is not None and country not in supported:
        raise CatalogueHolidaysError(section="holidays", key="country")
    if subdivision is not None and (country is None or subdivision not in supported[country]):
        raise CatalogueHolidaysError(section="holidays", key="subdivision")
    for day, spans in zip(setup.hours.__struct_fields__, setup.hours.week, strict=True):
        ordered = [span_minutes(span) for span in spans]
        if any(opens >= closes for opens, closes in ordered) or any(
            later[0] < earlier[1] for earlier, later in pairwise(ordered)
        ):
            raise CatalogueHoursError(section="hours", key=day)


def _check_ids(setup: Setup) -> None:
    _once("centre", "languages", setup.centre.languages)
    _once("governments", "id", (one.id for one in setup.governments))
    # A kind without a group stands beside the groups: no two of them may have one name.
    _once("kinds", "id", (one.id for one in setup.kinds))
    _once("groups", "id", [*(one.id for one in setup.groups), *(one.id for one in setup.kinds)])
    _once("steps", "id", (one.id for one in setup.steps))
    _once("services", "id", (one.id for one in setup.services))
    _once("bands", "id", (one.id for one in setup.bands))
    _once("counters", "id", (one.id for one in setup.counters))
    _once("counters", "name", (one.name for one in setup.counters))
    _once("holidays", "closed", (day.isoformat() for day in setup.holidays.closed))
    _once("shelves", "id", (one.id for one in setup.shelves))
    for inner, outer in permutations(setup.shelves, 2):
        # A place of the one would be counted with the other.
        if inner.id.startswith(f"{outer.id}-"):
            raise CatalogueDuplicateError(section="shelves", key="id", value=inner.id)
    for index, service in enumerate(setup.services):
        _once(f"services[{index}]", "steps", service.steps)
        _once(f"services[{index}]", "checklist_steps", service.checklist_steps)
    for index, fee in enumerate(setup.fees):
        _once(f"fees[{index}]", "bands", fee.bands)
    _once("staffing", "id", (one.id for one in setup.staffing))
    for index, pool in enumerate(setup.staffing):
        _once(f"staffing[{index}]", "days", pool.days)
    if setup.appointments is not None:
        _once("appointments", "remind_hours", map(str, setup.appointments.remind_hours))
    _once("alarms", "mail", setup.alarms.mail)


def _once(section: str, key: str, values: Iterable[str]) -> None:
    for value, count in Tally(values).items():
        if count > 1:
            raise CatalogueDuplicateError(section=section, key=key, value=value)


def _check_references(setup: Setup) -> None:
    governments = {one.id for one in setup.governments}
    kinds = {one.id for one in setup.kinds}
    steps = {one.id for one in setup.steps}
    cash_desks = {one.id for one in setup.steps if one.takes_fees}
    services = {one.id for one in setup.services}
    groups = {one.id for one in setup.groups}
    for index, kind in enumerate(setup.kinds):
        _known(f"kinds[{index}]", "group", () if kind.group is None else (kind.group,), groups)
    for index, service in enumerate(setup.services):
        section = f"services[{index}]"
        _known(section, "government", (service.government,), governments)
        _known(section, "kind", (service.kind,), kinds)
        _known(section, "steps", service.steps, steps)
        for key in ("step_promises", "step_minutes", "step_extra_minutes", "checklist_steps"):
            _known(section, key, getattr(service, key), set(service.steps))
        # A fee is paid once: of two cash desks nobody could say which one it settles.
        if len(cash_desks.intersection(service.steps)) > 1:
            raise CatalogueJourneyError(section=section, key="steps", service=service.id)
    skilled: list[tuple[str, CounterDefinition | StaffingDefinition]] = [
        *((f"counters[{index}]", one) for index, one in enumerate(setup.counters)),
        *((f"staffing[{index}]", one) for index, one in enumerate(setup.staffing)),
    ]
    for section, one in skilled:
        _known(section, "steps", one.steps, steps)
        _known(section, "services", one.services, services)
        _known(section, "governments", one.governments, governments)


def _known[T: str](section: str, key: str, named: Iterable[T], there: set[T]) -> None:
    for one in named:
        if one not in there:
            raise CatalogueReferenceError(section=section, key=key, value=one)


def written_names(setup: Setup) -> Iterator[tuple[str, str, Names]]:
    """Every name of a catalogue and where it stands."""
    yield "centre", "name", setup.centre.name
    if setup.centre.address:
        yield "centre", "address", setup.centre.address
    for section in ("governments", "groups", "kinds", "services", "bands", "staffing", "steps"):
        for index, part in enumerate(getattr(setup, section)):
            # A pool may do without a name.
            if part.name:
                yield f"{section}[{index}]", "name", part.name
    for index, step in enumerate(setup.steps):
        if step.place:
            yield f"steps[{index}]", "place", step.place
    yield from written_words(setup.checklists)
    yield from written_form_words(setup.forms)
