"""EF.SOD: its list of hashes, in each version, and what is no such list."""

import hashlib

import pytest
from asn1crypto import algos, core

from peripherals.documents import ber
from peripherals.documents.passport import lds, pki
from peripherals.documents.passport.cms import signed_data
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.passport.security_infos import sequence
from peripherals.documents.trust import sod
from peripherals.errors import ChipDataError
from tests.peripherals.trust.material import AT, specimen, validity

AUTHORITY = pki.make_authority(pki.UTOPIA, Algorithm(), validity(-3000), 0)
SIGNER = pki.issue_document_signer(AUTHORITY, Algorithm(), validity(), 0)
SHA_256 = algos.DigestAlgorithm({"algorithm": "sha256"}).dump()


def entry(number: int, digest: bytes = bytes(32)) -> bytes:
    return sequence(core.Integer(number).dump(), core.OctetString(digest).dump())


def signed(*parts: bytes, oid: str = lds.SECURITY_OBJECT) -> bytes:
    return ber.encode(0x77, signed_data(oid, sequence(*parts), SIGNER, at=AT))


def listed(*entries: bytes, algorithm: bytes = SHA_256) -> bytes:
    return signed(core.Integer(0).dump(), algorithm, sequence(*entries))


@pytest.mark.parametrize(("name", "version"), [("ordinary", None), ("lds-1.8", "0108"), ("legacy-oid", None)])
def test_it_holds_the_hash_of_each_group(name: str, version: str | None) -> None:
    made = specimen(name)
    found = sod.read(made.sod)
    assert found.groups == set(made.groups)
    assert (found.hash, found.lds_version) == ("sha256", version)
    for number, data in made.groups.items():
        assert found.holds(number, hashlib.sha256(data).digest())
        assert not found.holds(number, hashlib.sha256(data + b"!").digest())
    assert not found.holds(16, bytes(32))


def test_an_empty_list_is_a_list() -> None:
    assert sod.read(listed()).groups == frozenset()


def test_numbers_that_no_standard_knows_are_kept_apart() -> None:
    found = sod.read(listed(*(entry(number) for number in (1, 2, 17, 200))))
    assert found.groups == {1, 2}
    assert found.unknown == {17, 200}


def test_what_is_no_security_object(subtests: pytest.Subtests) -> None:
    cases: list[tuple[bytes, str]] = [
        (listed(entry(1), entry(1)), "security-object"),
        (listed(entry(0)), "security-object"),
        (listed(entry(17), entry(17)), "security-object"),
        (listed(*(entry(number) for number in range(1, 34))), "security-object"),
        (listed(sequence(core.Integer(1).dump())), "security-object"),
        (listed(sequence(core.OctetString(b"").dump(), core.Integer(1).dump())), "security-object"),
        (listed(algorithm=algos.DigestAlgorithm({"algorithm": "md5"}).dump()), "algorithm-unknown"),
        (listed(algorithm=sequence(core.Integer(1).dump())), "security-object"),
        (signed(core.Integer(0).dump(), SHA_256), "security-object"),
        (
            signed(core.Integer(0).dump(), SHA_256, sequence(), sequence(core.PrintableString("1").dump())),
            "security-object",
        ),
        (signed(core.Integer(0).dump(), SHA_256, sequence(), oid="0.4.0.127.0.7.3.2.1"), "security-object"),
        (specimen("ordinary").sod[:-1], "security-object"),
        (b"\x77\x00", "message-long"),
        (b"", "message-long"),
        (bytes(70_000), "message-long"),
    ]
    for data, fault in cases:
        with subtests.test(data=data[:40], fault=fault):
            with pytest.raises(ChipDataError) as caught:
                sod.read(data)
            assert caught.value.placeholders == {"file": "EF.SOD", "fault": fault}
