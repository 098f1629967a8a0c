"""Routes of auditors: have every event looked at, and hear how that came out."""

from queue_server.audit.verification import Verification, VerificationResult
from queue_server.contract.audit import BadEventView, BadRowView, VerificationAnswer
from queue_server.domain.values import to_datetime
from queue_server.framework.request_context import RequestContext


async def verification(ask: RequestContext) -> VerificationAnswer:
    return _answer(ask.server[Verification].state)


async def verify(ask: RequestContext) -> VerificationAnswer:
    """Begin to look; asked for again meanwhile, it is the same look."""
    return _answer(ask.server[Verification].start())


def _answer(found: VerificationResult) -> VerificationAnswer:
    report = found.report
    if report is None or found.at is None:
        return VerificationAnswer(running=found.running_since is not None, failed=found.failed)
    bad = None if report.bad is None else BadEventView(report.bad.stream, report.bad.seq, report.bad.code)
    row = None if report.row is None else BadRowView(report.row.table, report.row.key, report.row.code)
    return VerificationAnswer(
        running=found.running_since is not None,
        failed=found.failed,
        checked_at=to_datetime(found.at),
        ok=report.ok,
        streams=report.streams,
        events=report.events,
        bad=bad,
        row=row,
    )
