"""Writes ``docs/events.md`` from the code: ``.venv/bin/python -m tests.docs.events_page``."""

import ast
import re
import textwrap
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import inspect

from queue_server.accounts import device_events as devices
from queue_server.accounts import events as accounts
from queue_server.applications import model as applications
from queue_server.appointments import events as appointments
from queue_server.appointments import waitlist_events as waitlist
from queue_server.catalogue import set_up_events as set_ups
from queue_server.collection import events as collection
from queue_server.contract.descriptions import descriptions, one_line
from queue_server.custody import events as custody
from queue_server.domain.values import Micros
from queue_server.early_warnings import assignment_events as alarms
from queue_server.eventlog.payload import Payload
from queue_server.forms import events as forms
from queue_server.lockers import events as lockers
from queue_server.notices import events as notices
from queue_server.payments import events as payments
from queue_server.payments import reconciliation
from queue_server.queue import event_fields
from queue_server.queue import events as queue
from queue_server.requirements import events as requirements

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/events.md"


@dataclass(frozen=True)
class Stream:
    """A kind of stream: how its streams are named, what its fields mean, and a sentence about whose it is."""

    name: str
    about: str
    events: Mapping[str, type[Payload]]
    meanings: Mapping[str, str]


STREAMS = (
    Stream(
        "queue/<centre>/<service day>",
        "All that happens on a day to visits, counters, help calls and notices. The one writer of the centre in each "
        "server process writes it: what devices, staff and integrations ask for, and what time brings (actor "
        "`system`).",
        queue.EVENTS,
        event_fields.MEANINGS,
    ),
    Stream(
        "payment/<payment>",
        "One attempt to pay, one amount that staff took, or one waiver. Rows of the journal come from the kiosk that "
        "took it, everything else from staff.",
        payments.EVENTS,
        payments.MEANINGS,
    ),
    Stream(
        "reconciliation/<end of day>",
        "The end of a terminal's day. The kiosk tells it; a manager sees its differences.",
        reconciliation.EVENTS,
        reconciliation.MEANINGS,
    ),
    Stream(
        "application/<application>",
        "What one person asks of one government, over weeks. Staff and integrations write it.",
        applications.EVENTS,
        applications.MEANINGS,
    ),
    Stream(
        "checklist/<visit>",
        "What a party brings, and what of it is there. Staff write it, and a kiosk what people said there.",
        requirements.CODEC.kinds,
        requirements.MEANINGS,
    ),
    Stream(
        "form/<form that was filled in>",
        "That somebody filled in a form, and to what they consent. Nobody is named, and nothing that was answered "
        "stands in it. The person writes it (actor `public`, or the kiosk), or staff together with them.",
        forms.CODEC.kinds,
        forms.MEANINGS,
    ),
    Stream(
        "account/<member of staff>",
        "What was done to an account, never a password or a code. Its owner writes it, or whoever manages accounts.",
        accounts.EVENTS,
        accounts.MEANINGS,
    ),
    Stream(
        "device/<device>",
        "What managers asked of a device from afar, what became of it, and who read the log that it sent. Managers "
        "write it, and the device.",
        devices.CODEC.kinds,
        devices.MEANINGS,
    ),
    Stream(
        "set-up/<centre>",
        "What was done to the set-up of a centre. Administrators write it, commands at the server do (actor `system`), "
        "and time, when the day of a plan begins (`system` too). What a version says stands in its table.",
        set_ups.CODEC.kinds,
        set_ups.MEANINGS,
    ),
    Stream(
        "alarms/<centre>/<service day>",
        "Who of the managers saw to which alarm. They write it; that an alarm is over stands in no event.",
        alarms.CODEC.kinds,
        alarms.MEANINGS,
    ),
    Stream(
        "custody/<item>",
        "What became of one document that was entrusted to the centre, and who had it since. Staff write it, and time "
        "does (actor `system`).",
        custody.ITEM_CODEC.kinds,
        custody.ITEM_MEANINGS,
    ),
    Stream(
        "bag/<bag>",
        "One journey of a tamper-evident bag. What happens to it happens to the items in it, in the same commit.",
        custody.BAG_CODEC.kinds,
        custody.BAG_MEANINGS,
    ),
    Stream(
        "stocktaking/<look>",
        "One look into a drawer. What was missing is missed in its own stream, in the same commit.",
        custody.STOCK_CODEC.kinds,
        custody.STOCK_MEANINGS,
    ),
    Stream(
        "authority/<authority>",
        "Somebody may collect for somebody else; who it is stands in the vault. Staff write it.",
        collection.AUTHORITY_CODEC.kinds,
        collection.AUTHORITY_MEANINGS,
    ),
    Stream(
        "collection-kiosk/<kiosk>",
        "Wrong codes and documents at a kiosk, once the next has to wait.",
        collection.KIOSK_CODEC.kinds,
        collection.KIOSK_MEANINGS,
    ),
    Stream(
        "collection-code/<item>",
        "One-time codes that staff made by hand; never the code itself.",
        collection.CODE_CODEC.kinds,
        collection.CODE_MEANINGS,
    ),
    Stream(
        "bank/<device>",
        "Which compartments a bank of lockers has, and of which staff have to look. The bank tells it.",
        lockers.BANK_CODEC.kinds,
        lockers.BANK_MEANINGS,
    ),
    Stream(
        "locker-order/<order>",
        "One order to a bank: staff give it, or whoever collects; the bank tells what became of it. What follows for "
        "the item stands in its own stream, in the same commit.",
        lockers.ORDER_CODEC.kinds,
        lockers.ORDER_MEANINGS,
    ),
    Stream(
        "appointments/<centre>/<service day>",
        "Who has which time of a day, and what it takes of whom. Whoever books writes it: people on the web, staff, "
        "kiosks, other systems; managers change the day, and time brings who did not come (actor `system`).",
        appointments.CODEC.kinds,
        appointments.MEANINGS,
    ),
    Stream(
        "waitlist/<entry>",
        "Somebody waits for a place at a centre. They join, decline and leave; the server offers what is free, in the "
        "commit that holds it (actor `system`).",
        waitlist.CODEC.kinds,
        waitlist.MEANINGS,
    ),
    Stream(
        "notification/<notification>",
        "Something that somebody is told. It begins in the commit of the event that it follows; what becomes of it the "
        "server writes that sends it (actor `system`).",
        notices.CODEC.kinds,
        notices.MEANINGS,
    ),
)

