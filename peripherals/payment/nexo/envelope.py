"""The encrypted envelope around a message, as Adyen's Terminal API has it on a local network.

``PBKDF2-HMAC-SHA1(passphrase, "AdyenNexoV1Salt", 4000 rounds, 80 bytes)`` is the HMAC key (32), the cipher key (32)
and the base of the IV (16), which is combined with a random nonce (16) by exclusive or. The blob is AES-256-CBC padded
as in PKCS #7 (RFC 5652, 6.3); HMAC-SHA256 is taken over the plain message. The header stands outside too, in the clear.

All that can be wrong with an envelope is one error, told after the same work: whoever sends forged ones learns nothing.
"""

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Self

import msgspec
from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from peripherals.errors import AnswerInvalidError, EnvelopeError, TerminalKeyError
from peripherals.payment.nexo.messages import LONGEST, MessageHeader, decode

#: Bytes of a block, of the nonce and of the IV.
_BLOCK = 16
_SALT = b"AdyenNexoV1Salt"
_ROUNDS = 4000
_CRYPTO_VERSION = 1
_LONGEST_PASSPHRASE = 256


class _Trailer(msgspec.Struct, frozen=True, rename="pascal"):
    adyen_crypto_version: int
    key_identifier: str
    key_version: int
    hmac: str
    nonce: str


class _Secured(msgspec.Struct, frozen=True, rename="pascal"):
    message_header: MessageHeader
    nexo_blob: str
    security_trailer: _Trailer


class _SecuredRequest(msgspec.Struct, frozen=True):
    secured: _Secured = msgspec.field(name="SaleToPOIRequest")


class _SecuredAnswer(msgspec.Struct, frozen=True):
    secured: _Secured = msgspec.field(name="SaleToPOIResponse")


class _Named(msgspec.Struct, frozen=True):
    request: _Secured | None = msgspec.field(default=None, name="SaleToPOIRequest")
    answer: _Secured | None = msgspec.field(default=None, name="SaleToPOIResponse")

    @property
    def part(self) -> _Secured:
        part = self.request or self.answer
        if part is None:
            raise EnvelopeError
        return part


class _EnvelopeContent(msgspec.Struct, frozen=True, rename="pascal"):
    message_header: MessageHeader


class _Plain(msgspec.Struct, frozen=True):
    request: _EnvelopeContent | None = msgspec.field(default=None, name="SaleToPOIRequest")
    answer: _EnvelopeContent | None = msgspec.field(default=None, name="SaleToPOIResponse")


@dataclass(frozen=True, slots=True)
class DerivedKey:
    """What both sides derive from a passphrase; ``identifier`` and ``version`` name it in each envelope."""

    identifier: str
    version: int
    mac: bytes = field(repr=False)
    cipher: bytes = field(repr=False)
    iv: bytes = field(repr=False)

    @classmethod
    def derive(cls, passphrase: bytes, identifier: str, version: int) -> Self:
        """Derive the key; takes some milliseconds.

        Raises:
            TerminalKeyError: the passphrase is empty, too long, or not of printable ASCII. Implementations differ in
                how they write other letters as bytes, so those would fail with some terminals only.
        """
        if not 0 < len(passphrase) <= _LONGEST_PASSPHRASE or not _printable(passphrase):
            raise TerminalKeyError(file="key", fault="passphrase")
        made = PBKDF2HMAC(hashes.SHA1(), 80, _SALT, _ROUNDS).derive(passphrase)  # noqa: S303 - the protocol's own
        return cls(identifier, version, made[:32], made[32:64], made[64:])

    def _cipher(self, nonce: bytes) -> Cipher[modes.CBC]:
        iv = bytes(ours ^ theirs for ours, theirs in zip(self.iv, nonce, strict=True))
        return Cipher(algorithms.AES256(self.cipher), modes.CBC(iv))

    def encrypt(self, plain: bytes, nonce: bytes) -> bytes:
        padder = padding.PKCS7(_BLOCK * 8).padder()
        encryptor = self._cipher(nonce).encryptor()
        return encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()

    def decrypt(self, blob: bytes, nonce: bytes) -> tuple[bytes, bool]:
        """Give the plain bytes, and whether they were padded rightly: if not, the padding is still there."""
        decryptor = self._cipher(nonce).decryptor()
        padded = decryptor.update(blob) + decryptor.finalize()
        unpadder = padding.PKCS7(_BLOCK * 8).unpadder()
        try:
            return unpadder.update(padded) + unpadder.finalize(), True
        except ValueError:
            return padded, False

    def sign(self, plain: bytes) -> bytes:
        return hmac.digest(self.mac, plain, "sha256")


def seal(plain: bytes, header: MessageHeader, key: DerivedKey, nonce: bytes | None = None) -> bytes:
    """Wrap an encoded message; ``header`` is its own. A nonce is made where none is given."""
    nonce = nonce or secrets.token_bytes(_BLOCK)
    trailer = _Trailer(_CRYPTO_VERSION, key.identifier, key.version, _text(key.sign(plain)), _text(nonce))
    secured = _Secured(header, _text(key.encrypt(plain, nonce)), trailer)
    whole = _SecuredRequest(secured) if header.message_type == "Request" else _SecuredAnswer(secured)
    return msgspec.json.encode(whole)


def open_request(data: bytes, key: DerivedKey) -> bytes:
    """Unwrap a request; as ``open_answer``."""
    return _open(_form(data, _SecuredRequest).secured, key)


def open_answer(data: bytes, key: DerivedKey) -> bytes:
    """Give the encoded message of an envelope that whoever has the key made.

    Raises:
        EnvelopeError: something is wrong with it.
    """
    return _open(_form(data, _SecuredAnswer).secured, key)


def open_either(data: bytes, key: DerivedKey) -> bytes:
    """Unwrap a request or an answer; as ``open_answer``."""
    return _open(_form(data, _Named).part, key)


def key_name(data: bytes) -> tuple[str, int]:
    """Give identifier and version of the key that an envelope says it was made with.

    Raises:
        EnvelopeError: it is no envelope.
    """
    trailer = _form(data, _Named).part.security_trailer
    return trailer.key_identifier, trailer.key_version


def _form[T](data: bytes, kind: type[T]) -> T:
    try:
        return decode(data, kind)
    except AnswerInvalidError as error:
        raise EnvelopeError from error


def _open(secured: _Secured, key: DerivedKey) -> bytes:
    trailer = secured.security_trailer
    blob, nonce = _bytes(secured.nexo_blob), _bytes(trailer.nonce)
    named = (trailer.adyen_crypto_version, trailer.key_identifier, trailer.key_version)
    if named != (_CRYPTO_VERSION, key.identifier, key.version):
        raise EnvelopeError
    if len(nonce) != _BLOCK or not blob or len(blob) % _BLOCK or len(blob) > LONGEST:
        raise EnvelopeError
    plain, padded = key.decrypt(blob, nonce)
    # The HMAC is computed and compared also where the padding is wrong: the time must not tell the two apart.
    genuine = hmac.compare_digest(key.sign(plain), _bytes(trailer.hmac))
    if not (genuine and padded):
        raise EnvelopeError
    inner = _form(plain, _Plain)
    part = inner.request or inner.answer
    if part is None or part.message_header != secured.message_header:
        raise EnvelopeError
    return plain


def _printable(data: bytes) -> bool:
    return data.isascii() and data.decode("ascii").isprintable()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise EnvelopeError from error
