"""What chips say that they can do, and their public keys in every form in which documents write them."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents import ber, modp
from peripherals.documents.curves import CURVES, STANDARDISED, EcDomain
from peripherals.documents.emrtd import public_keys, security_infos
from peripherals.documents.emrtd.access_key import Can
from peripherals.documents.emrtd.apdu import CommandApdu
from peripherals.documents.emrtd.channel import PlainChannel
from peripherals.documents.emrtd.chip_authentication import ways
from peripherals.documents.emrtd.pace import choose, open_pace
from peripherals.documents.emrtd.public_keys import ChipEcKey, ChipRsaKey, DhKey
from peripherals.documents.emrtd.security_infos import Agreement, PaceMapping, SecurityInfos
from peripherals.documents.emrtd.suites import CipherSuite
from peripherals.errors import ChipAccessError, ChipDataError

PACE, CA, KEY = "04007F00070202 04", "04007F00070202 03", "04007F00070202 01"


def number(value: int) -> bytes:
    return ber.encode(0x02, value.to_bytes(value.bit_length() // 8 + 1))


def oid(text: str) -> bytes:
    return ber.encode(0x06, bytes.fromhex(text))


def info(protocol: str, *parts: bytes) -> bytes:
    return ber.encode(0x30, oid(protocol), *parts)


def infos(*parts: bytes) -> SecurityInfos:
    return security_infos.parse(ber.encode(0x31, *parts))


def pace(arcs: str, parameter: int | None = 13, version: int = 2) -> bytes:
    return info(PACE + arcs, number(version), *(() if parameter is None else (number(parameter),)))


def explicit(domain: EcDomain, order: int | None = None) -> bytes:
    """ECParameters of RFC 3279."""
    field = ber.encode(0x30, oid("2A8648CE3D0101"), number(domain.p))
    curve = ber.encode(0x30, *(ber.encode(0x04, each.to_bytes(domain.size)) for each in (domain.a, domain.b)))
    base = ber.encode(0x04, domain.encode(domain.generator))
    return ber.encode(0x30, number(1), field, curve, base, number(order or domain.order), number(1))


def key_info(algorithm: bytes, key: bytes) -> bytes:
    return ber.encode(0x30, ber.encode(0x30, algorithm), ber.encode(0x03, b"\0", key))


EC = oid("2A8648CE3D0201")


def test_the_best_of_what_is_offered_is_chosen() -> None:
    offered = infos(
        pace("0404", 16), pace("0201", 13), pace("0202", 13), pace("0602", 13), pace("0102", 2), pace("0604", 16)
    )
    choice = choose(offered)
    assert (choice.info.mapping, choice.info.suite) == (PaceMapping.CHIP_AUTHENTICATION, CipherSuite.AES256)
    assert choice.domain is STANDARDISED[16]
    assert choice.named


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (("0402", "0202"), "0202"),
        (("0302", "0402"), "0402"),
        (("0102", "0402"), "0102"),
        (("0201", "0202", "0203"), "0203"),
        (("0201",), "0201"),
    ],
)
def test_generic_mapping_before_integrated_then_curves_then_longer_keys(offered: tuple[str, ...], chosen: str) -> None:
    entries = [pace(arcs, 0 if arcs[:2] in {"01", "03"} else 13) for arcs in offered]
    assert choose(infos(*entries)).info.oid.hex()[-4:] == chosen


@pytest.mark.parametrize(
    "entry",
    [
        pace("0202", 3),
        pace("0202", 300),
        pace("0202", 0),
        pace("0102", 13),
        pace("0202", None),
        pace("0202", 13, version=1),
        # There is no integrated mapping onto secp224r1, and none with chip authentication without a curve or AES.
        pace("0402", 10),
        pace("0601", 13),
        pace("0502", 13),
        pace("0209", 13),
    ],
)
def test_pace_that_cannot_be_done_here_is_no_reason_for_less(entry: bytes) -> None:
    offered = infos(entry)
    assert offered.offers_pace
    with pytest.raises(ChipAccessError) as refused:
        choose(offered)
    assert refused.value.placeholders == {"protocol": "pace", "step": "parameters"}
    # A way that can be done, beside it, is taken.
    assert choose(infos(entry, pace("0401", 13))).info.mapping is PaceMapping.INTEGRATED


def test_parameters_that_the_chip_brings_are_found_by_their_id() -> None:
    own = info(PACE + "02", ber.encode(0x30, EC, explicit(CURVES["brainpoolP320r1"])), number(40))
    choice = choose(infos(pace("0202", 40), own))
    assert choice.domain is CURVES["brainpoolP320r1"]
    assert not choice.named
    altered = info(PACE + "02", ber.encode(0x30, EC, explicit(CURVES["brainpoolP320r1"], order=7)), number(40))
    with pytest.raises(ChipAccessError):
        choose(infos(pace("0202", 40), altered))


def test_what_is_not_known_is_passed_over() -> None:
    terminal = info("04007F000702020202", number(1))
    silent = info("6781080101 05", number(1))
    assert infos(silent) == SecurityInfos()
    identification = info("04007F000702020502 03", ber.encode(0x30))
    assert infos(terminal, identification) == SecurityInfos()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x30\x00",
        ber.encode(0x31, pace("0202"))[:-1],
        ber.encode(0x31, b"\x30\x05\x06"),
    ],
)
def test_what_is_no_set_of_security_infos_is_refused(raw: bytes) -> None:
    with pytest.raises(ChipDataError):
        security_infos.parse(raw)


@pytest.mark.parametrize(
    "entry",
    [
        number(1),
        ber.encode(0x30),
        info(PACE + "0202"),
        info(PACE + "0202", ber.encode(0x04)),
        info(PACE + "0202", ber.encode(0x02, b"\xff")),
        info("", number(1)),
        info("80", number(1)),
        pace("0202", 1 << 32),
    ],
)
def test_an_entry_that_cannot_be_understood_is_left_out(entry: bytes) -> None:
    alone, beside = infos(entry), infos(entry, pace("0202", 13))
    assert (alone.pace, alone.left_out) == ((), 1)
    assert (beside.pace, beside.left_out) == (infos(pace("0202", 13)).pace, 1)


@given(st.binary(max_size=120))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for wrapped in (raw, ber.encode(0x31, raw), ber.encode(0x31, info(PACE + "02", ber.encode(0x30, raw)))):
        try:
            security_infos.parse(wrapped)
        except ChipDataError:
            continue


@given(st.binary(max_size=120))
def test_any_bytes_are_a_key_or_refused(raw: bytes) -> None:
    algorithms = (EC + raw, EC + explicit(CURVES["secp256r1"]), oid("2A864886F70D010101"), oid("2A864886F70D010301"))
    for candidate in (raw, *(key_info(algorithm, raw) for algorithm in algorithms)):
        try:
            public_keys.public_key(candidate)
        except ChipDataError:
            continue


@pytest.mark.parametrize("name", sorted(CURVES))
def test_a_key_on_a_curve_by_name_and_by_value(name: str) -> None:
    domain = CURVES[name]
    point = domain.multiply(7)
    raw = domain.encode(point)
    encoded = ber.encode(0x06, _arcs(domain.oid))
    for algorithm in (EC + encoded, EC + explicit(domain)):
        assert public_keys.public_key(key_info(algorithm, raw)) == ChipEcKey(domain, point)


@pytest.mark.parametrize("at", sorted(STANDARDISED))
def test_a_key_with_standardised_parameters(at: int) -> None:
    domain = STANDARDISED[at]
    algorithm = oid("04007F0007010202"[:-2]) + number(at)
    if isinstance(domain, EcDomain):
        point = domain.multiply(9)
        assert public_keys.public_key(key_info(algorithm, domain.encode(point))) == ChipEcKey(domain, point)
    else:
        element = domain.multiply(9)
        for raw in (number(element), element.to_bytes(domain.size)):
            assert public_keys.public_key(key_info(algorithm, raw)) == DhKey(domain, element)


def test_keys_as_another_library_writes_them() -> None:
    form = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    private = rsa.generate_private_key(65537, 2048)
    read = public_keys.public_key(private.public_key().public_bytes(*form))
    assert read == ChipRsaKey(private.public_key().public_numbers().n, 65537)
    curve = ec.generate_private_key(ec.SECP384R1()).public_key()
    numbers = curve.public_numbers()
    read = public_keys.public_key(curve.public_bytes(*form))
    assert isinstance(read, ChipEcKey)
    assert (read.domain.name, read.point.x, read.point.y) == ("secp384r1", numbers.x, numbers.y)


@pytest.mark.parametrize(("protocol", "order"), [("2A864886F70D010301", False), ("2A8648CE3E0201", True)])
def test_a_key_of_a_finite_field_that_the_document_brings(protocol: str, order: bool) -> None:
    known = modp.MODP[0]
    assert known.q is not None
    parts = (number(known.p), number(known.g), *((number(known.q),) if order else ()))
    element = known.multiply(11)
    algorithm = oid(protocol) + ber.encode(0x30, *parts)
    assert public_keys.public_key(key_info(algorithm, number(element))) == DhKey(known, element)
    for bad in (1, known.p - 1, known.p):
        with pytest.raises(ChipDataError):
            public_keys.public_key(key_info(algorithm, number(bad)))


@pytest.mark.parametrize(
    ("modulus", "exponent"),
    [((1 << 1000) + 1, 65537), ((1 << 9000) + 1, 3), (1 << 1500, 3), ((1 << 1500) + 1, 1), ((1 << 1500) + 1, 4)],
)
def test_an_rsa_key_out_of_bounds_is_refused(modulus: int, exponent: int) -> None:
    with pytest.raises(ChipDataError):
        public_keys.public_key(key_info(oid("2A864886F70D010101"), ber.encode(0x30, number(modulus), number(exponent))))


def chip_key(at: int = 13, key_id: int | None = None) -> bytes:
    domain = STANDARDISED[at]
    assert isinstance(domain, EcDomain)
    spki = key_info(EC + explicit(domain), domain.encode(domain.multiply(3)))
    return info(KEY + "02", spki, *(() if key_id is None else (number(key_id),)))


def test_a_key_without_a_word_on_its_use_is_used_as_in_the_first_edition() -> None:
    found = ways(infos(chip_key()))
    assert [way.suite for way in found] == [
        CipherSuite.DES3,
        CipherSuite.AES128,
        CipherSuite.AES192,
        CipherSuite.AES256,
    ]
    assert [way.oid.hex()[-6:] for way in found] == ["030201", "030202", "030203", "030204"]
    assert not any(way.said for way in found)


def test_the_longest_key_that_is_announced_comes_first() -> None:
    found = ways(infos(info(CA + "0201", number(1)), info(CA + "0204", number(1)), chip_key()))
    assert [(way.suite, way.said) for way in found] == [(CipherSuite.AES256, True), (CipherSuite.DES3, True)]


def test_several_keys_are_told_apart_by_their_ids() -> None:
    announced = info(CA + "0202", number(1), number(5))
    found = ways(infos(announced, chip_key(13, 4), chip_key(14, 5)))
    assert (found[0].said, found[0].key_id, found[0].key.domain.name) == (True, 5, "brainpoolP320r1")
    assert {way.key_id for way in found if not way.said} == {4}


def test_a_key_that_is_not_taken_hides_no_other() -> None:
    bad = info(KEY + "02", key_info(EC + explicit(CURVES["secp256r1"], order=5), bytes(65)))
    found = infos(bad, chip_key())
    assert [entry.key is None for entry in found.chip_keys] == [True, False]
    assert len(ways(found)) == 4
    assert ways(infos(bad)) == ()


def test_the_keys_of_one_file_are_bounded() -> None:
    assert len(infos(*[chip_key()] * 8).chip_keys) == 8
    with pytest.raises(ChipDataError) as refused:
        infos(*[chip_key()] * 9)
    assert refused.value.placeholders["fault"] == "security-infos-too-many"


@pytest.mark.parametrize("at", [0, 13, 300, (1 << 32) - 1])
def test_an_id_of_any_size_is_named_to_the_chip(at: int) -> None:
    own = info(PACE + "02", ber.encode(0x30, EC, explicit(CURVES["secp256r1"])), number(at))
    choice = choose(infos(pace("0204", at), own, pace("0201", 12)))
    assert choice.named
    sent: list[bytes] = []

    def transmit(command: bytes) -> bytes:
        sent.append(command)
        return b"\x6a\x80"

    with pytest.raises(ChipAccessError):
        open_pace(PlainChannel(transmit), Can.of("123456"), choice)
    data = ber.parse(CommandApdu.decode(sent[0]).data)
    assert int.from_bytes(ber.need(data, 0x84)) == at


def test_a_finite_field_is_not_a_curve() -> None:
    crossed = info(
        KEY + "01",
        key_info(EC + explicit(CURVES["secp256r1"]), CURVES["secp256r1"].encode(CURVES["secp256r1"].generator)),
    )
    assert [entry.agreement for entry in infos(crossed).chip_keys] == [Agreement.DH]
    assert ways(infos(crossed)) == ()


def _arcs(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    encoded = bytearray()
    for arc in (40 * first + second, *rest):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(arc & 0x7F | 0x80)
        encoded += bytes(reversed(groups))
    return bytes(encoded)


@pytest.mark.parametrize(
    "dotted", ["0.4.0.127.0.7.2.2.4.2.2", "1.2.840.10045.2.1", "2.23.136.1.1.5", "2.999.1", "1.3.36.3.3.2.8.1.1.13"]
)
def test_object_identifiers(dotted: str) -> None:
    assert public_keys.oid_text(_arcs(dotted)) == dotted


@pytest.mark.parametrize("raw", [b"", b"\x80", b"\x2a\x86", bytes(33)])
def test_what_is_no_object_identifier(raw: bytes) -> None:
    with pytest.raises(ChipDataError):
        public_keys.oid_text(raw)
