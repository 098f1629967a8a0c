import asyncio
from hashlib import sha256

import pytest
from sqlalchemy import select

from queue_server.accounts import device_store, tables, tokens
from queue_server.accounts.errors import (
    EnrolmentCodeError,
    SeriesExhaustedError,
    TokenRevokedError,
    TokenUnknownError,
    TooManyTriesError,
)
from queue_server.accounts.series import ALL
from queue_server.catalogue.errors import CentreNotSetUpError
from queue_server.contract.devices import EnrolAnswer
from queue_server.domain.values import CentreId, DeviceId
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from tests.queue_server.accounts.helpers import (
    DEMO,
    KEYS,
    NOW,
    RULES,
    after,
    code,
    exchange,
    refused,
)


async def test_a_code_makes_one_device(log: SqlEventLog) -> None:
    text = await code(log)
    assert len(text) == 8
    assert text.isdecimal()
    answer = await exchange(log, text)
    assert (answer.kind, answer.name, answer.centre) == ("kiosk", "Kiosk 1", DEMO)
    assert answer.series is not None
    assert (answer.series.letter, answer.series.first, answer.series.last) == ("A", 1, 999)
    assert answer.ticket_key == tokens.ticket_key(KEYS.tickets_keys()[0], answer.device).hex()
    assert answer.ticket_url == "https://queue.example/t/"
    device = await log.run(lambda connection: device_store.device_by_token(connection, answer.token))
    assert (device.id, device.created, device.revoked_at) == (answer.device, NOW, None)
    await refused(log, text)


async def test_it_is_used_once_however_many_try_at_once(log: SqlEventLog) -> None:
    text = await code(log)
    tried = await asyncio.gather(
        *(exchange(log, text, address=f"10.0.0.{n}") for n in range(8)), return_exceptions=True
    )
    assert sum(isinstance(one, EnrolAnswer) for one in tried) == 1
    assert sum(isinstance(one, EnrolmentCodeError) for one in tried) == 7


async def test_it_lives_for_fifteen_minutes(log: SqlEventLog) -> None:
    first, second = await code(log), await code(log, name="Kiosk 2")
    await exchange(log, first, after(899))
    await refused(log, second, after(900))


async def test_only_a_keyed_hash_is_stored(log: SqlEventLog) -> None:
    text = await code(log)
    stored = await log.run(lambda connection: connection.execute(select(tables.enrolment_codes.c.code)).scalar_one())
    assert stored == tokens.code_digest(KEYS.sessions_keys()[0], text)
    assert stored != sha256(text.encode()).hexdigest()
    answer = await exchange(log, text)
    rows = await log.run(lambda connection: str(connection.execute(select(tables.devices)).all()))
    assert answer.token not in rows
    assert sha256(answer.token.encode()).hexdigest() in rows
    assert len(answer.token) >= 43


async def test_five_wrong_codes_close_the_door_for_an_address_alone(log: SqlEventLog) -> None:
    text, other = await code(log), await code(log, name="Kiosk 2")
    for _ in range(5):
        await refused(log, "nonsense")
    with pytest.raises(TooManyTriesError) as caught:
        await exchange(log, text, after(60))
    assert caught.value.placeholders == {"retry_after_s": 840}
    assert (await exchange(log, other, address="10.0.0.2")).name == "Kiosk 2"


async def test_the_door_opens_again_after_the_window(log: SqlEventLog) -> None:
    for _ in range(5):
        await refused(log, "nonsense")
    await refused(log, "nonsense", after(900))


async def test_right_codes_are_not_counted(log: SqlEventLog) -> None:
    for number in range(7):
        await exchange(log, await code(log, name=f"Kiosk {number}"))


async def test_wrong_codes_of_one_ipv6_network_count_together(log: SqlEventLog) -> None:
    for number in range(5):
        await refused(log, "nonsense", address=f"2001:db8:1:2::{number:x}")
    text = await code(log)
    with pytest.raises(TooManyTriesError):
        await exchange(log, text, address="2001:db8:1:2:ffff::1")
    await exchange(log, text, address="2001:db8:1:3::1")


