"""Who signs seals: found by what its header says (ICAO Doc 9303-13, 2.2; TR Datastructure for Barcode, 3.2)."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from asn1crypto import x509

from peripherals.documents.trust.asn1 import reading
from peripherals.documents.trust.certificate import Certificate, SignerPurpose
from peripherals.errors import TrustError

_COMMON_NAME = "2.5.4.3"
#: Servers and clients of TLS, programs, mail and time stamps: the web's own purposes (RFC 5280, 4.2.1.12).
_OF_THE_WEB = "1.3.6.1.5.5.7.3."


@dataclass(frozen=True, slots=True)
class SignerName:
    """What a seal's header says of its signer: two letters of a state, its name there, and the certificate's number."""

    country: str
    name: str
    serial: int


@dataclass(frozen=True, slots=True)
class SignerReference:
    """What a newer seal says of its signer: the last five bytes of its certificate's SHA-1, in hexadecimal.

    It finds a certificate and proves nothing: the signature does.
    """

    end: str


#: Gives the certificates that bear a name: none, one, or several where two authorities issued them.
type FindSigner = Callable[[SignerName | SignerReference], Sequence[Certificate]]


def directory(certificates: Iterable[Certificate]) -> FindSigner:
    """Make a directory of signers, such as those of a trust store.

    Authorities sign no seals and stay out; one without a common name is found by its reference alone.
    """
    found: dict[SignerName | SignerReference, list[Certificate]] = defaultdict(list)
    for certificate in certificates:
        name = "" if certificate.is_authority else _common_name(certificate)
        if name:
            found[SignerName(certificate.country, name, certificate.serial)].append(certificate)
        if not certificate.is_authority:
            found[reference(certificate.der)].append(certificate)
    return lambda wanted: tuple(found.get(wanted, ()))


def reference(der: bytes) -> SignerReference:
    """Name a certificate as the newer structure does."""
    return SignerReference(hashlib.sha1(der, usedforsecurity=False).digest()[-5:].hex())


def signs_seals(certificate: Certificate) -> bool:
    """Tell whether a certificate may sign seals: it is no authority, and is for no other purpose.

    The purposes of seals differ from state to state (9303-12 has its own, TR-03137 part 1, 6.5.2, another), and older
    signers name none: what is refused are the purposes that are known to be others.
    """
    others = {SignerPurpose.MASTER_LIST.value, SignerPurpose.DEVIATION_LIST.value}
    foreign = any(purpose in others or purpose.startswith(_OF_THE_WEB) for purpose in certificate.purposes)
    may_sign = certificate.usage is None or "digital_signature" in certificate.usage
    return may_sign and not certificate.is_authority and not foreign


def _common_name(certificate: Certificate) -> str:
    try:
        with reading("certificate-invalid"):
            subject = x509.Certificate.load(certificate.der, strict=True).subject
            pairs = [pair for group in subject.chosen for pair in group if pair["type"].dotted == _COMMON_NAME]
            return str(pairs[0]["value"].native).strip().upper() if pairs else ""
    except TrustError:
        return ""
