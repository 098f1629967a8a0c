"""The catalogue in the database: one centre is written and read whole."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Table, delete, insert, select, update

from queue_server.catalogue import fees, fields, model, toml, versions, views
from queue_server.catalogue import tables as t
from queue_server.catalogue.appointments import AppointmentRules, StaffingDefinition
from queue_server.catalogue.checklists import ChecklistDefinition
from queue_server.catalogue.errors import CatalogueChangedError, CentreExistsError, CentreNotSetUpError
from queue_server.catalogue.forms import FormDefinition
from queue_server.catalogue.set_up_events import SetUpPutBack, SetUpPutInForce, record
from queue_server.contract.catalogue import ServicesAnswer
from queue_server.domain.money import written
from queue_server.domain.values import Actor, CentreId, Micros, now_micros
from queue_server.queue.settings import CentreSettings

type Row = dict[str, Any]

#: The day on which a list of a demo catalogue was looked through.
_REVIEWED = re.compile(r"(?m)^reviewed = (\d{4}-\d{2}-\d{2})$")


def import_catalogue(connection: Connection, text: str) -> model.Stored:
    """Put a catalogue in place of what its centre had, and count its version up.

    Raises:
        CatalogueError: it is refused, and nothing changes.
    """
    return save(connection, toml.parse(text), text=text)


def export_catalogue(connection: Connection, centre: CentreId) -> str | None:
    """Give a centre's catalogue as it was written, with its comments; None where there is no such centre."""
    stored = load(connection, centre)
    if stored is None:
        return None
    written = versions.find(connection, centre, stored.version)
    # A release before keeps no text of what it imports.
    return toml.write(stored.setup) if written is None else written.text


def undo(
    connection: Connection,
    centre: CentreId,
    wanted: int | None = None,
    *,
    over: int | None = None,
    actor: Actor,
    at: Micros,
) -> model.Stored:
    """Put a version in force again, as a new one: ``wanted``, or the one before what now is.

    Raises:
        CentreNotSetUpError: there is no such centre.
        CatalogueVersionUnknownError: that version was not kept, or never was.
        CatalogueChangedError: another version is in force than ``over``, where that is named.
        CatalogueError: this release refuses what it says.
    """
    there = version(connection, centre)
    if there is None:
        raise CentreNotSetUpError(centre=centre)
    earlier = there - 1 if wanted is None else wanted
    text = versions.get(connection, centre, earlier).text
    stored = _save_over(connection, toml.parse(text), text, over=there if over is None else over, actor=actor, at=at)
    record(connection, centre, SetUpPutBack(centre, stored.version, earlier), actor=actor, at=at)
    return stored


def put_in_force(
    connection: Connection, setup: model.Setup, text: str, *, over: int, actor: Actor, at: Micros
) -> model.Stored:
    """Put a checked catalogue in the place of the version ``over``.

    Raises:
        CatalogueChangedError: another one is in force since.
    """
    stored = _save_over(connection, setup, text, over=over, actor=actor, at=at)
    deed = SetUpPutInForce(setup.centre.id, stored.version)
    record(connection, setup.centre.id, deed, actor=actor, at=at)
    return stored


def _save_over(
    connection: Connection, setup: model.Setup, text: str, *, over: int, actor: Actor, at: Micros
) -> model.Stored:
    stored = save(connection, setup, text=text, actor=actor, at=at)
    # Asked once the row of the centre is taken: nobody comes between. The transaction takes back what was written.
    if stored.version != over + 1:
        raise CatalogueChangedError(centre=setup.centre.id, version=stored.version - 1)
    return stored


def new_centre(connection: Connection, centre: str, name: str, zone: str) -> model.Stored:
    """Set a centre up as every new one begins; ``name`` is its English name, ``zone`` one of the IANA database.

    Raises:
        CatalogueError: id, name or zone cannot be taken, and nothing changes.
        CentreExistsError: there is a centre with this id.
    """
    begun = toml.parse((files("queue_server.catalogue") / "template" / "centre.toml").read_text(encoding="utf-8"))
    said = replace(begun.centre, id=CentreId(centre), name={"en": name}, zone=zone)
    if version(connection, said.id) is not None:
        raise CentreExistsError(centre=centre)
    return import_catalogue(connection, toml.write(replace(begun, centre=said)))


def demo_catalogues() -> tuple[str, ...]:
    """Read the catalogues that ``init --demo`` sets up: centres ``demo`` and ``harbour``.

    Their checklists were looked through in the last weeks, on whichever day that is asked.
    """
    folder = files("queue_server.catalogue") / "demo"
    texts = [(folder / name).read_text(encoding="utf-8") for name in ("demo.toml", "harbour.toml")]
    newest = max(date.fromisoformat(one[1]) for text in texts for one in _REVIEWED.finditer(text))
    aged = datetime.now(UTC).date() - newest

    def today(found: re.Match[str]) -> str:
        return f"reviewed = {date.fromisoformat(found[1]) + aged}"

    return tuple(_REVIEWED.sub(today, text) for text in texts)


