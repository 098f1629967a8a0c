"""Domain parameters: the standardised ones, those that come by value, and keys that lie in no group."""

import hashlib
from itertools import product

import pytest
from asn1crypto.keys import NamedCurve
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents import curves, modp
from peripherals.documents.curves import CURVES, STANDARDISED, EcDomain, Point
from peripherals.errors import ChipDataError

#: What ``cryptography`` calls the curves it has.
SHARED = {
    "secp192r1": ec.SECP192R1(),
    "secp224r1": ec.SECP224R1(),
    "secp256r1": ec.SECP256R1(),
    "secp384r1": ec.SECP384R1(),
    "secp521r1": ec.SECP521R1(),
    "brainpoolP256r1": ec.BrainpoolP256R1(),
    "brainpoolP384r1": ec.BrainpoolP384R1(),
    "brainpoolP512r1": ec.BrainpoolP512R1(),
}
NAMES = st.sampled_from(sorted(CURVES))
P256 = CURVES["brainpoolP256r1"]


def test_the_standardised_parameters_are_those_of_tr_03110() -> None:
    assert sorted(STANDARDISED) == [0, 1, 2, *range(8, 19)]
    assert STANDARDISED[14] is CURVES["brainpoolP320r1"]
    assert [STANDARDISED[at].name for at in (0, 8, 11, 13, 17, 18)] == [
        "modp-1024-160",
        "secp192r1",
        "brainpoolP224r1",
        "brainpoolP256r1",
        "brainpoolP512r1",
        "secp521r1",
    ]


def test_a_curve_is_found_by_its_oid_and_by_its_values(subtests: pytest.Subtests) -> None:
    for name in sorted(CURVES):
        with subtests.test(name=name):
            domain = CURVES[name]
            assert curves.by_oid(domain.oid) is domain
            for a in (domain.a, domain.a - domain.p):
                for generator in (domain.encode(domain.generator), compressed(domain, domain.generator)):
                    for cofactor in (1, None):
                        found = curves.by_value(
                            p=domain.p, a=a, b=domain.b, generator=generator, order=domain.order, cofactor=cofactor
                        )
                        assert found is domain


def test_the_oids_are_those_that_asn1crypto_knows() -> None:
    for domain in CURVES.values():
        if domain.name in {"secp192r1", "secp224r1", "secp256r1", "secp384r1", "secp521r1"}:
            assert NamedCurve(domain.oid).native == domain.name


def test_the_order_of_the_generator_is_its_order(subtests: pytest.Subtests) -> None:
    for name in sorted(CURVES):
        with subtests.test(name=name):
            domain = CURVES[name]
            assert domain.contains(domain.generator)
            assert domain.multiply(domain.order - 1) == Point(domain.generator.x, domain.p - domain.generator.y)
            with pytest.raises(ChipDataError):
                domain.multiply(domain.order)


@pytest.mark.parametrize("part", ["p", "a", "b", "generator", "order", "cofactor"])
def test_parameters_with_one_of_them_altered_are_refused(part: str) -> None:
    # A base point of another's choice is what CVE-2020-0601 was about.
    change = int(part != "generator") * 2
    generator = P256.generator if change else P256.multiply(2)
    with pytest.raises(ChipDataError) as refused:
        curves.by_value(
            p=P256.p + change * (part == "p"),
            a=P256.a + change * (part == "a"),
            b=P256.b + change * (part == "b"),
            generator=P256.encode(generator),
            order=P256.order + change * (part == "order"),
            cofactor=1 + change * (part == "cofactor"),
        )
    assert refused.value.placeholders["fault"] in {"curve-unknown", "curve-altered"}


@given(NAMES, st.integers(1, 1 << 128))
def test_points_are_written_and_read_again(name: str, private: int) -> None:
    domain = CURVES[name]
    point = domain.multiply(private)
    assert domain.decode(domain.encode(point)) == point
    assert domain.decode(compressed(domain, point)) == point


@given(NAMES, st.binary(max_size=140))
def test_any_bytes_are_a_point_of_the_curve_or_refused(name: str, raw: bytes) -> None:
    domain = CURVES[name]
    try:
        point = domain.decode(raw)
    except ChipDataError:
        return
    assert domain.contains(point)


