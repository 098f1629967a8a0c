"""Keeps the certificate of a running server good: made anew in time, used without a restart, its end told before.

The authorities that devices are to trust are read with it, so that none is let go before the certificate in use is
another one's.
"""

import asyncio
import ssl
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from queue_server import authority, tls
from queue_server.conditions import AUTHORITY_ENDS, CERTIFICATE_ENDS, Condition
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import Micros, to_datetime

#: People hear of an end that is nearer than this, in days. The server's own is made anew long before.
_TOLD_DAYS: Final = 30
#: Likewise of an authority: devices need time to trust the next one, those that are seldom on line too.
_AUTHORITY_TOLD_DAYS: Final = 180


class CertificateKeeper:
    """Looks after ``DATA/tls`` and the context of new connections; ``task`` does so every ``poll_s`` seconds."""

    def __init__(self, data: Path, context: ssl.SSLContext, clock: Callable[[], Micros], poll_s: float) -> None:
        self._data = data
        self._context = context
        self._fingerprint: bytes | None = None
        self._clock = clock
        self._ends_at: datetime | None = None
        self._authority_ends_at: datetime | None = None
        self._authorities: tuple[str, ...] = ()
        self.task = Periodic("certificate", poll_s, self.renew)

    def context(self) -> ssl.SSLContext:
        """Return the context for new connections. It is replaced when the certificate is."""
        return self._context

    def ends_at(self) -> datetime | None:
        """Say when what is in use ends; None before it was read."""
        return self._ends_at

    def condition(self) -> Condition | None:
        """Say how many days are left; none once the certificate has ended, and then nobody can connect."""
        if self._ends_at is None:
            return None
        left = self._ends_at - to_datetime(self._clock())
        if left.days >= _TOLD_DAYS:
            return None
        return Condition(CERTIFICATE_ENDS, max(0, left.days), is_unready=left.total_seconds() <= 0)

    def authority_ends_at(self) -> datetime | None:
        """Say when the own authority ends; None where there is none."""
        return self._authority_ends_at

    def authorities(self) -> tuple[str, ...]:
        """List the certificates (PEM) of the authorities that devices are to trust."""
        return self._authorities

    def authority_condition(self) -> Condition | None:
        """Say how many days the own authority has left; its end is that of the certificate, too."""
        if self._authority_ends_at is None:
            return None
        left = self._authority_ends_at - to_datetime(self._clock())
        if left.days >= _AUTHORITY_TOLD_DAYS:
            return None
        return Condition(AUTHORITY_ENDS, max(0, left.days), is_unready=False)

    async def renew(self) -> None:
        """Renew where it is time, and read what is there.

        Raises:
            TlsMissingError: there is no certificate. The previous one stays in use.
            TlsDamagedError: a file cannot be used. The previous certificate stays in use.
        """
        now = to_datetime(self._clock())
        # Before the certificate: one that is issued meanwhile is never another one's than of those announced.
        found = await asyncio.to_thread(authority.find_authorities, self._data)
        fingerprint, context = await asyncio.to_thread(tls.renew, self._data, now)
        if fingerprint != self._fingerprint:
            # Else the context stays the same: a client can resume its session only with the one that it began with.
            self._fingerprint, self._context = fingerprint, context
        self._ends_at = await asyncio.to_thread(tls.ends_at, self._data)
        self._authorities = () if found is None else found.announced(now)
        self._authority_ends_at = None if found is None else found.force.ends
