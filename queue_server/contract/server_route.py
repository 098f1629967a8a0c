"""Where the server is and who vouches for it: announced to devices before it counts, and checked by them.

It comes over a line that the device trusts already. Even so it is bounded and looked at: whoever could write a file at
the server shall not make devices speak in the clear, or trust what is no authority.
"""

from datetime import datetime
from typing import Annotated

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from msgspec import Meta

from queue_server.contract.base import Message
from queue_server.contract.client_errors import ClientError

MAX_URLS = 4
MAX_AUTHORITIES = 3

#: Scheme, host and port of a server.
ServerUrl = Annotated[str, Meta(max_length=200, pattern=r"^https://[^/\s?#@]+$(?!\n)")]
#: A certificate (PEM, RFC 7468).
CertificatePem = Annotated[
    str,
    Meta(
        max_length=8192, pattern=r"^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n?$(?!\n)"
    ),
]
#: SHA-256 of a certificate (DER) in hexadecimal.
Fingerprint = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]


class ServerRoute(Message, frozen=True):
    """How the server is reached from now on; a device keeps it."""

    urls: Annotated[tuple[ServerUrl, ...], Meta(max_length=MAX_URLS)] = ()
    """Addresses (scheme, host and port), tried in this order when one does not answer. Empty: the one of enrolment."""
    authorities: Annotated[tuple[CertificatePem, ...], Meta(max_length=MAX_AUTHORITIES)] = ()
    """Certificates (PEM) of the authorities to trust, in place of those that the device trusts. Empty: they stay."""


class RouteInvalidError(ClientError):
    """What the server announced is not taken; ``reason`` says why, and what was known before stays."""

    code = "server-route-invalid"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.placeholders = {"reason": reason}


def fingerprints(pem: bytes) -> tuple[Fingerprint, ...]:
    """Name the certificates of a file. Raises ValueError."""
    return tuple(one.fingerprint(hashes.SHA256()).hex() for one in x509.load_pem_x509_certificates(pem))


def check_authorities(route: ServerRoute, trusted: tuple[Fingerprint, ...], now: datetime) -> None:
    """Look whether a device that trusts ``trusted`` may trust the authorities of ``route`` instead.

    Raises:
        RouteInvalidError: one is no authority, or has ended, or none of them is trusted already.
    """
    for pem in route.authorities:
        try:
            certificate = x509.load_pem_x509_certificate(pem.encode())
            extensions = certificate.extensions
            is_authority = extensions.get_extension_for_class(x509.BasicConstraints).value.ca
            signs = extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
        except (ValueError, x509.ExtensionNotFound, x509.DuplicateExtension) as error:
            raise RouteInvalidError("unreadable") from error
        if not is_authority or not signs:
            raise RouteInvalidError("no-authority")
        if certificate.not_valid_after_utc <= now:
            raise RouteInvalidError("ended")
    # The line on which this came was vouched for by one that is trusted: without any of those the device is cut off.
    if not set(trusted) & {one for pem in route.authorities for one in fingerprints(pem.encode())}:
        raise RouteInvalidError("strange")
