"""Signatures of every algorithm and curve, made by the simulator; keys that are none."""

from dataclasses import replace

import pytest
from asn1crypto import algos, core
from asn1crypto import keys as asn1_keys

from peripherals.documents import ber
from peripherals.documents.curves import CURVES
from peripherals.documents.passport.keys import Algorithm, SigningScheme, make_key
from peripherals.documents.trust import algorithms, keys
from peripherals.errors import TrustError

MESSAGE = b"what was signed"
HASHES = ("sha1", "sha224", "sha256", "sha384", "sha512")
MADE = [Algorithm(scheme, digest) for scheme in (SigningScheme.PKCS1, SigningScheme.PSS) for digest in HASHES] + [
    Algorithm(digest=digest, curve=curve, explicit=explicit, null_parameters=explicit)
    for digest, curve in [*((digest, "secp256r1") for digest in HASHES), *(("sha256", name) for name in CURVES)]
    for explicit in (False, True)
    if curve != "brainpoolP160r1"
]


def known(algorithm: Algorithm) -> algorithms.SignatureAlgorithm:
    return algorithms.signature_algorithm(algorithm.identifier())


def test_a_signature_holds_for_its_message_and_no_other(subtests: pytest.Subtests) -> None:
    for algorithm in MADE:
        with subtests.test(algorithm=algorithm):
            private = make_key(algorithm, "test", 0)
            key = keys.public_key(private.public_info())
            signature = private.sign(MESSAGE)
            assert keys.verify(key, known(algorithm), signature, MESSAGE)
            assert not keys.verify(key, known(algorithm), signature, MESSAGE + b"!")
            assert not keys.verify(key, known(algorithm), signature[:-1], MESSAGE)
            assert not keys.verify(key, known(algorithm), b"", MESSAGE)
            other = keys.public_key(make_key(algorithm, "other", 1).public_info())
            assert not keys.verify(other, known(algorithm), signature, MESSAGE)


def test_a_key_of_another_kind_verifies_nothing() -> None:
    rsa, curve = Algorithm(SigningScheme.PKCS1), Algorithm()
    key = keys.public_key(make_key(rsa, "test", 0).public_info())
    assert not keys.verify(key, known(curve), make_key(curve, "test", 0).sign(MESSAGE), MESSAGE)


def test_pss_is_not_pkcs1() -> None:
    private = make_key(Algorithm(SigningScheme.PSS), "test", 0)
    key = keys.public_key(private.public_info())
    assert not keys.verify(key, known(Algorithm(SigningScheme.PKCS1)), private.sign(MESSAGE), MESSAGE)


@pytest.mark.parametrize("curve", ["secp256r1", "brainpoolP224r1"])
def test_plain_signatures_are_r_and_s(curve: str) -> None:
    algorithm = Algorithm(curve=curve)
    private = make_key(algorithm, "test", 0)
    key = keys.public_key(private.public_info())
    assert isinstance(key, keys.EcKey)
    pair = algos.DSASignature.load(private.sign(MESSAGE)).native
    size = key.domain.order_size
    plain = replace(known(algorithm), scheme=algorithms.SignatureScheme.ECDSA_PLAIN)
    signature = pair["r"].to_bytes(size) + pair["s"].to_bytes(size)
    assert keys.verify(key, plain, signature, MESSAGE)
    assert not keys.verify(key, plain, signature + b"\0", MESSAGE)
    assert not keys.verify(key, known(algorithm), signature, MESSAGE)


@pytest.mark.parametrize("pair", [(0, 1), (1, 0), (-1, 1), (1, 1 << 300)])
def test_numbers_out_of_range_are_no_signature(pair: tuple[int, int]) -> None:
    for curve in ("secp256r1", "brainpoolP224r1"):
        key = keys.public_key(make_key(Algorithm(curve=curve), "test", 0).public_info())
        signature = algos.DSASignature({"r": pair[0], "s": pair[1]}).dump()
        assert not keys.verify(key, known(Algorithm(curve=curve)), signature, MESSAGE)


