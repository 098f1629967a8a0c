"""A travel document's chip: takes command APDUs, gives response APDUs (Doc 9303-10 and -11; ISO/IEC 7816-4).

Written from the standards from the chip's side, apart from the reader; what it answers to commands that no reader
should send is part of it. Randomness is an argument, so that the worked examples can be answered byte for byte.
"""

import os
from dataclasses import dataclass, field, replace

from asn1crypto import core

from peripherals.documents import ber
from peripherals.documents.emrtd.apdu import CommandApdu, ResponseApdu
from peripherals.documents.passport import active_authentication, chip_bac, chip_pace
from peripherals.documents.passport.active_authentication import ActiveKey, Random
from peripherals.documents.passport.chip_authentication import StaticKey, choose
from peripherals.documents.passport.chip_channel import SECURED, ChannelBrokenError, SecureSession
from peripherals.documents.passport.chip_pace import Pace, Password, Protocol
from peripherals.documents.passport.ciphers import SimulatedCipher
from peripherals.documents.passport.file_system import (
    NOT_FOUND,
    NOT_SATISFIED,
    OK,
    WRONG_LENGTH,
    WRONG_P1_P2,
    WRONG_PARAMETERS,
    Files,
    FileSystem,
    Reads,
)
from peripherals.errors import ChipDataError

