"""What every reader of chips does: it opens the chip of one document, reads it, and lets go of it."""

import math
from abc import abstractmethod
from collections.abc import Callable

from peripherals.device import Device, DeviceStatus
from peripherals.documents.emrtd.access_key import AccessKey
from peripherals.documents.emrtd.chip_files import ChipFiles
from peripherals.documents.emrtd.files import LdsFile

#: Called with the file, and how many of its bytes are there and how many there will be.
type Progress = Callable[[LdsFile, int, int], None]

#: What shows whose the document is, and whether it is genuine; no face, no finger.
IDENTITY = frozenset({LdsFile.DG1})
#: The same with the face.
WITH_FACE = frozenset({*IDENTITY, LdsFile.DG2})


class ChipReader(Device[DeviceStatus]):
    """A contactless reader of travel documents. One reading at a time."""

    @abstractmethod
    async def read(
        self,
        key: AccessKey,
        *,
        wait_s: float,
        wanted: frozenset[LdsFile] = IDENTITY,
        face_s: float = math.inf,
        progress: Progress | None = None,
    ) -> ChipFiles:
        """Read the chip that lies there, or comes within ``wait_s`` seconds. ``wipe()`` what it gives after use.

        Cancelled, it ends at once for the caller; the chip gets no command more.

        Args:
            key: what opens the chip. Not wiped here.
            wait_s: how long to wait for a chip, in seconds.
            wanted: data groups to read; the files that prove them come along by themselves.
            face_s: how many seconds the reading may take with the face, where that is wanted; else it is left out.
            progress: called on the caller's loop after every block.

        Raises:
            LifeCycleError: not enabled.
            NotConnectedError: the reader is away, or was lost.
            BusyError: somebody reads already.
            AnswerTimeoutError: reader or chip stayed silent for ``Timings.chip_s``.
            AnswerInvalidError: the reader does not keep to its protocol.
            DocumentRemovedError: the document was taken away.
            ChipAbsentError: nothing that answers came in time, or it is no travel document.
            ChipError: as ``emrtd.session.read_chip``.
        """

    @abstractmethod
    async def find(self, *, wait_s: float) -> None:
        """Wait until any chip answers, and read nothing of it.

        Raises:
            ChipAbsentError: none came in time.
            PeripheralError: as ``read``, but for what is wrong with the chip.
        """