async def test_wrong_codes_from_many_addresses_brake_all(log: SqlEventLog) -> None:
    for number in range(RULES.enrol_tries_total):
        await refused(log, "nonsense", address=f"10.1.0.{number}")
    text = await code(log)
    with pytest.raises(TooManyTriesError):
        await exchange(log, text, address="10.2.0.1")


async def test_an_address_that_is_closed_does_not_brake_the_others(log: SqlEventLog) -> None:
    for _ in range(5):
        await refused(log, "nonsense")
    for _ in range(RULES.enrol_tries_total):
        with pytest.raises(TooManyTriesError):
            await exchange(log, "nonsense")
    await exchange(log, await code(log), address="10.0.0.2")


async def test_only_those_that_issue_get_a_series(log: SqlEventLog) -> None:
    screen = await exchange(log, await code(log, "screen", "Board"))
    assert (screen.series, screen.ticket_key) == (None, None)
    bench = await exchange(log, await code(log, "integration", "Desk", "counter"))
    assert bench.series is not None
    device = await log.run(lambda connection: device_store.device(connection, bench.device))
    assert device is not None
    assert (device.kind, device.role) == ("integration", "counter")


async def test_an_integration_has_a_role_and_nothing_else_has(log: SqlEventLog) -> None:
    for kind, role, expected in (("integration", None, "counter"), ("integration", "manager", "manager")):
        answer = await exchange(log, await code(log, kind, role=role))  # type: ignore[arg-type] # strings of a test
        device = await log.run(lambda connection, ident=answer.device: device_store.device(connection, ident))  # type: ignore[misc] # mypy cannot see through the default
        assert device is not None
        assert device.role == expected
    answer = await exchange(log, await code(log, "kiosk", role="manager"))
    kiosk = await log.run(lambda connection: device_store.device(connection, answer.device))
    assert kiosk is not None
    assert kiosk.role is None


async def test_no_two_share_a_series_however_many_come_at_once(log: SqlEventLog) -> None:
    codes = [await code(log, name=f"Kiosk {number}") for number in range(len(ALL))]
    answers = await asyncio.gather(*(exchange(log, text, address=text) for text in codes))
    assert len({answer.series for answer in answers}) == len(ALL)
    with pytest.raises(SeriesExhaustedError):
        await exchange(log, await code(log, name="One too many"))


async def test_a_device_that_is_installed_again_gets_its_letter_back(log: SqlEventLog) -> None:
    first = await exchange(log, await code(log, name="Kiosk 1"))
    await exchange(log, await code(log, name="Kiosk 2"))
    assert await log.write(lambda connection: device_store.revoke(connection, first.device, after(1)))
    again = await exchange(log, await code(log, name="Kiosk 1"), after(2))
    assert again.series == first.series
    assert again.device != first.device


async def test_a_centre_must_be_there(log: SqlEventLog) -> None:
    with pytest.raises(CentreNotSetUpError):
        await log.write(
            lambda connection: device_store.enrol_code(
                connection, "kiosk", "K", CentreId("nowhere"), None, key=b"k", now=NOW, rules=RULES
            )
        )


async def test_a_revoked_token_opens_nothing(log: SqlEventLog) -> None:
    answer = await exchange(log, await code(log))
    revoke = log.write
    assert await revoke(lambda connection: device_store.revoke(connection, answer.device, after(1)))
    assert not await revoke(lambda connection: device_store.revoke(connection, answer.device, after(2)))
    assert not await revoke(lambda connection: device_store.revoke(connection, DeviceId("none"), after(2)))
    with pytest.raises(TokenRevokedError):
        await log.run(lambda connection: device_store.device_by_token(connection, answer.token))
    with pytest.raises(TokenUnknownError):
        await log.run(lambda connection: device_store.device_by_token(connection, answer.token + "x"))
