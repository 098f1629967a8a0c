"""What only a bank of lockers does, with every kind of board: doors, items, polarity, silent boards, pulses."""

import asyncio
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from peripherals.device import DeviceState, HealthAnswer
from peripherals.errors import CompartmentUnknownError, NotConnectedError, WiringInvalidError
from peripherals.lockers import wiring
from peripherals.lockers.cabinet import Cabinet
from peripherals.lockers.port import DoorState, ItemSensor, LockerBank, LockerBankStatus
from peripherals.lockers.winnsen.device import WinnsenBank
from peripherals.lockers.wiring import BoardWiring, WiredCompartment, Wiring
from tests.peripherals.contract.rig import until
from tests.peripherals.lockers.conftest import HASTY_MS, PATIENT_MS, Made, senses, started


async def test_each_door_and_item_is_sensed_by_itself(made: Made) -> None:
    async with made.device() as bank:
        names = [one.name for one in bank.compartments]
        assert names == ["1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "2-3", "2-4"]
        sees = bank.compartments[0].sees_items
        assert sees == (not made.scheme.startswith("winnsen"))
        for place in made.cabinet.places():
            made.cabinet.pry(place)
            made.cabinet.put(place)
            status = await bank.check_health()
            name = f"{place[0]}-{place[1]}"
            assert [one.name for one in status.compartments if one.door is not DoorState.SHUT] == [name]
            assert status.of(name).door is DoorState.OPEN
            here = [one.name for one in status.compartments if one.item is ItemSensor.PRESENT]
            assert here == ([name] if sees else [])
            made.cabinet.close(place)
            made.cabinet.take(place)


async def test_a_pulse_reaches_its_lock_and_no_other(made: Made) -> None:
    async with made.device() as bank:
        for place in made.cabinet.places():
            await bank.pulse(f"{place[0]}-{place[1]}")
            await until(bank, senses(f"{place[0]}-{place[1]}", DoorState.OPEN))
            made.cabinet.close(place)
        assert made.cabinet.pulses == list(made.cabinet.places())
        with pytest.raises(CompartmentUnknownError):
            await bank.pulse("3-1")


@pytest.mark.parametrize("kind", ["kerong+serial", "modbus+tcp", "winnsen+serial"])
async def test_inverted_inputs_are_a_matter_of_the_wiring(kind: str, tmp_path: Path) -> None:
    made = await started(kind, tmp_path, Cabinet(1, 2), inverted=True)
    made.cabinet.pry((1, 2))
    async with made.device() as bank:
        status = await bank.check_health()
        assert [one.door for one in status.compartments] == [DoorState.SHUT, DoorState.OPEN]
        assert ItemSensor.PRESENT not in {one.item for one in status.compartments}
    await made.simulator.stop()


async def test_no_coil_is_ever_held(made: Made) -> None:
    async with made.device() as bank:
        await bank.pulse("1-1")
        await until(bank, lambda status: status.of("1-1").door is DoorState.OPEN)
    assert not any(made.cabinet.is_held(place) for place in made.cabinet.places())


async def test_what_the_board_says_is_no_open_door(made: Made) -> None:
    made.cabinet[1, 1].jammed = True
    async with made.device() as bank:
        said = {"kerong": HealthAnswer.UNKNOWN, "modbus": HealthAnswer.YES, "winnsen": HealthAnswer.NO}
        assert await bank.pulse("1-1") is said[made.scheme.split("+", 1)[0]]
        assert (await bank.check_health()).of("1-1").door is DoorState.SHUT


async def test_a_lost_answer_to_a_pulse_is_unknown_and_not_asked_again(hasty: Made) -> None:
    async with hasty.device(locker_poll_s=60) as bank:
        hasty.simulator.set(lost=1)
        assert await bank.pulse("1-1") is HealthAnswer.UNKNOWN
        await hasty.simulator.pulsed.wait()
        hasty.simulator.set(lost=0)
        assert hasty.cabinet.pulses == [(1, 1)]
        async with asyncio.timeout(60):
            # Where the machine is slow a board may be given up once more.
            while (await bank.check_health()).of("1-1").door is not DoorState.OPEN:
                pass
        assert hasty.cabinet.pulses == [(1, 1)]


async def test_one_silent_board_takes_none_of_the_others_with_it(tmp_path: Path) -> None:
    made = await started("kerong+serial", tmp_path, Cabinet(boards=1, locks=2), answer_ms=HASTY_MS)
    further = WiredCompartment("Z9", 9, 1, 1)
    real = made.simulator.wiring()
    await asyncio.to_thread(wiring.save, tmp_path / "wiring.toml", Wiring(real.board, (*real.compartment, further)))
    async with made.device() as bank:
        doors = [DoorState.SHUT, DoorState.SHUT, DoorState.UNKNOWN]
        await until(bank, lambda said: [one.door for one in said.compartments] == doors)
        assert (await bank.check_health()).state is DeviceState.HARDWARE_ERROR
        await bank.pulse("1-2")
        await until(bank, lambda said: said.of("1-2").door is DoorState.OPEN)
    await made.simulator.stop()


async def test_without_power_nothing_opens_and_nothing_is_known(hasty: Made) -> None:
    async with hasty.device(reopen_first_s=30) as bank:
        hasty.cabinet.power(on=False)
        status = await bank.check_health()
        assert status.state is DeviceState.UNKNOWN
        assert {one.door for one in status.compartments} == {DoorState.UNKNOWN}
        assert not any(hasty.cabinet[place].is_open for place in hasty.cabinet.places())


@pytest.mark.parametrize("kind", ["kerong+serial", "modbus+serial", "winnsen+serial"])
@pytest.mark.parametrize("fault", [{"stray": b"\x00"}, {"stray": b"\xff\xff"}, {"stray": b"\x01"}, {"echo": True}])
async def test_a_line_with_stray_bytes_or_an_echo_is_usable(
    kind: str, fault: dict[str, object], tmp_path: Path
) -> None:
    made = await started(kind, tmp_path, Cabinet(boards=2, locks=2))
    made.simulator.set(**fault)
    async with made.device() as bank:
        assert (await bank.check_health()).state is DeviceState.ONLINE
        said = await bank.pulse("2-1")
        assert said is (HealthAnswer.UNKNOWN if kind.startswith("kerong") else HealthAnswer.YES)
        await until(bank, senses("2-1", DoorState.OPEN))
        assert made.cabinet.pulses == [(2, 1)]
    await made.simulator.stop()


async def test_an_echo_is_no_answer_of_a_board_that_is_silent(tmp_path: Path) -> None:
    made = await started("modbus+serial", tmp_path, Cabinet(1, 1), answer_ms=HASTY_MS)
    made.simulator.set(echo=True, silent=True)
    async with made.device(reopen_first_s=30, locker_poll_s=60) as bank:
        assert (await bank.check_health()).state is DeviceState.UNKNOWN
        assert await bank.pulse("1-1") is HealthAnswer.UNKNOWN
    await made.simulator.stop()


@pytest.mark.parametrize("kind", ["kerong+serial", "modbus+serial", "winnsen+serial"])
async def test_a_garbled_answer_is_asked_for_once_more_and_a_pulse_never(kind: str, tmp_path: Path) -> None:
    made = await started(kind, tmp_path, Cabinet(1, 2))
    made.simulator.set(spoilt=1)
    async with made.device(locker_poll_s=60) as bank:
        assert bank.status.state is DeviceState.ONLINE
        made.simulator.set(spoilt=1)
        assert await bank.pulse("1-1") is HealthAnswer.UNKNOWN
        await made.simulator.pulsed.wait()
        assert (await bank.check_health()).of("1-1").door is DoorState.OPEN
        assert made.simulator.faults.spoilt == 0
        assert made.cabinet.pulses == [(1, 1)]
    await made.simulator.stop()


@pytest.mark.parametrize("kind", ["kerong+serial", "modbus+serial", "winnsen+serial"])
async def test_a_pulse_waits_for_no_round_of_all_boards(kind: str, tmp_path: Path) -> None:
    made = await started(kind, tmp_path, Cabinet(boards=10, locks=1))
    asked: list[object] = []
    waiting: list[asyncio.Task[HealthAnswer]] = []
    async with made.device(locker_poll_s=60) as bank:
        answer = made.simulator._answer

        def counted(question: object) -> bytes:
            if not made.cabinet.pulses:
                asked.append(question)
            if not waiting:
                waiting.append(asyncio.create_task(bank.pulse("10-1")))
            return answer(question)

        made.simulator._answer = counted  # type: ignore[method-assign]
        status = await bank.check_health()
        await waiting[0]
    await made.simulator.stop()
    # The first board, the pulse, and one more where that was asked already.
    assert made.cabinet.pulses == [(10, 1)]
    assert len(asked) <= 3, asked
    # The round has gone on behind the pulse.
    assert status.of("10-1").door is DoorState.OPEN


async def test_a_bank_that_is_away_surely_gets_no_pulse(made: Made) -> None:
    async with made.device() as bank:
        await made.simulator._line.unplug()
        await until(bank, lambda status: status.state in {DeviceState.OFFLINE, DeviceState.NO_DEVICE})
        with pytest.raises(NotConnectedError):
            await bank.pulse("1-1")
    assert made.cabinet.pulses == []


async def test_a_garbled_answer_without_checksum_is_not_believed(tmp_path: Path) -> None:
    made = await started("winnsen+serial", tmp_path, Cabinet(1, 2))
    async with made.device(locker_poll_s=60) as bank:
        assert (await bank.check_health()).of("1-1").door is DoorState.SHUT
        answer, spoilt = made.simulator._answer, [b"\x90\x07\x82\x01\x01\x00\x03"]
        made.simulator._answer = lambda question: spoilt.pop() if spoilt else answer(question)  # type: ignore[method-assign]
        assert (await bank.check_health()).of("1-1").door is DoorState.SHUT
        assert spoilt == []
    await made.simulator.stop()


@pytest.mark.parametrize(
    ("kind", "board", "key"),
    [
        ("kerong+serial", "board = 10", "board"),
        ("kerong+serial", "board = 15", "board"),
        ("kerong+serial", "lock = 17", "lock"),
        ("modbus+tcp", "board = 0", "board"),
        ("winnsen+serial", "item = 3", "item"),
    ],
)
async def test_a_wiring_that_the_boards_do_not_have_is_refused(kind: str, board: str, key: str, tmp_path: Path) -> None:
    made = await started(kind, tmp_path, Cabinet(1, 1))
    lines = {"board": 1, "lock": 1, "door": 1} | {key: int(board.rsplit(maxsplit=1)[-1])}
    text = '[[compartment]]\nname = "A1"\n' + "".join(f"{name} = {value}\n" for name, value in lines.items())
    await asyncio.to_thread((tmp_path / "wiring.toml").write_text, text)
    bank = made.device()
    await bank.open()
    with pytest.raises(WiringInvalidError) as caught:
        await bank.claim()
    assert (caught.value.placeholders["section"], caught.value.placeholders["key"]) == ("A1", key)
    # The line is free for somebody else.
    await asyncio.to_thread(wiring.save, tmp_path / "wiring.toml", made.simulator.wiring())
    await bank.claim()
    await bank.close()
    await made.simulator.stop()


async def test_no_lock_of_a_kerong_board_has_the_number_of_the_next_board(tmp_path: Path) -> None:
    made = await started("kerong+serial", tmp_path, Cabinet(1, 1))
    wired = Wiring(BoardWiring(first_lock=1), (WiredCompartment("A1", 0, 16, 16),))
    await asyncio.to_thread(wiring.save, tmp_path / "wiring.toml", wired)
    bank = made.device()
    await bank.open()
    with pytest.raises(WiringInvalidError, match="lock"):
        await bank.claim()
    await bank.close()
    await made.simulator.stop()


@pytest.mark.parametrize("status", ["lock", None])
async def test_winnsen_boards_that_are_asked_for_one_door(status: Literal["lock"] | None, tmp_path: Path) -> None:
    # What no board answers is waited for once: the machine may be slow, but that it is not what counts here.
    made = await started("winnsen+serial", tmp_path, Cabinet(2, 3), by_lock=True, answer_ms=PATIENT_MS)
    real = made.simulator.wiring()
    board = msgspec.structs.replace(real.board, status=status, answer_ms=PATIENT_MS)
    await asyncio.to_thread(wiring.save, tmp_path / "wiring.toml", Wiring(board, real.compartment))
    made.cabinet.pry((2, 3))
    async with made.device(locker_poll_s=60) as bank:
        assert isinstance(bank, WinnsenBank)
        assert bank.status.state is DeviceState.ONLINE
        assert bank.found.status == "lock"
        assert [one.name for one in bank.status.compartments if one.door is not DoorState.SHUT] == ["2-3"]
        assert await bank.pulse("1-2") is HealthAnswer.YES
        opened = (await bank.check_health()).compartments
        assert [one.name for one in opened if one.door is DoorState.OPEN] == ["1-2", "2-3"]
    await made.simulator.stop()


async def test_a_winnsen_lock_that_has_to_cool_says_so(tmp_path: Path) -> None:
    made = await started("winnsen+serial", tmp_path, Cabinet(1, 2))
    await made.simulator.command(["cooldown", "3600"])
    async with made.device() as bank:
        assert await bank.pulse("1-1") is HealthAnswer.YES
        assert await bank.pulse("1-1") is HealthAnswer.NO
        assert await bank.pulse("1-2") is HealthAnswer.YES
        assert made.cabinet.pulses == [(1, 1), (1, 2)]
    await made.simulator.stop()


async def test_before_it_is_claimed_a_bank_has_no_compartments(made: Made) -> None:
    bank = made.device()
    assert isinstance(bank, LockerBank)
    assert (bank.compartments, bank.status) == ((), LockerBankStatus())
