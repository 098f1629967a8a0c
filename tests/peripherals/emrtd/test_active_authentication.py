"""Active Authentication: the worked example of ICAO 9303-11, appendix F, and signatures that must not hold."""

import hashlib
from functools import cache

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents.curves import CURVES, Point
from peripherals.documents.emrtd.active_authentication import signature_holds
from peripherals.documents.emrtd.public_keys import ChipEcKey, ChipRsaKey, DhKey
from peripherals.documents.emrtd.security_infos import ActiveAuthenticationInfo
from peripherals.documents.modp import MODP
from peripherals.errors import ChipDataError

NONCE = bytes.fromhex("F173589974BF40C6")
#: Appendix F: the representative that the chip signs.
REPRESENTATIVE = bytes.fromhex(
    "6A9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC1991B543F1696546C5524CF23A5303CD6C"
    "98599F40B79F377B5F3A1406B3B4D8F96784D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD"
    "4E7292E2DCDA3024B47DA8C063AA1E6D22FBD976AB0FE73D94D2D9C6D88127BC"
)
TRAILERS = {"sha1": "33CC", "sha256": "34CC", "sha512": "35CC", "sha384": "36CC", "sha224": "38CC"}
PLAIN_SHA256 = (ActiveAuthenticationInfo(1, "0.4.0.127.0.7.1.1.4.1.3"),)


@cache
def pair() -> tuple[ChipRsaKey, int]:
    private = rsa.generate_private_key(65537, 1024).private_numbers()  # noqa: S505 - the example's size
    return ChipRsaKey(private.public_numbers.n, 65537), private.d


def signed(representative: bytes) -> bytes:
    key, exponent = pair()
    return pow(int.from_bytes(representative), exponent, key.modulus).to_bytes(key.size)


def made(digest: str, header: str = "6A", nonce: bytes = NONCE, trailer: str | None = None) -> bytes:
    """A representative of 128 bytes in ISO/IEC 9796-2, scheme 1."""
    end = bytes.fromhex(TRAILERS[digest] if trailer is None else trailer)
    start = bytes.fromhex(header)
    message = bytes(range(128 - len(start) - len(end) - hashlib.new(digest).digest_size))
    return start + message + hashlib.new(digest, message + nonce).digest() + end


def test_appendix_f() -> None:
    key, _ = pair()
    assert signature_holds(key, NONCE, signed(REPRESENTATIVE))
    assert not signature_holds(key, bytes(8), signed(REPRESENTATIVE))


@pytest.mark.parametrize("digest", sorted(TRAILERS))
def test_a_hash_that_the_trailer_names(digest: str) -> None:
    key, _ = pair()
    assert signature_holds(key, NONCE, signed(made(digest)))


def test_the_other_root_holds_too() -> None:
    key, _ = pair()
    number = int.from_bytes(signed(REPRESENTATIVE))
    assert signature_holds(key, NONCE, (key.modulus - number).to_bytes(key.size))


def test_a_filled_representative_holds() -> None:
    key, _ = pair()
    assert signature_holds(key, NONCE, signed(made("sha256", "6BBBBBBA")))


@pytest.mark.parametrize(
    "representative",
    [
        made("sha256", nonce=bytes(8)),
        made("sha1", trailer="34CC"),
        made("sha256", trailer="39CC"),
        made("sha256", trailer="34BC"),
        # Total recovery: the nonce is not under it.
        made("sha256", "4A"),
        made("sha256", "2A"),
        made("sha256", "6B"),
        made("sha256", "6BBBBBBB"),
        made("sha256", "60"),
        made("sha256")[:-1] + b"\x0c",
        b"\x6a" + b"\xbb" * 125 + b"\x34\xcc",
        b"\x6b" + b"\xbb" * 125 + b"\x34\xcc",
        bytes(126) + b"\x34\xcc",
    ],
)
def test_a_representative_of_another_form_does_not_hold(representative: bytes) -> None:
    key, _ = pair()
    assert not signature_holds(key, NONCE, signed(representative))


