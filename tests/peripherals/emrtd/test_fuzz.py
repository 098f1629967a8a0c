"""Files and answers of real specimens, damaged in every way: nothing but errors of ours comes of them."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peripherals.documents import ber
from peripherals.documents.emrtd.channel import Transmit
from peripherals.documents.emrtd.files import LdsFile
from peripherals.errors import PeripheralError
from tests.peripherals.emrtd.desk import GROUPS, Desk, show
from tests.peripherals.emrtd.fuzz import ENTRIES, frame

SPECIMENS = ("ordinary", "clone-cam", "ca-several", "ca-pkcs3", "aa-rsa-sha1", "indefinite-sod", "pace-explicit")


@cache
def seeds() -> tuple[bytes, ...]:
    """What specimens hold, and what their chips answer."""
    found: list[bytes] = []
    for name in SPECIMENS:
        desk = show(name)
        said: list[bytes] = []
        read = desk.read(wanted=GROUPS - {LdsFile.DG2}, transmit=recorded(desk, said))
        for file, content in read.files.items():
            found.append(bytes(content))
            if file in {LdsFile.DG14, LdsFile.DG15, LdsFile.SOD}:
                found.append(bytes(ber.parse_one(content, indefinite=True).value))
        found += [said[-1], said[-3], frame(*said), frame(*said[:6])]
    return tuple(found)


def recorded(desk: Desk, said: list[bytes]) -> Transmit:
    def transmit(command: bytes) -> bytes:
        said.append(desk.reader.transmit(command))
        return said[-1]

    return transmit


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(seeds())))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        match draw(st.integers(0, 4)):
            case 0 if at < len(data):
                data[at] = draw(st.integers(0, 255))
            case 1:
                del data[at : at + draw(st.integers(1, 8))]
            case 2:
                data[at:at] = draw(st.binary(min_size=1, max_size=8))
            case 3:
                del data[at:]
            case _:
                data[at:at] = data[: draw(st.integers(0, 40))]
    return bytes(data)


@pytest.mark.parametrize("name", ENTRIES)
@settings(max_examples=60)
@given(data=damaged() | st.binary(max_size=200))
def test_only_errors_of_ours_come_of_any_bytes(name: str, data: bytes) -> None:
    try:
        ENTRIES[name](data)
    except PeripheralError:
        return


@pytest.mark.parametrize("name", ENTRIES)
def test_what_specimens_hold_is_food_for_every_entry(name: str) -> None:
    taken = 0
    for seed in seeds():
        try:
            ENTRIES[name](seed)
        except PeripheralError:
            continue
        taken += 1
    assert taken > 0
