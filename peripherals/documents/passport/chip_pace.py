"""PACE from the chip's side (Doc 9303-11, 4.4; TR-03110-2, 3.2): GM, IM and CAM, over curves and prime fields."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from hmac import compare_digest

from asn1crypto import core

from peripherals.documents import ber
from peripherals.documents.curves import EcDomain
from peripherals.documents.passport.chip_channel import SecureSession
from peripherals.documents.passport.ciphers import (
    MAC_LENGTH,
    SessionKeys,
    SimulatedCipher,
    Use,
    checksum,
    derive,
    encrypt,
    pad,
    session_keys,
)
from peripherals.documents.passport.pace_mapping import SimulatedGroup, generic, integrated
from peripherals.errors import ChipDataError

_PACE = "0.4.0.127.0.7.2.2.4"
_NONCE = 16
#: Ciphers with keys above this length take a nonce of two blocks in integrated mapping (9303-11, 4.4.3.3.2).
_LONG_NONCE = 32

type Random = Callable[[int], bytes]


class SimulatedMapping(StrEnum):
    GENERIC = "generic"
    INTEGRATED = "integrated"
    #: Generic, and the chip proves by it that it holds its Chip Authentication key.
    AUTHENTICATING = "chip-authentication"


class Password(StrEnum):
    """Which password MSE:Set AT names (Doc 9303-11, 4.4.4.1)."""

    MRZ = "1"
    CAN = "2"


@dataclass(frozen=True, slots=True)
class Protocol:
    """One line of EF.CardAccess."""

    mapping: SimulatedMapping
    suite: SimulatedCipher
    group: SimulatedGroup
    #: Id of the domain parameters (Doc 9303-11, 9.5.1).
    parameters: int

    @property
    def oid(self) -> str:
        curve = isinstance(self.group.domain, EcDomain)
        arcs = {
            SimulatedMapping.GENERIC: 2 if curve else 1,
            SimulatedMapping.INTEGRATED: 4 if curve else 3,
            SimulatedMapping.AUTHENTICATING: 6,
        }
        return f"{_PACE}.{arcs[self.mapping]}.{self.suite}"


@dataclass(frozen=True, slots=True)
class PaceFaults:
    """What goes wrong on purpose."""

    #: The chip does not know the password: its token is wrong.
    wrong_token: bool = False
    #: The chip refuses a sound token of the terminal.
    refuses: bool = False
    #: Answers 6A87 unless its parameters are named, though it has only one set (Ukrainian passports before 2022).
    wants_parameters: bool = False
    #: Whether the zone is a password at all; a card may take nothing but the number on its front.
    takes_zone: bool = True


def nonce_key(suite: SimulatedCipher, password: Password, value: str) -> bytes:
    """Derive the key of the nonce (Doc 9303-11, 9.7.3): SHA-1 of the zone's information, or the number itself."""
    raw = value.encode("ascii")
    secret = hashlib.sha1(raw, usedforsecurity=False).digest() if password is Password.MRZ else raw
    return derive(suite, secret, Use.NONCE)


