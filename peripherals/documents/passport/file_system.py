"""The files of a chip and how they are selected and read (Doc 9303-10, 3; ISO/IEC 7816-4, 7)."""

from dataclasses import dataclass, field
from enum import StrEnum

from peripherals.documents import ber
from peripherals.documents.emrtd.apdu import CommandApdu, ResponseApdu
from peripherals.errors import ChipDataError

#: The travel document application (Doc 9303-10, 3.2).
APPLICATION = bytes.fromhex("A0000002471001")
MASTER_FILE = 0x3F00
CARD_ACCESS, CARD_SECURITY, ATR_INFO = 0x011C, 0x011D, 0x2F01
COM, SOD = 0x011E, 0x011D

OK = 0x9000
END_OF_FILE = 0x6282
WRONG_LENGTH = 0x6700
NOT_SATISFIED = 0x6982
NO_CURRENT_FILE = 0x6986
WRONG_PARAMETERS = 0x6A80
NOT_SUPPORTED = 0x6A81
NOT_FOUND = 0x6A82
WRONG_P1_P2 = 0x6A86
OUTSIDE_FILE = 0x6B00
_SHORT_ID, _ANY_FILE = 0x80, 0x60
_OFFSET, _DISCRETIONARY = 0x54, 0x53
_SHORT_READ = 256


class Protection(StrEnum):
    FREE = "free"
    #: Readable over a channel that BAC or PACE made.
    CHANNEL = "channel"
    #: Readable over a channel that PACE made (EF.CardSecurity; Doc 9303-10, 3.11.3).
    PACE = "pace"
    #: Needs Terminal Authentication, which readers here do not have.
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class SimulatedFile:
    identifier: int
    content: bytes
    protection: Protection = Protection.CHANNEL

    @property
    def short(self) -> int:
        """The short identifier: by convention the last five bits (Doc 9303-10, 3.3)."""
        return self.identifier & 0x1F


@dataclass(frozen=True, slots=True)
class Reads:
    """What a make of chip does with READ BINARY and SELECT. Chips of many states refuse one size or another."""

    #: Whether commands with extended lengths are taken.
    extended: bool = True
    #: The most bytes that one READ BINARY gives.
    longest: int = 0x10000
    #: What is answered to more than that.
    refusal: int = WRONG_LENGTH
    #: Whether that answer comes outside the channel.
    refusal_bare: bool = False
    #: Answer 6Cxx with the length that is left, where more is asked for, instead of giving less.
    exact: bool = False
    #: Answer 6282 instead of 9000 where less is given than was asked for.
    warns: bool = False
    short_ids: bool = True
    odd_instruction: bool = True
    selects_master_file: bool = True
    #: Whether SELECT takes the identifier of a file; else files are read by their short identifier alone.
    selects_files: bool = True
    #: Answer bare to SELECT or READ BINARY of a file that is not there, and move the send sequence counter by so much.
    missing_bare: bool = False
    missing_counts: int = 2
    #: Answer 6Cxx to an authentication whose expected length is not the exact one.
    exact_authentication: bool = False
    #: Refuse the exact length of a challenge, and take "any".
    challenge_of_any_length: bool = False


@dataclass(frozen=True, slots=True)
class Files:
    """What is on a chip: beside the application, and in it."""

    master: tuple[SimulatedFile, ...]
    application: tuple[SimulatedFile, ...]


