"""A desk that is set up in another way: each test has a program of its own, and the simulated devices in turn."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

import pytest

from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import build
from peripherals.documents.passport.vpcd import VirtualCard
from tests.peripherals.chip.service import READER, Service, lay_down
from tests.peripherals.serve.bench import Bench, Devices
from tests.peripherals.serve.page import ORIGIN, Page
from tests.peripherals.serve.test_reading import all_there, reading


def test_nobody_who_lays_nothing_down_is_waited_for_for_ever(tmp_path: Path, devices: Devices) -> None:
    with Bench(tmp_path, ORIGIN, devices, documents="present_s = 0.2") as bench:
        page = Page(bench)
        page.pair()
        all_there(page)
        with reading(page) as one:
            assert one.line.until(code="device-timeout")


def test_behind_the_real_card_service(tmp_path: Path, devices: Devices) -> None:
    service = Service(tmp_path)
    if reason := service.take():
        pytest.skip(reason)
    document = build(PROFILES["ordinary"], datetime.now(UTC), secrets.randbits(60))
    document.trust.write(devices.trust)
    service.start()
    card = VirtualCard(document.chip, port=service.port)
    try:
        (tmp_path / "desk").mkdir(mode=0o700)
        with Bench(tmp_path, ORIGIN, devices, chip=f"emrtd+pcsc:///{READER}?extended=4096") as bench:
            page = Page(bench)
            page.pair()
            all_there(page)
            with reading(page) as one:
                lay_down(card)
                devices.reader.tell("show " + " ".join(document.lines))
                read = one.done(outcome="read")
        assert (read.standing, read.number) == ("genuine", document.lines[1][:9].rstrip("<"))
    finally:
        card.remove()
        service.give_back()
