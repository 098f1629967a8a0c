"""EF.COM, DG1, DG11, DG12: what is in them, and what is no such file."""

from datetime import date

import pytest

from peripherals.documents import ber
from peripherals.documents.lds import com, details, dg1
from peripherals.documents.lds.details import DetailTag
from peripherals.documents.lds.files import TAGS, body, group_name, group_number, group_of_tag
from peripherals.documents.passport import lds as make
from peripherals.documents.specimens import SPECIMENS
from peripherals.errors import ChipDataError

TD3 = "".join(SPECIMENS["td3"])


def fault(error: pytest.ExceptionInfo[ChipDataError]) -> tuple[str, str]:
    return str(error.value.placeholders["file"]), str(error.value.placeholders["fault"])


def test_groups_have_names_numbers_and_tags() -> None:
    for number, tag in TAGS.items():
        assert (group_number(group_name(number)), group_of_tag(tag)) == (number, number)
    assert (group_number("EF.COM"), group_number("DG17"), group_of_tag(0x60)) == (None, None, None)
    # The tables of reader and simulator were written apart.
    assert {number: TAGS[number] for number in make.TAGS} == make.TAGS


def test_a_body_is_a_view_of_its_file() -> None:
    file = bytearray(ber.encode(0x6F, b"key"))
    view = body(file, 15)
    assert bytes(view) == b"key"
    file[:] = bytes(len(file))
    assert bytes(view) == bytes(3)


@pytest.mark.parametrize("data", [b"", b"\x6f", b"\x6f\x02\x00", b"\x6e\x00", b"\x6f\x00\x00"])
def test_another_file_has_no_body(data: bytes) -> None:
    with pytest.raises(ChipDataError) as caught:
        body(data, 15)
    assert fault(caught)[0] == "DG15"


# --- EF.COM --------------------------------------------------------------------------------------------------------


def test_ef_com() -> None:
    found = com.read(make.com([1, 2, 3, 15], make.Versions("0108")))
    assert found == com.CommonData("0108", "040000", frozenset({1, 2, 3, 15}))


def test_the_worked_example_of_the_standard() -> None:
    # 9303-10, 4.6.1.1: LDS 1.7, Unicode 4.0.0, DG1, DG2, DG4, DG12.
    found = com.read(bytes.fromhex("60165F0104303130375F36063034303030305C0461757 66C".replace(" ", "")))
    assert found == com.CommonData("0107", "040000", frozenset({1, 2, 4, 12}))


def test_tags_that_no_standard_knows_are_kept_apart() -> None:
    found = com.read(make.com([1, 2], make.Versions("0107"), b"\x71\x7f"))
    assert found == com.CommonData("0107", "040000", frozenset({1, 2}), frozenset({0x71, 0x7F}))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("60165F0104303130415F36063034303030305C046175766C", "version"),
        ("600F5F36063034303030305C046175766C", "tlv-missing"),
        ("61165F0104303130375F36063034303030305C046175766C", "tlv-tag"),
        ("60175F0104303130375F36063034303030305C046175766C", "tlv-cut"),
    ],
)
def test_what_is_no_ef_com(text: str, reason: str) -> None:
    with pytest.raises(ChipDataError) as caught:
        com.read(bytes.fromhex(text))
    assert fault(caught) == ("EF.COM", reason)


# --- DG1 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["td1", "td2", "td3"])
def test_dg1_holds_a_zone(name: str) -> None:
    zone = dg1.read(make.dg1("".join(SPECIMENS[name])))
    assert zone.valid
    assert (zone.field("issuer"), zone.field("surname")) == ("UTO", "ERIKSSON")
    zone.wipe()


@pytest.mark.parametrize("zone", ["", TD3[:-1], TD3 + "<", TD3.lower()])
def test_dg1_without_a_zone(zone: str) -> None:
    with pytest.raises(ChipDataError) as caught:
        dg1.read(make.dg1(zone))
    assert fault(caught) == ("DG1", "zone")
    assert "ERIKSSON" not in str(caught.value)


# --- DG11, DG12 ----------------------------------------------------------------------------------------------------


def test_dg11() -> None:
    found = details.read(make.dg11("SMITH<<JOHN<PAUL", date(1974, 8, 12), "UTOPIA CITY<UTO"), 11)
    assert found.name() == "SMITH JOHN PAUL"
    assert found.day(DetailTag.DATE_OF_BIRTH) == date(1974, 8, 12)
    assert found.text(DetailTag.PLACE_OF_BIRTH) == "UTOPIA CITY\nUTO"
    assert (found.text(DetailTag.PROFESSION), found.raw(DetailTag.TITLE), found.day(DetailTag.DATE_OF_ISSUE)) == (
        None,
        None,
        None,
    )
    assert "SMITH" not in repr(found)


def test_dg12() -> None:
    found = details.read(make.dg12("UTOPIA PASSPORT OFFICE", date(2026, 1, 2)), 12)
    assert found.text(DetailTag.AUTHORITY) == "UTOPIA PASSPORT OFFICE"
    assert found.day(DetailTag.DATE_OF_ISSUE) == date(2026, 1, 2)
    assert found.tags == {DetailTag.AUTHORITY, DetailTag.DATE_OF_ISSUE}


def test_names_of_any_script_and_other_names() -> None:
    names = ber.encode(0xA0, b"\x02\x01\x02", ber.encode(0x5F0F, b"BROWN<<JO"), ber.encode(0x5F0F, b"SMITH"))
    found = details.read(ber.encode(0x6B, ber.encode(0x5F0E, "見本<<花子".encode()), names), 11)
    assert found.name() == "見本 花子"
    assert found.other_names() == ("BROWN\nJO", "SMITH")


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        (bytes.fromhex("19740812"), date(1974, 8, 12)),
        (b"19740812", date(1974, 8, 12)),
        (b"19740800", None),
        (b"1974", None),
        (b"", None),
        ("\uff11\uff19\uff17\uff14\uff10\uff18\uff11\uff12".encode(), None),
        (bytes.fromhex("1974AB12"), None),
    ],
)
def test_dates_in_both_forms_and_unknown(raw: bytes, day: date | None) -> None:
    found = details.read(ber.encode(0x6B, ber.encode(0x5F2B, raw)), 11)
    assert found.day(DetailTag.DATE_OF_BIRTH) == day


def test_a_field_stands_once() -> None:
    twice = ber.encode(0x6B, ber.encode(0x5F0E, b"A"), ber.encode(0x5F0E, b"B"))
    with pytest.raises(ChipDataError) as caught:
        details.read(twice, 11)
    assert fault(caught) == ("DG11", "tlv-twice")


def test_text_that_is_not_utf_8_is_shown_as_far_as_it_goes() -> None:
    found = details.read(ber.encode(0x6B, ber.encode(0x5F11, b"K\xf6ln")), 11)
    assert found.text(DetailTag.PLACE_OF_BIRTH) == "K\ufffdln"
