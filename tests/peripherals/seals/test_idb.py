"""Seals of the ICAO Datastructure for Barcode: whole, cut, compressed and hostile, and what they come to."""

import base64
import zlib
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peripherals.documents import mrz
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.seals import idb, reading
from peripherals.documents.seals.idb import Idb
from peripherals.documents.verdicts import Check, CheckVerdict, DocumentStanding, Outcome
from peripherals.errors import SealError
from tests.peripherals.seals import maker
from tests.peripherals.seals.judging import SIGNER, failed, judge
from tests.peripherals.seals.maker import TODAY, c40, feature, idb_header, idb_text, make_idb, make_signer

messages = st.dictionaries(st.integers(0, 255), st.binary(max_size=300), min_size=1, max_size=5)
ONE = feature(0x61, feature(0x20, b"x"))
END = feature(0x7F, bytes(64))
VISA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F3012316<<<<<<<<")
LONG_VISA = (VISA[0] + "<" * 8, VISA[1][:28] + "6ZE184226B<<<<<<")


def fault(data: bytes) -> str:
    with pytest.raises(SealError) as caught:
        reading.parse(data)
    return str(caught.value.placeholders["fault"])


def read(data: bytes) -> Idb:
    seal = reading.parse(data)
    assert isinstance(seal, Idb)
    return seal


@given(
    st.sampled_from(["D", "UTO", "GBR"]),
    st.integers(1, 3),
    st.dates(date(1, 1, 1)),
    messages,
    st.booleans(),
    st.booleans(),
    st.sampled_from([b"", SIGNER.certificate]),
)
@example("D", 1, date(2026, 3, 3), {0x61: b"\x61"}, True, False, b"")
def test_what_was_written_is_read(  # noqa: PLR0917 - hypothesis
    country: str, algorithm: int, day: date, found: dict[int, bytes], masked: bool, zipped: bool, certificate: bytes
) -> None:
    head = idb_header(SIGNER, country=country, algorithm=algorithm, signed=day, masked=masked)
    signed = head + feature(0x61, b"".join(feature(*each, der=True) for each in found.items()), der=True)
    brought = feature(0x7E, certificate, der=True) if certificate else b""
    text = idb_text(signed + brought + END, zipped=zipped)
    if len(text) > idb.LIMIT:
        assert fault(text) == "too-long"
        return
    seal = read(text)
    assert (seal.country, seal.hash, seal.signed_on) == (country, f"sha{(256, 384, 512)[algorithm - 1]}", day)
    assert seal.reference == maker.reference(SIGNER.certificate).hex()
    assert {tag: bytes(seal.feature(tag)) for tag in seal.tags} == found
    assert (seal.signed, seal.signature, seal.certificate) == (signed, bytes(64), certificate)
    seal.wipe()
    assert not any(seal.signed)


@given(st.binary(max_size=400))
def test_whatever_stands_behind_a_beginning_is_a_seal_or_is_refused(data: bytes) -> None:
    for text in (b"RDB1" + data, idb_text(data), idb_text(data, signed=False), idb_text(data, zipped=True)):
        try:
            seal = reading.parse(text)
        except SealError:
            continue
        reading.describe(seal)
        judge(text, SIGNER)


