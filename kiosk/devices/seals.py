"""Seals that are held under the scanner: judged at once, beside the loop, and overwritten.

A seal on paper stands for its document as the zone of a document without a chip does: what it came to waits in
``DocumentSession`` until the journey has a use for it.
"""

import asyncio

import structlog

from kiosk.devices.document_session import DocumentSession
from kiosk.journey.events import DocumentRead
from kiosk.ports import Clock, TrustedAuthorities
from peripherals.codes.port import SealScan
from peripherals.documents.seals.examination import ExaminedSeal, examine
from peripherals.errors import SealError

_log = structlog.get_logger(__name__)


class Seals:
    def __init__(self, papers: DocumentSession, trusted: TrustedAuthorities, clock: Clock) -> None:
        self._papers = papers
        self._trusted = trusted
        self._clock = clock

    async def read(self, scan: SealScan) -> DocumentRead | None:
        """Judge a seal and wipe it; None where what was held up is none."""
        try:
            # Signatures take their time, and the loop must not wait for them.
            found = await asyncio.to_thread(self._examined, scan)
        except SealError as error:
            _log.info("no-seal", code=error.code)
            return None
        finally:
            scan.wipe()
        _log.info("seal", outcome=found.outcome)
        known = found.summary
        same = self._papers.known_as(known.issuer, known.number)
        return DocumentRead(known.issuer, self._papers.hold_seal(found), same, found.initial, found.kind)

    def _examined(self, scan: SealScan) -> ExaminedSeal:
        with scan.data as data:
            return examine(data, self._trusted.store, self._clock.now())
