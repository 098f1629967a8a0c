"""Secure messaging of travel documents: 9303-11, 9.8, and ISO/IEC 7816-4, 10.

Pure. Every command carries a code over itself and a counter, every answer one over itself and the next count. An
answer that does not hold is thrown away, and with it the channel: nothing after it can be trusted.

The counter moves with protected answers only. A chip that refuses a command before it looks at its protection (a
length it cannot take: a bare 6700) has not counted it, so neither is it counted here. Who stands in between can
therefore hold one answer back behind such an error and have it taken for the next one; that is why what was read is
believed only for its signed hash, and a proof of the chip only for its own signature or keys.
"""

import hmac
from dataclasses import replace

from peripherals.documents import ber
from peripherals.documents.emrtd.apdu import EXTENDED_LE, SHORT_DATA, SHORT_LE, CommandApdu, ResponseApdu
from peripherals.documents.emrtd.suites import MAC_BYTES, CipherSuite
from peripherals.errors import ChipChannelError, ChipDataError

#: Commands with odd instructions carry 85, and so do most answers to them; some chips answer with 87 all the same.
_ENCRYPTED, _ENCRYPTED_ODD = 0x87, 0x85
_EXPECTED, _STATUS, _CODE = 0x97, 0x99, 0x8E
#: The class byte's bits for secure messaging with the header in the code (ISO/IEC 7816-4, 5.4.1).
_PROTECTED_CLASS = 0x0C
_PADDED = b"\x01"
#: Objects are missing from a command, or do not hold: the chip has dropped its keys (9303-11, 9.8.3).
_ENDED = frozenset({0x6987, 0x6988})
_FIRST_ERROR = 0x6400
_OK = 0x9000
_STATUS_BYTES = 2
#: Most that an answer carries beside encrypted data: 87 and its length and indicator, 99, and 8E.
_AROUND_SHORT, _AROUND_EXTENDED = 18, 20


class SecureMessaging:
    """One session with its keys. Not safe for several threads."""

    def __init__(self, suite: CipherSuite, encryption: bytes, code: bytes, counter: bytes | None = None) -> None:
        """Begin at ``counter``, which is zero but after BAC; its length is the cipher's block."""
        self.suite = suite
        self._encryption = encryption
        self._code = code
        self._counter = int.from_bytes(counter or b"")
        self._usable = True
        self._odd = False
        #: Whether an answer was opened: that the other side has the keys too.
        self.proved = False
        #: Whether the last answer was a bare error, which some chips count and others do not.
        self.unsure = False

    @classmethod
    def from_secret(cls, suite: CipherSuite, secret: bytes, counter: bytes | None = None) -> "SecureMessaging":
        """Begin with the keys that a shared secret gives."""
        return cls(suite, suite.derive(secret, 1), suite.derive(secret, 2), counter)

    @property
    def counter(self) -> bytes:
        """The send sequence counter after the last protected answer."""
        return self._counter.to_bytes(self.suite.block)

    def room(self, size: int) -> int:
        """Say how many bytes of data a protected answer of ``size`` bytes can carry."""
        around = _AROUND_SHORT if size <= SHORT_LE else _AROUND_EXTENDED
        return (size - around) // self.suite.block * self.suite.block - 1

    def protect(self, command: CommandApdu) -> CommandApdu:
        """Protect a command.

        Raises:
            ChipChannelError: the channel was broken before.
        """
        if not self._usable:
            raise ChipChannelError(fault="ended")
        self._odd = bool(command.ins & 1)
        count = self._count(1)
        command = replace(command, cla=command.cla | _PROTECTED_CLASS)
        objects = b""
        if command.data:
            body = self.suite.encrypt(self._encryption, self.suite.pad(command.data), self._vector(count))
            objects += ber.encode(_ENCRYPTED_ODD, body) if self._odd else ber.encode(_ENCRYPTED, _PADDED, body)
        if command.le is not None:
            objects += ber.encode(_EXPECTED, command.le.to_bytes(3)[-2 if command.extended else -1 :])
        code = self.suite.mac(self._code, self._coded(count + self.suite.pad(command.header) + objects))
        data = objects + ber.encode(_CODE, code)
        extended = command.extended or len(data) > SHORT_DATA
        return replace(command, data=data, le=EXTENDED_LE if extended else SHORT_LE, extended=extended)

    def unprotect(self, response: ResponseApdu) -> ResponseApdu:
        """Open the answer to the command protected last. A bare error of the chip is given as it is.

        Raises:
            ChipChannelError: the answer does not hold, or the chip ended the session. The channel is of no use
                from then on.
        """
        if not self._usable:
            raise ChipChannelError(fault="ended")
        if not response.data and response.sw >= _FIRST_ERROR and response.sw != _OK and response.sw not in _ENDED:
            self.unsure = True
            return response
        self._usable = False
        if response.sw in _ENDED:
            raise ChipChannelError(fault="ended-by-chip")
        try:
            opened = self._open(response)
        except ChipDataError as error:
            raise ChipChannelError(fault="objects") from error
        self._counter = int.from_bytes(self._count(2))
        self._usable = self.proved = True
        self.unsure = False
        return opened

    def _open(self, response: ResponseApdu) -> ResponseApdu:
        objects = {element.tag: element.value for element in ber.parse(response.data, limit=4)}
        code = objects.pop(_CODE, None)
        if code is None or len(code) != MAC_BYTES:
            raise ChipChannelError(fault="code-missing")
        # The code is the last object: were it not, what stands before these ten bytes would not hold.
        covered = response.data[: -MAC_BYTES - 2]
        count = self._count(2)
        if not hmac.compare_digest(self.suite.mac(self._code, self._coded(count + covered)), bytes(code)):
            raise ChipChannelError(fault="code-wrong")
        status = objects.pop(_STATUS, None)
        if status is None or len(status) != _STATUS_BYTES:
            raise ChipChannelError(fault="status-missing")
        if int.from_bytes(status) != response.sw:
            raise ChipChannelError(fault="status-differs")
        return ResponseApdu(self._decrypt(objects, count), response.sw)

    def _decrypt(self, objects: dict[int, memoryview], count: bytes) -> bytes:
        """Decrypt the one object that may be left."""
        encrypted = objects.pop(_ENCRYPTED, None)
        if encrypted is None and self._odd:
            encrypted = objects.pop(_ENCRYPTED_ODD, None)
        elif encrypted is not None:
            if encrypted[:1] != _PADDED:
                raise ChipChannelError(fault="padding")
            encrypted = encrypted[1:]
        if objects:
            raise ChipChannelError(fault="objects")
        if encrypted is None:
            return b""
        if not encrypted or len(encrypted) % self.suite.block:
            raise ChipChannelError(fault="padding")
        return self.suite.unpad(self.suite.decrypt(self._encryption, bytes(encrypted), self._vector(count)))

    def _count(self, ahead: int) -> bytes:
        """Give the counter some steps ahead; it starts anew where it overflows."""
        return ((self._counter + ahead) % (1 << 8 * self.suite.block)).to_bytes(self.suite.block)

    def _vector(self, count: bytes) -> bytes | None:
        """Give the vector for a count: the count encrypted under AES (9303-11, 9.8.7.1), zero under 3DES."""
        return None if self.suite is CipherSuite.DES3 else self.suite.encrypt(self._encryption, count)

    def _coded(self, message: bytes) -> bytes:
        """Pad what a code is made over, once: the retail MAC pads by itself."""
        return message if self.suite is CipherSuite.DES3 else self.suite.pad(message)