@dataclass(slots=True)
class FileSystem:
    """The selection, which a reset forgets."""

    files: Files
    reads: Reads
    #: Whether files need no channel, as on documents without access control.
    unprotected: bool = False
    in_application: bool = False
    current: SimulatedFile | None = None
    _folders: dict[bool, dict[int, SimulatedFile]] = field(init=False)

    def __post_init__(self) -> None:
        self._folders = {
            False: {file.identifier: file for file in self.files.master},
            True: {file.identifier: file for file in self.files.application},
        }

    def reset(self) -> None:
        self.in_application, self.current = False, None

    def select(self, command: CommandApdu) -> ResponseApdu:
        """SELECT: the master file, the application by name, a file by identifier."""
        match command.p1:
            case 0x04:
                return self._select_application(command.data)
            case 0x00 if command.data in {b"", MASTER_FILE.to_bytes(2)}:
                return self._select_master_file()
            case 0x00 | 0x02:
                return self._select_file(command.data)
        return _status(WRONG_P1_P2)

    def read(self, command: CommandApdu, *, channel: bool, pace: bool) -> ResponseApdu:
        """READ BINARY, with even and odd instruction."""
        if command.ins & 1:
            return self._read_odd(command, channel=channel, pace=pace)
        offset = command.p1 << 8 | command.p2
        if command.p1 & _SHORT_ID:
            if not self.reads.short_ids or command.p1 & _ANY_FILE:
                return _status(WRONG_P1_P2)
            found = self._by_short(command.p1 & 0x1F)
            if found is None:
                return _status(NOT_FOUND)
            self.current, offset = found, command.p2
        return self._read(offset, command, channel=channel, pace=pace)

    def _select_application(self, name: bytes) -> ResponseApdu:
        if name != APPLICATION:
            return _status(NOT_FOUND)
        self.in_application, self.current = True, None
        return _status(OK)

    def _select_master_file(self) -> ResponseApdu:
        if not self.reads.selects_master_file:
            return _status(NOT_FOUND)
        self.in_application, self.current = False, None
        return _status(OK)

    def _select_file(self, identifier: bytes) -> ResponseApdu:
        if not self.reads.selects_files:
            return _status(WRONG_P1_P2)
        if len(identifier) != 2:  # noqa: PLR2004 - ISO/IEC 7816-4, 7.1.1: file identifiers have two bytes
            return _status(WRONG_LENGTH)
        found = self._folders[self.in_application].get(int.from_bytes(identifier))
        if found is None:
            return _status(NOT_FOUND)
        self.current = found
        return _status(OK)

    def _by_short(self, short: int) -> SimulatedFile | None:
        return next((file for file in self._folders[self.in_application].values() if file.short == short), None)

    def _read_odd(self, command: CommandApdu, *, channel: bool, pace: bool) -> ResponseApdu:
        """READ BINARY with the offset in a data object, for files of more than 32 767 bytes."""
        if not self.reads.odd_instruction:
            return _status(0x6D00)
        identifier = command.p1 << 8 | command.p2
        if identifier:
            found = self._by_short(identifier) if identifier <= 0x1F else None  # noqa: PLR2004 - short ids have five bits
            if found is None:
                return _status(NOT_FOUND)
            self.current = found
        try:
            offset = ber.parse_one(command.data, tag=_OFFSET).value
        except ChipDataError:
            return _status(WRONG_PARAMETERS)
        response = self._read(int.from_bytes(offset), command, channel=channel, pace=pace, header=True)
        return ResponseApdu(ber.encode(_DISCRETIONARY, response.data), response.sw) if response.data else response

    def _read(
        self, offset: int, command: CommandApdu, *, channel: bool, pace: bool, header: bool = False
    ) -> ResponseApdu:
        file, le = self.current, command.le
        refused = self._refused(file, offset, le, channel=channel, pace=pace)
        if refused or file is None or le is None:
            return _status(refused)
        left = len(file.content) - offset
        if header:
            # The data object's own tag and length count against what the terminal expects.
            le -= len(ber.encode_length(le)) + 1
        if self.reads.exact and le > left and left < _SHORT_READ:
            return _status(0x6C00 | left)
        short = le > left
        return ResponseApdu(file.content[offset : offset + le], END_OF_FILE if short and self.reads.warns else OK)

    def _refused(self, file: SimulatedFile | None, offset: int, le: int | None, *, channel: bool, pace: bool) -> int:
        """Say why this is not read, 0 where it is."""
        if file is None:
            return NO_CURRENT_FILE
        if not self._allowed(file, channel=channel, pace=pace):
            return NOT_SATISFIED
        if le is None:
            return WRONG_LENGTH
        if offset >= len(file.content):
            return OUTSIDE_FILE
        return self.reads.refusal if le > self.reads.longest else 0

    def _allowed(self, file: SimulatedFile, *, channel: bool, pace: bool) -> bool:
        match file.protection:
            case Protection.FREE:
                return True
            case Protection.CHANNEL:
                return channel or self.unprotected
            case Protection.PACE:
                return pace
            case Protection.NEVER:
                return False


def _status(sw: int) -> ResponseApdu:
    return ResponseApdu(b"", sw)
