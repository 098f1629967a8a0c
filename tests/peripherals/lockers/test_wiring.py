"""The wiring of a bank: read with bounds, failing with section and key, and written so that it reads the same."""

from pathlib import Path

import pytest

from peripherals.errors import WiringInvalidError
from peripherals.lockers import wiring
from peripherals.lockers.port import Compartment, Size
from peripherals.lockers.wiring import BoardWiring, WiredCompartment, Wiring

A1 = '[[compartment]]\nname = "A1"\nboard = 1\nlock = 1\ndoor = 1\n'
A2 = A1.replace("A1", "A2").replace("lock = 1", "lock = 2").replace("door = 1", "door = 2")


def test_it_reads_as_it_was_written(tmp_path: Path) -> None:
    made = Wiring(
        BoardWiring(door_shut=0, pulse_ms=300),
        (WiredCompartment("A1", 1, 1, 9, 17, Size.SMALL), WiredCompartment("A2", 2, 1, 9, size=Size.LARGE)),
    )
    wiring.save(tmp_path / "wiring.toml", made)
    read = wiring.load(tmp_path / "wiring.toml")
    assert read == made
    assert read.compartments == (
        Compartment("A1", Size.SMALL, sees_items=True),
        Compartment("A2", Size.LARGE, sees_items=False, column=2, row=1),
    )
    assert read.boards == (1, 2)


@pytest.mark.parametrize(
    ("text", "section", "key"),
    [
        ("", "compartment", ""),
        ("[board", "", "wiring.toml"),
        (A1 + A1, "compartment[1]", "name"),
        (A1 + A2.replace("lock = 2", "lock = 1"), "compartment[1]", "lock"),
        (A1 + A2.replace("door = 2", "door = 1"), "compartment[1]", "door"),
        (A1.replace("lock = 1", "lock = 0"), "compartment[0]", "lock"),
        (A1.replace("lock = 1", "lock = 513"), "compartment[0]", "lock"),
        (A1.replace('"A1"', '"A 1"'), "compartment[0]", "name"),
        (A1 + "coil = 3\n", "compartment[0]", "coil"),
        ("[board]\npulse_ms = 49\n" + A1, "board", "pulse_ms"),
        ("[board]\ndoor_shut = 2\n" + A1, "board", "door_shut"),
        ("[board]\ndoor_shutt = 1\n" + A1, "board", "door_shutt"),
    ],
)
def test_what_cannot_be_used_says_where(text: str, section: str, key: str, tmp_path: Path) -> None:
    file = tmp_path / "wiring.toml"
    file.write_text(text)
    with pytest.raises(WiringInvalidError) as caught:
        wiring.load(file)
    assert (caught.value.placeholders["section"], caught.value.placeholders["key"]) == (section, key)