def centres(connection: Connection) -> tuple[CentreId, ...]:
    return tuple(connection.execute(select(t.centres.c.id).order_by(t.centres.c.id)).scalars())


def version(connection: Connection, centre: CentreId) -> int | None:
    """Tell the version of a centre's set-up; None where there is no such centre."""
    return connection.execute(select(t.centres.c.version).where(t.centres.c.id == centre)).scalar_one_or_none()


def load_settings(connection: Connection, centre: CentreId) -> CentreSettings | None:
    stored = load(connection, centre)
    return None if stored is None else model.settings(stored)


def services_answer(connection: Connection, centre: CentreId, now: datetime) -> ServicesAnswer | None:
    """Answer what a centre offers; ``now`` is an aware datetime."""
    stored = load(connection, centre)
    return None if stored is None else views.services_answer(stored, now)


def save(
    connection: Connection,
    setup: model.Setup,
    *,
    text: str | None = None,
    actor: Actor = versions.SYSTEM,
    at: Micros | None = None,
) -> model.Stored:
    """Write a checked set-up whole, and keep what ``actor`` wrote: ``text``, or what ``setup`` is as TOML.

    The row of the centre is taken first: two imports wait for each other.
    """
    row = _centre_row(setup)
    here = t.centres.c.id == setup.centre.id
    if connection.execute(update(t.centres).where(here).values(version=t.centres.c.version + 1)).rowcount == 0:
        connection.execute(insert(t.centres).values({**row, "version": 1}))
    else:
        _record_last(connection, setup.centre.id)
        connection.execute(update(t.centres).where(here).values(row))
    for table in t.PARTS:
        connection.execute(delete(table).where(table.c.centre == setup.centre.id))
    for table, rows in _parts(setup):
        if rows:
            connection.execute(insert(table), [{"centre": setup.centre.id, **one} for one in rows])
    found = version(connection, setup.centre.id)
    assert found is not None  # noqa: S101 - written a moment ago in this transaction
    written = toml.write(setup) if text is None else text
    moment = now_micros() if at is None else at
    versions.record(connection, setup.centre.id, versions.CatalogueVersion(found, moment, actor, written))
    return model.Stored(setup, found)


def _record_last(connection: Connection, centre: CentreId) -> None:
    """Keep what a release before has left in force, so that it can be put back; its version is counted up already."""
    last = (version(connection, centre) or 0) - 1
    if versions.find(connection, centre, last) is None and (before := load(connection, centre)) is not None:
        one = versions.CatalogueVersion(last, None, versions.SYSTEM, toml.write(before.setup))
        versions.record(connection, centre, one)


def _centre_row(setup: model.Setup) -> Row:
    return {
        "id": setup.centre.id,
        "name": setup.centre.name,
        "zone": setup.centre.zone,
        "languages": setup.centre.languages,
        "day_start": setup.centre.day_start,
        "address": setup.centre.address,
        "holiday_country": setup.holidays.country,
        "holiday_subdivision": setup.holidays.subdivision,
        "promises": setup.promises,
        "alarms": msgspec.to_builtins(setup.alarms),
        **msgspec.structs.asdict(setup.rules),
    }


def _parts(setup: model.Setup) -> list[tuple[Table, list[Row]]]:
    """Rows of everything that belongs to a centre; those that are named stand before those that name them."""
    hours = [
        {"weekday": weekday, "opens": opens, "closes": closes}
        for weekday, spans in enumerate(setup.hours.week)
        for opens, closes in map(fields.span_minutes, spans)
    ]
    journeys = [
        {
            "service": service.id,
            "position": position,
            "step": step,
            "promises": service.step_promises.get(step, {}),
            "needs_checklist": step in service.checklist_steps,
            "minutes": service.step_minutes.get(step),
            "extra_minutes": service.step_extra_minutes.get(step),
        }
        for service in setup.services
        for position, step in enumerate(service.steps)
    ]
    rules = [] if setup.appointments is None else [msgspec.structs.asdict(setup.appointments)]
    priced = _rows(t.fees, setup.fees)
    return [
        (t.governments, _rows(t.governments, setup.governments)),
        (t.kind_groups, _rows(t.kind_groups, setup.groups)),
        (t.kinds, _rows(t.kinds, setup.kinds)),
        (t.steps, _rows(t.steps, setup.steps)),
        (t.services, _rows(t.services, setup.services)),
        (t.service_steps, journeys),
        (t.counters, _rows(t.counters, setup.counters)),
        (t.opening_hours, hours),
        (t.closed_days, [{"day": day} for day in setup.holidays.closed]),
        (t.bands, _rows(t.bands, setup.bands)),
        (t.shelves, _rows(t.shelves, setup.shelves)),
        (t.appointment_rules, rules),
        (t.staffing, _rows(t.staffing, setup.staffing)),
        (t.service_checklists, _checklists(setup)),
        (t.service_forms, _forms(setup)),
        (t.fees, [row | {"amount": fees.minor(fee)} for row, fee in zip(priced, setup.fees, strict=True)]),
    ]