def test_a_point_off_the_curve_or_out_of_the_field_is_refused(subtests: pytest.Subtests) -> None:
    for name in sorted(CURVES):
        with subtests.test(name=name):
            domain, point = CURVES[name], CURVES[name].generator
            off = bytearray(domain.encode(point))
            off[-1] ^= 1
            wide = bytes([4]) + bytes(domain.size) + b"\xff" * domain.size
            for raw in (bytes(off), wide, b"\x00", b"", domain.encode(point)[:-1]):
                with pytest.raises(ChipDataError):
                    domain.decode(raw)


@pytest.mark.parametrize("name", sorted(SHARED))
def test_secrets_are_those_of_another_library(name: str) -> None:
    domain = CURVES[name]
    theirs = ec.generate_private_key(SHARED[name])
    numbers = theirs.public_key().public_numbers()
    private = domain.draw()
    own = domain.multiply(private)
    public = ec.EllipticCurvePublicNumbers(own.x, own.y, SHARED[name]).public_key()
    assert domain.secret(private, Point(numbers.x, numbers.y)) == theirs.exchange(ec.ECDH(), public)


def test_signatures_of_another_library_hold(subtests: pytest.Subtests) -> None:
    digests: list[hashes.HashAlgorithm] = [hashes.SHA1(), hashes.SHA256(), hashes.SHA512()]  # noqa: S303 - old documents have it
    for name, digest in product(sorted(SHARED), digests):
        with subtests.test(name=name, digest=digest):
            domain = CURVES[name]
            key = ec.generate_private_key(SHARED[name])
            numbers = key.public_key().public_numbers()
            public = Point(numbers.x, numbers.y)
            r, s = decode_dss_signature(key.sign(b"message", ec.ECDSA(digest)))
            hashed = hashlib.new(digest.name, b"message").digest()
            assert domain.verify(public, hashed, r, s)
            assert not domain.verify(public, hashed, s, r)
            assert not domain.verify(public, hashlib.new(digest.name, b"massage").digest(), r, s)
            for bad in ((0, s), (r, 0), (domain.order, s), (r, domain.order), (-1, s), (r, s + domain.order)):
                assert not domain.verify(public, hashed, *bad)


@pytest.mark.parametrize("group", modp.MODP, ids=lambda group: group.name)
def test_the_groups_of_rfc_5114(group: modp.DhDomain) -> None:
    assert group.q is not None
    assert (group.p - 1) % group.q == 0
    assert pow(group.g, group.q, group.p) == 1
    one, other = group.draw(), group.draw()
    assert group.secret(one, group.multiply(other)) == group.secret(other, group.multiply(one))
    assert group.decode(group.encode(group.multiply(one))) == group.multiply(one)


@pytest.mark.parametrize("group", modp.MODP, ids=lambda group: group.name)
def test_elements_that_would_give_the_private_key_away_are_refused(group: modp.DhDomain) -> None:
    assert group.q is not None
    small = pow(3, group.q, group.p)
    for element in (0, 1, group.p - 1, group.p, group.p + 1, small, (1 << 8 * group.size) - 1):
        with pytest.raises(ChipDataError):
            group.decode(element.to_bytes(group.size + 1))


def test_a_group_that_a_document_brings_is_known_or_checked() -> None:
    known = modp.MODP[2]
    assert known.q is not None
    # A known group is known by prime and generator; a false order beside them changes nothing.
    for order in (None, known.q, known.q + 2):
        assert modp.explicit(known.p, known.g, order) is known
    # Another generator of the same subgroup is as good as the first.
    own = modp.explicit(known.p, pow(known.g, 2, known.p), known.q)
    assert own.q == known.q
    assert own.name == "explicit-2048"
    for p, g, q, fault in (
        ((1 << 512) - 569, 2, None, "group-size"),
        ((1 << 5000) - 1, 2, None, "group-size"),
        (known.p + 2, 2, None, "group-invalid"),
        (known.p, 1, None, "group-invalid"),
        (known.p, known.p - 1, None, "group-invalid"),
        (known.p, 2, known.q, "group-invalid"),
        (known.p, pow(known.g, 2, known.p), known.q + 2, "group-invalid"),
    ):
        with pytest.raises(ChipDataError) as refused:
            modp.explicit(p, g, q)
        assert refused.value.placeholders["fault"] == fault


def test_an_unknown_curve_is_refused() -> None:
    with pytest.raises(ChipDataError) as refused:
        curves.by_oid("1.3.132.0.10")
    assert refused.value.placeholders["fault"] == "curve-unknown"


def compressed(domain: EcDomain, point: Point) -> bytes:
    return bytes([2 + (point.y & 1)]) + point.x.to_bytes(domain.size)
