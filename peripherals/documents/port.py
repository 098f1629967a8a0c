"""What a document reader is to the rest of the system: a device that says what was laid on it.

Nothing that is read is ever logged, stored or put into an error.
"""

from abc import abstractmethod
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from enum import StrEnum

from peripherals.device import Device, DeviceStatus
from peripherals.documents.mrz import Mrz
from peripherals.errors import FrameInvalidError, MrzError


class ReadFault(StrEnum):
    """Why a reading is no document."""

    #: Bytes outside any frame, or a frame that began and never ended.
    GARBAGE = "garbage"
    TRUNCATED = "truncated"
    TOO_LONG = "too-long"
    TOO_SLOW = "too-slow"
    CHECKSUM = "checksum"
    #: A sound frame whose text is no machine-readable zone.
    NOT_MRZ = "not-mrz"


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """Something was laid on the reader and could not be read: the person should try again."""

    fault: ReadFault

    @property
    def code(self) -> str:
        """The failure's code in ``docs/failure-codes.md``."""
        return MrzError.code if self.fault is ReadFault.NOT_MRZ else FrameInvalidError.code


#: One showing of a document. Of a ``Mrz``, look at ``valid`` and ``checks`` first, and ``wipe()`` it after use.
type DocumentRead = Mrz | ReadFailure


class DocumentReader(Device[DeviceStatus]):
    """A reader of machine-readable zones."""

    @abstractmethod
    def documents(self) -> AsyncGenerator[DocumentRead]:
        """Give each document shown from now on, until the device is released.

        One listener at a time. While nobody listens, what is shown is wiped at once: a document laid down for
        one person is never given to the next. A pulled cable does not end the iteration; the status tells. Whoever
        leaves the iteration early closes it (``contextlib.aclosing``).

        Raises:
            LifeCycleError: not enabled.
            BusyError: someone listens already.
        """