@given(st.data(), st.booleans())
def test_a_changed_seal_is_refused(data: st.DataObject, zipped: bool) -> None:
    """Flip any bit of the payload: no seal, or one that is not genuine."""
    text = make_idb(SIGNER)
    payload = bytearray(base64.b32decode(text[5:] + b"=" * (-len(text[5:]) % 8)))
    at = data.draw(st.integers(0, 8 * len(payload) - 1))
    payload[at // 8] ^= 1 << at % 8
    try:
        found, stands = judge(idb_text(bytes(payload), zipped=zipped), SIGNER)
    except SealError:
        return
    assert stands in {DocumentStanding.REFUSED, DocumentStanding.ISSUER_UNKNOWN}
    assert found[Check.SIGNATURE].outcome is not Outcome.PASSED


@given(st.data())
def test_a_cut_seal_is_none(data: st.DataObject) -> None:
    text = make_idb(SIGNER, zipped=data.draw(st.booleans()))
    with pytest.raises(SealError):
        reading.parse(text[: data.draw(st.integers(0, len(text) - 1))])


def signed(rest: bytes) -> bytes:
    return idb_text(idb_header(SIGNER) + rest)


def test_faults(subtests: pytest.Subtests) -> None:
    cases: list[tuple[bytes, str]] = [
        (b"RDB2B", "magic"),
        (b"RDB1", "flag"),
        (b"RDB1E", "flag"),
        (b"RDB1b", "flag"),
        (b"RDB1B", "truncated"),
        (b"RDB1Bna", "base32"),
        (b"RDB1BN=A", "base32"),
        (b"RDB1BNK6B", "base32"),
        (b"RDB1B\xdc\xdc", "base32"),
        (b"RDB1D" + b"A" * 32, "compression"),
        (idb_text(b"\xff\xff" + bytes(20)), "c40"),
        (
            b"RDB1D" + base64.b32encode(zlib.compress(idb_header(SIGNER) + ONE + END) + b"more").rstrip(b"="),
            "compression",
        ),
        (idb_text(idb_header(SIGNER, algorithm=0) + ONE + END), "algorithm"),
        (idb_text(idb_header(SIGNER, algorithm=4) + ONE + END), "algorithm"),
        (idb_text(idb_header(SIGNER)[:8] + b"\x80" + maker.day(date(2026, 3, 3)) + ONE + END), "date"),
        (idb_text(idb_header(SIGNER)[:8] + b"\xff\xff\xff" + ONE + END), "date"),
        (idb_text(idb_header(SIGNER) + b"\x00" + ONE + END), "date"),
        (signed(ONE), "length"),
        (signed(END), "date"),
        (signed(ONE + END + b"x"), "length"),
        (signed(ONE + ONE + END), "length"),
        (signed(ONE + END + feature(0x7E, b"x")), "length"),
        (signed(ONE + feature(0x33, b"x") + END), "length"),
        (signed(feature(0x61, b"") + END), "no-feature"),
        (signed(feature(0x61, b"\x07") + END), "length"),
        (signed(feature(0x61, b"\x07\x02a") + END), "length"),
        (signed(feature(0x61, feature(7, b"a") * 2) + END), "length"),
        (signed(feature(0x61, b"\x07\x81\x01a") + END), "length"),
        (idb_text(idb_header(None) + ONE + END, signed=False), "length"),
        (b"RDB1B" + b"A" * idb.LIMIT, "too-long"),
    ]
    for text, wanted in cases:
        with subtests.test(text=text[:40], wanted=wanted):
            assert fault(text) == wanted


def test_compression_is_bounded() -> None:
    """4 KB of text may hold megabytes of nothing."""
    bomb = idb_header(SIGNER) + feature(0x61, feature(0x20, bytes(60_000), der=True), der=True) + END
    assert len(idb_text(bomb, zipped=True)) < 300
    assert fault(idb_text(bomb, zipped=True)) == "compression"
    assert fault(idb_text(bytes(2_000_000), zipped=True)) == "compression"


def test_a_sound_seal_is_unchanged(subtests: pytest.Subtests) -> None:
    for masked, zipped, certificate in product((False, True), (False, True), (False, True)):
        with subtests.test(masked=masked, zipped=zipped, certificate=certificate):
            data = make_idb(SIGNER, head=idb_header(SIGNER, masked=masked), zipped=zipped, certificate=certificate)
            found, stands = judge(data, *() if certificate else (SIGNER,))
            assert (stands, failed(found)) == (DocumentStanding.UNCHANGED, {})
            assert found[Check.EXPIRY].outcome is Outcome.PASSED
            printed, _ = judge(data, SIGNER, printed=mrz.parse("".join(maker.EMERGENCY)))
            assert printed[Check.PRINTED].outcome is Outcome.PASSED


def test_the_beginning_of_the_drafts() -> None:
    data = make_idb(SIGNER).replace(b"RDB1", b"NDB1", 1)
    assert judge(data, SIGNER)[1] is DocumentStanding.UNCHANGED


def test_the_algorithm_is_that_of_the_header() -> None:
    signer = make_signer(algorithm=Algorithm(curve="brainpoolP256r1", digest="sha512"))
    head = idb_header(signer, algorithm=3)
    assert judge(make_idb(signer, head=head), signer)[1] is DocumentStanding.UNCHANGED
    found, _ = judge(make_idb(signer), signer)
    assert failed(found) == {Check.SIGNATURE: "signature-wrong"}


def test_a_reference_finds_a_certificate_and_proves_nothing() -> None:
    """Another certificate, to which the header points: the signature is not its."""
    other = make_signer(name="XX", serial=0x99)
    found, stands = judge(make_idb(SIGNER, head=idb_header(other)), SIGNER, other)
    assert (stands, failed(found)) == (DocumentStanding.REFUSED, {Check.SIGNATURE: "signature-wrong"})
    assert judge(make_idb(SIGNER), other)[1] is DocumentStanding.ISSUER_UNKNOWN


def visa(*features: bytes) -> bytes:
    return make_idb(SIGNER, [feature(0x01, b"".join(features), der=True)])


@pytest.mark.parametrize(
    ("data", "kind", "number", "last"),
    [
        (make_idb(SIGNER), "temporary-passport", "L898902C3", date(2032, 4, 15)),
        (
            make_idb(SIGNER, [feature(2, feature(2, c40("".join(maker.EMERGENCY))))]),
            "emergency-travel-document",
            "L898902C3",
            date(2032, 4, 15),
        ),
        (
            visa(feature(2, c40(VISA[0] + VISA[1][:28])), feature(4, b"\x5a\x00\x00")),
            "visa",
            "L8988901C",
            date(2030, 12, 31),
        ),
        (
            visa(feature(1, c40("".join(LONG_VISA))), feature(3, b"\x01"), feature(4, b"\x90")),
            "visa",
            "L8988901C",
            date(2030, 12, 31),
        ),
        (make_idb(SIGNER, [feature(0x20, b"?")]), "unknown", "", None),
        (make_idb(SIGNER, [feature(0x86, b"\x63")]), "unknown", "", None),
        (
            make_idb(SIGNER, [feature(0x84, b"\x00" + maker.day(date(2026, 12, 24))), feature(0x86, b"\x0d")]),
            "arrival-attestation",
            "",
            date(2026, 12, 24),
        ),
    ],
)
def test_which_document_it_is(data: bytes, kind: str, number: str, last: date | None) -> None:
    seal = read(data)
    assert reading.kind(seal) == kind
    zone = reading.zone(seal)
    assert (zone.field("document_number") if zone else "") == number
    found, stands = judge(data, SIGNER)
    assert stands is DocumentStanding.UNCHANGED
    assert (found[Check.EXPIRY].outcome is Outcome.PASSED) is (last is not None)
    if last is not None:
        late, _ = judge(
            data, SIGNER, at=TODAY.replace(year=last.year, month=last.month, day=last.day) + timedelta(days=1)
        )
        assert failed(late) == {Check.EXPIRY: "document-expired"}


def test_a_state_has_numbers_of_its_own() -> None:
    """Tag 86 of another state than Germany says nothing that is known here."""
    assert reading.kind(read(make_idb(SIGNER, head=idb_header(SIGNER, country="GBR")))) == "unknown"


@pytest.mark.parametrize(
    ("messages", "reason"),
    [
        ([feature(0x81, c40("A" * 69))], "feature-length"),
        ([feature(0x81, bytes(48))], "feature-coding"),
        ([feature(0x84, b"\x00\xff\xff\xff")], "feature-coding"),
        ([feature(0x01, b"\x01")], "feature-coding"),
        ([feature(0x01, feature(3, b"\x01"))], "feature-missing"),
        ([feature(0x02, feature(2, c40("A" * 69)))], "feature-length"),
    ],
)
def test_what_is_not_written_as_its_kind(messages: list[bytes], reason: str) -> None:
    found, stands = judge(make_idb(SIGNER, messages), SIGNER)
    assert (stands, found[Check.CONTENT]) == (
        DocumentStanding.REFUSED,
        CheckVerdict(Check.CONTENT, Outcome.FAILED, reason),
    )


def test_the_earlier_of_two_last_days_counts() -> None:
    own = feature(0x84, b"\x00" + maker.day(date(2026, 11, 25)))
    found, _ = judge(make_idb(SIGNER, [*maker.passport_messages(), own]), SIGNER)
    assert failed(found) == {Check.EXPIRY: "document-expired"}
    unknown = feature(0x84, b"\x0f" + bytes(3))
    assert judge(make_idb(SIGNER, [*maker.passport_messages(), unknown]), SIGNER)[1] is DocumentStanding.UNCHANGED


def test_everything_is_described() -> None:
    told: dict[str, Any] = reading.describe(read(make_idb(SIGNER)))
    assert (told["kind"], told["document"], told["issuer"], told["signed"]) == (
        "idb",
        "temporary-passport",
        "UTO",
        "2026-03-03",
    )
    assert told["fields"] == {"zone": "".join(maker.EMERGENCY), "document": "6"}
    assert reading.describe(read(make_idb(SIGNER, [feature(0x81, bytes(48))])))["fields"] == {"feature-81": "00" * 48}
