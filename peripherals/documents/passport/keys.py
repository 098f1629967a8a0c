"""Keys of a test PKI and of test chips, in every algorithm that states sign with (Doc 9303-12, 4.1.6).

Elliptic keys are derived from a seed, so that a specimen can be made again; RSA keys are made once a process and
kept, because making one takes longer than all the rest of a specimen. The private keys guard nothing: whoever runs
the simulator may know them. That is why the ``ecdsa`` package, whose time tells the key, may sign here.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import ecdsa
from asn1crypto import algos, core
from asn1crypto import keys as asn1_keys
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from peripherals.documents.curves import CURVES

#: Curves that ``cryptography`` lacks.
_SLOW = {
    "brainpoolP160r1": ecdsa.BRAINPOOLP160r1,
    "secp192r1": ecdsa.NIST192p,
    "brainpoolP192r1": ecdsa.BRAINPOOLP192r1,
    "brainpoolP224r1": ecdsa.BRAINPOOLP224r1,
    "brainpoolP320r1": ecdsa.BRAINPOOLP320r1,
}
_FAST: dict[str, ec.EllipticCurve] = {
    "secp224r1": ec.SECP224R1(),
    "secp256r1": ec.SECP256R1(),
    "secp384r1": ec.SECP384R1(),
    "secp521r1": ec.SECP521R1(),
    "brainpoolP256r1": ec.BrainpoolP256R1(),
    "brainpoolP384r1": ec.BrainpoolP384R1(),
    "brainpoolP512r1": ec.BrainpoolP512R1(),
}
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


class SigningScheme(StrEnum):
    PKCS1 = "rsassa_pkcs1v15"
    PSS = "rsassa_pss"
    ECDSA = "ecdsa"


@dataclass(frozen=True, slots=True)
class Algorithm:
    """What a key signs with. ``digest`` is sha1 to sha512; ``curve`` holds for ECDSA, ``bits`` for RSA."""

    scheme: SigningScheme = SigningScheme.ECDSA
    digest: str = "sha256"
    curve: str = "secp256r1"
    bits: int = 2048
    #: Write the domain parameters out instead of naming the curve (Doc 9303-12, 4.1.6.3).
    explicit: bool = False
    #: Put NULL where RFC 5758 wants no parameters, as several states do.
    null_parameters: bool = False

    def identifier(self) -> algos.SignedDigestAlgorithm:
        if self.scheme is SigningScheme.PSS:
            return algos.SignedDigestAlgorithm({"algorithm": "rsassa_pss", "parameters": self._pss_parameters()})
        name = f"{self.digest}_{'ecdsa' if self.scheme is SigningScheme.ECDSA else 'rsa'}"
        fields: dict[str, object] = {"algorithm": name}
        if self.scheme is SigningScheme.PKCS1 or self.null_parameters:
            fields["parameters"] = core.Null()
        return algos.SignedDigestAlgorithm(fields)

    def _pss_parameters(self) -> algos.RSASSAPSSParams:
        digest = algos.DigestAlgorithm({"algorithm": self.digest})
        return algos.RSASSAPSSParams(
            {
                "hash_algorithm": digest,
                "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": digest},
                "salt_length": hashlib.new(self.digest, usedforsecurity=False).digest_size,
            }
        )


@dataclass(frozen=True, slots=True)
class SimulatedRsaKey:
    algorithm: Algorithm
    private: rsa.RSAPrivateKey

    def public_info(self) -> bytes:
        """Give the SubjectPublicKeyInfo, DER (RFC 5280, 4.1)."""
        return self.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, data: bytes) -> bytes:
        digest = _HASHES[self.algorithm.digest]()
        if self.algorithm.scheme is SigningScheme.PSS:
            return self.private.sign(data, padding.PSS(padding.MGF1(digest), digest.digest_size), digest)
        return self.private.sign(data, padding.PKCS1v15(), digest)


@dataclass(frozen=True, slots=True)
class SimulatedEcKey:
    algorithm: Algorithm
    secret: int

    @property
    def order_size(self) -> int:
        """Bytes of r and of s."""
        return CURVES[self.algorithm.curve].order_size

    def public_point(self) -> bytes:
        """Give the public point, uncompressed (SEC 1, 2.3.3)."""
        fast = _FAST.get(self.algorithm.curve)
        if fast is None:
            signer = ecdsa.SigningKey.from_secret_exponent(self.secret, _SLOW[self.algorithm.curve])
            return bytes(signer.verifying_key.to_string("uncompressed"))
        public = ec.derive_private_key(self.secret, fast).public_key()
        return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def public_info(self) -> bytes:
        """Give the SubjectPublicKeyInfo, DER, with named or explicit domain parameters (RFC 5480)."""
        return ec_public_info(self.algorithm.curve, self.public_point(), explicit=self.algorithm.explicit)

    def sign(self, data: bytes) -> bytes:
        """Sign; r and s as a DER sequence (RFC 3279, 2.2.3)."""
        digest, fast = self.algorithm.digest, _FAST.get(self.algorithm.curve)
        if fast is not None:
            key = ec.derive_private_key(self.secret, fast)
            return key.sign(data, ec.ECDSA(_HASHES[digest](), deterministic_signing=True))
        signer = ecdsa.SigningKey.from_secret_exponent(self.secret, _SLOW[self.algorithm.curve])
        encode = ecdsa.util.sigencode_der
        return bytes(signer.sign_deterministic(data, hashfunc=getattr(hashlib, digest), sigencode=encode))


type Key = SimulatedRsaKey | SimulatedEcKey


def make_key(algorithm: Algorithm, label: str, seed: int) -> Key:
    """Make a key: an elliptic one always the same for its seed and label, an RSA key the same for its label."""
    if algorithm.scheme is SigningScheme.ECDSA:
        return SimulatedEcKey(algorithm, secret_exponent(CURVES[algorithm.curve].order, label, seed))
    return SimulatedRsaKey(algorithm, rsa_private(algorithm.bits, label))


def secret_exponent(order: int, label: str, seed: int) -> int:
    """Derive a private key in [1, order - 1]; 64 bits more than needed keep the bias out of sight."""
    length = (order.bit_length() + 7) // 8 + 8
    return int.from_bytes(hashlib.shake_256(f"{seed}/{label}".encode()).digest(length)) % (order - 1) + 1


@cache
def rsa_private(bits: int, label: str) -> rsa.RSAPrivateKey:
    """Make an RSA key for one purpose, once a process."""
    del label
    return rsa.generate_private_key(65537, bits)


def ec_public_info(curve: str, point: bytes, *, explicit: bool) -> bytes:
    """Wrap a point up as SubjectPublicKeyInfo, DER."""
    parameters = (
        asn1_keys.ECDomainParameters("specified", _specified(curve))
        if explicit
        else asn1_keys.ECDomainParameters("named", curve.lower())
    )
    return bytes(
        asn1_keys.PublicKeyInfo(
            {
                "algorithm": {"algorithm": "ec", "parameters": parameters},
                "public_key": asn1_keys.ECPointBitString(point),
            }
        ).dump()
    )


def _specified(name: str) -> asn1_keys.SpecifiedECDomain:
    curve = CURVES[name]
    return asn1_keys.SpecifiedECDomain(
        {
            "version": "ecdpVer1",
            "field_id": {"field_type": "prime_field", "parameters": core.Integer(curve.p)},
            "curve": {"a": curve.a.to_bytes(curve.size), "b": curve.b.to_bytes(curve.size)},
            "base": asn1_keys.ECPoint(curve.encode(curve.generator)),
            "order": curve.order,
            "cofactor": 1,
        }
    )
