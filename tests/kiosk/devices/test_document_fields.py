"""What is taken out of a zone for a form: what it says for certain, once, and nothing of it stays."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.document_fields import DocumentFields, fields_of
from kiosk.devices.document_session import DocumentSession
from kiosk.journey.events import CallStaff, FieldsRead, ReadFields
from peripherals.documents.mrz import Mrz, parse
from peripherals.documents.specimens import SPECIMENS
from peripherals.errors import MrzError
from queue_server.domain.forms import ChipField
from queue_server.domain.values import HelpKind

TODAY = date(2026, 11, 28)
TD3 = SPECIMENS["td3"]


class Heard(list[object]):
    def post(self, event: object, /) -> None:
        self.append(event)

    def now(self) -> datetime:
        return datetime(2026, 11, 28, 12, tzinfo=UTC)


def zone(lines: tuple[str, ...]) -> Mrz:
    return parse("".join(lines))


def test_a_passport_says_all_but_its_optional_data() -> None:
    assert dict(fields_of(zone(TD3), TODAY)) == {
        ChipField.SURNAME: "ERIKSSON",
        ChipField.GIVEN_NAMES: "ANNA MARIA",
        ChipField.BIRTH_DATE: "1974-08-12",
        ChipField.DOCUMENT_EXPIRES: "2012-04-15",
        ChipField.NATIONALITY: "UTO",
        ChipField.SEX: "F",
        ChipField.DOCUMENT_NUMBER: "L898902C3",
    }


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("7408122F", "7408<<5F", {ChipField.BIRTH_DATE}),
        ("7408122F", "7408122<", {ChipField.SEX}),
        ("7408122F", "7408121F", {ChipField.BIRTH_DATE}),
        ("L898902C36", "L898902C37", {ChipField.DOCUMENT_NUMBER}),
        (
            "UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "UTOERIKSSON<<ANNA<MARIAMARIAMARIAMARIAMARI",
            {ChipField.SURNAME, ChipField.GIVEN_NAMES},
        ),
    ],
)
def test_what_is_not_certain_or_not_whole_is_left_out(old: str, new: str, lost: set[ChipField]) -> None:
    whole = dict(fields_of(zone(TD3), TODAY))
    found = dict(fields_of(zone(tuple(line.replace(old, new) for line in TD3)), TODAY))
    assert set(whole) - set(found) == lost
    assert all(whole[field] == value for field, value in found.items())


@given(st.lists(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<", min_size=44, max_size=44), min_size=2, max_size=2))
def test_whatever_a_zone_says_is_short_and_plain(lines: list[str]) -> None:
    try:
        read = zone(("P<" + lines[0][2:], lines[1]))
    except MrzError:
        return
    for field, value in fields_of(read, TODAY):
        assert value
        assert len(value) <= 44
        assert "<" not in value
        if field in {ChipField.BIRTH_DATE, ChipField.DOCUMENT_EXPIRES}:
            date.fromisoformat(value)


async def test_the_zone_is_taken_at_once_and_overwritten() -> None:
    papers, heard = DocumentSession(), Heard()
    fields = DocumentFields(papers, heard, heard)
    read = zone(TD3)
    laid = papers.hold(read)
    work = fields.work(ReadFields(1, 7, laid))
    assert read.wiped, "before anybody waits for anything"
    assert work is not None
    await work
    (told,) = heard
    assert isinstance(told, FieldsRead)
    assert (told.look, dict(told.values)[ChipField.SURNAME]) == (7, "ERIKSSON")
    assert "ERIKSSON" not in repr(told)
    again = fields.work(ReadFields(1, 8, laid))
    assert again is not None
    await again
    assert heard[1] == FieldsRead(1, 8)
    assert fields.work(CallStaff(1, 1, HelpKind.HELP)) is None
