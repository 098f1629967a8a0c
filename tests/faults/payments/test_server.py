"""Kiosk, terminal and server, after cuts and over a line that loses things: three books with the same money in them."""

import asyncio
import signal
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kiosk.payment import payment_uploader
from kiosk.payment.payment_uploader import PaymentRelay, PaymentUploader
from kiosk.settings import KioskLinkSettings
from kiosk.tickets.outbox import OutboxWorker
from queue_server.contract.client import ApiClient
from tests.faults.lossy_proxy import LossyProxy
from tests.faults.payments import judge
from tests.faults.payments.books import STANDINGS, at_the_kiosk, at_the_server
from tests.faults.payments.lane import Child, lane
from tests.faults.server_process import Installation

FAST = KioskLinkSettings(request_s=30, retry_first_s=0.005, retry_max_s=0.02)
PAYMENTS = 10


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: the server is another process."""


async def tell(file: Path, client: ApiClient) -> None:
    """Tell the server until it has it all."""
    async with OutboxWorker(file) as worker:
        reports = PaymentRelay(worker, PaymentUploader(client, "demo"), FAST)
        running = asyncio.create_task(reports.task.run())
        while await worker(payment_uploader.pending) is not None:  # noqa: ASYNC110 - the file is asked
            await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.wait([running])


async def test_three_books_hold_the_same_money(tmp_path: Path, seed: int) -> None:
    installation = Installation(tmp_path / "server")
    await installation.init()
    code = await installation.enrol_code("kiosk", "K1", None)
    other = await Child.start()
    try:
        async with lane("zvt", tmp_path, 1, other, seed) as here:
            for at in range(PAYMENTS):
                await here.one(kill=at % 10 == 9)
            while not judge.ends(here.file).get("receipt-done"):
                # What was not charged says little of the money.
                await here.one(kill=False)
            charges = here.rig.ledger()
    finally:
        await other.end(signal.SIGKILL)
    server = installation.server()
    await server.start()
    try:
        assert server.url is not None
        address = urlsplit(server.url)
        async with LossyProxy(address.hostname or "", address.port or 0, seed=seed) as proxy:
            async with ApiClient(server.url, None) as stranger:
                token = (await stranger.enrol(code)).token
            proxy.lose_requests = proxy.lose_answers = 0.2
            async with ApiClient(proxy.url, token) as client:
                await tell(here.file, client)
            assert proxy.lost > 0
    finally:
        await server.stop()
    kiosk, told = at_the_kiosk(here.file), at_the_server(installation.data)
    assert told == {ident: (minor, STANDINGS[step]) for ident, (minor, step) in kiosk.items()}
    open_ones = {minor for minor, standing in told.values() if standing == "undecided"}
    charged = sum(minor for minor, standing in told.values() if standing == "charged")
    assert charged > 0
    assert charged == sum(charge.left for minor, charge in charges.items() if minor not in open_ones)
    assert (await installation.verify())["bad"] is None
