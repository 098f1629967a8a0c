"""``peripherals lockers commission`` at a terminal, with a person before the simulated cabinet."""

import asyncio
import os
import pty
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from peripherals.lockers import wiring
from peripherals.lockers.cabinet import Cabinet, Place
from peripherals.lockers.port import Size
from peripherals.lockers.wiring import Wiring
from tests.peripherals.lockers.conftest import Made, started
from tests.peripherals.test_cli import COMMAND

LABELS: dict[Place, str] = {(1, 1): "A1", (1, 2): "A2", (1, 3): "B1"}
#: Questions end so.
_PROMPT = re.compile(rb"\. $")


class Person:
    """Reads what is asked and does it, as somebody before a cabinet of which they know nothing."""

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet
        self.asked: list[str] = []

    def answer(self, question: str) -> str:
        self.asked.append(question)
        opened = [place for place in self.cabinet.places() if self.cabinet[place].is_open]
        if "Which door" in question:
            return LABELS[opened[0]] if opened else ""
        for place in opened:
            if "Put something in" in question:
                self.cabinet.put(place)
            if "Take it out" in question or "empty it" in question:
                self.cabinet.take(place)
            if "hut" in question:
                self.cabinet.close(place)
        return "s" if "Size of A1" in question else ""


def at_a_terminal(command: list[str], answer: Callable[[str], str]) -> tuple[int, str]:
    """Run a command on a terminal; each of its questions is answered."""
    terminal, line = pty.openpty()
    process = subprocess.Popen(command, stdin=line, stdout=line, stderr=subprocess.DEVNULL)
    os.close(line)
    said = asked = b""
    try:
        while True:
            try:
                found = os.read(terminal, 4096)
            except OSError:
                break
            said += found
            asked += found
            if _PROMPT.search(asked):
                typed = answer(asked.decode()) + "\n"
                asked = b""
                os.write(terminal, typed.encode())
    finally:
        os.close(terminal)
    return process.wait(60), said.decode()


async def commission(made: Made, folder: Path, *options: str) -> tuple[int, str, Person]:
    person = Person(made.cabinet)
    device = made.url.partition("?")[0]
    command = [*COMMAND, "lockers", "commission", "--device", device, "--out", str(folder / "found.toml"), *options]
    code, said = await asyncio.to_thread(at_a_terminal, command, person.answer)
    return code, said, person


async def test_the_wiring_is_found_out(scheme: str, tmp_path: Path) -> None:
    # All cabinets at the same time: they mostly wait.
    names = ["usual", "inverted", *(["by-lock"] if scheme.startswith("winnsen") else [])]
    for name in names:
        await asyncio.to_thread((tmp_path / name).mkdir)
    async with asyncio.TaskGroup() as tasks:
        for name in names:
            tasks.create_task(find_out(scheme, tmp_path / name, inverted=name == "inverted", by_lock=name == "by-lock"))


async def find_out(scheme: str, tmp_path: Path, *, inverted: bool, by_lock: bool) -> None:
    made = await started(scheme, tmp_path, Cabinet(1, 3), inverted=inverted, by_lock=by_lock)
    board = {"kerong": "0"}.get(scheme.partition("+")[0], "1")
    options = ["--board", board, "--locks", "3"]
    if not scheme.startswith("winnsen"):
        options += ["--sensors", "--inputs", "6"] if scheme.startswith("modbus") else ["--sensors"]
    code, said, _ = await commission(made, tmp_path, *options)
    assert code == 0, said
    found, real = await asyncio.to_thread(wiring.load, tmp_path / "found.toml"), made.simulator.wiring()
    assert [one.name for one in found.compartment] == list(LABELS.values())
    wired = [(one.board, one.lock, one.door, one.item) for one in found.compartment]
    assert wired == [(one.board, one.lock, one.door, one.item) for one in real.compartment]
    assert [one.size for one in found.compartment] == [Size.SMALL] * 3
    assert found.board.door_shut == real.board.door_shut
    assert found.board.status == real.board.status
    if not scheme.startswith("winnsen"):
        assert found.board.item_present == real.board.item_present
    await made.simulator.stop()


async def test_a_switch_that_says_nothing_is_left_out_and_said_so(tmp_path: Path) -> None:
    made = await started("kerong+serial", tmp_path, Cabinet(1, 3))
    made.cabinet[1, 2].door_stuck = False
    code, said, _ = await commission(made, tmp_path, "--board", "0", "--locks", "3")
    assert code == 0
    assert "look at the switch of door A2" in said
    assert [one.name for one in (await asyncio.to_thread(wiring.load, tmp_path / "found.toml")).compartment] == [
        "A1",
        "B1",
    ]
    await made.simulator.stop()


async def test_a_lock_that_opens_another_door_is_wired_as_it_is(tmp_path: Path) -> None:
    made = await started("kerong+serial", tmp_path, Cabinet(1, 3))
    made.cabinet[1, 1].crossed, made.cabinet[1, 2].crossed = (1, 2), (1, 1)
    code, said, _ = await commission(made, tmp_path, "--board", "0", "--locks", "3")
    assert code == 0, said
    found: Wiring = await asyncio.to_thread(wiring.load, tmp_path / "found.toml")
    assert [(one.name, one.lock, one.door) for one in found.compartment] == [("A2", 1, 2), ("A1", 2, 1), ("B1", 3, 3)]
    await made.simulator.stop()


@pytest.mark.parametrize("board", ["10", "15"])
async def test_nothing_is_sent_to_kerong_boards_that_there_are_not(board: str, tmp_path: Path) -> None:
    made = await started("kerong+serial", tmp_path, Cabinet(2, 3))
    code, said, _ = await commission(made, tmp_path, "--board", board, "--locks", "3")
    assert (code, "0 to 9" in said) == (2, True), said
    assert made.cabinet.pulses == []
    await made.simulator.stop()


async def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    made = await started("kerong+serial", tmp_path, Cabinet(1, 1))
    await asyncio.to_thread((tmp_path / "found.toml").touch)
    code, said, _ = await commission(made, tmp_path, "--board", "0", "--locks", "1")
    assert (code, "locker-wiring" in said) == (2, True)
    code, said, _ = await commission(made, tmp_path, "--board", "0", "--locks", "1", "--replace")
    assert code == 0, said
    await made.simulator.stop()
