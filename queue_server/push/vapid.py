"""Who sends: a signed token for each push service (VAPID, RFC 8292; JWS with ES256, RFC 7515 and 7518). Pure.

The payload is empty, so nothing is encrypted (RFC 8291 is not needed) and no key of the phone is asked for.
"""

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from queue_server.domain.values import SECOND, Micros

#: A token may be good for a day at most (RFC 8292, section 2).
_GOOD_S: Final = 12 * 3_600
#: Bytes of each half of a signature (RFC 7518, section 3.4).
_HALF: Final = 32


class VapidSigner:
    """Signs with a key on P-256; ``public`` is what browsers subscribe with (base64url, uncompressed point)."""

    def __init__(self, private: ec.EllipticCurvePrivateKey, contact: str) -> None:
        self._private, self._contact = private, contact
        point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public = _base64url(point)

    def authorization(self, origin: str, now: Micros) -> str:
        """Make the header of a message to a service (RFC 8292, section 3)."""
        claims = {"aud": origin, "exp": now // SECOND + _GOOD_S, "sub": self._contact}
        signed = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
        r, s = decode_dss_signature(self._private.sign(signed.encode(), ec.ECDSA(SHA256())))
        signature = _base64url(r.to_bytes(_HALF) + s.to_bytes(_HALF))
        return f"vapid t={signed}.{signature}, k={self.public}"


class VapidSigners:
    """A signer for each key that counts, the one that phones subscribe with first.

    A phone is told by the key of its subscription alone (RFC 8292, section 4.2), so one that took the place of another
    tells only those that have subscribed since.
    """

    def __init__(self, keys: Callable[[], Sequence[ec.EllipticCurvePrivateKey]], contact: str) -> None:
        self._keys, self._contact = keys, contact

    def __iter__(self) -> Iterator[VapidSigner]:
        return (VapidSigner(key, self._contact) for key in self._keys())

    @property
    def public(self) -> str:
        """What a browser subscribes with now."""
        return next(iter(self)).public

    def of(self, public: str) -> VapidSigner | None:
        """Find the one with which a phone subscribed; None where its key counts no more.

        An empty name is that of a release that told none apart: it is taken for the first.
        """
        return next((one for one in self if public in {one.public, ""}), None)


def _part(content: Mapping[str, object]) -> str:
    return _base64url(msgspec.json.encode(content))


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