_CHAINED = 0x10
_SHORT_RESPONSE = 256
_CHALLENGE = 8
_EXACT_LENGTH = 0x6C
_AUTHENTICATIONS = frozenset({0x82, 0x84, 0x86})
NOT_AUTHENTICATED = 0x6300
LAST_EXPECTED = 0x6883
CONDITIONS = 0x6985
PARAMETERS_WITHOUT_DATA = 0x6A87
REFERENCE_MISSING = 0x6A88
INSTRUCTION_UNKNOWN = 0x6D00
CLASS_UNKNOWN = 0x6E00


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a document is opened with, and what its chip proves itself with."""

    #: Document number, birth and expiry with their check digits (Doc 9303-11, 4.2.1).
    information: str
    can: str | None = None
    basic: bool = True
    pace: tuple[Protocol, ...] = ()
    active: ActiveKey | None = None
    static: tuple[StaticKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Sabotage:
    """What goes wrong on purpose. Numbers count protected commands from 1; 0 is never."""

    pace: chip_pace.PaceFaults = field(default_factory=chip_pace.PaceFaults)
    refuses_basic: bool = False
    #: Answer a bare 6700 once, in mid-session; the session lives on.
    bare_error_at: int = 0
    wrong_checksum_at: int = 0
    #: Send the protected answer before this one again.
    replay_at: int = 0
    #: Skip a value of the send sequence counter.
    wrong_counter_at: int = 0
    #: Leave the protected status (DO99) out.
    without_status_at: int = 0
    #: Accept Chip Authentication and go on with the old keys: a copy without the private key.
    keeps_old_channel: bool = False


@dataclass(slots=True)
class SimulatedChip:
    """One chip in the field of a reader."""

    files: Files
    secrets: Secrets
    reads: Reads = field(default_factory=Reads)
    sabotage: Sabotage = field(default_factory=Sabotage)
    random: Random = os.urandom
    system: FileSystem = field(init=False)
    _channel: SecureSession | None = None
    _by_pace: bool = False
    _pace: Pace | None = None
    _static: StaticKey | None = None
    _challenge: bytes = b""
    _protected: int = 0
    _last: bytes = b""
    _bare: bool = False
    _held: tuple[bytes, ResponseApdu] | None = None
    _next_channel: SecureSession | None = None

    def __post_init__(self) -> None:
        open_to_all = not self.secrets.basic and not self.secrets.pace
        self.system = FileSystem(self.files, self.reads, unprotected=open_to_all)

    def reset(self) -> None:
        """Lose power: everything but the files is forgotten."""
        self.system.reset()
        self._end_session()
        self._pace = self._static = None
        self._challenge = self._last = b""
        self._protected = 0

    def transmit(self, raw: bytes) -> bytes:
        """Answer one command APDU. Never raises: a chip answers whatever comes."""
        try:
            command = CommandApdu.decode(raw)
        except ChipDataError:
            return ResponseApdu(b"", WRONG_LENGTH).encode()
        if command.extended and not self.reads.extended:
            return ResponseApdu(b"", WRONG_LENGTH).encode()
        if command.cla & SECURED == SECURED:
            return self._transmit_protected(command)
        if command.cla & ~_CHAINED:
            return ResponseApdu(b"", CLASS_UNKNOWN).encode()
        if self._channel is not None:
            # A plain command ends the session (Doc 9303-11, 9.8.1), and is then taken as any other.
            self._end_session()
        response = self._exactly(command) if self.reads.exact_authentication else self._execute(command)
        if response.sw >> 8 == _EXACT_LENGTH:
            return response.encode()
        self._adopt()
        return self._fit(response, extended=command.extended).encode()

    def _exactly(self, command: CommandApdu) -> ResponseApdu:
        """Answer an authentication where the expected length is exact; hold the answer back where it is not."""
        key = command.header + command.data
        held, self._held = self._held, None
        response = held[1] if held is not None and held[0] == key else self._execute(command)
        size = len(response.data)
        exact = command.le in {None, size} or not 0 < size < _SHORT_RESPONSE
        if command.ins not in _AUTHENTICATIONS or not response.ok or exact:
            return response
        self._held = key, response
        return ResponseApdu(b"", _EXACT_LENGTH << 8 | size)

    def _transmit_protected(self, outer: CommandApdu) -> bytes:
        channel = self._channel
        if channel is None:
            return ResponseApdu(b"", NOT_SATISFIED).encode()
        self._protected += 1
        before = channel.counter
        if self._protected == self.sabotage.bare_error_at:
            return ResponseApdu(b"", WRONG_LENGTH).encode()
        try:
            command = channel.unwrap(outer)
        except ChannelBrokenError as error:
            self._end_session()
            return ResponseApdu(b"", error.sw).encode()
        response = self._execute(command)
        if self.reads.missing_bare and response.sw == NOT_FOUND:
            channel.counter = before + self.reads.missing_counts
            return response.encode()
        if self._bare:
            self._bare = False
            channel.counter = before
            return response.encode()
        response = self._fit(self._wrap(channel, response, outer), extended=outer.extended)
        if len(response.data) == 0:
            channel.counter = before
        self._adopt()
        return response.encode()

    def _wrap(self, channel: SecureSession, response: ResponseApdu, outer: CommandApdu) -> ResponseApdu:
        if self._protected == self.sabotage.wrong_counter_at:
            channel.counter += 1
        wrapped = channel.wrap(response, odd=bool(outer.ins & 1))
        body = wrapped.data
        if self._protected == self.sabotage.wrong_checksum_at:
            body = body[:-1] + bytes((body[-1] ^ 1,))
        elif self._protected == self.sabotage.replay_at:
            body = self._last
        elif self._protected == self.sabotage.without_status_at:
            kept = [each for each in ber.parse(body) if each.tag != 0x99]  # noqa: PLR2004 - DO99, the status
            body = b"".join(ber.encode(each.tag, each.value) for each in kept)
        self._last = wrapped.data
        return replace(wrapped, data=body)

    def _fit(self, response: ResponseApdu, *, extended: bool) -> ResponseApdu:
        """Refuse what does not fit into a short response."""
        if not extended and len(response.data) > _SHORT_RESPONSE:
            return ResponseApdu(b"", WRONG_LENGTH)
        return response

    def _execute(self, command: CommandApdu) -> ResponseApdu:
        do = {
            0xA4: self.system.select,
            0xB0: self._read,
            0xB1: self._read,
            0x84: self._answer_challenge,
            0x82: self._authenticate_mutually,
            0x88: self._authenticate_internally,
            0x22: self._set_environment,
            0x86: self._authenticate_generally,
        }.get(command.ins)
        return do(command) if do else ResponseApdu(b"", INSTRUCTION_UNKNOWN)

    def _read(self, command: CommandApdu) -> ResponseApdu:
        response = self.system.read(command, channel=self._channel is not None, pace=self._by_pace)
        refused = response.sw == self.reads.refusal and command.le is not None and command.le > self.reads.longest
        self._bare = refused and self.reads.refusal_bare and self._channel is not None
        return response

    def _answer_challenge(self, command: CommandApdu) -> ResponseApdu:
        if not self.secrets.basic:
            return ResponseApdu(b"", INSTRUCTION_UNKNOWN)
        if command.le not in {_SHORT_RESPONSE} | ({_CHALLENGE} - {8 * self.reads.challenge_of_any_length}):
            return ResponseApdu(b"", WRONG_LENGTH)
        self._challenge = self.random(_CHALLENGE)
        return ResponseApdu(self._challenge, OK)

    def _authenticate_mutually(self, command: CommandApdu) -> ResponseApdu:
        challenge, self._challenge = self._challenge, b""
        if not self.system.in_application or not challenge:
            return ResponseApdu(b"", CONDITIONS)
        keys = chip_bac.basic_keys(self.secrets.information)
        found = chip_bac.answer(keys, challenge, command.data, self.random)
        if found is None or self.sabotage.refuses_basic:
            return ResponseApdu(b"", NOT_AUTHENTICATED)
        data, self._next_channel = found
        return ResponseApdu(data, OK)

    def _authenticate_internally(self, command: CommandApdu) -> ResponseApdu:
        active = self.secrets.active
        if active is None:
            return ResponseApdu(b"", INSTRUCTION_UNKNOWN)
        if not self._may_be_used():
            return ResponseApdu(b"", NOT_SATISFIED)
        if len(command.data) != _CHALLENGE:
            return ResponseApdu(b"", WRONG_LENGTH)
        return ResponseApdu(active_authentication.answer(active, command.data, self.random), OK)

    def _set_environment(self, command: CommandApdu) -> ResponseApdu:
        try:
            objects = {element.tag: bytes(element.value) for element in ber.parse(command.data)}
        except ChipDataError:
            return ResponseApdu(b"", WRONG_PARAMETERS)
        match command.p1, command.p2:
            case 0xC1, 0xA4:
                return self._set_pace(objects)
            case 0x41, 0xA4:
                return self._set_chip_authentication(objects)
            case 0x41, 0xA6:
                return self._authenticate_by_agreement(objects)
        return ResponseApdu(b"", WRONG_P1_P2)

    def _set_pace(self, objects: dict[int, bytes]) -> ResponseApdu:
        if self.sabotage.pace.wants_parameters and 0x84 not in objects:  # noqa: PLR2004 - the tag of the parameters' id
            return ResponseApdu(b"", PARAMETERS_WITHOUT_DATA)
        oid = _dotted(objects.get(0x80))
        fitting = [protocol for protocol in self.secrets.pace if protocol.oid == oid]
        if 0x84 in objects:  # noqa: PLR2004 - the tag of the domain parameters' id
            wanted = int.from_bytes(objects[0x84])
            fitting = [protocol for protocol in fitting if protocol.parameters == wanted]
        # Where several sets of parameters fit, the terminal must say which (Doc 9303-11, 4.4.4.1).
        if len(fitting) != 1:
            return ResponseApdu(b"", WRONG_PARAMETERS)
        zone = self.secrets.information if self.sabotage.pace.takes_zone else None
        values = {b"\x01": zone, b"\x02": self.secrets.can}
        value = values.get(objects.get(0x83, b""))
        if value is None:
            return ResponseApdu(b"", REFERENCE_MISSING)
        password = Password.MRZ if objects[0x83] == b"\x01" else Password.CAN
        key = chip_pace.nonce_key(fitting[0].suite, password, value)
        static = next((each.private for each in self.secrets.static if each.domain == fitting[0].group.domain), None)
        self._pace = Pace(fitting[0], key, self.random, static=static, faults=self.sabotage.pace)
        return ResponseApdu(b"", OK)

    def _set_chip_authentication(self, objects: dict[int, bytes]) -> ResponseApdu:
        if not self._may_be_used():
            return ResponseApdu(b"", NOT_SATISFIED)
        self._static = choose(self.secrets.static, _dotted(objects.get(0x80)), _number(objects))
        return ResponseApdu(b"", OK if self._static else WRONG_PARAMETERS)

    def _authenticate_by_agreement(self, objects: dict[int, bytes]) -> ResponseApdu:
        """MSE:Set KAT: Chip Authentication in one command, for 3DES (Doc 9303-11, 6.2.4.2)."""
        if not self._may_be_used():
            return ResponseApdu(b"", NOT_SATISFIED)
        fitting = tuple(key for key in self.secrets.static if key.suite is SimulatedCipher.DES3 and key.together)
        key = choose(fitting, None, _number(objects))
        if key is None or 0x91 not in objects:  # noqa: PLR2004 - the tag of the terminal's public key
            return ResponseApdu(b"", WRONG_PARAMETERS)
        return self._agree(key, objects[0x91], b"")

    def _authenticate_generally(self, command: CommandApdu) -> ResponseApdu:
        try:
            data = bytes(ber.parse_one(command.data, tag=0x7C).value)
        except ChipDataError:
            return ResponseApdu(b"", WRONG_PARAMETERS)
        key, self._static = self._static, None
        if key is not None:
            return self._authenticate_chip(key, data)
        return self._step_pace(data, chained=bool(command.cla & _CHAINED))

    def _authenticate_chip(self, key: StaticKey, data: bytes) -> ResponseApdu:
        try:
            theirs = bytes(ber.parse_one(data, tag=0x80).value)
        except ChipDataError:
            return ResponseApdu(b"", WRONG_PARAMETERS)
        return self._agree(key, theirs, ber.encode(0x7C))

    def _agree(self, key: StaticKey, theirs: bytes, answer: bytes) -> ResponseApdu:
        channel = key.agree(theirs)
        if channel is None:
            return ResponseApdu(b"", WRONG_PARAMETERS)
        if not self.sabotage.keeps_old_channel:
            self._next_channel = channel
        return ResponseApdu(answer, OK)

    def _step_pace(self, data: bytes, *, chained: bool) -> ResponseApdu:
        run = self._pace
        if run is None:
            return ResponseApdu(b"", CONDITIONS)
        answer = run.step(data)
        if answer is None:
            self._pace = None
            return ResponseApdu(b"", NOT_AUTHENTICATED if not chained else WRONG_PARAMETERS)
        if chained is run.finished:
            # All four commands are one chain, of which the last one says so (Doc 9303-11, 4.4.4.2).
            self._pace = None
            return ResponseApdu(b"", LAST_EXPECTED)
        if run.finished:
            self._pace, self._next_channel, self._by_pace = None, run.channel, True
        return ResponseApdu(ber.encode(0x7C, answer), OK)

    def _may_be_used(self) -> bool:
        return self._channel is not None or self.system.unprotected

    def _adopt(self) -> None:
        """Go over to the keys that a command agreed on: its own answer still had the old ones."""
        if self._next_channel is not None:
            self._channel, self._next_channel = self._next_channel, None

    def _end_session(self) -> None:
        self._channel = self._next_channel = None
        self._by_pace = False


def _dotted(raw: bytes | None) -> str | None:
    """Read an object identifier that stands without its own tag; "" where it is none."""
    if raw is None:
        return None
    try:
        return str(core.ObjectIdentifier.load(ber.encode(0x06, raw)).dotted)
    except ValueError:
        return ""


def _number(objects: dict[int, bytes]) -> int | None:
    return int.from_bytes(objects[0x84]) if 0x84 in objects else None  # noqa: PLR2004 - the tag of a key's number
