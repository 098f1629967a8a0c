"""Codes and names of a zone: what they mean, and the shapes that real ones have."""

import pytest

from peripherals.documents.mrz import Mrz, ZoneVerdict, check_digit, parse
from peripherals.documents.specimens import SPECIMENS

_, NUMBERS = SPECIMENS["td3"]


def passport(names: str, issuer: str = "UTO", nationality: str = "UTO") -> Mrz:
    # The check digits cover neither names nor issuer nor nationality.
    first = f"P<{issuer:<<3}{names:<<39}"
    return parse(first + NUMBERS.replace("6UTO7", f"6{nationality:<<3}7"))


def digit(text: str) -> str:
    return chr(check_digit(text.encode("ascii")))


def closed(second: str) -> str:
    """Put the last check digit behind the second line of a passport."""
    return second + digit(second[:10] + second[13:20] + second[21:43])


def dated(birth: str, expiry: str, *, turn: int = 0) -> Mrz:
    """A passport with dates as they are written; ``turn`` makes the check digit of the first a wrong one."""
    wrong = str((int(digit(birth)) + turn) % 10)
    second = f"L898902C36UTO{birth}{wrong}F{expiry}{digit(expiry)}" + "<" * 14 + "0"
    return parse("P<UTOERIKSSON<<ANNA".ljust(44, "<") + closed(second))


@pytest.mark.parametrize("code", ["D", "GBR", "GBN", "RKS", "XXK", "EUE", "UNO", "UNK", "XOM", "XPO", "YUG"])
def test_special_codes_issue_documents(code: str) -> None:
    zone = passport("ERIKSSON<<ANNA", issuer=code, nationality=code)
    assert (zone.checks["issuer"], zone.checks["nationality"]) == (ZoneVerdict.PASSED, ZoneVerdict.PASSED)
    assert zone.field("issuer") == code


@pytest.mark.parametrize("code", ["XXA", "XXB", "XXC", "XXX"])
def test_nobody_without_nationality_issues_documents(code: str) -> None:
    zone = passport("ERIKSSON<<ANNA", issuer=code, nationality=code)
    assert (zone.checks["issuer"], zone.checks["nationality"]) == (ZoneVerdict.FAILED, ZoneVerdict.PASSED)
    assert not zone.valid


def test_a_code_in_no_list_is_said_and_not_refused() -> None:
    zone = passport("ERIKSSON<<ANNA", issuer="QQQ", nationality="QQZ")
    assert (zone.checks["issuer"], zone.checks["nationality"]) == (ZoneVerdict.UNKNOWN, ZoneVerdict.UNKNOWN)
    assert zone.valid
    assert zone.to_dict()["kinds"] == {"issuer": "unknown", "nationality": "unknown"}


def test_the_kinds_of_codes_are_told() -> None:
    kinds = passport("ERIKSSON<<ANNA", issuer="D", nationality="XXB").to_dict()["kinds"]
    assert kinds == {"issuer": "state", "nationality": "without-nationality"}


def test_a_visa_without_nationality_and_without_issuer() -> None:
    first, second = SPECIMENS["mrv-b"]
    zone = parse(first.replace("UTO", "<<<") + second.replace("XXX", "<<<"))
    assert zone.checks["nationality"] is ZoneVerdict.ABSENT
    assert zone.checks["issuer"] is ZoneVerdict.FAILED


@pytest.mark.parametrize(
    ("names", "primary", "secondary"),
    [
        ("ERIKSSON<<ANNA<MARIA", ("ERIKSSON",), ("ANNA", "MARIA")),
        # An apostrophe goes without a trace, a hyphen leaves a gap (9303-3, 4.6).
        ("OCONNOR<<ENYA<SIOBHAN", ("OCONNOR",), ("ENYA", "SIOBHAN")),
        ("SMITH<JONES<<SUSIE<MARGARET", ("SMITH", "JONES"), ("SUSIE", "MARGARET")),
        ("ARKFREITH", ("ARKFREITH",), ()),
        ("VAN<DER<MUELLEN<<CORNELIUS", ("VAN", "DER", "MUELLEN"), ("CORNELIUS",)),
        # More fillers than the standard has between names, which some issuers write.
        ("NILAVADHANANANDA<<CHAYAPA<<DEJTHAMRONG", ("NILAVADHANANANDA",), ("CHAYAPA", "DEJTHAMRONG")),
        ("BENNELONG<WOOLOOMOOLOO<WARRANDYTE<<AB", ("BENNELONG", "WOOLOOMOOLOO", "WARRANDYTE"), ("AB",)),
    ],
)
def test_names_of_real_shape(names: str, primary: tuple[str, ...], secondary: tuple[str, ...]) -> None:
    zone = passport(names)
    assert zone.checks["names"] is ZoneVerdict.PASSED
    assert (zone.names.primary, zone.names.secondary) == (primary, secondary)
    assert zone.names.may_be_cut == (len(names) >= 39)
    assert primary[0] not in repr(zone.names)


