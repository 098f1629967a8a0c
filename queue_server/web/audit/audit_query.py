"""What the address of the page of auditors asks for. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from urllib.parse import urlencode

import msgspec

from queue_server.web.paging import read_skip

#: The views of every record; rooms bring others, which come first.
LOOKED: Final = "looked"
ACTED: Final = "acted"
#: The beginning that the names of all staff share.
STAFF: Final = "staff/"
_IDENT: Final = re.compile(r"[0-9a-f-]{36}", re.ASCII)
_YEARS: Final = range(2000, 3000)


class AuditQuery(msgspec.Struct, frozen=True):
    """``subject`` is an id or "", ``actor`` a whole name, ``STAFF`` or "" for everybody, ``day`` ISO 8601 or ""."""

    view: str
    subject: str = ""
    skip: int = 0
    actor: str = STAFF
    day: str = ""

    def address(self, path: str, skip: int | None = None) -> str:
        """Write it into an address; ``skip`` in place of one's own."""
        values = {"view": self.view, "subject": self.subject, "actor": self.actor, "day": self.day}
        said = {name: value for name, value in values.items() if value != getattr(AuditQuery(""), name)}
        passed = self.skip if skip is None else skip
        return f"{path}?{urlencode(said | ({'skip': passed} if passed else {}))}"


def read(query: Mapping[str, str], brought: Sequence[str] = ()) -> AuditQuery:
    """Read what an address says; what no link of ours says stands for nothing. ``brought`` are the views of rooms."""
    view, subject = query.get("view", ""), query.get("subject", "")
    actor, day = query.get("actor", STAFF), query.get("day", "")
    known = actor in ("", STAFF) or (actor.startswith(STAFF) and _IDENT.fullmatch(actor.removeprefix(STAFF)))
    views = (*brought, LOOKED, ACTED)
    return AuditQuery(
        view=view if view in views else views[0],
        subject=subject if _IDENT.fullmatch(subject) else "",
        skip=read_skip(query),
        actor=actor if known else STAFF,
        day=day if _is_day(day) else "",
    )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).year in _YEARS and len(text) == len("2026-11-25")
    except ValueError:
        return False