_HEAD = """# Events

Everything that happens is an event in an append-only stream ([design.md](design.md#events)). This page lists every
stream, and every event in its newest version, with its fields. It is made from the code by
`.venv/bin/python -m tests.docs.events_page`, and a test compares.

An event is a row of `stream, seq, at, type, v, command, actor, payload, hash`; what follows are the payloads. `at` and
all other moments are microseconds since 1970-01-01T00:00:00Z. Payloads hold ids, enumerations, numbers and times,
nothing that a person typed. `v` is the version of a payload: older ones are read too, and brought up to the newest as
they are read.
"""


def meaning(stream: Stream, kind: type, field: str) -> str:
    """Say what a field means: what stands under it, or what its name means in this stream; "" where nothing does."""
    return descriptions(kind).get(field) or stream.meanings.get(field, "")


def parts(kinds: Iterable[type]) -> list[type]:
    """List the structs of which the fields of these are made, each once, without these."""
    listed = list(kinds)
    found: dict[type, None] = {}
    for kind in listed:
        _reach(inspect.type_info(kind), found)
    return [kind for kind in found if kind not in listed]


def _reach(kind: inspect.Type, found: dict[type, None]) -> None:
    match kind:
        case inspect.StructType(cls=cls, fields=fields):
            if cls not in found:
                found[cls] = None
                for field in fields:
                    _reach(field.type, found)
        case inspect.UnionType(types=kinds):
            for one in kinds:
                _reach(one, found)
        case inspect.VarTupleType(item_type=item):
            _reach(item, found)
        case _:
            pass


def type_name(kind: Any) -> str:
    """Name the type of a field as a reader of the page understands it."""
    if kind is Micros:
        return "moment"
    if get_origin(kind) in {Union, types.UnionType}:
        return " or ".join("null" if one is type(None) else type_name(one) for one in get_args(kind))
    if get_origin(kind) is tuple:
        return f"list of {type_name(get_args(kind)[0])}"
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "one of " + ", ".join(f"`{one.value}`" for one in kind)
    name: str = kind.__name__
    return {"int": "number", "bool": "yes or no", "UnsetType": "left out"}.get(name, name)


@cache
def _calls() -> dict[str, set[str]]:
    """Find in which rooms of the server an event is made by the name of its class."""
    found: dict[str, set[str]] = {}
    # Few files make events: only they are parsed.
    made = re.compile(rf"\b({'|'.join(kind.__name__ for stream in STREAMS for kind in stream.events.values())})\(")
    for path in sorted((ROOT / "queue_server").rglob("*.py")):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if made.search(text) else ():
            match node:
                case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
                    found.setdefault(name, set()).add(
                        path.relative_to(ROOT / "queue_server").parts[0].removesuffix(".py")
                    )
                case _:
                    pass
    return found


def writers(kind: type) -> list[str]:
    """Name the rooms that make an event of this kind."""
    return sorted(_calls().get(kind.__name__, ()))


def _fields(stream: Stream, kind: type[msgspec.Struct]) -> list[str]:
    found = msgspec.structs.fields(kind)
    if not found:
        return []
    rows = [f"| `{one.name}` | {type_name(one.type)} | {meaning(stream, kind, one.name)} |" for one in found]
    return ["| field | type | meaning |", "| --- | --- | --- |", *rows, ""]


def _prose(said: str) -> list[str]:
    return [textwrap.fill(one_line(said), 120, break_long_words=False, break_on_hyphens=False), ""]


def page() -> str:
    """Write the whole page."""
    lines = [_HEAD]
    for stream in STREAMS:
        lines += [f"## `{stream.name}`", "", *_prose(stream.about)]
        for kind in stream.events.values():
            made = ", ".join(f"`{one}`" for one in writers(kind))
            lines += [f"### {kind.type} (version {kind.v})", "", *_prose(f"{kind.__doc__} Made in {made}.")]
            lines += _fields(stream, kind)
        for kind in parts(stream.events.values()):
            lines += [f"### {kind.__name__} (a part of these events)", "", *_prose(kind.__doc__ or "")]
            lines += _fields(stream, kind)
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
