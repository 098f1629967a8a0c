"""Statements of forms: synchronous, on a ``Connection``. The streams are the truth."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, exists, literal, select

from queue_server.domain.appointments import AppointmentId
from queue_server.domain.values import CentreId, Micros, VisitId
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.projection import Projection, Row
from queue_server.forms.events import CODEC
from queue_server.forms.model import FilledForm, evolve
from queue_server.forms.tables import filled_forms
from queue_server.vault.tables import people_rows


def _rows(filled: FilledForm) -> Mapping[str, Sequence[Row]]:
    return {filled_forms.name: (msgspec.to_builtins(filled),)}


FORMS: Final = Aggregate("form", CODEC, evolve, Projection("filled-forms", 1, {filled_forms: "id"}, _rows))

_FORM = select(*(filled_forms.c[name] for name in FilledForm.__struct_fields__))


def form_streams(centre: CentreId, since: Micros) -> "Select[str]":
    known = filled_forms.c
    return select(literal(FORMS.prefix).concat(known.id)).where(known.centre == centre, known.changed_at >= since)


def by_id(connection: Connection, centre: CentreId, ident: str) -> FilledForm | None:
    return next(iter(_some(connection, filled_forms.c.centre == centre, filled_forms.c.id == ident)), None)


def of_visits(
    connection: Connection, centre: CentreId, visits: Iterable[VisitId], now: Micros
) -> tuple[FilledForm, ...]:
    """List what was filled in for some visits and is kept, what was saved first before the others."""
    c = filled_forms.c
    # Whoever was shredded has left nothing in the vault.
    is_there = exists().where(people_rows.c.id == c.answers)
    found = _some(connection, c.centre == centre, c.visit.in_(tuple(visits)), is_there, c.ends_at > now)
    return tuple(sorted(found, key=lambda one: (one.saved_at, one.id)))


def of_appointment(connection: Connection, appointment: AppointmentId, now: Micros) -> tuple[FilledForm, ...]:
    """List what was filled in for an appointment and is kept, also of another centre's."""
    c = filled_forms.c
    return _some(connection, c.appointment == appointment, c.answers.is_not(None), c.ends_at > now)


def _some(connection: Connection, *which: ColumnElement[bool]) -> tuple[FilledForm, ...]:
    found = connection.execute(_FORM.where(*which).order_by(filled_forms.c.id)).mappings()
    return tuple(_read(row) for row in found)


def _read(row: Mapping[Any, Any]) -> FilledForm:
    # The names of columns are no plain strings, which msgspec wants.
    return msgspec.convert({name: row[name] for name in FilledForm.__struct_fields__}, FilledForm)
