"""What a barcode reader is to the rest of the system (UnifiedPOS: Scanner): a device that says which code it was shown.

People hold all kinds of things before it, and a driving licence carries a name: nothing that is read is ever logged,
stored or put into an error.
"""

import hashlib
from abc import abstractmethod
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from enum import StrEnum

from peripherals.device import Device, DeviceStatus
from peripherals.errors import ScanInvalidError


class ScanFault(StrEnum):
    """Why what came is no code."""

    #: Something else than ASCII text, a prefix that is missing, a key that types no character.
    GARBAGE = "garbage"
    TRUNCATED = "truncated"
    TOO_LONG = "too-long"
    TOO_SLOW = "too-slow"


@dataclass(frozen=True, slots=True)
class ScanFailure:
    """Something was held before the reader and could not be taken."""

    fault: ScanFault

    @property
    def code(self) -> str:
        """The failure's code in ``docs/failure-codes.md``."""
        return ScanInvalidError.code


class _HeldBytes:
    """Bytes that were read: ``wipe()`` them after use."""

    __slots__ = ("_held",)

    def __init__(self, held: bytearray) -> None:
        self._held = held

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self._held)} bytes)"

    @property
    def wiped(self) -> bool:
        return not any(self._held)

    def wipe(self) -> None:
        self._held[:] = bytes(len(self._held))

    def digest(self, key: bytes) -> bytes:
        """Tell one code from another without keeping it: keyed, 16 bytes."""
        return hashlib.blake2b(self._held, key=key, digest_size=16).digest()


class Scan(_HeldBytes):
    """The text of one code: ``wipe()`` it after use.

    1 to 300 bytes of printable ASCII; a code of several lines has up to 2000, with CR, LF, TAB, FS, GS and RS between.
    """

    __slots__ = ()

    @property
    def text(self) -> memoryview:
        """Look at the text without a copy of it; release the view before wiping."""
        return memoryview(self._held).toreadonly()


class SealScan(_HeldBytes):
    """What may be a visible digital seal, up to 4096 bytes: ``wipe()`` it after use.

    Given only by a reader whose address says how seals come (``seal=raw|hex|base64``).
    """

    __slots__ = ()

    @property
    def data(self) -> memoryview:
        """Look at the bytes without a copy of them; release the view before wiping."""
        return memoryview(self._held).toreadonly()


type Read = Scan | SealScan | ScanFailure


class Scanner(Device[DeviceStatus]):
    """A reader of barcodes."""

    @abstractmethod
    def scans(self) -> AsyncGenerator[Read]:
        """Give each code shown from now on, until the device is released.

        One listener at a time. While nobody listens, what is shown is wiped at once. The same code again and again is
        one showing of it. A pulled cable does not end the iteration; the status tells. Whoever leaves the iteration
        early closes it (``contextlib.aclosing``).

        Raises:
            LifeCycleError: not enabled.
            BusyError: someone listens already.
        """
