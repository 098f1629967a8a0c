"""Turns the accounts of a centre into rows for its managers. Pure."""

from collections.abc import Iterable, Mapping

import msgspec
from markupsafe import Markup

from queue_server.accounts.model import SessionId, Staff
from queue_server.accounts.signed_in import SignedIn
from queue_server.centre.views import Facts
from queue_server.domain.values import CentreId, Micros, StaffId
from queue_server.web.account import presenter
from queue_server.web.account.page import SessionLine
from queue_server.web.view_context import PageReader


class StaffRow(msgspec.Struct, frozen=True):
    """A member of staff: ``is_locked_out`` where so many strangers have tried the name that a new browser waits."""

    id: StaffId
    name: str
    login: str
    roles: Markup
    closed: bool
    is_locked_out: bool
    lines: tuple[SessionLine, ...]


def rows(  # noqa: PLR0917 - what a page is made of
    staff: Iterable[Staff],
    sessions: Iterable[SignedIn],
    locked_out: frozenset[StaffId],
    facts: Mapping[CentreId, Facts],
    reader: PageReader,
    home: CentreId,
    *,
    now: Micros,
    me: SessionId,
) -> tuple[StaffRow, ...]:
    """Write a row for each, those first who are kept out, then who is signed in."""
    _, signed_in = reader.words, tuple(sessions)

    def row(one: Staff) -> StaffRow:
        mine = (each for each in signed_in if each.staff == one.id)
        roles = (presenter.role(_, role) for role in sorted(one.roles.get(home, ())))
        return StaffRow(
            id=one.id,
            name=one.name,
            login=one.login,
            roles=_(", ").join(roles),
            closed=one.disabled_at is not None,
            is_locked_out=one.id in locked_out,
            lines=tuple(presenter.line(each, facts, reader, now=now, me=me, home=home) for each in mine),
        )

    return tuple(sorted(map(row, staff), key=lambda one: (not one.is_locked_out, not one.lines, one.name.casefold())))
