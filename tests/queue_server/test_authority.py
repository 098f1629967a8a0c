"""The files of the authorities: each step whole, also where it was cut off in its midst."""

import asyncio
import re
import ssl
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from queue_server import authority, certificates, files, tls
from queue_server.authority import AuthorityUnfinishedError, AuthorityUnpreparedError
from queue_server.domain.values import to_micros
from tests.queue_server.secure_house import secure_house

NOW = datetime(2026, 11, 25, tzinfo=UTC)
NAMES = ["queue.example", "192.0.2.7"]


def held(data: Path) -> authority.CentreAuthorities:
    found = authority.find_authorities(data)
    assert found is not None
    return found


def is_vouched_for(data: Path) -> bool:
    """Whether one of the authorities that devices are told of has issued what the server shows."""
    shown = x509.load_pem_x509_certificate((data / "tls" / "server.pem").read_bytes())
    for pem in held(data).announced(NOW):
        with suppress(InvalidSignature):
            shown.verify_directly_issued_by(x509.load_pem_x509_certificate(pem.encode()))
            return True
    return False


def test_one_takes_the_place_of_the_other_step_by_step(tmp_path: Path) -> None:
    assert authority.find_authorities(tmp_path) is None
    with pytest.raises(tls.TlsMissingError):
        authority.prepare(tmp_path, NOW)
    tls.init_tls(tmp_path, NAMES, NOW)
    first = held(tmp_path).force
    with pytest.raises(AuthorityUnpreparedError):
        authority.switch(tmp_path, NOW)
    prepared = authority.prepare(tmp_path, NOW)
    assert authority.prepare(tmp_path, NOW) == prepared
    assert prepared.next is not None
    assert prepared.announced(NOW) == (first.pem, prepared.next.pem)
    switched = authority.switch(tmp_path, NOW)
    assert (switched.force, switched.next, switched.before) == (prepared.next, None, first)
    shown = tls.read_certificate(tmp_path / "tls" / "server.pem")
    assert set(NAMES) < tls.names_of(shown)
    tls.server_context(tmp_path)
    with pytest.raises(AuthorityUnfinishedError):
        authority.prepare(tmp_path, NOW)
    # Names are added by the authority in force.
    tls.init_tls(tmp_path, ["further.example"], NOW)
    assert is_vouched_for(tmp_path)
    assert authority.finish(tmp_path).announced(NOW) == (prepared.next.pem,)
    assert authority.finish(tmp_path).before is None
    assert sorted(path.name for path in (tmp_path / "tls").iterdir()) == [
        "ca.key",
        "ca.pem",
        "server.key",
        "server.pem",
    ]
    assert authority.prepare(tmp_path, NOW).next is not None
    authority.withdraw(tmp_path)
    assert held(tmp_path) == authority.CentreAuthorities(prepared.next)


@pytest.mark.parametrize("whole", range(5))
def test_a_switch_that_was_cut_off_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: int) -> None:
    tls.init_tls(tmp_path, NAMES, NOW)
    first, prepared = held(tmp_path).force, authority.prepare(tmp_path, NOW)
    written = 0

    def replace(path: Path, content: bytes) -> None:
        nonlocal written
        if written == whole:
            raise OSError("no power")
        written += 1
        original(path, content)

    original = files.replace
    monkeypatch.setattr(files, "replace", replace)
    with pytest.raises(OSError, match="no power"):
        authority.switch(tmp_path, NOW)
    monkeypatch.undo()
    assert is_vouched_for(tmp_path)
    assert set(held(tmp_path).announced(NOW)) == set(prepared.announced(NOW))
    if whole:
        for refused in (authority.withdraw, authority.finish):
            with pytest.raises(AuthorityUnfinishedError):
                refused(tmp_path)
    switched = authority.switch(tmp_path, NOW)
    assert (switched.force, switched.before) == (prepared.next, first)
    tls.server_context(tmp_path)
    assert is_vouched_for(tmp_path)


def test_an_authority_that_has_ended_is_not_announced(tmp_path: Path) -> None:
    tls.init_tls(tmp_path, NAMES, NOW - timedelta(days=3640))
    found = authority.prepare(tmp_path, NOW)
    assert found.next is not None
    assert found.announced(NOW + timedelta(days=20)) == (found.next.pem,)


async def test_figures_say_when_it_ends(data: Path) -> None:
    async with secure_house(data) as here:
        context = await asyncio.to_thread(lambda: ssl.create_default_context(cafile=str(data / "tls" / "ca.pem")))
        async with here.http.get(f"{here.address}/metrics", ssl=context) as answer:
            lines = (await answer.text()).splitlines()
        ends = {
            line.partition(" ")[0]: float(line.partition(" ")[2])
            for line in lines
            if re.match("queue_[a-z]*_end_", line)
        }
        there = await asyncio.to_thread(held, data)
        assert ends["queue_authority_end_timestamp_seconds"] == there.force.ends.timestamp()
        assert ends["queue_certificate_end_timestamp_seconds"] < there.force.ends.timestamp()


@pytest.mark.parametrize(("days", "expected"), [(3469, None), (3471, 179), (3660, 0)])
async def test_the_end_of_an_authority_is_told_half_a_year_before(
    tmp_path: Path, days: int, expected: int | None
) -> None:
    at = NOW + timedelta(days=days)
    await asyncio.to_thread(tls.init_tls, tmp_path, NAMES, NOW)
    # Issued late in the life of the authority it ends with it, and is not made anew again and again.
    await asyncio.to_thread(tls.init_tls, tmp_path, NAMES, NOW + timedelta(days=3400))
    context = await asyncio.to_thread(tls.server_context, tmp_path)
    keeper = certificates.CertificateKeeper(tmp_path, context, lambda: to_micros(at), poll_s=60)
    assert keeper.authority_ends_at() is None
    before = await asyncio.to_thread((tmp_path / "tls" / "server.pem").read_bytes)
    await keeper.renew()
    found = keeper.authority_condition()
    assert (None if found is None else found.amount) == expected
    there = await asyncio.to_thread(held, tmp_path)
    assert keeper.authority_ends_at() == there.force.ends
    assert await asyncio.to_thread((tmp_path / "tls" / "server.pem").read_bytes) == before
    assert keeper.authorities() == there.announced(at)
