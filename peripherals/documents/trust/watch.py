"""Whom a desk or a kiosk trusts about chips: read from its folder, and read anew when that has changed."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from peripherals.documents.trust.ages import ListAge, ages, overdue
from peripherals.documents.trust.store import TrustStore
from peripherals.errors import TrustError, TrustOutdatedError

_log = structlog.get_logger(__name__)


class TrustSettings(Protocol):
    """When lists are due, in days."""

    @property
    def lists_days(self) -> int: ...

    @property
    def lists_ahead_days(self) -> int: ...


class Trusted:
    """``load`` reads the folder, ``mark`` says how it stands; whoever has it calls ``check`` again and again.

    Where the folder cannot be read, whoever was trusted before still is, and documents are read on.
    """

    def __init__(
        self,
        settings: TrustSettings,
        *,
        load: Callable[[], TrustStore],
        mark: Callable[[], object],
        now: Callable[[], datetime],
    ) -> None:
        self.store = TrustStore(())
        #: How the folder stood when it was read last; itself before it ever was.
        self._read_as: object = self
        self._broken = ""
        #: Why the lists cannot be used, or that they grow old; "" where all is well.
        self.fault = ""
        self._settings = settings
        self._load = load
        self._mark = mark
        self._now = now

    async def check(self) -> None:
        """Load who is trusted where the folder has changed since the last time."""
        # Looked at before the files are: what changes meanwhile is seen the next time.
        mark = await asyncio.to_thread(self._mark)
        if mark != self._read_as:
            self._read_as = mark
            self._broken = await self._read()
        self._report(self._broken or self._age())

    async def _read(self) -> str:
        try:
            self.store = await asyncio.to_thread(self._load)
        except TrustError as error:
            _log.error("trust", code=error.code, **error.placeholders)
            return error.code
        _log.info("trust", authorities=len(self.store.authorities), unused=len(self.store.faults))
        return ""

    @property
    def age_days(self) -> int:
        """How old the list is that is due first, in whole days; 0 where there is none."""
        first = next(iter(self._ages()), None)
        return 0 if first is None else max(0, (self._now() - first.made).days)

    def _ages(self) -> tuple[ListAge, ...]:
        return ages(self.store, timedelta(days=self._settings.lists_days))

    def _age(self) -> str:
        """Say that a list is due soon: whoever brings the next one needs time."""
        ahead = self._now() + timedelta(days=self._settings.lists_ahead_days)
        return TrustOutdatedError.code if overdue(self._ages(), ahead) else ""

    def _report(self, fault: str) -> None:
        if fault != self.fault:
            self.fault = fault
            if fault == TrustOutdatedError.code:
                _log.warning("trust-lists", code=fault)
