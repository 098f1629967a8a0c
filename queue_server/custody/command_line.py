"""``queue-server custody``: who had what when, by the streams alone, and each break in that."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from sqlalchemy import Connection

from peripherals.command_line import CommandLine
from queue_server.command_line import Data, DatabaseUrl, Json, report_errors, run
from queue_server.custody import labels
from queue_server.custody.carriers.folder import FolderCarrier
from queue_server.custody.errors import ItemUnknownError
from queue_server.custody.settings import CustodyRules
from queue_server.custody.trail import CustodyHand
from queue_server.custody.verification import (
    CustodyBreak,
    FollowedItem,
    hand_at,
    items_with_label,
    verify_custody,
)
from queue_server.domain.values import Micros, to_datetime, to_micros
from queue_server.framework.settings import section_of

app = CommandLine(no_args_is_help=True, help="Documents that were entrusted to the centre: who had each of them when.")

Centre = Annotated[str | None, typer.Option(help="Id of the centre, where several have this label.")]


@app.command()
def verify(data: Data, database: DatabaseUrl = None, *, as_json: Json = False) -> None:
    """Walk every item's chain from hand to hand: exits with 1 and names each break.

    Of events, of tables, and of what carriers have said in their files.
    """
    with report_errors():
        folder = section_of(data, "custody", CustodyRules).carrier_folder
        said = FolderCarrier(Path(folder)).taken() if folder else ()
        report = run(data, database, lambda opened: opened.run(lambda connection: verify_custody(connection, said)))
    if as_json:
        print(msgspec.json.encode(report).decode())
    else:
        for one in report.breaks:
            print(_break_line(one))
        ended = "ok" if report.ok else f"bad: {len(report.breaks)} breaks"
        print(f"{ended}: {report.items} items, {report.bags} bags, {report.events} events")
    raise typer.Exit(0 if report.ok else 1)


@app.command()
def chain(
    label: Annotated[str, typer.Argument(help="Label of the item, as it is scanned or typed.")],
    data: Data,
    database: DatabaseUrl = None,
    *,
    centre: Centre = None,
    at: Annotated[
        str | None, typer.Option(help="Only who had it at this moment (2026-11-27T14:05, UTC unless it says else).")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say who had an item from when on, by its stream alone: exits with 1 where that has a break."""
    number, moment = labels.read(label), None if at is None else _moment(at)
    if number is None:
        raise typer.BadParameter("a label, as D48213", param_hint="LABEL")

    def read(connection: Connection) -> tuple[FollowedItem, ...]:
        found = items_with_label(connection, number)
        chosen = tuple(one for one in found if centre in {None, one.centre})
        if not chosen:
            raise ItemUnknownError(label=label)
        return chosen

    with report_errors():
        found = run(data, database, lambda opened: opened.run(read))
    if len(found) > 1 and centre is None:
        raise typer.BadParameter(", ".join(sorted(one.centre for one in found)), param_hint="--centre")
    for one in found:
        shown = _chosen(one, moment)
        if as_json:
            print(msgspec.json.encode(shown).decode())
        else:
            _print(shown)
    raise typer.Exit(1 if any(one.breaks for one in found) else 0)


def _chosen(item: FollowedItem, moment: Micros | None) -> FollowedItem:
    if moment is None:
        return item
    held = hand_at(item.hands, moment)
    return msgspec.structs.replace(item, hands=() if held is None else (held,))


def _print(item: FollowedItem) -> None:
    print(f"{labels.shown(item.label)} at {item.centre}, {item.stream}")
    for hand in item.hands:
        print(_hand_line(hand))
    if not item.hands:
        print("nobody: it had not been handed in")
    for one in item.breaks:
        print(_break_line(one))


def _hand_line(hand: CustodyHand) -> str:
    when = to_datetime(hand.since).isoformat(timespec="seconds")
    return "\t".join((when, f"{hand.holder} {hand.where}".strip(), hand.event, hand.by))


def _break_line(one: CustodyBreak) -> str:
    shown = "" if one.label is None else f"{labels.shown(one.label)} "
    place = f" seq {one.seq}" if one.seq else ""
    return f"bad: {shown}{one.stream}{place}: {one.code}: {one.says}"


def _moment(written: str) -> Micros:
    try:
        found = datetime.fromisoformat(written)
    except ValueError as error:
        raise typer.BadParameter("a moment, as 2026-11-27T14:05", param_hint="--at") from error
    return to_micros(found if found.tzinfo is not None else found.replace(tzinfo=UTC))