def test_a_hash_that_is_not_at_the_end_does_not_hold() -> None:
    # Garbage behind the hash is how signatures with a small exponent are forged.
    key, _ = pair()
    message = bytes(40)
    early = b"\x6a" + message + hashlib.sha256(message + NONCE).digest() + bytes(53) + b"\x34\xcc"
    assert not signature_holds(key, NONCE, signed(early))


@given(st.binary(max_size=140))
def test_any_bytes_are_no_signature(signature: bytes) -> None:
    key, _ = pair()
    assert not signature_holds(key, NONCE, signature)
    assert not signature_holds(key, NONCE, signature.ljust(128, b"\0"))
    assert not signature_holds(_curve_key("secp256r1")[0], NONCE, signature)


def test_a_signature_of_another_length_or_above_the_modulus_does_not_hold() -> None:
    key, _ = pair()
    number = int.from_bytes(signed(REPRESENTATIVE))
    for wrong in (
        b"\0" + signed(REPRESENTATIVE),
        signed(REPRESENTATIVE)[:-1],
        (number + key.modulus).to_bytes(129),
        b"\xff" * 128,
        bytes(128),
    ):
        assert not signature_holds(key, NONCE, wrong)


@cache
def _curve_key(name: str) -> tuple[ChipEcKey, ec.EllipticCurvePrivateKey]:
    library = {"secp256r1": ec.SECP256R1(), "brainpoolP512r1": ec.BrainpoolP512R1(), "secp521r1": ec.SECP521R1()}[name]
    private = ec.generate_private_key(library)
    numbers = private.public_key().public_numbers()
    return ChipEcKey(CURVES[name], Point(numbers.x, numbers.y)), private


@pytest.mark.parametrize("name", ["secp256r1", "brainpoolP512r1", "secp521r1"])
@pytest.mark.parametrize(
    ("digest", "oids"),
    [
        (hashes.SHA256(), ("0.4.0.127.0.7.1.1.4.1.3", "1.2.840.10045.4.3.2")),
        (hashes.SHA384(), ("0.4.0.127.0.7.1.1.4.1.4", "1.2.840.10045.4.3.3")),
        (hashes.SHA512(), ("0.4.0.127.0.7.1.1.4.1.5", "1.2.840.10045.4.3.4")),
    ],
)
def test_a_signature_of_a_curve_holds_plain_and_in_der(
    name: str, digest: hashes.HashAlgorithm, oids: tuple[str, str]
) -> None:
    key, private = _curve_key(name)
    der = private.sign(NONCE, ec.ECDSA(digest))
    r, s = decode_dss_signature(der)
    size = key.domain.order_size
    for signature in (der, r.to_bytes(size) + s.to_bytes(size)):
        for oid in oids:
            assert signature_holds(key, NONCE, signature, (ActiveAuthenticationInfo(1, oid),))
        # Without a word on the hash each is tried.
        assert signature_holds(key, NONCE, signature)
        assert not signature_holds(key, bytes(8), signature)
    swapped = s.to_bytes(size) + r.to_bytes(size)
    assert not signature_holds(key, NONCE, swapped)


def test_a_hash_other_than_the_one_that_is_said_does_not_hold() -> None:
    key, private = _curve_key("secp256r1")
    assert not signature_holds(key, NONCE, private.sign(NONCE, ec.ECDSA(hashes.SHA384())), PLAIN_SHA256)


def test_what_is_not_known_is_said_and_not_guessed() -> None:
    key, _ = _curve_key("secp256r1")
    with pytest.raises(ChipDataError) as refused:
        signature_holds(key, NONCE, bytes(64), (ActiveAuthenticationInfo(1, "1.2.3"),))
    assert refused.value.placeholders == {"file": "DG14", "fault": "algorithm-unknown"}
    with pytest.raises(ChipDataError) as refused:
        signature_holds(DhKey(MODP[0], 4), NONCE, bytes(64))
    assert refused.value.placeholders == {"file": "DG15", "fault": "key-unknown"}
