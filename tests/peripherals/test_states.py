"""Codes of states: against Unicode's data, which Babel has."""

import pytest
from babel.core import get_global

from peripherals.documents import states
from peripherals.documents.states import StateKind

#: What Unicode knows and ISO 3166-1 has not: taken back, kept for exceptional use, or for users to assign.
NOT_ISO = {"BUR", "ZAR", "DDR", "FXX", "TMP", "YMD", "AAA", "QUU", "ASC", "CPT", "DGA", "TAA"}


def test_the_list_of_iso_is_the_one_of_unicode() -> None:
    aliases = {
        three: two[0]
        for three, two in get_global("territory_aliases").items()
        if len(three) == 3 and three.isalpha() and len(two) == 1
    }
    iso = {
        three: two
        for three, two in aliases.items()
        if three not in NOT_ISO and two[0] != "X" and two != "ZZ" and not "QM" <= two <= "QZ"
    }
    assert len(iso) == 249
    assert {code for code, kind in states._KINDS.items() if kind is StateKind.STATE} == {*iso, "D"}
    for three, two in iso.items():
        assert states.issuer_of_certificate(two.lower()) == three


def test_kinds(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, StateKind]] = [
        ("D", StateKind.STATE),
        ("DEU", StateKind.STATE),
        *((code, StateKind.BRITISH) for code in ("GBD", "GBN", "GBO", "GBP", "GBS")),
        *(
            (code, StateKind.ORGANISATION)
            for code in ("EUE", "UNO", "UNA", "UNK", "XOM", "XBA", "XIM", "XCC", "XCO", "XEC")
        ),
        *((code, StateKind.ORGANISATION) for code in ("XPO", "XES", "XMP", "XDC", "XCE")),
        *((code, StateKind.WITHOUT_NATIONALITY) for code in ("XXA", "XXB", "XXC", "XXX")),
        *((code, StateKind.IN_USE) for code in ("RKS", "XXK", "XKX", "XKK")),
        ("UTO", StateKind.SPECIMEN),
        ("YUG", StateKind.FORMER),
        ("QQQ", StateKind.UNKNOWN),
        ("", StateKind.UNKNOWN),
    ]
    for code, kind in cases:
        with subtests.test(code=code, kind=kind):
            assert states.kind(code) is kind
            assert states.may_issue(code) == (kind is not StateKind.WITHOUT_NATIONALITY)


@pytest.mark.parametrize(
    ("country", "zone"), [("DE", "D"), ("de", "DEU"), ("GB", "GBN"), ("UN", "UNA"), ("KS", "XXK"), ("UT", "UTO")]
)
def test_certificates_and_zones_name_one_issuer(country: str, zone: str) -> None:
    assert states.issuer_of_certificate(country) == states.issuer(zone)


def test_no_code_for_a_country_that_is_none() -> None:
    assert states.issuer_of_certificate("QX") == ""
