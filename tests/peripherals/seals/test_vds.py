"""Seals in binary: header, features and signature, whole, cut and hostile."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents.seals import profiles, reading, vds
from peripherals.documents.seals.vds import Vds
from peripherals.documents.verdicts import Check, DocumentStanding, Outcome
from peripherals.errors import SealError
from tests.peripherals.seals import maker
from tests.peripherals.seals import worked_examples as examples
from tests.peripherals.seals.judging import judge

SIGNATURE = maker.feature(0xFF, bytes(64))
ONE = maker.feature(0x01, b"A")
letters = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)
dates = st.dates(date(1, 1, 1), date(9999, 12, 31))
headers = st.fixed_dictionaries(
    {
        "version": st.integers(0, 3),
        "country": st.sampled_from(["D", "UTO", "GBR"]),
        "signer": st.tuples(letters, letters).map("".join),
        "issued": dates,
        "signed": dates,
        "kind": st.tuples(st.integers(0, 255), st.integers(0, 255)),
    }
)
values = st.dictionaries(st.integers(0, 254), st.binary(max_size=200), min_size=1, max_size=6)


def fault(data: bytes) -> str:
    with pytest.raises(SealError) as caught:
        reading.parse(data)
    return str(caught.value.placeholders["fault"])


@given(headers, st.text("0123456789ABCDEF", min_size=1, max_size=40), values, st.booleans())
def test_what_was_written_is_read(named: dict[str, Any], reference: str, features: dict[int, bytes], der: bool) -> None:
    if named["version"] < 3:
        reference = reference[:5].rjust(5, "0")
    data = maker.header(**named, reference=reference)
    data += b"".join(maker.feature(tag, value, der=der) for tag, value in features.items())
    try:
        seal = vds.parse(data + SIGNATURE)
    except SealError as error:
        # Two ways to read the lengths, both of which add up, are possible, and rare.
        assert error.placeholders == {"fault": "ambiguous"}  # noqa: PT017
        assert any(len(value) > 127 for value in features.values())
        return
    header = seal.header
    assert (header.version, header.country, header.signer) == (named["version"], named["country"], named["signer"])
    assert (header.reference, header.issued, header.signed) == (reference, named["issued"], named["signed"])
    assert (header.definition, header.category) == named["kind"]
    assert {tag: bytes(seal.feature(tag)) for tag in seal.tags} == features
    assert seal.signed == data
    assert seal.signature == bytes(64)


hexadecimal = st.text("0123456789ABCDEF", min_size=1, max_size=40)


@given(headers, hexadecimal.map(lambda text: text[:5].rjust(5, "0")))
def test_the_older_header_is_read_under_the_newer_version(named: dict[str, Any], reference: str) -> None:
    """Visas and Germany's arrival attestation: version byte 3, and five characters without a length."""
    data = maker.header(**named | {"version": 3}, reference=reference, length="") + ONE + SIGNATURE
    header = vds.parse(data).header
    # Three characters with their length are the same bytes.
    meant = (reference[2:], reference) if reference.startswith("03") else (reference, "")
    assert (header.version, header.signer, header.reference, header.or_reference) == (3, named["signer"], *meant)
    assert (header.issued, header.signed) == (named["issued"], named["signed"])


@given(headers, hexadecimal)
def test_one_signer_counts_in_decimals(named: dict[str, Any], reference: str) -> None:
    """DEZV of BSI TR-03171."""
    decimal = f"{len(reference):02d}"
    data = maker.header(**named | {"version": 3, "signer": "DEZV"}, reference=reference, length=decimal)
    header = vds.parse(data + ONE + SIGNATURE).header
    assert (header.signer, header.reference, header.signed) == ("DEZV", reference, named["signed"])
    # And as the standard says it.
    data = maker.header(**named | {"version": 3, "signer": "DEZV"}, reference=reference)
    assert vds.parse(data + ONE + SIGNATURE).header.reference == reference


def test_nobody_else_counts_in_decimals() -> None:
    data = maker.header(signer="DETS", reference="0123456789ABCDEF", length="16")
    assert fault(data + ONE + SIGNATURE) in {"reference", "length", "date", "c40", "truncated"}


