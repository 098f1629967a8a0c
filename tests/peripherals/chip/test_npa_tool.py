"""A reader by another hand: ``npa-tool`` (OpenSC, on OpenPACE) opens the simulated chip behind the real pcscd.

It knows generic mapping alone, with elliptic curves and with the one prime field whose public keys fit into a short
command, and its machine-readable zones are those of identity cards (TD1).
"""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from peripherals.documents.curves import STANDARDISED, EcDomain
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.documents.passport.vpcd import VirtualCard
from peripherals.documents.passport.zone import DocumentFormat
from tests.peripherals.chip.service import Service, lay_down
from tests.peripherals.passport.families import few

AT = datetime(2026, 6, 1, tzinfo=UTC)
TOOL = "npa-tool"
#: Whose public keys of 256 bytes need an extended command, which OpenSC does not send to a card that it does not know.
TOO_LONG = ("modp-2048-224", "modp-2048-256")
DOMAINS = [one.name.lower() for one in STANDARDISED.values() if one.name.lower() not in TOO_LONG]
SUITES = ("3des", "aes128", "aes192", "aes256")
KNOWN = [f"pace-gm-{suite}-{domain}" for domain in DOMAINS for suite in SUITES]
OPENED = 0
#: How it ends where both have come to different keys. In a prime field it leaves out the zeros with which one of 256
#: shared secrets begins; they belong there (PKCS #3; ICAO 9303-11, 9.6). Another run has another secret.
DIFFERS = 176
RUNS = 4


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    if await asyncio.to_thread(shutil.which, TOOL) is None:
        pytest.skip(f"{TOOL} (opensc) is not installed")
    made = Service(tmp_path)
    if reason := await asyncio.to_thread(made.take):
        pytest.skip(reason)
    await asyncio.to_thread(made.start)
    yield made
    await asyncio.to_thread(made.give_back)


def card_like(name: str) -> Specimen:
    return build(replace(PROFILES[name], layout=DocumentFormat.TD1, can=True), AT)


def opens(*key: str) -> int:
    """Run PACE and nothing else; gives the exit code."""
    return subprocess.run([TOOL, *key], capture_output=True, timeout=60, check=False).returncode


def opens_with_a_whole_secret(name: str, key: str) -> int:
    """Run PACE, and once more where it may have been refused for zeros that were left out."""
    code = opens(key)
    for _ in range(RUNS - 1):
        if code != DIFFERS or "modp" not in name:
            break
        code = opens(key)
    return code


def wrong(can: str) -> str:
    return f"{(int(can) + 1) % 1_000_000:06}"


async def refused_by(service: Service, names: Iterable[str]) -> dict[str, dict[str, int]]:
    """Open a chip of each profile with both its keys and a wrong one; return the codes of those that stay shut."""
    chip = card_like(KNOWN[0]).chip
    card = VirtualCard(chip, port=service.port)
    await asyncio.to_thread(lay_down, card)
    refused = {}
    try:
        for name in names:
            specimen = await asyncio.to_thread(card_like, name)
            assert specimen.can is not None
            # The card stays where it is and becomes another one, which begins with the reset by whoever connects.
            card.become(specimen.chip)
            codes = {
                "can": await asyncio.to_thread(opens_with_a_whole_secret, name, f"--can={specimen.can}"),
                "zone": await asyncio.to_thread(opens_with_a_whole_secret, name, f"--mrz={specimen.zone}"),
            }
            if set(codes.values()) != {OPENED}:
                refused[name] = codes
            assert await asyncio.to_thread(opens, f"--can={wrong(specimen.can)}") != OPENED, name
    finally:
        await asyncio.to_thread(card.remove)
    return refused


async def test_each_cipher_and_group_that_it_knows_opens_the_chip(service: Service) -> None:
    assert len(KNOWN) == 4 * sum(isinstance(one, EcDomain) for one in STANDARDISED.values()) + 4
    assert await refused_by(service, (*few(KNOWN), "pace-explicit", "identity-card")) == {}