# --- keys that are none --------------------------------------------------------------------------------------------


def rsa(modulus: int, exponent: int) -> bytes:
    key = asn1_keys.RSAPublicKey({"modulus": modulus, "public_exponent": exponent})
    return bytes(asn1_keys.PublicKeyInfo.wrap(key, "rsa").dump())


@pytest.mark.parametrize(
    ("info", "fault"),
    [
        (rsa((1 << 2048) - 1, 1), "key-unknown"),
        (rsa((1 << 2048) - 1, 1 << 40), "key-unknown"),
        (rsa((1 << 9000) - 1, 65537), "key-unknown"),
        (rsa((1 << 512) - 1, 65537), "key-unknown"),
        (rsa((1 << 2048) - 2, 65537), "key-invalid"),
        (rsa((1 << 2048) - 1, 65536), "key-invalid"),
        (b"", "key-invalid"),
        (b"\x30\x80", "key-invalid"),
        (bytes(5000), "key-invalid"),
    ],
)
def test_a_key_that_cannot_be_used_is_refused(info: bytes, fault: str) -> None:
    with pytest.raises(TrustError) as caught:
        keys.public_key(info)
    assert caught.value.placeholders["fault"] == fault


def test_a_curve_is_taken_whole_or_not_at_all() -> None:
    domain = CURVES["brainpoolP256r1"]
    info = make_key(Algorithm(curve=domain.name, explicit=True), "test", 0).public_info()
    assert keys.public_key(info) == keys.public_key(make_key(Algorithm(curve=domain.name), "test", 0).public_info())
    for number in (domain.p, domain.a, domain.b, domain.order, domain.generator.x, domain.generator.y):
        raw = number.to_bytes(32)
        altered = info.replace(raw, (number ^ 2).to_bytes(32), 1)
        assert altered != info
        with pytest.raises(TrustError, match="key-invalid"):
            keys.public_key(altered)


def test_a_point_off_the_curve_is_refused() -> None:
    info = make_key(Algorithm(), "test", 0).public_info()
    with pytest.raises(TrustError, match="key-invalid"):
        keys.public_key(info[:-1] + bytes([info[-1] ^ 1]))


@pytest.mark.parametrize("name", ["md5_rsa", "md2_rsa", "sha256_dsa"])
def test_other_algorithms_are_not_known(name: str) -> None:
    with pytest.raises(TrustError, match="algorithm-unknown"):
        algorithms.signature_algorithm(algos.SignedDigestAlgorithm({"algorithm": name, "parameters": core.Null()}))


def test_pss_without_parameters_has_those_of_the_standard() -> None:
    found = algorithms.signature_algorithm(
        algos.SignedDigestAlgorithm.load(bytes.fromhex("300B06092A864886F70D01010A"))
    )
    assert found == algorithms.SignatureAlgorithm(algorithms.SignatureScheme.RSA_PSS, "sha1", "sha1", 20)


@pytest.mark.parametrize(
    "parameters",
    # Another trailer; another mask than MGF1; a salt of minus one byte; MD5.
    ["A303020102", "A1123010060360010130090605 2B0E03021A0500", "A2030201FF", "A00E300C06082A864886F70D02050500"],
)
def test_pss_with_parameters_of_another_kind_is_not_known(parameters: str) -> None:
    inner = ber.encode(0x30, bytes.fromhex(parameters))
    raw = ber.encode(0x30, bytes.fromhex("06092A864886F70D01010A"), inner)
    with pytest.raises(TrustError, match="algorithm-unknown"):
        algorithms.signature_algorithm(algos.SignedDigestAlgorithm.load(raw))


@pytest.mark.parametrize("oid", ["1.2.840.113549.1.1.1", "1.2.840.10045.2.1"])
def test_a_signer_info_may_name_the_key_alone(oid: str) -> None:
    given = algos.SignedDigestAlgorithm({"algorithm": oid})
    assert algorithms.signature_algorithm(given, digest="sha384").hash == "sha384"
    with pytest.raises(TrustError):
        algorithms.signature_algorithm(given)