def _checklists(setup: model.Setup) -> list[Row]:
    """Write the lists with their lines as JSON has them; days stay days."""
    written: list[Row] = msgspec.to_builtins(setup.checklists, builtin_types=(date,))
    return [{"position": position, **row} for position, row in enumerate(written)]


def _forms(setup: model.Setup) -> list[Row]:
    """Write the forms as JSON has them: their questions keep their order."""
    written: list[Row] = [
        {"id": one.id, "services": one.services, "title": one.title, "retention_days": one.retention_days}
        | msgspec.to_builtins({"purposes": one.purposes, "schema": one.schema})
        for one in setup.forms
    ]
    return [{"position": position, **row} for position, row in enumerate(written)]


def _rows(table: Table, parts: Sequence[fields.CatalogueSection]) -> list[Row]:
    """Take the fields of each part that are columns of its table."""
    return [
        {"position": position}
        | {name: value for name, value in msgspec.structs.asdict(part).items() if name in table.columns}
        for position, part in enumerate(parts)
    ]


def load(connection: Connection, centre: CentreId) -> model.Stored | None:
    """Read a centre's set-up; None where there is no such centre."""
    row = connection.execute(select(t.centres).where(t.centres.c.id == centre)).mappings().one_or_none()
    if row is None:
        return None

    def rows(table: Table, *order: str) -> list[Row]:
        columns = [table.c[name] for name in order]
        found = connection.execute(select(table).where(table.c.centre == centre).order_by(*columns))
        return [dict(one) for one in found.mappings()]

    week: list[list[str]] = [[] for _ in range(7)]
    for one in rows(t.opening_hours, "weekday", "opens"):
        week[one["weekday"]].append(fields.span_text(one["opens"], one["closes"]))
    journeys = defaultdict(list)
    for one in rows(t.service_steps, "service", "position"):
        journeys[one["service"]].append(one)
    services = rows(t.services, "position")
    for service in services:
        journey = journeys[service["id"]]
        service["steps"] = [stop["step"] for stop in journey]
        service["step_promises"] = {stop["step"]: stop["promises"] for stop in journey if stop["promises"]}
        service["checklist_steps"] = [stop["step"] for stop in journey if stop["needs_checklist"]]
        for name in ("minutes", "extra_minutes"):
            service[f"step_{name}"] = {stop["step"]: stop[name] for stop in journey if stop[name] is not None}
    given = connection.execute(select(t.appointment_rules).where(t.appointment_rules.c.centre == centre))
    appointments = [_fields(AppointmentRules, one) for one in given.mappings()]
    setup = {
        "centre": _fields(model.CentreDefinition, row),
        "governments": [_fields(model.Government, one) for one in rows(t.governments, "position")],
        "groups": [_fields(model.ServiceGroup, one) for one in rows(t.kind_groups, "position")],
        "kinds": [_fields(model.ServiceKind, one) for one in rows(t.kinds, "position")],
        "steps": [_fields(model.StepDefinition, one) for one in rows(t.steps, "position")],
        "services": [_fields(model.ServiceDefinition, one) for one in services],
        "counters": [_fields(model.CounterDefinition, one) for one in rows(t.counters, "position")],
        "hours": dict(zip(model.OpeningHours.__struct_fields__, week, strict=True)),
        "holidays": {
            "country": row["holiday_country"],
            "subdivision": row["holiday_subdivision"],
            "closed": [one["day"] for one in rows(t.closed_days, "day")],
        },
        "promises": row["promises"],
        # A release before did not know them.
        "alarms": row["alarms"] or {},
        "rules": _fields(model.Rules, row),
        "bands": [_fields(model.AgeBand, one) for one in rows(t.bands, "position")],
        "shelves": [_fields(model.ShelfDefinition, one) for one in rows(t.shelves, "position")],
        "appointments": appointments[0] if appointments else None,
        "staffing": [_fields(StaffingDefinition, one) for one in rows(t.staffing, "position")],
        "checklists": [
            _fields(ChecklistDefinition, one) | {"services": there}
            for one in rows(t.service_checklists, "position")
            if (there := [service for service in one["services"] if service in journeys])
        ],
        "forms": [
            _fields(FormDefinition, one) | {"services": there}
            for one in rows(t.service_forms, "position")
            if (there := [service for service in one["services"] if service in journeys])
        ],
        "fees": [
            _fields(model.FeeDefinition, one)
            | {"amount": written(one["amount"], one["currency"]), "bands": one["bands"] or ()}
            for one in rows(t.fees, "position")
            if one["service"] in journeys
        ],
    }
    return model.Stored(msgspec.convert(setup, model.Setup), row["version"])


def _fields(part: type[fields.CatalogueSection], row: Mapping[Any, Any]) -> Row:
    """Give what a row says of a part; what a release before did not know is as where nobody has set it up."""
    return {name: row[name] for name in part.__struct_fields__ if row[name] is not None}
