"""The centre's own certificate authority and the certificate of its servers, for use without a public one.

``DATA/tls`` holds ``ca.pem`` and ``server.pem`` with their keys (0600). Clients are given ``ca.pem``, or its SHA-256
fingerprint with the enrolment code, and trust nothing else. The certificate is made anew when a name is added or its
end comes near; ``queue_server.authority`` puts another authority in the place of the first.

``ConsularError``
    ``TlsMissingError``   there is no certificate
    ``TlsDamagedError``   a file cannot be used
"""

import ipaddress
import socket
import ssl
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from queue_server import files
from queue_server.domain.values import ConsularError

FOLDER: Final = "tls"
CA: Final = "ca.pem"
CA_KEY: Final = "ca.key"
SERVER: Final = "server.pem"
_SERVER_KEY: Final = "server.key"

_CA_LIFE: Final = timedelta(days=3650)
_SERVER_LIFE: Final = timedelta(days=397)
_RENEW_BEFORE: Final = timedelta(days=60)
#: What TLS 1.2 may use: a fresh key for each connection, and ciphers that also authenticate (RFC 9325, section 4.2).
_CIPHERS: Final = "ECDHE+AESGCM:ECDHE+CHACHA20"
#: Clocks of clients may be behind.
_BACKDATED: Final = timedelta(days=1)


class TlsMissingError(ConsularError):
    """There is no certificate in ``DATA/tls``: ``init`` makes it."""

    code = "tls-missing"


class TlsDamagedError(ConsularError):
    """``file`` in ``DATA/tls`` cannot be used."""

    code = "tls-damaged"


def own_names() -> frozenset[str]:
    """Name this machine: its host name, with and without its domain, and the loopback."""
    return frozenset({"localhost", "127.0.0.1", "::1", socket.gethostname(), socket.getfqdn()})


def init_tls(data: Path, names: Iterable[str] = (), now: datetime | None = None) -> None:
    """Make what is missing; ``names`` (hosts or addresses) are added to those of the certificate.

    Raises:
        TlsDamagedError: a file that is there cannot be used.
    """
    moment = datetime.now(UTC) if now is None else now
    folder = data / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with files.locked(folder):
        _make_missing(folder, frozenset(names), moment)


def _make_missing(folder: Path, names: frozenset[str], moment: datetime) -> None:
    wanted = own_names() | names
    if not (folder / CA_KEY).exists():
        if (folder / CA).exists():
            # Its key is kept elsewhere, or lost. Another authority would cut off every device that trusts this one.
            if (folder / SERVER).exists() and names <= names_of(read_certificate(folder / SERVER)):
                return
            raise TlsDamagedError(file=CA_KEY)
        make_authority(folder / CA, folder / CA_KEY, moment)
    if (folder / SERVER).exists():
        held = read_certificate(folder / SERVER)
        there = names_of(held)
        if wanted <= there and not _is_due(folder, held, moment):
            return
        wanted |= there
    make_certificate(folder, wanted, moment)


def _is_due(folder: Path, held: x509.Certificate, moment: datetime) -> bool:
    """Say whether the certificate ends soon and another one would not: none outlives its authority."""
    ends = held.not_valid_after_utc
    return ends - moment <= _RENEW_BEFORE and ends < read_certificate(folder / CA).not_valid_after_utc


def ends_at(data: Path) -> datetime | None:
    """Say when the certificate of this server ends; None where there is none.

    Raises:
        TlsDamagedError: it cannot be used.
    """
    path = data / FOLDER / SERVER
    return read_certificate(path).not_valid_after_utc if path.exists() else None


def renew(data: Path, now: datetime | None = None) -> tuple[bytes, ssl.SSLContext]:
    """Make a new certificate if the present one ends soon. Return the SHA-256 of the certificate and a context with it.

    The context is a new object: OpenSSL does not allow a context to be changed while connections are made with it. If
    the authority's key is kept elsewhere, no certificate is made: an administrator brings the new one.

    Raises:
        TlsMissingError: there is no certificate.
        TlsDamagedError: a file cannot be used.
    """
    folder = data / FOLDER
    if (folder / CA_KEY).exists():
        init_tls(data, now=now)
    with files.locked(folder):
        context = server_context(data)
        return read_certificate(folder / SERVER).fingerprint(hashes.SHA256()), context


def server_context(data: Path) -> ssl.SSLContext:
    """Make the context of the listening socket: TLS 1.2 at least.

    Raises:
        TlsMissingError: there is no certificate.
        TlsDamagedError: it cannot be used.
    """
    folder = data / FOLDER
    if not (folder / SERVER).exists():
        raise TlsMissingError
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(_CIPHERS)
    try:
        context.load_cert_chain(folder / SERVER, folder / _SERVER_KEY)
    except (OSError, ssl.SSLError) as error:
        # Which of the two it is.
        read_certificate(folder / SERVER)
        _key(folder / _SERVER_KEY)
        raise TlsDamagedError(file=SERVER) from error
    return context


def authority(data: Path) -> tuple[Path, str] | None:
    """Give the authority's certificate and its SHA-256 fingerprint in hexadecimal; None where there is none.

    Raises:
        TlsDamagedError: it cannot be used.
    """
    path = data / FOLDER / CA
    if not path.exists():
        return None
    return path, read_certificate(path).fingerprint(hashes.SHA256()).hex()


def make_authority(path: Path, key_path: Path, now: datetime) -> None:
    """Write a new authority. Raises OSError."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Consular Support Centre authority")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + _CA_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    files.replace(path, certificate.public_bytes(serialization.Encoding.PEM))
    # Last, for it says that the authority is whole.
    files.replace(key_path, _pem(key))


def make_certificate(folder: Path, names: Iterable[str], now: datetime) -> None:
    """Write a new certificate of the server, issued by the authority in force.

    Raises:
        TlsDamagedError: the authority cannot be used.
    """
    ca, ca_key = read_certificate(folder / CA), _key(folder / CA_KEY)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "queue-server")]))
        .issuer_name(ca.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(min(now + _SERVER_LIFE, ca.not_valid_after_utc))
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in sorted(names)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    chain = certificate.public_bytes(serialization.Encoding.PEM) + ca.public_bytes(serialization.Encoding.PEM)
    files.replace(folder / _SERVER_KEY, _pem(key))
    files.replace(folder / SERVER, chain)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def names_of(certificate: x509.Certificate) -> frozenset[str]:
    """List the names and addresses for which a certificate stands."""
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = (str(address) for address in names.get_values_for_type(x509.IPAddress))
    return frozenset({*names.get_values_for_type(x509.DNSName), *addresses})


def read_certificate(path: Path) -> x509.Certificate:
    """Read the first certificate of a file.

    Raises:
        TlsDamagedError: it holds none.
    """
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise TlsDamagedError(file=path.name) from error


def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise TlsDamagedError(file=path.name) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TlsDamagedError(file=path.name)
    return key


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