@pytest.mark.parametrize(
    ("signer", "reference", "length"), [("UTTS", "0012F", ""), ("DEZV", "0123456789ABCDEF0123456789ABCDEF", "32")]
)
def test_a_seal_with_such_a_header_is_verified(signer: str, reference: str, length: str) -> None:
    state, name = signer[:2], signer[2:]
    made = maker.make_signer(country=state, name=name, serial=int(reference, 16))
    head = maker.header(signer=signer, reference=reference, length=length)
    found, stands = judge(maker.make_seal(made, head=head), made)
    assert found[Check.SIGNATURE].outcome is Outcome.PASSED
    assert stands is (DocumentStanding.UNCHANGED if state == "UT" else DocumentStanding.REFUSED)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_seal_or_refused(data: bytes) -> None:
    for each in (data, b"\xdc" + data, maker.header() + data, maker.header() + ONE + data):
        try:
            seal = reading.parse(each)
        except SealError:
            continue
        assert isinstance(seal, Vds)
        assert reading.describe(seal)["kind"] == "vds"


@given(st.data())
def test_a_real_seal_with_any_bytes_changed_is_a_seal_or_refused(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from([examples.VISA, examples.RESIDENCE_PERMIT])))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        seal = reading.parse(raw)
        reading.describe(seal)
        zone = reading.zone(seal)
    except SealError:
        return
    assert zone is None or zone.field("issuer") is not None


@given(st.integers(0, len(examples.VISA) - 1))
def test_a_seal_that_was_cut_is_refused(end: int) -> None:
    assert fault(examples.VISA[:end]) in {"magic", "truncated", "c40", "length"}


@given(st.binary(min_size=1, max_size=8))
def test_a_seal_with_something_behind_it_is_refused(rest: bytes) -> None:
    assert fault(examples.VISA + rest) == "length"


def test_what_is_no_seal(subtests: pytest.Subtests) -> None:
    cases: list[tuple[bytes, str]] = [
        (b"", "magic"),
        (b"\xdd" + examples.VISA[1:], "magic"),
        (b"\xdc\x04" + examples.VISA[2:], "version"),
        (b"\xdc\x03", "truncated"),
        (maker.header()[:17], "truncated"),
        (maker.header(reference="3X") + ONE + SIGNATURE, "reference"),
        (maker.header(version=2, reference="00 32") + ONE + SIGNATURE, "reference"),
        (maker.header() + SIGNATURE, "no-feature"),
        (maker.header() + ONE, "length"),
        (maker.header() + ONE + ONE + SIGNATURE, "length"),
        (maker.header() + ONE + SIGNATURE + ONE, "length"),
        (maker.header() + ONE + bytes([0x02, 0x80]) + SIGNATURE, "length"),
        (maker.header() + ONE + bytes([0x02]), "length"),
        (maker.header() + ONE + bytes([0x02, 0x81, 0x05]) + bytes(5) + SIGNATURE, "length"),
        (maker.header() + ONE + bytes([0x02, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]), "length"),
        (maker.header() + ONE * 2000, "too-long"),
    ]
    for data, wanted in cases:
        with subtests.test(data=data[:40], wanted=wanted):
            assert fault(data) == wanted


@pytest.mark.parametrize("number", [0, 13012020, 2302020, 2292021, 1010000, 0xFFFFFF])
def test_what_is_no_date(number: int) -> None:
    head = maker.header()
    data = head[:10] + number.to_bytes(3) + head[13:] + ONE + SIGNATURE
    assert fault(data) == "date"


@pytest.mark.parametrize("length", ["ZZ", "0G", "  "])
def test_what_is_no_length_of_a_reference(length: str) -> None:
    head = maker.header()
    assert fault(head[:4] + maker.c40("UTTS" + length + "32") + head[10:] + ONE + SIGNATURE) == "reference"


def test_a_reference_longer_than_the_seal() -> None:
    head = maker.header()
    assert fault(head[:4] + maker.c40("UTTSFF") + head[8:] + ONE + SIGNATURE) in {"truncated", "reference", "c40"}