class Pace:
    """One run: GENERAL AUTHENTICATE four times. Answers are data fields; None is a refusal that ends the run."""

    def __init__(
        self,
        protocol: Protocol,
        key: bytes,
        random: Random,
        *,
        static: int | None = None,
        faults: PaceFaults = PaceFaults(),
    ) -> None:
        """Begin a run.

        Args:
            protocol: what MSE:Set AT chose.
            key: of the nonce, from the password.
            random: gives nonce and private keys; they are reduced to what they are for.
            static: the chip's private key for Chip Authentication, for the mapping that needs it.
            faults: what goes wrong.
        """
        self._protocol = protocol
        self._key = key
        self._random = random
        self._static = static
        self._faults = faults
        self._steps = [self._nonce, self._map, self._agree, self._authenticate]
        self._secret_nonce = b""
        self._mapping_private = 0
        self._group = protocol.group
        self._ours = b""
        self._theirs = b""
        self._keys: SessionKeys | None = None
        #: The channel, when the run has succeeded.
        self.channel: SecureSession | None = None

    def step(self, data: bytes) -> bytes | None:
        """Take the value of one dynamic authentication data object (7C), give the next."""
        if not self._steps:
            return None
        step = self._steps.pop(0)
        try:
            objects = {element.tag: bytes(element.value) for element in ber.parse(data)}
            answer = step(objects)
        except ChipDataError:
            answer = None
        if answer is None:
            self._steps.clear()
        return answer

    @property
    def finished(self) -> bool:
        return not self._steps

    def _nonce(self, objects: dict[int, bytes]) -> bytes | None:
        if objects:
            return None
        suite = self._protocol.suite
        long = self._protocol.mapping is SimulatedMapping.INTEGRATED and suite.key_length > _NONCE
        self._secret_nonce = self._random(_LONG_NONCE if long else _NONCE)
        return ber.encode(0x80, encrypt(suite, self._key, self._secret_nonce))

    def _map(self, objects: dict[int, bytes]) -> bytes | None:
        theirs = objects.get(0x81)
        if theirs is None:
            return None
        if self._protocol.mapping is SimulatedMapping.INTEGRATED:
            if len(theirs) != self._protocol.suite.key_length:
                return None
            self._group = integrated(self._group, self._protocol.suite, self._secret_nonce, theirs)
            return ber.encode(0x82)
        self._mapping_private = self._draw()
        ours = self._group.public(self._mapping_private)
        self._group = generic(self._group, self._secret_nonce, self._mapping_private, theirs)
        return ber.encode(0x82, ours)

    def _agree(self, objects: dict[int, bytes]) -> bytes | None:
        theirs = objects.get(0x83)
        if theirs is None:
            return None
        private = self._draw()
        self._ours, self._theirs = self._group.public(private), theirs
        if self._ours == theirs:
            return None
        self._keys = session_keys(self._protocol.suite, self._group.secret(private, theirs))
        return ber.encode(0x84, self._ours)

    def _authenticate(self, objects: dict[int, bytes]) -> bytes | None:
        keys = self._keys
        if keys is None or self._faults.refuses:
            return None
        if not compare_digest(objects.get(0x85, b""), self.token(keys, self._ours)):
            return None
        token = bytes(MAC_LENGTH) if self._faults.wrong_token else self.token(keys, self._theirs)
        answer = ber.encode(0x86, token)
        if self._protocol.mapping is SimulatedMapping.AUTHENTICATING and self._static is not None:
            order = self._protocol.group.order()
            data = chip_authentication_data(self._static, self._mapping_private, order)
            answer += ber.encode(0x8A, hidden_chip_authentication_data(keys, data))
        self.channel = SecureSession(keys)
        return answer

    def token(self, keys: SessionKeys, element: bytes) -> bytes:
        """Compute the authentication token over a public key (Doc 9303-11, 4.4.3.4)."""
        tag = 0x86 if isinstance(self._protocol.group.domain, EcDomain) else 0x84
        oid = core.ObjectIdentifier(self._protocol.oid).dump()
        data = ber.encode(0x7F49, oid, ber.encode(tag, element))
        return checksum(
            keys.suite, keys.checksum, pad(data, keys.suite.block) if keys.suite is SimulatedCipher.DES3 else data
        )

    def _draw(self) -> int:
        order = self._protocol.group.order()
        return int.from_bytes(self._random((order.bit_length() + 7) // 8)) % order or 1


def chip_authentication_data(static: int, mapping: int, order: int) -> bytes:
    """CA = static^-1 mapping, as long as the order (Doc 9303-11, 4.4.3.5.1)."""
    return (pow(static, -1, order) * mapping % order).to_bytes((order.bit_length() + 7) // 8)


def hidden_chip_authentication_data(keys: SessionKeys, data: bytes) -> bytes:
    """Encrypt with the IV that encrypts -1 (Doc 9303-11, 4.4.3.5.1)."""
    block = keys.suite.block
    iv = encrypt(keys.suite, keys.encryption, b"\xff" * block)
    return encrypt(keys.suite, keys.encryption, pad(data, block), iv)
