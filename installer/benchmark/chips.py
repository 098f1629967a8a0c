"""What reading a chip costs: commands, bytes and time, for each profile of the simulated passport.

The time on the air is computed, block by block (``peripherals.documents.passport.wire``); the reader's own time is
measured, without that of the simulated chip. The limit that no reader can beat is bytes / bit rate. The last columns
say whether a kiosk with its usual allowance reads the face, and how long it then holds the document.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from installer.benchmark.measure import Measure
from peripherals.documents.chip.port import IDENTITY, WITH_FACE
from peripherals.documents.emrtd.access_key import MrzKey
from peripherals.documents.emrtd.files import LdsFile
from peripherals.documents.emrtd.session import ReadingLimits, read_chip
from peripherals.documents.mrz import parse
from peripherals.documents.passport.in_process import place
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.documents.passport.wire import BIT_RATES, Air, WireTotals
from peripherals.documents.settings import DocumentSettings
from peripherals.errors import PeripheralError

_RATES = (106, 424, 848)
#: What a reader with extended lengths takes in one answer; one without takes 256 bytes.
_EXTENDED = 65_536
#: At most this factor over the limit is wanted, and allowed.
_GOAL, _ALLOWED = 1.3, 1.4
#: The profile with a picture of 20 KB, and the time that its files may take at 424 kbit/s.
_TYPICAL, _LIMIT_S = "typical", DocumentSettings().face_s
#: A chip that needs so many seconds more for each command is slow; one that a kiosk waits for is not.
_SLOW_S = 0.3
#: What a chip is taken to need for each command that makes it compute: instructions 86, 82, 88 and 22 (7816-4).
_CHIP_S = dict.fromkeys((0x86, 0x82, 0x88, 0x22), 0.15)
_HEAD = (
    f"{'profile':<36}{'commands':>9}{'bytes':>8}{'reader ms':>11}"
    + "".join(f"{f'{rate} kbit/s':>13}{'ratio':>7}" for rate in _RATES)
    + f"{'face':>6}{'held':>9}  ended with"
)


@dataclass(frozen=True)
class Reading:
    """One reading.

    ``own_s`` is the reader's time, ``wires`` what it took on the air by kbit/s, ``chip_s`` what a real chip is taken to
    compute meanwhile. ``ended`` is a failure code, empty where all went well.
    """

    ended: str
    own_s: float
    chip_s: float
    wires: dict[int, WireTotals]
    at_kiosk: "AtKiosk"

    @property
    def bytes(self) -> int:
        wire = self.wires[_RATES[0]]
        return wire.sent + wire.received

    def limit_s(self, rate: int) -> float:
        return self.bytes * 8 / BIT_RATES[rate]

    def factor(self, rate: int) -> float:
        """How many times the limit this takes on the air."""
        return self.wires[rate].seconds / self.limit_s(rate) if self.bytes else 1.0

    def line(self, name: str) -> str:
        wire = self.wires[_RATES[0]]
        times = "".join(f"{self.wires[rate].seconds:>11.2f} s{self.factor(rate):>7.2f}" for rate in _RATES)
        kiosk = f"{self.at_kiosk.face:>6}{self.at_kiosk.seconds:>7.2f} s"
        return f"{name:<36}{wire.exchanges:>9}{self.bytes:>8}{self.own_s * 1000:>11.1f}{times}{kiosk}  {self.ended}"


@dataclass(frozen=True)
class AtKiosk:
    """A reading at a kiosk; ``face``: ``yes``, ``slow`` where it was left out, else why it is not there or ``-``."""

    face: str
    seconds: float


def at_kiosk(specimen: Specimen, *, extended: int, overhead_s: float = 0.0) -> AtKiosk:
    """Read what a kiosk reads at 424 kbit/s, by a clock that goes as air and chip do."""
    specimen.chip.reset()
    wire = WireTotals(Air(424, overhead_s=overhead_s, chip_s=_CHIP_S))
    try:
        found = read_chip(
            place(specimen, wire).transmit,
            MrzKey.from_mrz(parse(specimen.zone)),
            wanted=WITH_FACE,
            limits=ReadingLimits(extended=extended, face_s=_LIMIT_S),
            now=lambda: wire.seconds,
        )
    except PeripheralError:
        return AtKiosk("-", wire.seconds)
    face = "yes" if LdsFile.DG2 in found.files else found.absent.get(LdsFile.DG2, "-").removesuffix("-in-document")
    found.wipe()
    return AtKiosk(face, wire.seconds)


def read(name: str, *, extended: int) -> Reading:
    """Read zone and face of one specimen and what proves them, whatever becomes of it."""
    specimen = build(PROFILES[name], datetime.now(UTC))
    document = place(specimen)
    wires = {rate: WireTotals(Air(rate)) for rate in _RATES}
    thinking = WireTotals(Air(_RATES[0], chip_s=_CHIP_S))
    simulated = 0.0

    def transmit(command: bytes) -> bytes:
        nonlocal simulated
        began = time.perf_counter()
        try:
            answer = document.transmit(command)
            for wire in (*wires.values(), thinking):
                wire.count(command, answer)
            return answer
        finally:
            simulated += time.perf_counter() - began

    key = MrzKey.from_mrz(parse(specimen.zone))
    began, ended = time.perf_counter(), ""
    try:
        read_chip(transmit, key, limits=ReadingLimits(extended=extended)).wipe()
    except PeripheralError as error:
        ended = error.code
    own = time.perf_counter() - began - simulated
    chip_s = thinking.seconds - wires[_RATES[0]].seconds
    return Reading(ended, own, chip_s, wires, at_kiosk(specimen, extended=extended))


def table() -> Iterator[str]:
    """Give a line for each profile, as soon as it is read."""
    yield f"\nChips, files EF.COM, EF.SOD, DG1, DG2, DG14, DG15; extended answers of {_EXTENDED} bytes where they can"
    yield f"At a kiosk: 424 kbit/s and the chip's own time; the face where it is there in {_LIMIT_S:.0f} s"
    yield _HEAD
    for name in PROFILES:
        yield read(name, extended=_EXTENDED).line(name)


def measure_chips() -> Iterator[Measure]:
    """Measure the two that must hold: little more than the limit, and a face within the patience of a person."""
    found = read(_TYPICAL, extended=_EXTENDED)
    for rate in _RATES:
        yield Measure(
            f"a chip with 20 KB of face on the air at {rate} kbit/s, extended lengths",
            found.wires[rate].seconds * 1000,
            "bytes / bit rate",
            found.limit_s(rate) * 1000,
            "ms",
            goal=1 / _GOAL,
            floor=1 / _ALLOWED,
        )
    for manner, extended in (("extended", _EXTENDED), ("short", 0)):
        found = read(_TYPICAL, extended=extended)
        air = found.wires[424].seconds
        yield Measure(
            f"the same in all at 424 kbit/s, {manner} lengths",
            (air + found.own_s + found.chip_s) * 1000,
            "5 s",
            _LIMIT_S * 1000,
            "ms",
            goal=1.0,
            floor=1.0,
            more=f" (air {air * 1000:.0f}, reader {found.own_s * 1000:.0f}, chip, assumed, {found.chip_s * 1000:.0f})",
        )
        slow = at_kiosk(build(PROFILES[_TYPICAL], datetime.now(UTC)), extended=extended, overhead_s=_SLOW_S)
        bare = _without_face(extended)
        yield Measure(
            f"a chip with {_SLOW_S} s a command is let go, {manner} lengths, face: {slow.face}",
            slow.seconds * 1000,
            "5 s, or what it takes without the face and a block of it",
            max(_LIMIT_S, bare + 3 * _SLOW_S) * 1000,
            "ms",
            goal=1.0,
            floor=1.0,
        )


def _without_face(extended: int) -> float:
    """Give the seconds of a slow chip without its face."""
    specimen = build(PROFILES[_TYPICAL], datetime.now(UTC))
    wire = WireTotals(Air(424, overhead_s=_SLOW_S, chip_s=_CHIP_S))
    key = MrzKey.from_mrz(parse(specimen.zone))
    read_chip(place(specimen, wire).transmit, key, wanted=IDENTITY, limits=ReadingLimits(extended=extended)).wipe()
    return wire.seconds