def test_lengths_as_plain_bytes_and_as_in_der() -> None:
    long = bytes(range(200))
    for der in (False, True):
        data = maker.header() + maker.feature(0x01, long, der=der) + ONE.replace(b"\x01", b"\x02", 1) + SIGNATURE
        seal = vds.parse(data)
        assert bytes(seal.feature(0x01)) == long
        assert seal.tags == (0x01, 0x02)


def test_lengths_that_add_up_in_two_ways_are_refused() -> None:
    """As plain bytes one feature of 129 bytes, as in DER one of 194 bytes, and the same end."""
    inner = maker.feature(0xFF, bytes(2))
    for size in range(128, 250):
        # 81 is a plain length of 129, and in DER says that the length follows.
        body = bytes([0x01, 0x81, size]) + bytes(128)
        rest = size - 128
        data = maker.header() + body + bytes([0x02, rest - 2 if rest > 1 else 0]) + bytes(max(0, rest - 2)) + inner
        try:
            vds.parse(data)
        except SealError as error:
            if error.placeholders["fault"] == "ambiguous":
                return
    pytest.fail("no seal that could be read in two ways was made")


def test_it_does_not_show_its_content_unasked_and_can_be_wiped() -> None:
    seal = vds.parse(examples.RESIDENCE_PERMIT)
    assert "5cba" not in repr(seal).lower()
    assert "\\xba" not in repr(seal)
    seal.wipe()
    assert not any(seal.signed)
    assert not any(seal.feature(0x02))


def test_profiles_of_one_state_are_not_anothers() -> None:
    for country, known in (("D", True), ("UTO", True), ("GBR", False)):
        head = maker.header(country=country, kind=(0xFB, 0x06))
        assert (profiles.profile(vds.parse(head + ONE + SIGNATURE).header) is not None) == known
    head = maker.header(country="GBR", kind=(0x5D, 0x01))
    assert profiles.profile(vds.parse(head + ONE + SIGNATURE).header) is not None


@pytest.mark.parametrize(
    ("features", "wanted"),
    [
        (maker.permit_features()[:1], "feature-missing"),
        ([*maker.permit_features(), maker.feature(0x09, b"more")], None),
        ([maker.permit_features()[0], maker.feature(0x03, maker.c40("UFO"))], "feature-length"),
        ([maker.permit_features()[0], maker.feature(0x03, bytes(6))], "feature-coding"),
        ([maker.feature(0x02, maker.c40("A" * 71)), maker.permit_features()[1]], "feature-coding"),
    ],
)
def test_features_of_a_kind_of_document(features: list[bytes], wanted: str | None) -> None:
    seal = vds.parse(maker.header() + b"".join(features) + SIGNATURE)
    known = profiles.profile(seal.header)
    assert known is not None
    assert profiles.fault(seal, known) == wanted


def test_a_feature_that_is_not_known_is_shown_in_hexadecimal() -> None:
    seal = vds.parse(maker.header(kind=(0x77, 0x77)) + maker.feature(0x0A, b"\x01\x02") + SIGNATURE)
    described = reading.describe(seal)
    assert (described["document"], described["fields"]) == ("7777", {"feature-0a": "0102"})


def test_a_visa_of_type_a_has_its_lines_again() -> None:
    first = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    second = "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"
    features = [
        maker.feature(0x01, maker.c40(first + second[:28])),
        maker.feature(0x03, b"\x02"),
        maker.feature(0x04, bytes([0, 3, 1])),
        maker.feature(0x05, maker.c40("L898902C3")),
    ]
    seal = vds.parse(maker.header(kind=(0x5D, 0x01)) + b"".join(features) + SIGNATURE)
    fields = reading.describe(seal)["fields"]
    assert fields["zone"] == first + second[:28].ljust(44, "<")
    assert (fields["entries"], fields["duration_of_stay"], fields["passport_number"]) == ("2", "P1Y3M", "L898902C3")
    zone = reading.zone(seal)
    assert zone is not None
    assert zone.valid
    assert zone.format == "MRV-A"
