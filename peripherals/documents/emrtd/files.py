"""The files of a travel document, and how to get to them: 9303-10, 3, and ISO/IEC 7816-4, 7.2 and 11."""

from collections.abc import Callable
from enum import Enum

from peripherals.documents import ber
from peripherals.documents.emrtd.apdu import SHORT_LE, CommandApdu
from peripherals.documents.emrtd.channel import ApduChannel
from peripherals.errors import ChipAbsentError, ChipAnswerError, ChipDataError

APPLICATION = bytes.fromhex("A0000002471001")
#: The chip has no such file or application.
NOT_FOUND = frozenset({0x6A82, 0x6A83})
#: Status with data: the file ends before the length that was asked for.
END_REACHED = 0x6282
_MASTER_FILE = b"\x3f\x00"
_WRONG_PARAMETERS = frozenset({0x6A86, 0x6A87, 0x6700})
_LENGTH_INFORMATION, _NUMBER = 0x7F66, 0x02


class LdsFile(Enum):
    """A file with its name, its identifier, and the tag it begins with."""

    CARD_ACCESS = ("EF.CardAccess", 0x011C, 0x31)
    CARD_SECURITY = ("EF.CardSecurity", 0x011D, 0x30)
    COM = ("EF.COM", 0x011E, 0x60)
    SOD = ("EF.SOD", 0x011D, 0x77)
    DG1 = ("DG1", 0x0101, 0x61)
    DG2 = ("DG2", 0x0102, 0x75)
    DG7 = ("DG7", 0x0107, 0x67)
    DG11 = ("DG11", 0x010B, 0x6B)
    DG12 = ("DG12", 0x010C, 0x6C)
    DG14 = ("DG14", 0x010E, 0x6E)
    DG15 = ("DG15", 0x010F, 0x6F)

    def __init__(self, label: str, identifier: int, tag: int) -> None:
        self.label = label
        self.identifier = identifier
        self.tag = tag

    @property
    def group(self) -> int | None:
        """The number of a data group."""
        return int(self.label[2:]) if self.label.startswith("DG") else None


#: Called with the file, and how many of its bytes are there and how many there will be.
type Progress = Callable[[LdsFile, int, int], None]


def select_master_file(channel: ApduChannel) -> None:
    """Go to the master file. Chips that refuse this are there already, or have only one application."""
    if not channel.send(CommandApdu(0x00, 0xA4, 0x00, 0x0C, data=_MASTER_FILE)).ok:
        channel.send(CommandApdu(0x00, 0xA4, 0x00, 0x0C))


def select_application(channel: ApduChannel) -> None:
    """Go to the application of travel documents (9303-10, 3.3).

    Raises:
        ChipAbsentError: the chip has none.
        ChipAnswerError: the chip does not open it.
    """
    answer = channel.send(CommandApdu(0x00, 0xA4, 0x04, 0x0C, data=APPLICATION))
    if answer.sw in _WRONG_PARAMETERS:
        # Some chips insist on telling about the file that they selected.
        answer = channel.send(CommandApdu(0x00, 0xA4, 0x04, 0x00, data=APPLICATION, le=SHORT_LE))
    if answer.sw in NOT_FOUND:
        raise ChipAbsentError(reason="no-travel-document")
    if not answer.ok:
        raise ChipAnswerError(command="select-application", status=f"{answer.sw:04x}")


def longest_answer(channel: ApduChannel) -> int | None:
    """Ask the chip for the longest answer it gives, in bytes; None where it does not say (EF.ATR/INFO, DO 7F66).

    A chip without that file may manage extended lengths all the same.
    """
    if not channel.send(CommandApdu(0x00, 0xA4, 0x02, 0x0C, data=b"\x2f\x01")).ok:
        return None
    answer = channel.send(CommandApdu(0x00, 0xB0, 0x00, 0x00, le=SHORT_LE))
    if not answer.data or not (answer.ok or answer.sw == END_REACHED):
        return None
    try:
        information = ber.find(ber.parse(answer.data), _LENGTH_INFORMATION)
        numbers = () if information is None else ber.parse(information, limit=2)
    except ChipDataError:
        # It is a hint, and an old file may hold anything.
        return None
    if len(numbers) != 2 or any(number.tag != _NUMBER for number in numbers):  # noqa: PLR2004 - command and answer
        return None
    return int.from_bytes(numbers[1].value)
