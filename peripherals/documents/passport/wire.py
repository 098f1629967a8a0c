"""How long exchanges with a contactless chip take on the air, computed and not waited for (ISO/IEC 14443-3, -4).

Counts what the standard puts around each APDU: blocks with their header and CRC, chaining with its acknowledgements,
parity and frame edges, the delays between frames, and requests for more time. What reader and host need in between,
and what the chip needs to think, are given by the caller.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from peripherals.documents.emrtd.apdu import CommandApdu
from peripherals.errors import ChipDataError

_CARRIER_HZ = 13_560_000
#: Bit rates that -3 knows, in bit/s.
BIT_RATES = {106: _CARRIER_HZ / 128, 212: _CARRIER_HZ / 64, 424: _CARRIER_HZ / 32, 848: _CARRIER_HZ / 16}
#: PCB and CRC_A (-4, 7.1); no CID and no NAD.
_BLOCK_OVERHEAD = 3
#: R and S(DESELECT) blocks have no information field, S(WTX) has one byte.
_ACKNOWLEDGEMENT, _MORE_TIME = _BLOCK_OVERHEAD, _BLOCK_OVERHEAD + 1
#: Eight bits and a parity bit (type A; -3, 6.2.3.2).
_BITS_A_BYTE = 9
#: Start and end of communication.
_EDGE_BITS = 2
#: The shortest time between two frames, each way (-3, 6.2.1.1).
_TURNAROUND_S = 1172 / _CARRIER_HZ


@dataclass(frozen=True, slots=True)
class Air:
    """The air between reader and chip. ``kbit_s`` is 106, 212, 424 or 848; ``frame`` is FSD and FSC in bytes."""

    kbit_s: int = 424
    frame: int = 256
    #: Reader and host, for each command.
    overhead_s: float = 0.0
    #: The chip's own time, by instruction.
    chip_s: Mapping[int, float] = field(default_factory=dict)
    #: After this time the chip must ask for more (-4, 7.2; FWI 8).
    waiting_s: float = 4096 / _CARRIER_HZ * 2**8

    def frame_s(self, length: int) -> float:
        """Give the time of one frame of so many bytes."""
        return (length * _BITS_A_BYTE + _EDGE_BITS) / BIT_RATES[self.kbit_s] + _TURNAROUND_S

    def blocks(self, length: int) -> list[int]:
        """Part an APDU into blocks; gives their lengths, overhead included."""
        room = self.frame - _BLOCK_OVERHEAD
        whole, rest = divmod(length, room)
        parts = [room] * whole + ([rest] if rest or not whole else [])
        return [part + _BLOCK_OVERHEAD for part in parts]


@dataclass(slots=True)
class WireTotals:
    """Totals of a session: exchanges, bytes each way as APDUs, blocks on the air, and seconds."""

    air: Air = field(default_factory=Air)
    exchanges: int = 0
    sent: int = 0
    received: int = 0
    blocks: int = 0
    seconds: float = 0.0

    def count(self, command: bytes, response: bytes) -> float:
        """Count one exchange; gives its seconds."""
        thinking = self.air.chip_s.get(_instruction(command), 0.0)
        lengths = []
        for apdu in (command, response):
            blocks = self.air.blocks(len(apdu))
            # Each block of a chain but the last is acknowledged (-4, 7.5.2).
            lengths += blocks + [_ACKNOWLEDGEMENT] * (len(blocks) - 1)
        lengths += [_MORE_TIME] * (2 * int(thinking / self.air.waiting_s))
        seconds = sum(map(self.air.frame_s, lengths)) + thinking + self.air.overhead_s
        self.exchanges += 1
        self.sent += len(command)
        self.received += len(response)
        self.blocks += len(lengths)
        self.seconds += seconds
        return seconds


def _instruction(command: bytes) -> int:
    try:
        return CommandApdu.decode(command).ins
    except ChipDataError:
        return -1
