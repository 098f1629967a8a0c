"""What opens a chip, from zones of every size and from numbers on cards."""

import pytest

from peripherals.documents.emrtd.access_key import Can, MrzKey
from peripherals.documents.mrz import parse
from peripherals.documents.specimens import SPECIMENS
from peripherals.errors import ChipAccessError


@pytest.mark.parametrize(
    ("size", "information"),
    [
        ("td1", b"D23145890774081221204159"),
        ("td2", b"D23145890774081221204159"),
        ("td3", b"L898902C3674081221204159"),
    ],
)
def test_the_key_of_a_zone(size: str, information: bytes) -> None:
    assert MrzKey.from_mrz(parse("".join(SPECIMENS[size]))).information == information


@pytest.mark.parametrize(
    ("number", "information"),
    [
        # Nine characters, a filler in place of the check digit, the rest and its check digit in the optional data.
        ("D23145890<7350", b"D23145890735034071279507122"),
        # The other convention takes the filler into the computation: the printed digit is what the chip has.
        ("D23145890<7356", b"D23145890735634071279507122"),
    ],
)
def test_a_long_number_keeps_the_check_digit_that_is_printed(number: str, information: bytes) -> None:
    lines = ("I<UTO" + number.ljust(25, "<"), "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<<<<<<<<<<<<<<")
    zone = parse("".join(lines))
    assert zone.field("document_number") == "D23145890735"
    assert MrzKey.from_mrz(zone).information == information


def test_a_short_number_is_filled_up() -> None:
    assert MrzKey.of("AB12", "690806", "940623").information == b"AB12<<<<<869080619406236"
    assert MrzKey.of("AB12<<<<<", "690806", "940623").information == MrzKey.of("AB12", "690806", "940623").information


@pytest.mark.parametrize(
    ("number", "birth", "expiry"),
    [
        ("l898902c", "690806", "940623"),
        ("L898902C", "69080", "940623"),
        ("L898902C", "690806", "9406231"),
        ("L" * 24, "690806", "940623"),
        ("Ł898902C", "690806", "940623"),
        ("L898 02C", "690806", "940623"),
    ],
)
def test_what_no_zone_has_makes_no_key(number: str, birth: str, expiry: str) -> None:
    with pytest.raises(ChipAccessError) as refused:
        MrzKey.of(number, birth, expiry)
    assert refused.value.placeholders == {"protocol": "key", "step": "zone"}


def test_a_french_card_of_old_has_no_date_of_expiry_and_no_key() -> None:
    zone = parse("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<8806923102858CORINNE<<<<<<<6512068F6")
    with pytest.raises(ChipAccessError):
        MrzKey.from_mrz(zone)


@pytest.mark.parametrize("number", ["12345", "1234567", "12345A", "", "١٢٣٤٥٦"])
def test_what_is_no_card_access_number_makes_no_key(number: str) -> None:
    with pytest.raises(ChipAccessError) as refused:
        Can.of(number)
    assert refused.value.placeholders == {"protocol": "key", "step": "can"}


def test_keys_say_nothing_of_themselves_and_are_wiped() -> None:
    for key in (MrzKey.of("L898902C", "690806", "940623"), Can.of("123456")):
        assert "898902" not in repr(key)
        assert "123456" not in repr(key)
        key.wipe()
    wiped = MrzKey.of("L898902C", "690806", "940623")
    wiped.wipe()
    assert not any(wiped.information)
    number = Can.of("123456")
    number.wipe()
    assert not any(number.secret)
