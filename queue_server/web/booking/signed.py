"""What pages give to a browser and take back unchanged: chosen things in an address or a hidden field, signed.

base64url of a JSON text, a point, and base64url of the first 16 bytes of HMAC-SHA256 over its purpose and the text.
Nothing in it is secret, and nothing of a person is in it. Pure.
"""

import binascii
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

_MAC_BYTES: Final = 16
#: More than any of ours has (characters).
_MAX: Final = 4_096


class SignedForms:
    """Signs under the first of ``keys``, and reads under any of them.

    ``purpose`` keeps what was signed for one page from another.
    """

    def __init__(self, keys: Callable[[], tuple[bytes, ...]]) -> None:
        self._keys = keys

    def write(self, purpose: str, value: msgspec.Struct) -> str:
        text = msgspec.json.encode(value)
        return f"{_shown(text)}.{_shown(next(self._macs(purpose, text)))}"

    def read[T: msgspec.Struct](self, purpose: str, kind: type[T], signed: str) -> T | None:
        """Read what was signed for this purpose; None where it was not, or is of another shape."""
        if len(signed) > _MAX or not signed.isascii():
            return None
        said, _, mac = signed.partition(".")
        try:
            text, proof = _read(said), _read(mac)
        except (ValueError, binascii.Error):
            return None
        if not any(hmac.compare_digest(proof, mac) for mac in self._macs(purpose, text)):
            return None
        try:
            return msgspec.json.decode(text, type=kind)
        except msgspec.DecodeError:
            # Signed by a server of another version.
            return None

    def _macs(self, purpose: str, text: bytes) -> Iterator[bytes]:
        said = purpose.encode() + b"\0" + text
        keys = (hmac.digest(key, b"public forms", "sha256") for key in self._keys())
        return (hmac.digest(key, said, "sha256")[:_MAC_BYTES] for key in keys)


def _shown(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _read(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
