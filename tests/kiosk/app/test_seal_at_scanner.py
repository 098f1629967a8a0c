"""Seals held before the scanner of a whole kiosk: told in words, sent with the ticket as a document is, overwritten."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from peripherals.codes.seal import SealForm
from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.trust import certificate, crl
from peripherals.documents.trust.store import TrustStore
from tests.kiosk.app.centre import CODE, Centre, until
from tests.kiosk.app.chip_bench import QUICK, Bench
from tests.kiosk.app.stand import everything, stand
from tests.peripherals.seals import maker
from tests.peripherals.seals.maker import SealSigner, c40, feature

NAME = "SEALWORTHY"


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None


class Issuer:
    """A made-up state of today, and one of its signers of seals."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)
        validity = pki.Validity(self.now - timedelta(days=300), self.now + timedelta(days=3_000))
        authority = pki.make_authority(pki.UTOPIA, Algorithm(), validity, seed=4)
        self.signer: SealSigner = maker.make_signer(authority=authority, validity=validity)
        revoked = crl.read(pki.revocation_list(authority, (), self.now))
        own = (certificate.read(authority.certificate), self.signer.read)
        self.store = TrustStore(own, (revoked,))

    def zone(self, days: int) -> tuple[str, str]:
        last = (self.now + timedelta(days=days)).strftime("%y%m%d")
        return (
            f"PUUTO{NAME}<<ANNA".ljust(36, "<"),
            maker.second_line("L898902C3", "UTO", "740812", "F", last),
        )

    def head(self) -> bytes:
        signed = (self.now - timedelta(days=2)).date()
        return maker.header(kind=(0x5E, 0x03), issued=signed, signed=signed)

    def paper(self, days: int = 1_000) -> bytes:
        """Make the seal of an emergency travel document."""
        return maker.make_seal(self.signer, [feature(2, c40("".join(self.zone(days))))], self.head())

    def newer(self, *messages: bytes) -> bytes:
        signed = (self.now - timedelta(days=2)).date()
        head = maker.idb_header(self.signer, signed=signed, masked=True)
        return maker.make_idb(self.signer, messages or maker.passport_messages(self.zone(1_000)), head=head)


@cache
def issuer() -> Issuer:
    return Issuer()


@asynccontextmanager
async def bench(folder: Path, store: TrustStore | None = None) -> AsyncIterator[Bench]:
    trusted = issuer().store if store is None else store
    async with (
        Centre() as centre,
        stand(folder, centre.url, settings=QUICK, seals=SealForm.HEX, trust=lambda: trusted) as kiosk,
    ):
        await kiosk.shows("setup")
        for digit in CODE:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        await kiosk.shows("language")
        await until(lambda: kiosk.on.equipment.trusted.store is trusted)
        yield Bench(centre, kiosk, folder)
        assert centre.wrong == []


def stored(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


async def to_identify(here: Bench) -> None:
    await here.kiosk.shows("language", can_restart=False)
    here.kiosk.act("language", "en")
    await here.kiosk.shows("identify")


async def scanned(here: Bench, data: bytes) -> tuple[str, str]:
    await to_identify(here)
    await here.kiosk.scanner.scan_seal(data)
    shown = await here.kiosk.shows("chip", state="ended")
    return str(shown["seal"]), str(shown["outcome"])


async def test_a_seal_stands_for_its_document_and_goes_with_the_ticket(tmp_path: Path) -> None:
    async with bench(tmp_path) as here:
        for data, kind in ((issuer().paper(), "emergency-travel-document"), (issuer().newer(), "temporary-passport")):
            assert await scanned(here, data) == (kind, "seal-holds")
            reading = await here.ticket()
            assert reading is not None
            assert (reading.seal, reading.kind, reading.issuer, reading.number) == (kind, "PU", "UTO", "L898902C3")
            assert reading.standing == "unchanged"
            assert {one.outcome for one in reading.verdicts if one.check in {"signature", "issuer", "revocation"}} == {
                "passed"
            }
        assert NAME not in everything(here.kiosk.frames)
    assert not any(NAME.encode() in content for content in await asyncio.to_thread(stored, tmp_path))


async def test_what_cannot_be_checked_here_and_what_is_over_is_said(tmp_path: Path) -> None:
    async with bench(tmp_path, TrustStore(())) as here:
        assert await scanned(here, issuer().paper()) == ("emergency-travel-document", "seal-unchecked")
        reading = await here.ticket()
        assert reading is not None
        assert (reading.standing, reading.number) == ("issuer-unknown", "L898902C3")
    async with bench(tmp_path / "second") as here:
        assert await scanned(here, issuer().paper(-30)) == ("emergency-travel-document", "seal-expired")
        reading = await here.ticket()
        assert reading is not None
        assert reading.standing == "refused"


async def test_a_changed_seal_is_looked_at_by_staff(tmp_path: Path) -> None:
    async with bench(tmp_path) as here:
        whole = issuer().paper()
        changed = whole.replace(c40("L89890"), c40("L89891"))
        assert changed != whole
        assert await scanned(here, changed) == ("emergency-travel-document", "look")
        reading = await here.ticket()
        assert reading is not None
        assert reading.standing == "refused"


async def test_a_seal_that_names_nobody_reads_nobodys_document(tmp_path: Path) -> None:
    async with bench(tmp_path) as here:
        assert await scanned(here, issuer().newer(feature(0x86, b"\x0e"))) == ("residence-document", "seal-nameless")
        reading = await here.ticket()
        assert reading is not None
        assert (reading.number, reading.kind, reading.issuer) == ("", "", "UTO")


async def test_before_a_language_is_chosen_a_seal_begins_the_visit(tmp_path: Path) -> None:
    async with bench(tmp_path) as here:
        await here.kiosk.shows("language", can_restart=False)
        await here.kiosk.scanner.scan_seal(issuer().paper())
        await here.kiosk.shows("language", can_restart=True)
        here.kiosk.act("language", "en")
        shown = await here.kiosk.shows("chip", state="ended")
        assert shown["outcome"] == "seal-holds"


async def test_whoever_goes_away_leaves_nothing_of_a_seal(tmp_path: Path) -> None:
    async with bench(tmp_path) as here:
        await scanned(here, issuer().paper())
        here.kiosk.start_over()
        await to_identify(here)
        here.kiosk.act("no-document")
        assert await here.ticket() is None


async def test_what_is_no_seal_is_a_code_that_cannot_be_read_here(tmp_path: Path) -> None:
    async with bench(tmp_path) as here:
        await to_identify(here)
        await here.kiosk.scanner.scan_seal(b"\xdc\x03" + NAME.encode() * 8)
        await here.kiosk.shows("status", found="unknown")
        here.kiosk.act("done")
        await here.kiosk.shows("language")
        assert NAME not in everything(here.kiosk.frames)
    assert not any(NAME.encode() in content for content in await asyncio.to_thread(stored, tmp_path))
