"""Signed messages in every shape that is in use, and in some that nobody may use."""

from datetime import timedelta

import pytest
from asn1crypto import cms as asn1_cms

from peripherals.documents import ber
from peripherals.documents.passport import cms as make
from peripherals.documents.passport import pki
from peripherals.documents.passport.cms import Quirks
from peripherals.documents.passport.indefinite import indefinite
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.trust import certificate, cms
from peripherals.documents.trust.asn1 import definite
from peripherals.errors import ChipDataError, TrustError
from tests.peripherals.trust.material import AT, validity

AUTHORITY = pki.make_authority(pki.UTOPIA, Algorithm(), validity(-3000), 0)
SIGNER = pki.issue_document_signer(AUTHORITY, Algorithm(digest="sha384"), validity(), 0)
CERTIFICATE = certificate.read(SIGNER.certificate)
OTHER = certificate.read(pki.issue_document_signer(AUTHORITY, Algorithm(), validity(), 9).certificate)
TYPE, CONTENT = "2.23.136.1.1.1", b"what a state says" * 20
SMALL = 10_000


def message(quirks: Quirks | None = None) -> bytes:
    return make.signed_data(TYPE, CONTENT, SIGNER, at=AT, more=[AUTHORITY.certificate], quirks=quirks)


def rewritten(**fields: object) -> bytes:
    """Write a message anew with other values in its signer info."""
    parsed = asn1_cms.ContentInfo.load(message())
    info = parsed["content"]["signer_infos"][0]
    for field, value in fields.items():
        info[field] = value
    return bytes(parsed.dump(force=True))


@pytest.mark.parametrize("quirks", [Quirks(), Quirks(unsorted=True), Quirks(by_key_identifier=True)], ids=str)
def test_a_message_is_its_signers(quirks: Quirks) -> None:
    found = cms.read(message(quirks), longest=SMALL)
    assert (found.content_type, found.content, found.signer.signing_time) == (TYPE, CONTENT, AT)
    assert set(found.certificates) == {CERTIFICATE, certificate.read(AUTHORITY.certificate)}
    assert (found.signer.names(CERTIFICATE), found.signer.names(OTHER)) == (True, False)
    assert cms.fault_of(found, CERTIFICATE) == ""
    assert cms.fault_of(found, OTHER) == "signature-wrong"


@pytest.mark.parametrize("quirks", [Quirks(), Quirks(unsorted=True)], ids=str)
def test_indefinite_lengths_change_nothing(quirks: Quirks) -> None:
    plain = message(quirks)
    other = bytes(ber.parse_one(indefinite(ber.encode(0x77, plain))).value)
    assert plain != other
    found = cms.read(other, longest=SMALL)
    assert found.content == CONTENT
    assert cms.fault_of(found, CERTIFICATE) == ""


def test_attributes_signed_in_the_order_of_der_and_written_in_another() -> None:
    parsed = asn1_cms.ContentInfo.load(message())
    raw = parsed["content"]["signer_infos"][0]["signed_attrs"].contents
    parts = [ber.encode(part.tag, part.value) for part in ber.parse(raw)]
    swapped = message().replace(raw, b"".join(reversed(parts)))
    assert swapped != message()
    assert cms.fault_of(cms.read(swapped, longest=SMALL), CERTIFICATE) == ""


def test_a_message_of_version_1_says_the_same() -> None:
    old = message().replace(b"\x02\x01\x03\x31", b"\x02\x01\x01\x31", 1)
    assert old != message()
    found = cms.read(old, longest=SMALL)
    assert found.content == CONTENT
    assert cms.fault_of(found, CERTIFICATE) == ""


def test_content_without_an_octet_string_is_refused() -> None:
    octets = ber.encode(0x04, CONTENT)
    for version in (b"\x03", b"\x01"):
        raw = message().replace(b"\x02\x01\x03\x31", b"\x02\x01" + version + b"\x31", 1)
        with pytest.raises(TrustError, match="message-invalid"):
            cms.read(raw.replace(octets, b"\x30" + octets[1:]), longest=SMALL)


