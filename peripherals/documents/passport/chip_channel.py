"""Secure messaging from the chip's side (Doc 9303-11, 9.8; ISO/IEC 7816-4, 10).

Only what the terminal should send is taken: everything else ends the session, as the standard wants.
"""

from hmac import compare_digest

from peripherals.documents import ber
from peripherals.documents.emrtd.apdu import CommandApdu, ResponseApdu
from peripherals.documents.passport.ciphers import SessionKeys, SimulatedCipher, checksum, decrypt, encrypt, pad, unpad
from peripherals.errors import ChipDataError

SECURED = 0x0C
MISSING_OBJECT = 0x6987
WRONG_OBJECT = 0x6988
_PADDED_INDICATOR = b"\x01"
_TWO_BYTES = 2


class ChannelBrokenError(Exception):
    """A protected command that cannot be taken; ``sw`` is answered bare and the session is over."""

    def __init__(self, sw: int) -> None:
        super().__init__(f"{sw:04X}")
        self.sw = sw


class SecureSession:
    """One session: its keys and its send sequence counter."""

    def __init__(self, keys: SessionKeys, counter: int = 0) -> None:
        self._keys = keys
        self.counter = counter

    def unwrap(self, command: CommandApdu) -> CommandApdu:
        """Check a protected command and give the plain one.

        Raises:
            ChannelBrokenError: an object is missing or wrong.
        """
        self.counter += 1
        try:
            objects = ber.parse(command.data)
        except ChipDataError as error:
            raise ChannelBrokenError(WRONG_OBJECT) from error
        found = {element.tag: bytes(element.value) for element in objects}
        if len(found) != len(objects) or not found.keys() <= {0x85, 0x87, 0x97, 0x8E}:
            raise ChannelBrokenError(WRONG_OBJECT)
        if 0x8E not in found or objects[-1].tag != 0x8E:  # noqa: PLR2004 - DO8E, the checksum, comes last
            raise ChannelBrokenError(MISSING_OBJECT)
        signed = pad(command.header, self._block)
        protected = b"".join(ber.encode(element.tag, element.value) for element in objects[:-1])
        if protected:
            signed += pad(protected, self._block)
        if not compare_digest(self._checksum(signed), found[0x8E]):
            raise ChannelBrokenError(WRONG_OBJECT)
        header = command.header
        le = _expected(found[0x97]) if 0x97 in found else None  # noqa: PLR2004 - DO97, the expected length
        data = self._data(found, odd=bool(command.ins & 1))
        return CommandApdu(header[0] & 0xF3, header[1], header[2], header[3], data, le, extended=True)

    def wrap(self, response: ResponseApdu, *, odd: bool) -> ResponseApdu:
        """Protect a response; ``odd`` where the instruction was, whose data is TLV (ISO/IEC 7816-4, 10.4)."""
        self.counter += 1
        parts = []
        if response.data:
            hidden = encrypt(self._suite, self._keys.encryption, pad(response.data, self._block), self._iv())
            parts.append(ber.encode(0x85, hidden) if odd else ber.encode(0x87, _PADDED_INDICATOR, hidden))
        parts.append(ber.encode(0x99, response.sw.to_bytes(2)))
        body = b"".join(parts)
        return ResponseApdu(body + ber.encode(0x8E, self._checksum(pad(body, self._block))), response.sw)

    def _data(self, found: dict[int, bytes], *, odd: bool) -> bytes:
        hidden = found.get(0x85 if odd else 0x87)
        if hidden is None:
            # An object of the other kind is none that belongs here.
            if found.keys() & {0x85, 0x87}:
                raise ChannelBrokenError(WRONG_OBJECT)
            return b""
        if not odd:
            if not hidden.startswith(_PADDED_INDICATOR):
                raise ChannelBrokenError(WRONG_OBJECT)
            hidden = hidden[1:]
        if not hidden or len(hidden) % self._block:
            raise ChannelBrokenError(WRONG_OBJECT)
        data = unpad(decrypt(self._suite, self._keys.encryption, hidden, self._iv()))
        if data is None:
            raise ChannelBrokenError(WRONG_OBJECT)
        return data

    @property
    def _suite(self) -> SimulatedCipher:
        return self._keys.suite

    @property
    def _block(self) -> int:
        return self._keys.suite.block

    def _checksum(self, padded: bytes) -> bytes:
        return checksum(self._suite, self._keys.checksum, self._sequence() + padded)

    def _sequence(self) -> bytes:
        return (self.counter % (1 << 8 * self._block)).to_bytes(self._block)

    def _iv(self) -> bytes | None:
        if self._suite is SimulatedCipher.DES3:
            return None
        return encrypt(self._suite, self._keys.encryption, self._sequence())


def _expected(field: bytes) -> int:
    if not 1 <= len(field) <= _TWO_BYTES:
        raise ChannelBrokenError(WRONG_OBJECT)
    return int.from_bytes(field) or 1 << 8 * len(field)
