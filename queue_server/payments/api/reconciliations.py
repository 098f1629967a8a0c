"""Routes of the end of a terminal's day: a device tells what it counted, managers look into what differs."""

from typing import Final

import structlog

from queue_server.accounts.identities import known
from queue_server.centre.submit import centre_of
from queue_server.contract import cashier as cash
from queue_server.contract import payments as m
from queue_server.domain.masking import masked
from queue_server.domain.values import (
    CurrencyCode,
    DriverScheme,
    Micros,
    ReconciliationId,
    TerminalId,
    to_datetime,
    to_micros,
)
from queue_server.framework.problems import NotPermittedError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.payments import reconciliation_store as store
from queue_server.payments.errors import (
    ReconciliationAheadError,
    ReconciliationDiffersError,
    ReconciliationUnknownError,
    TerminalElsewhereError,
)
from queue_server.payments.reconciliation import CurrencyTotal, Difference, Reconciliation, TerminalReconciled

_log: Final = structlog.get_logger(__name__)


@refuses(ReconciliationAheadError, ReconciliationDiffersError, TerminalElsewhereError)
async def report_reconciliation(ask: RequestContext) -> m.ReconciliationReportAnswer:
    """Take the end of a terminal's day; a difference is told to whoever reads the log, and stays an alarm."""
    wanted, device = ask.body(m.ReconciliationReport), known(ask.identity).device
    if device is None:
        raise NotPermittedError
    told = TerminalReconciled(
        reconciliation=ReconciliationId(wanted.id),
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
    reconciliation = await ask.server.log.write_in_turn(
        store.RECONCILIATIONS.stream(told.reconciliation),
        lambda connection: store.close(connection, told, at=at, command=command, actor=actor),
    )
    for one in reconciliation.closed.differences:
        _log.error(
            "terminal-differs",
            centre=told.centre,
            terminal=told.terminal,
            reconciliation=told.reconciliation,
            currency=one.currency,
            terminal_minor=one.terminal,
            journal_minor=one.journal,
            payments=one.payments,
        )
    return m.ReconciliationReportAnswer(told.reconciliation, _differences(reconciliation.closed.differences))


@refuses(ReconciliationUnknownError)
async def acknowledge_reconciliation(ask: RequestContext) -> cash.ReconciliationAnswer:
    centre, ident, staff = centre_of(ask).id, ask.path("reconciliation"), ask.principal.staff
    if staff is None:
        raise NotPermittedError
    at, command = ask.server.clock(), ask.command
    found = await ask.server.log.write_in_turn(
        store.RECONCILIATIONS.stream(ident),
        lambda connection: store.see(connection, centre, ident, staff, at=at, command=command),
    )
    return cash.ReconciliationAnswer(reconciliation_view(found))


def reconciliation_view(reconciliation: Reconciliation) -> cash.ReconciliationView:
    closed = reconciliation.closed
    return cash.ReconciliationView(
        id=closed.reconciliation,
        driver=closed.driver,
        terminal=closed.terminal,
        device=closed.device,
        since=to_datetime(closed.since) if closed.since else None,
        closed_at=to_datetime(closed.closed_at),
        totals=tuple(m.TerminalTotal(one.currency, one.amount, one.count) for one in closed.totals),
        differences=_differences(closed.differences),
        alarms=reconciliation.alarms,
        acknowledged_by=reconciliation.acknowledged_by,
    )


def _differences(found: tuple[Difference, ...]) -> tuple[m.DifferenceView, ...]:
    return tuple(m.DifferenceView(one.currency, one.terminal, one.journal, one.payments) for one in found)
