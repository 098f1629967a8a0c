"""A passport in a virtual reader, told by a control channel what to be."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from peripherals.documents.passport.line_reader import LineReader
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.documents.passport.vpcd import PORT, VirtualCard
from peripherals.simulation import CommandError


class PassportSimulator:
    """One document at a time, in one reader of ``vpcd``, or in a simulated reader."""

    def __init__(
        self,
        profile: str,
        trust: Path,
        now: Callable[[], datetime],
        *,
        host: str = "127.0.0.1",
        port: int = PORT,
        reader: LineReader | None = None,
        seed: int = 0,
    ) -> None:
        """Make the document.

        Args:
            profile: a name of ``PROFILES``.
            trust: the folder for what the document's reader trusts.
            now: the clock that all dates are counted from.
            host: where vpcd listens.
            port: likewise.
            reader: a simulated reader to lie on, instead of one of ``vpcd``.
            seed: of the person and the keys.

        Raises:
            CommandError: there is no such profile.
        """
        self._trust = trust
        self._now = now
        self._seed = seed
        self._written: set[Path] = set()
        self._specimen = self._make(profile)
        self._reader = reader
        self._card = reader or VirtualCard(self._specimen.chip, host, port)
        self._address = f"{host}:{port}"

    @property
    def address(self) -> str:
        return self._address if self._reader is None else self._reader.address

    async def start(self) -> None:
        """Write the trust material, and put the document in where somebody listens already."""
        self._write_trust()
        if self._reader is not None:
            await self._reader.start()
        try:
            await self._insert()
        except CommandError:
            # The reader may come up after its document: the command insert tries again.
            return

    async def stop(self) -> None:
        await asyncio.to_thread(self._card.remove)
        if self._reader is not None:
            await self._reader.stop()

    async def command(self, words: list[str]) -> dict[str, object]:
        """Do what a line of the control channel says."""
        match words:
            case ["insert"]:
                await self._insert()
            case ["remove"]:
                await asyncio.to_thread(self._card.remove)
            case ["profile", name]:
                await self._change(name)
            case ["profiles"]:
                return {"profiles": {profile.name: profile.about for profile in PROFILES.values()}}
            case ["status"]:
                pass
            case _ if self._reader is not None:
                await self._reader.command(words)
            case _:
                raise CommandError("no such command")
        return self.status()

    def status(self) -> dict[str, object]:
        """Say what the document is and where its trust material lies."""
        return {
            "profile": self._specimen.profile.name,
            "mrz": self._specimen.lines,
            "can": self._specimen.can,
            "trust": str(self._trust),
            "inserted": self._card.inserted,
            "exchanges": self._card.exchanges,
        }

    async def _change(self, name: str) -> None:
        self._specimen = await asyncio.to_thread(self._make, name)
        self._write_trust()
        if self._card.inserted:
            await self._insert()

    async def _insert(self) -> None:
        self._card.removed_after = self._specimen.profile.removed_after
        try:
            await asyncio.to_thread(self._card.insert, self._specimen.chip)
        except OSError as error:
            raise CommandError(f"no virtual reader listens at {self._address}") from error

    def _make(self, name: str) -> Specimen:
        if name not in PROFILES:
            raise CommandError("no such profile")
        return build(PROFILES[name], self._now(), self._seed)

    def _write_trust(self) -> None:
        """Leave only what belongs to this document, and whatever somebody else put there."""
        for path in self._written:
            path.unlink(missing_ok=True)
        self._written = set(self._specimen.trust.write(self._trust))
