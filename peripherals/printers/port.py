"""What a receipt printer is to the rest of the system: a device that puts one image on paper and proves it.

The port takes images and knows no text: no printer's own fonts can set every script the centre speaks.
"""

from abc import abstractmethod
from dataclasses import dataclass
from enum import StrEnum

from peripherals.device import Device, DeviceState, DeviceStatus, HealthAnswer
from peripherals.errors import ImageInvalidError

#: The longest image taken, in rows: about a metre and a half of paper at 203 dpi.
MAX_HEIGHT = 12_000
MAX_WIDTH = 2_048


@dataclass(frozen=True, slots=True)
class MonoImage:
    """A 1-bit image.

    ``rows`` holds the rows from the top, each padded to a whole byte, most significant bit on the left, 1 is
    black. The bits that pad a row are 0.
    """

    width: int
    height: int
    rows: bytes

    def __post_init__(self) -> None:
        """Check the shape.

        Raises:
            ImageInvalidError: size out of bounds, rows of another length, or ink in the padding.
        """
        if not 1 <= self.width <= MAX_WIDTH:
            raise ImageInvalidError(part="width", value=self.width, wanted=MAX_WIDTH)
        if not 1 <= self.height <= MAX_HEIGHT:
            raise ImageInvalidError(part="height", value=self.height, wanted=MAX_HEIGHT)
        if len(self.rows) != self.stride * self.height:
            raise ImageInvalidError(part="rows", value=len(self.rows), wanted=self.stride * self.height)
        padding = self.stride * 8 - self.width
        if padding and any(last & (1 << padding) - 1 for last in self.rows[self.stride - 1 :: self.stride]):
            raise ImageInvalidError(part="padding", value=1, wanted=0)

    @property
    def stride(self) -> int:
        """Bytes in a row."""
        return (self.width + 7) // 8


class PaperState(StrEnum):
    OK = "ok"
    NEAR_END = "near_end"
    OUT = "out"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterStatus(DeviceStatus):
    """What a printer last said of itself. What it did not say is unknown."""

    state: DeviceState = DeviceState.UNKNOWN
    paper: PaperState = PaperState.UNKNOWN
    cover_open: HealthAnswer = HealthAnswer.UNKNOWN
    cutter_error: HealthAnswer = HealthAnswer.UNKNOWN
    #: Any other fault of the mechanism, also one that only a power cycle clears.
    mechanical_error: HealthAnswer = HealthAnswer.UNKNOWN
    #: Whether the printer answers a job with proof that it is on paper.
    proves: HealthAnswer = HealthAnswer.UNKNOWN


class PrintProof(StrEnum):
    """How a finished job is known to be on paper."""

    #: The printer returned the job's own number after its last row.
    PROVED = "proved"
    #: The printer took the job and said that all is well afterwards; it cannot say more.
    STATUS = "status"


class POSPrinter(Device[PrinterStatus]):
    """A receipt printer."""

    #: Dots across the paper; an image is at most this wide.
    width: int

    @abstractmethod
    async def print_image(self, image: MonoImage) -> PrintProof:
        """Print one image, feed it out and cut.

        Jobs are printed one after the other in the order asked for. A caller that is cancelled leaves its job
        running: paper is never cut off in mid-image.

        Raises:
            LifeCycleError: not enabled.
            ImageInvalidError: wider than the paper.
            NotConnectedError, AnswerTimeoutError, AnswerInvalidError: the printer cannot be asked; nothing
                printed.
            PaperOutError, CoverOpenError, PrinterError: it says that it cannot print; nothing printed.
            NotProvedError: sent, and no proof came: unknown whether it is on paper.
        """
