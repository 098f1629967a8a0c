"""Modbus by other hands: modbus-tk as the cabinet of our driver, minimalmodbus as the master of our simulator."""

import asyncio
import os
import select
import struct
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import minimalmodbus
import pytest
import serial
from modbus_tk import defines, hooks, modbus_rtu, modbus_tcp
from modbus_tk.modbus import Server, Slave

from peripherals.device import DeviceState, HealthAnswer, Timings, open_device
from peripherals.lockers import wiring
from peripherals.lockers.cabinet import Cabinet
from peripherals.lockers.modbus.device import ModbusBank
from peripherals.lockers.modbus.simulator import RtuSimulator
from peripherals.lockers.port import DoorState, ItemSensor, LockerBank
from peripherals.lockers.wiring import BoardWiring, WiredCompartment, Wiring
from peripherals.simulation import PtyLine
from tests.peripherals.contract.rig import until
from tests.peripherals.lockers.conftest import senses

TIMINGS = Timings(reopen_first_s=0.05, locker_poll_s=0.05)
DRIVER = ModbusBank


@pytest.fixture
def blockbuster() -> None:
    """Let the peers wait: they know no event loop."""


@contextmanager
def pair_of_lines() -> Iterator[tuple[str, str]]:
    """Give two serial lines, what is written to one of which comes out of the other."""
    (one, one_line), (other, other_line) = os.openpty(), os.openpty()
    for line in (one_line, other_line):
        tty.setraw(line)
    ended, wake = os.pipe()

    def carry() -> None:
        while ended not in (ready := select.select([one, other, ended], [], [])[0]):
            for each in ready:
                os.write(other if each == one else one, os.read(each, 4096))

    carrier = threading.Thread(target=carry)
    carrier.start()
    try:
        yield os.ttyname(one_line), os.ttyname(other_line)
    finally:
        os.write(wake, b"x")
        carrier.join()
        for each in (one, one_line, other, other_line, ended, wake):
            os.close(each)


@contextmanager
def cabinet(server: Server, unit: int) -> Iterator[Slave]:
    """Run modbus-tk as a board of 8 relays and 16 inputs, with the pulse of Waveshare's, which is not standard."""
    slave = server.add_slave(unit)
    slave.add_block("doors", defines.DISCRETE_INPUTS, 0, 16)
    slave.add_block("relays", defines.COILS, 0, 8)
    slave.set_values("doors", 0, [1] * 8 + [0] * 8)

    def pulse(arguments: tuple[Slave, bytes]) -> bytes | None:
        _, asked = arguments
        function, address, value = struct.unpack(">BHH", asked[:5])
        if function != defines.WRITE_SINGLE_COIL or not 0x0200 <= address < 0x0208 or not 0 < value < 0x100:
            return None
        slave.set_values("doors", address - 0x0200, 0)
        return asked

    hooks.install_hook("modbus.Slave.handle_request", pulse)
    server.start()
    try:
        yield slave
    finally:
        server.stop()
        hooks.uninstall_hook("modbus.Slave.handle_request", pulse)


async def drive(url: str, slave: Slave, folder: Path, unit: int) -> None:
    """Open each door with our driver, and see it open; nothing is held."""
    wired = tuple(WiredCompartment(f"A{at}", unit, at, at, at + 8) for at in range(1, 9))
    await asyncio.to_thread(wiring.save, folder / "wiring.toml", Wiring(BoardWiring(answer_ms=2000), wired))
    bank = await asyncio.to_thread(open_device, f"{url}?wiring={folder / 'wiring.toml'}", TIMINGS)
    assert isinstance(bank, LockerBank)
    async with bank:
        await until(bank, lambda status: status.state is DeviceState.ONLINE)
        assert {one.door for one in bank.status.compartments} == {DoorState.SHUT}
        for at in range(1, 9):
            assert await bank.pulse(f"A{at}") is HealthAnswer.YES
            await until(bank, senses(f"A{at}", DoorState.OPEN))
            slave.set_values("doors", at + 7, 1)
            await until(bank, senses(f"A{at}", ItemSensor.PRESENT))
        assert list(slave.get_values("relays", 0, 8)) == [0] * 8


#: modbus-tk asks its threads by a name that Python has given up.
OLD_NAME = pytest.mark.filterwarnings("ignore:isSet:DeprecationWarning")


@OLD_NAME
async def test_modbus_tk_is_a_cabinet_in_the_network(tmp_path: Path) -> None:
    server = modbus_tcp.TcpServer(port=0, address="127.0.0.1")
    with cabinet(server, 3) as slave:
        while server._sock is None or server._sock.getsockname()[1] == 0:  # noqa: ASYNC110 - a thread binds it
            await asyncio.sleep(0.01)
        await drive(f"modbus+tcp://127.0.0.1:{server._sock.getsockname()[1]}", slave, tmp_path, 3)


@OLD_NAME
async def test_modbus_tk_is_a_cabinet_on_a_serial_line(tmp_path: Path) -> None:
    with pair_of_lines() as (theirs, ours), serial.Serial(theirs, 9600, timeout=0.05) as line:
        server = modbus_rtu.RtuServer(line)
        with cabinet(server, 7) as slave:
            await drive(f"modbus+serial://{ours}", slave, tmp_path, 7)


async def test_minimalmodbus_is_a_master_of_our_cabinet() -> None:
    made = Cabinet(boards=2, locks=8)
    simulator = RtuSimulator(PtyLine(), made)
    await simulator.start()
    try:
        await asyncio.to_thread(_master, simulator.address, made)
    finally:
        await simulator.stop()


def _master(line: str, made: Cabinet) -> None:
    board = minimalmodbus.Instrument(line, 2)
    board.serial.timeout = 5
    assert board.read_bits(0, 16, functioncode=2) == [1] * 8 + [0] * 8
    made.pry((2, 3))
    made.put((2, 8))
    assert board.read_bits(0, 16, functioncode=2) == [1, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert board.read_bit(2, functioncode=2) == 0
    # The pulse: it knows none, so that its bytes are given by hand.
    assert board._perform_command(5, b"\x02\x04\x00\x05") == b"\x02\x04\x00\x05"
    assert made.pulses == [(2, 5)]
    assert made[2, 5].is_open
    # A relay that is switched on stays on: that is what the driver never does.
    board.write_bit(0, 1)
    assert made.is_held((2, 1))
    assert board.read_bits(0, 8, functioncode=1) == [1, 0, 0, 0, 0, 0, 0, 0]
    board.write_bit(0, 0)
    assert not made.is_held((2, 1))
    refused = (minimalmodbus.IllegalRequestError, minimalmodbus.SlaveReportedException)
    with pytest.raises(refused):
        board.read_bits(15, 2, functioncode=2)
    with pytest.raises(refused):
        board.read_register(0)
    board.serial.close()
