"""The parser of machine-readable zones against the specimens of ICAO and a generator of its own."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents.mrz import LENGTHS, Mrz, MrzFormat, ZoneVerdict, check_digit, digits, parse, parser
from peripherals.documents.specimens import SPECIMENS
from peripherals.errors import MrzError

ALPHABET = "<ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FRENCH = "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<\n8806923102858CORINNE<<<<<<<6512068F6"


def digit(text: str) -> str:
    """Compute a check digit in another way than the parser: by a table of the characters."""
    values = {char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
    return str(sum(values[char] * (7, 3, 1)[at % 3] for at, char in enumerate(text)) % 10)


@dataclass(frozen=True)
class Person:
    """A made-up document."""

    code: str
    issuer: str
    number: str
    surname: str
    given: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    optional: str

    def names(self, width: int) -> str:
        joined = f"{self.surname.replace(' ', '<')}<<{self.given.replace(' ', '<')}" if self.given else self.surname
        return joined.replace(" ", "<").ljust(width, "<")[:width]


def td1(person: Person, convention: str = "") -> str:
    number, rest = person.number[:9].ljust(9, "<"), person.number[9:]
    if rest:
        first = number + "<" + rest + digit(number + convention + rest)
        first = first.ljust(25, "<")
    else:
        first = number + digit(number) + person.optional.ljust(15, "<")
    second = person.birth + digit(person.birth) + person.sex + person.expiry + digit(person.expiry)
    second += person.nationality.ljust(3, "<") + "<" * 11
    composite = digit(first + second[:7] + second[8:15] + second[18:29])
    return person.code + person.issuer.ljust(3, "<") + first + second + composite + person.names(30)


def two_lines(person: Person, width: int, convention: str = "") -> str:
    first = person.code + person.issuer.ljust(3, "<") + person.names(width - 5)
    number, rest = person.number[:9].ljust(9, "<"), person.number[9:]
    visa, passport = person.code[0] == "V", width == 44
    head = number + ("<" if rest else digit(number)) + person.nationality.ljust(3, "<")
    head += person.birth + digit(person.birth) + person.sex + person.expiry + digit(person.expiry)
    room = width - len(head) - (0 if visa else 1 + passport)
    tail = rest + digit(number + convention + rest) if rest else person.optional[:room]
    second = head + tail.ljust(room, "<")
    if visa:
        return first + second
    if passport:
        second += digit(second[28:])
    return first + second + digit(second[:10] + second[13:20] + second[21:])


names = st.lists(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=6), min_size=1, max_size=2).map(" ".join)
dates = st.one_of(
    st.dates().map(lambda date: date.strftime("%y%m%d")),
    st.just("<<<<<<"),
    st.integers(0, 99).map(lambda year: f"{year:02}<<<<"),
    st.integers(0, 99).map(lambda year: f"{year:02}XXXX"),
)
issuers = ["UTO", "D", "XXK", "RKS", "EUE", "UNO", "UNA", "XOM", "GBD", "GBS"]
nationalities = [*issuers, "XXA", "XXB", "XXC", "XXX"]
people = st.builds(
    Person,
    code=st.sampled_from(["P<", "PD", "I<", "ID", "A<", "C<"]),
    issuer=st.sampled_from(issuers),
    number=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=9),
    surname=names,
    given=st.one_of(st.just(""), names),
    nationality=st.sampled_from(nationalities),
    birth=dates,
    sex=st.sampled_from("MFX<"),
    expiry=dates,
    optional=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", max_size=7),
)
MAKERS: dict[MrzFormat, Callable[[Person], str]] = {
    MrzFormat.TD1: td1,
    MrzFormat.TD2: lambda person: two_lines(person, 36),
    MrzFormat.TD3: lambda person: two_lines(person, 44),
    MrzFormat.MRV_A: lambda person: two_lines(_visa(person), 44),
    MrzFormat.MRV_B: lambda person: two_lines(_visa(person), 36),
}


def _visa(person: Person) -> Person:
    return Person(**{**vars(person), "code": "V<"})


@given(st.sampled_from(list(MAKERS)), people)
def test_what_was_written_is_read(form: MrzFormat, person: Person) -> None:
    zone = parse(MAKERS[form](person))
    assert zone.format is form
    assert zone.valid, zone.checks
    assert zone.corrected == ()
    assert zone.field("document_number") == person.number
    assert zone.field("issuer") == person.issuer
    assert zone.field("nationality") == person.nationality
    assert zone.field("surname") == person.surname
    assert zone.field("given_names") == person.given
    assert zone.initial == (person.given or person.surname)[0]
    assert zone.field("birth_date") == person.birth
    assert zone.field("expiry_date") == person.expiry
    assert zone.field("sex") == person.sex
    assert zone.field("optional_data") == person.optional
    assert not zone.names_may_be_cut


@given(
    people,
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=10, max_size=15),
    st.sampled_from(["", "<"]),
)
def test_long_numbers_in_both_conventions(person: Person, number: str, convention: str) -> None:
    long = Person(**{**vars(person), "number": number})
    short = Person(**{**vars(person), "number": number[:14]})
    for zone, expected in (
        (parse(td1(long, convention)), number),
        (parse(two_lines(short, 36, convention)), number[:14]),
    ):
        assert zone.valid, zone.checks
        assert zone.field("document_number") == expected
        assert zone.field("optional_data") == ""


@given(st.sampled_from(list(MAKERS)), people, st.data())
def test_one_wrong_digit_is_found(form: MrzFormat, person: Person, data: st.DataObject) -> None:
    text = MAKERS[form](person)
    number = {90: 5, 72: 36, 88: 44}[len(text)]
    at = data.draw(st.integers(number, number + 9).filter(lambda at: text[at].isdigit()))
    wrong = data.draw(st.sampled_from([char for char in "0123456789" if char != text[at]]))
    zone = parse(text[:at] + wrong + text[at + 1 :])
    assert not zone.valid
    assert zone.checks["document_number"] is ZoneVerdict.FAILED


@given(st.sampled_from(list(MAKERS)), people, st.data())
def test_a_misread_date_is_mended_and_said(form: MrzFormat, person: Person, data: st.DataObject) -> None:
    text = MAKERS[form](person)
    start = {90: 30, 72: 49, 88: 57}[len(text)]
    confused = dict(zip("01258", "OIZSB", strict=True))
    places = [at for at in range(start, start + 7) if text[at] in confused]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    zone = parse(text[:at] + confused[text[at]] + text[at + 1 :])
    assert zone.valid, zone.checks
    assert zone.corrected == ("birth_date_check" if at == start + 6 else "birth_date",)
    assert zone.field("birth_date") == person.birth


def test_nothing_is_mended_where_letters_may_stand() -> None:
    first, second = SPECIMENS["td3"]
    zone = parse(first + second.replace("L898902C3", "L8989O2C3"))
    assert zone.checks["document_number"] is ZoneVerdict.FAILED
    assert zone.corrected == ()


def test_nothing_is_mended_that_the_check_digit_does_not_prove() -> None:
    first, second = SPECIMENS["td3"]
    zone = parse(first + second.replace("740812", "74O813"))
    assert zone.checks["birth_date"] is ZoneVerdict.FAILED
    assert zone.corrected == ()
    assert zone.field("birth_date") == "74O813"


@given(st.text(ALPHABET + "0123456789", max_size=100) | st.text(max_size=100))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        zone = parse(text)
    except MrzError:
        return
    else:
        assert zone.to_dict()["format"] == zone.format.value


@given(st.sampled_from(sorted(LENGTHS)).flatmap(lambda n: st.text(ALPHABET + "0123456789", min_size=n, max_size=n)))
def test_any_characters_of_the_right_length_give_verdicts(text: str) -> None:
    if text[0] in "<0123456789":
        with pytest.raises(MrzError):
            parse(text)
        return
    zone = parse(text)
    assert zone.valid == (ZoneVerdict.FAILED not in zone.checks.values())
    assert set(zone.field_names) >= {"issuer", "surname", "document_number"}


@pytest.mark.parametrize("name", SPECIMENS)
def test_specimens(name: str) -> None:
    zone = parse("\n".join(SPECIMENS[name]))
    assert zone.valid, zone.checks
    assert zone.format.value == name.upper()
    assert (zone.field("surname"), zone.field("given_names")) == ("ERIKSSON", "ANNA MARIA")
    assert zone.field("issuer") == "UTO"


def test_french_card_of_1995() -> None:
    zone = parse(FRENCH)
    assert zone.format is MrzFormat.FRENCH_ID
    assert zone.valid, zone.checks
    assert zone.field("document_number") == "880692310285"
    assert (zone.field("surname"), zone.field("given_names")) == ("BERTHIER", "CORINNE")


@given(st.integers(0, 71), st.sampled_from("0123456789"))
def test_the_last_digit_of_the_french_card_covers_all_of_it(at: int, char: str) -> None:
    text = FRENCH.replace("\n", "")
    if not text[at].isdigit() or text[at] == char:
        return
    assert not parse(text[:at] + char + text[at + 1 :]).valid


@pytest.mark.parametrize("check", ["<", "0"])
def test_an_empty_personal_number_has_either_check_digit(check: str) -> None:
    first, second = SPECIMENS["td3"]
    second = second[:28] + "<" * 14 + check
    zone = parse(first + second + digit(second[:10] + second[13:20] + second[21:]))
    assert zone.valid, zone.checks
    assert zone.checks["optional_data"] is (ZoneVerdict.ABSENT if check == "<" else ZoneVerdict.PASSED)


@pytest.mark.parametrize("date", ["741312", "740832", "7408AB", "00<<1<"])
def test_what_cannot_be_a_date_is_no_date(date: str) -> None:
    first, second = SPECIMENS["td3"]
    zone = parse(first + second.replace("7408122", date + digit(date)))
    assert zone.checks["birth_date"] is ZoneVerdict.FAILED


def test_an_issuer_with_a_digit_is_no_issuer() -> None:
    first, second = SPECIMENS["td3"]
    assert parse(first.replace("UTO", "UT0") + second).checks["issuer"] is ZoneVerdict.FAILED


def test_a_name_that_fills_its_field_may_be_cut() -> None:
    first, second = SPECIMENS["td3"]
    assert parse(first[:5] + "A" * 39 + second).names_may_be_cut


def test_wiping_takes_everything() -> None:
    raw = bytearray("".join(SPECIMENS["td1"]).encode())
    zone = parse(raw)
    zone.wipe()
    assert zone.wiped
    assert not any(raw)
    assert "ERIKSSON" not in zone.field("surname")


@pytest.mark.parametrize("date", ["740812", "74O8I2", "741312", "00<<1<"])
def test_no_copy_of_a_date_is_left(date: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither of one that was corrected, nor of one that is none: whoever looks at a copy here holds on to it."""
    copies: list[bytearray] = []

    def is_date(copy: bytearray, *, least: int = 1) -> bool:
        copies.append(copy)
        return digits.is_date(copy, least=least)

    monkeypatch.setattr(parser, "is_date", is_date)
    first, second = SPECIMENS["td3"]
    parse(bytearray((first + second.replace("7408122", date + digit("740812"))).encode()))
    assert len(copies) >= 4
    assert not any(any(copy) for copy in copies)


