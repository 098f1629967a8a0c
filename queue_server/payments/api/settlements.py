"""Routes of the end of a terminal's day: a device tells what it counted, managers look into what differs."""

from typing import Final

import structlog

from queue_server.accounts.identities import known
from queue_server.centre.submit import centre_of
from queue_server.contract import cashier as cash
from queue_server.contract import payments as m
from queue_server.domain.masking import masked
from queue_server.domain.values import (
    ClosingId,
    CurrencyCode,
    DriverScheme,
    Micros,
    TerminalId,
    to_datetime,
    to_micros,
)
from queue_server.framework.problems import NotPermittedError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.payments import settlement_store as store
from queue_server.payments.errors import (
    ClosingAheadError,
    ClosingDiffersError,
    ClosingUnknownError,
    TerminalElsewhereError,
)
from queue_server.payments.settlement import CurrencyTotal, Difference, EndOfDay, TerminalClosed

_log: Final = structlog.get_logger(__name__)


@refuses(ClosingAheadError, ClosingDiffersError, TerminalElsewhereError)
async def close_terminal(ask: RequestContext) -> m.ClosingAnswer:
    """Take the end of a terminal's day; a difference is told to whoever reads the log, and stays an alarm."""
    wanted, device = ask.body(m.ClosingReport), known(ask.identity).device
    if device is None:
        raise NotPermittedError
    told = TerminalClosed(
        closing=ClosingId(wanted.id),
        centre=centre_of(ask).id,
        device=device.id,
        driver=DriverScheme(wanted.driver),
        terminal=TerminalId(masked(wanted.terminal)),
        since=Micros(0),
        closed_at=to_micros(wanted.at),
        totals=tuple(CurrencyTotal(CurrencyCode(one.currency), one.amount, one.count) for one in wanted.totals),
        differences=(),
    )
    at, command, actor = ask.server.clock(), ask.command, ask.actor
    closing = await ask.server.log.write_in_turn(
        store.CLOSINGS.stream(told.closing),
        lambda connection: store.close(connection, told, at=at, command=command, actor=actor),
    )
    for one in closing.closed.differences:
        _log.error(
            "terminal-differs",
            centre=told.centre,
            terminal=told.terminal,
            closing=told.closing,
            currency=one.currency,
            terminal_minor=one.terminal,
            journal_minor=one.journal,
            payments=one.payments,
        )
    return m.ClosingAnswer(told.closing, _differences(closing.closed.differences))


@refuses(ClosingUnknownError)
async def see_closing(ask: RequestContext) -> cash.ClosingSeenAnswer:
    centre, ident, staff = centre_of(ask).id, ask.path("closing"), ask.principal.staff
    if staff is None:
        raise NotPermittedError
    at, command = ask.server.clock(), ask.command
    found = await ask.server.log.write_in_turn(
        store.CLOSINGS.stream(ident),
        lambda connection: store.see(connection, centre, ident, staff, at=at, command=command),
    )
    return cash.ClosingSeenAnswer(closing_view(found))


def closing_view(closing: EndOfDay) -> cash.ClosingView:
    closed = closing.closed
    return cash.ClosingView(
        id=closed.closing,
        driver=closed.driver,
        terminal=closed.terminal,
        device=closed.device,
        since=to_datetime(closed.since) if closed.since else None,
        closed_at=to_datetime(closed.closed_at),
        totals=tuple(m.TerminalTotal(one.currency, one.amount, one.count) for one in closed.totals),
        differences=_differences(closed.differences),
        alarms=closing.alarms,
        seen_by=closing.seen_by,
    )


def _differences(found: tuple[Difference, ...]) -> tuple[m.DifferenceView, ...]:
    return tuple(m.DifferenceView(one.currency, one.terminal, one.journal, one.payments) for one in found)