def test_other_content_is_seen() -> None:
    found = cms.read(message().replace(b"what a state says", b"what nobody said."), longest=SMALL)
    assert cms.fault_of(found, CERTIFICATE) == "digest-wrong"


def test_another_type_is_seen() -> None:
    # The same digits under another OID: an EF.CardSecurity is no EF.SOD.
    oid = bytes.fromhex("060667810801")
    raw = message()
    at = raw.index(oid)
    found = cms.read(raw[: at + 7] + b"\x02" + raw[at + 8 :], longest=SMALL)
    assert found.content_type != TYPE
    assert cms.fault_of(found, CERTIFICATE) == "content-type-wrong"


def test_a_later_signing_time_is_seen() -> None:
    later = AT + timedelta(days=300)
    old, new = (time.strftime("%y%m%d%H%M%SZ").encode() for time in (AT, later))
    found = cms.read(message().replace(old, new), longest=SMALL)
    assert found.signer.signing_time == later
    assert cms.fault_of(found, CERTIFICATE) == "signature-wrong"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "message-long"),
        (bytes(SMALL + 1), "message-long"),
        (b"\x30\x80", "message-invalid"),
        (b"\x30\x00", "message-invalid"),
        (AUTHORITY.certificate, "message-invalid"),
        (message() + b"\0", "message-invalid"),
        (message(Quirks(without_attributes=True)), "attributes-missing"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, fault: str) -> None:
    with pytest.raises(TrustError) as caught:
        cms.read(data, longest=SMALL)
    assert caught.value.placeholders["fault"] == fault


@pytest.mark.parametrize("attribute", ["content_type", "message_digest"])
@pytest.mark.parametrize("count", [0, 2])
def test_each_needed_attribute_stands_once(attribute: str, count: int) -> None:
    parsed = asn1_cms.ContentInfo.load(message())
    attributes = parsed["content"]["signer_infos"][0]["signed_attrs"]
    kept = [each for each in attributes for _ in range(count if each["type"].native == attribute else 1)]
    with pytest.raises(TrustError, match="attributes-missing"):
        cms.read(rewritten(signed_attrs=asn1_cms.CMSAttributes(kept)), longest=SMALL)


def test_a_digest_that_is_not_known_is_not_guessed() -> None:
    with pytest.raises(TrustError, match="algorithm-unknown"):
        cms.read(rewritten(digest_algorithm={"algorithm": "md5"}), longest=SMALL)


@pytest.mark.parametrize(("count", "fault"), [(0, "signer-missing"), (2, "signers-several")])
def test_exactly_one_signs(count: int, fault: str) -> None:
    parsed = asn1_cms.ContentInfo.load(message())
    parsed["content"]["signer_infos"] = [parsed["content"]["signer_infos"][0]] * count
    with pytest.raises(TrustError, match=fault):
        cms.read(parsed.dump(force=True), longest=SMALL)


# --- lengths -------------------------------------------------------------------------------------------------------


def test_definite_lengths_are_left_alone_also_where_they_are_not_minimal() -> None:
    odd = bytes.fromhex("3081050483000002AABB")[:3] + bytes.fromhex("0482000102")
    assert definite(odd) == odd


def test_octet_strings_in_pieces_become_one() -> None:
    assert definite(bytes.fromhex("2480040201020401030000")) == bytes.fromhex("0403010203")
    assert definite(bytes.fromhex("308024800401AA0401BB00000000")) == bytes.fromhex("30040402AABB")


def test_depth_is_bounded() -> None:
    deep = b""
    for _ in range(100):
        deep = ber.encode(0x30, deep)
    for data in (deep, b"\x30\x80" * 5000, b"\x24\x80" * 40 + b"\x04\x00" + b"\0\0" * 40):
        with pytest.raises(ChipDataError):
            definite(data)
