"""Messages to a push service that checks them, and refuses, hesitates, breaks off and leads elsewhere on demand."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import SECOND, Micros, now_micros
from queue_server.push.endpoint import PushEndpoint, read_endpoint
from queue_server.push.errors import PushUnsentError
from queue_server.push.sender import PushResult, PushSender
from queue_server.push.settings import PushSettings
from queue_server.push.vapid import VapidSigner
from queue_server.vault.keys import init_keys
from tests.queue_server.push.push_service import CUT, SILENT, PushService, check_token, push_service

CONTACT = "mailto:push@centre.example"


@pytest.fixture
def blockbuster() -> None:
    """Let the service of the test wait: it has threads of its own."""


@pytest.fixture(autouse=True)
async def closing(service: PushService) -> AsyncIterator[None]:
    """Wait until the loop has closed all lines that were let go; its own waker stays."""
    yield
    service.let_go()
    selector = asyncio.get_running_loop()._selector  # type: ignore[attr-defined]
    async with asyncio.timeout(60):
        while len(selector.get_map()) > 1:  # noqa: ASYNC110 - nothing tells when a loop has closed them
            await asyncio.sleep(0.01)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PushService]:
    with push_service(tmp_path_factory.mktemp("push")) as started:
        yield started


def settings(service: PushService, **more: object) -> PushSettings:
    given_ = {
        "contact": CONTACT,
        "private_hosts": (f"localhost:{service.port}",),
        "ca_file": str(service.ca_file),
    }
    return msgspec.convert({**given_, **more}, PushSettings)


async def send(wanted: PushSettings, endpoint: PushEndpoint) -> tuple[PushResult, PushUnsentError | None]:
    signer = VapidSigner(ec.generate_private_key(ec.SECP256R1()), CONTACT)
    async with PushSender(wanted).session() as session:
        return await session.send(endpoint, signer, now_micros())


@given(st.integers(1, 2**256 - 1), st.integers(0, 2**40))
def test_every_key_signs_what_another_library_believes(number: int, seconds: int) -> None:
    order = ec.SECP256R1()
    private = ec.derive_private_key(number % (2**255) + 1, order)
    header = VapidSigner(private, CONTACT).authorization("https://push.example", Micros(seconds * SECOND))
    claims, _ = check_token(header, "https://push.example", seconds)
    assert claims["sub"] == CONTACT


def test_the_key_is_made_by_init_with_the_others_and_is_the_same_again(tmp_path: Path) -> None:
    keys = init_keys(tmp_path)
    assert (tmp_path / "keys" / "push.key").stat().st_mode & 0o777 == 0o600
    again = init_keys(tmp_path)
    first, second = (VapidSigner(one.push_keys[0], CONTACT).public for one in (keys, again))
    assert first == second
    assert first not in str(keys.fingerprints())


@pytest.mark.parametrize(
    ("answer", "result", "reply"),
    [
        (201, PushResult.TAKEN, None),
        (404, PushResult.GONE, None),
        (410, PushResult.GONE, None),
        (429, PushResult.LATER, 429),
        (500, PushResult.LATER, 500),
        (503, PushResult.LATER, 503),
        (400, PushResult.REFUSED, 400),
        (403, PushResult.REFUSED, 403),
        (413, PushResult.REFUSED, 413),
        (301, PushResult.REFUSED, 301),
        (307, PushResult.REFUSED, 307),
        (CUT, PushResult.LATER, 0),
    ],
)
async def test_what_it_answers_is_what_becomes_of_it(
    service: PushService, answer: int, result: PushResult, reply: int | None
) -> None:
    service.answers = [answer]
    wanted = settings(service)
    taken = len(service.taken)
    found, trouble = await send(wanted, read_endpoint(service.endpoint("one"), wanted))
    assert found is result
    assert (None if trouble is None else trouble.placeholders["reply"]) == reply
    assert not service.wrong
    assert len(service.taken) == taken + (answer == 201), "no redirect is followed"


async def test_whoever_does_not_answer_is_waited_for_no_longer_than_set(service: PushService) -> None:
    service.answers = [SILENT]
    wanted = settings(service, timeout_s=0.2)
    found, trouble = await send(wanted, read_endpoint(service.endpoint("one"), wanted))
    assert (found, trouble is None) == (PushResult.LATER, False)


async def test_a_name_that_leads_into_the_own_network_is_not_connected_to(service: PushService) -> None:
    wanted = settings(service, private_hosts=())
    asked = len(service.taken)
    endpoint = PushEndpoint(service.endpoint("one"), "localhost", service.port, private=False)
    found, trouble = await send(wanted, endpoint)
    assert (found, trouble is None) == (PushResult.LATER, False)
    assert len(service.taken) == asked


async def test_a_service_whose_certificate_is_not_believed_gets_nothing(service: PushService) -> None:
    wanted = settings(service, ca_file="")
    asked = len(service.taken)
    found, _ = await send(wanted, read_endpoint(service.endpoint("one"), wanted))
    assert found is PushResult.LATER
    assert len(service.taken) == asked


async def test_many_are_told_at_once(service: PushService) -> None:
    wanted = settings(service)
    taken, began = len(service.taken), time.monotonic()
    signer = VapidSigner(ec.generate_private_key(ec.SECP256R1()), CONTACT)
    async with PushSender(wanted).session() as session:
        sent = [
            session.send(read_endpoint(service.endpoint(str(one)), wanted), signer, now_micros()) for one in range(30)
        ]
        results = await asyncio.gather(*sent)
    assert {result for result, _ in results} == {PushResult.TAKEN}
    assert len(service.taken) == taken + 30
    assert time.monotonic() - began < 60
