"""Whether there is time for the face, by a clock that goes as the air between reader and chip does."""

import math
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peripherals.documents.chip.port import WITH_FACE
from peripherals.documents.emrtd.access_key import MrzKey
from peripherals.documents.emrtd.channel import Transmit
from peripherals.documents.emrtd.chip_files import SLOW, ChipFiles
from peripherals.documents.emrtd.face_time import FaceTime
from peripherals.documents.emrtd.files import LdsFile
from peripherals.documents.emrtd.session import ReadingLimits, read_chip
from peripherals.documents.mrz import parse
from peripherals.documents.passport.in_process import InProcess, place
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.documents.passport.wire import Air, WireTotals

#: What a real chip is taken to need where it computes, by instruction.
THINKING = dict.fromkeys((0x86, 0x82, 0x88, 0x22), 0.15)
EXTENDED = 4096


@cache
def specimen(name: str) -> Specimen:
    return build(PROFILES[name], datetime.now(UTC))


def read(
    name: str, air: Air, within_s: float, *, extended: int = EXTENDED, slowed: "Slowed | None" = None
) -> tuple[ChipFiles, float]:
    """Read a specimen through this air; gives what was read, and how many seconds it took."""
    made = specimen(name)
    made.chip.reset()
    wire = WireTotals(air)
    document = place(made, wire)
    transmit: Transmit = document.transmit if slowed is None else slowed.through(document)
    late = slowed or Slowed()
    found = read_chip(
        transmit,
        MrzKey.from_mrz(parse(made.zone)),
        wanted=WITH_FACE,
        limits=ReadingLimits(extended=extended, face_s=within_s),
        now=lambda: wire.seconds + late.seconds,
    )
    return found, wire.seconds + late.seconds


class Slowed:
    """A chip that takes ``each`` seconds more for every command from number ``after`` on."""

    def __init__(self, after: int = 0, each: float = 0.0) -> None:
        self.after, self.each, self.seconds = after, each, 0.0

    def through(self, document: InProcess) -> Transmit:
        def transmit(command: bytes) -> bytes:
            if document.wire.exchanges >= self.after:
                self.seconds += self.each
            return document.transmit(command)

        return transmit


@pytest.mark.parametrize("extended", [EXTENDED, 0])
def test_a_chip_of_today_has_time_for_its_face(extended: int) -> None:
    found, seconds = read("typical", Air(424, chip_s=THINKING), 5.0, extended=extended)
    assert len(found.files[LdsFile.DG2]) > 15_000
    assert seconds < 5.0


@pytest.mark.parametrize("overhead_s", [0.1, 0.3])
def test_a_slow_chip_is_let_go_after_one_block_of_the_face(overhead_s: float) -> None:
    air = Air(106, overhead_s=overhead_s, chip_s=THINKING)
    found, seconds = read("typical", air, 5.0, extended=0)
    whole, with_face = read("typical", air, math.inf, extended=0)
    assert found.absent == {LdsFile.DG2: SLOW}
    assert LdsFile.DG2 in whole.files
    # All else is there, and it has proved itself as if nobody had asked for the face.
    assert set(found.files) == set(whole.files) - {LdsFile.DG2}
    assert [proof.verdict for proof in found.proofs] == [proof.verdict for proof in whole.proofs]
    assert found.verdict == whole.verdict
    without, plain = read("typical", air, -1, extended=0)
    assert seconds - plain < 0.5
    assert without.absent == {LdsFile.DG2: SLOW}
    assert with_face > 5.0


def test_a_chip_that_becomes_slow_is_let_go_before_the_time_is_over() -> None:
    air = Air(424, chip_s=THINKING)
    made = specimen("typical")
    made.chip.reset()
    counted = WireTotals(air)
    seen: list[int] = []
    read_chip(
        place(made, counted).transmit,
        MrzKey.from_mrz(parse(made.zone)),
        wanted=WITH_FACE,
        progress=lambda file, _done, _total: seen.append(counted.exchanges) if file is LdsFile.DG2 else None,
    )
    found, seconds = read("typical", air, 5.0, extended=0, slowed=Slowed(after=seen[3], each=0.4))
    assert found.absent == {LdsFile.DG2: SLOW}
    # What comes after the face is slow too, and no part of the promise.
    assert seconds < 5.0 + 10 * 0.4


def test_an_allowance_of_nothing_leaves_every_face_out() -> None:
    found, _ = read("typical", Air(848), 0.0)
    assert found.absent == {LdsFile.DG2: SLOW}


@given(
    within=st.floats(0, 20),
    opening=st.floats(0, 5),
    rate=st.floats(100, 100_000),
    blocks=st.integers(1, 60),
    face=st.integers(1, 60_000),
    proves=st.booleans(),
)
@settings(deadline=None)
def test_at_a_steady_rate_the_promise_is_kept_and_no_face_left_out_for_nothing(  # noqa: PLR0917 - of hypothesis
    within: float, opening: float, rate: float, blocks: int, face: int, proves: bool
) -> None:
    clock = [0.0]
    time = FaceTime(within, lambda: clock[0])
    clock[0] += opening
    time.opened()
    time.begin()
    done = 0
    for _ in range(blocks):
        done += 200
        clock[0] += 200 / rate
        time.count(done)
    ends = clock[0] + face / rate + (opening if proves else 0.0)
    assert time.allows(face, proves=proves) is (ends <= within) or math.isclose(ends, within, rel_tol=1e-6)