def test_it_does_not_show_its_content_unasked() -> None:
    zone = parse("".join(SPECIMENS["td3"]))
    assert isinstance(zone, Mrz)
    assert "ERIKSSON" not in repr(zone)
    assert "L898902C3" not in str(zone)


def test_check_digit_of_the_standard() -> None:
    """Doc 9303-3, 4.9: the worked example."""
    assert check_digit(b"520727") == ord("3")
    assert check_digit(b"AB2134<<<") == ord("5")


def french(person: Person, number: str, office: str) -> str:
    """Write the card of 1995: names apart from each other, and the last digit over all of it."""
    given_names = person.given.replace(" ", "<<")[:14].ljust(14, "<")
    first = "IDFRA" + person.surname.replace(" ", "<")[:25].ljust(25, "<") + office.ljust(6, "<")
    second = number + digit(number) + given_names + person.birth + digit(person.birth) + person.sex
    return first + second + digit(first + second)


@given(
    people, st.text("0123456789", min_size=12, max_size=12), st.text("0123456789", max_size=6), st.sampled_from("MF")
)
def test_the_french_card_is_read(person: Person, number: str, office: str, sex: str) -> None:
    person = Person(**{**vars(person), "sex": sex})
    zone = parse(french(person, number, office))
    assert zone.format is MrzFormat.FRENCH_ID
    assert zone.valid, zone.checks
    assert zone.field("document_number") == number
    assert zone.field("optional_data") == office
    assert zone.names.primary == tuple(person.surname.split())
    assert zone.field("birth_date") == person.birth
    assert "nationality" not in zone.field_names
    if not zone.names_may_be_cut:
        assert zone.names.secondary == tuple(person.given.split())


@given(st.sampled_from(list(MAKERS)), people, st.data())
def test_what_is_mended_is_proved(form: MrzFormat, person: Person, data: st.DataObject) -> None:
    """Whatever optical reading takes for what: no field that is told changed without a check digit that holds."""
    text = MAKERS[form](person)
    confused = dict(zip("01258OIZSB", "OIZSB01258", strict=True))
    places = [at for at in range({90: 5, 72: 36, 88: 44}[len(text)], len(text)) if text[at] in confused]
    for at in data.draw(st.lists(st.sampled_from(places), max_size=4, unique=True)) if places else ():
        text = text[:at] + confused[text[at]] + text[at + 1 :]
    zone = parse(text)
    for name in ("birth_date", "expiry_date"):
        if zone.checks.get(name) is ZoneVerdict.PASSED:
            assert zone.printed_check(name) == digit(zone.field(name))
            assert name in zone.corrected or zone.field(name) in text
    if zone.checks["document_number"] is ZoneVerdict.PASSED and len(zone.field("document_number")) <= 9:
        assert zone.printed_check("document_number") == digit(zone.field("document_number").ljust(9, "<"))