@pytest.mark.parametrize(
    "names",
    [
        "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<KR",
        "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<WARNAM",
        "A" * 39,
    ],
)
def test_names_that_were_cut(names: str) -> None:
    zone = passport(names[:39])
    assert zone.valid
    assert zone.names.may_be_cut


@pytest.mark.parametrize("names", ["<ANNA", "<<<ANNA", "<<0", "ER1KSSON<<ANNA"])
def test_what_is_no_name(names: str) -> None:
    assert passport(names).checks["names"] is ZoneVerdict.FAILED


@pytest.mark.parametrize(
    ("names", "reasons"),
    [
        ("", ["names-missing"]),
        ("<<ANNA<MARIA", ["surname-missing"]),
        ("<<" + "ANNA<" * 8, ["surname-missing", "names-cut"]),
        ("ERIKSSON<<" + "ANNA<" * 8, ["names-cut"]),
    ],
)
def test_names_that_are_unusual_are_taken_and_told(names: str, reasons: list[str]) -> None:
    zone = passport(names[:39])
    assert zone.valid
    assert list(zone.unusual) == reasons


def test_digits_stand_for_letters_in_russian_internal_passports_alone() -> None:
    line = "OBRAZCOV<<3ARL4<IL9I3".ljust(39, "<")
    number, optional = "770000000", "0000101770000<"
    second = f"{number}{digit(number)}RUS7408122F<<<<<<<{optional}{digit(optional)}"
    zone = parse("PNRUS" + line + closed(second))
    assert (zone.valid, list(zone.unusual)) == (True, ["names-with-digits"])
    assert zone.checks["expiry_date"] is ZoneVerdict.ABSENT
    assert passport("OBRAZCOV<<3ARL4").checks["names"] is ZoneVerdict.FAILED


@pytest.mark.parametrize(
    ("birth", "expiry", "reasons"),
    [
        ("740000", "300415", ["birth-date-unusual"]),
        ("741200", "999999", ["birth-date-unusual", "expiry-date-unusual"]),
        ("000000", "000000", ["birth-date-unusual", "expiry-date-unusual"]),
        ("999999", "3004XX", ["birth-date-unusual"]),
        ("74<<<<", "<<<<<<", []),
    ],
)
def test_dates_that_are_in_no_calendar_are_taken_where_their_digits_hold(
    birth: str, expiry: str, reasons: list[str]
) -> None:
    zone = dated(birth, expiry)
    assert zone.valid
    assert list(zone.unusual) == reasons
    wrong = dated(birth, expiry, turn=1)
    assert wrong.checks["birth_date"] is ZoneVerdict.FAILED


def test_given_names_of_the_french_card_that_were_cut() -> None:
    french = "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<8806923102858CORINNEMARIANN6512068F6"
    assert parse(french).names_may_be_cut
    assert not parse(french.replace("MARIANN", "<<<<<<<")).names_may_be_cut


def test_printed_check_digits() -> None:
    zone = passport("ERIKSSON<<ANNA")
    assert [zone.printed_check(name) for name in ("document_number", "birth_date", "expiry_date")] == ["6", "2", "9"]
    with pytest.raises(KeyError):
        zone.printed_check("surname")


def test_the_french_card_prints_no_expiry() -> None:
    zone = parse("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<8806923102858CORINNE<<<<<<<6512068F6")
    with pytest.raises(KeyError):
        zone.printed_check("expiry_date")
