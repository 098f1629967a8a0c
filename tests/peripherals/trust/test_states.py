"""Whose documents an authority may sign."""

from dataclasses import replace

import pytest

from peripherals.documents import mrz
from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.passport.zone import DocumentFormat, compose, make_person
from peripherals.documents.trust import certificate
from peripherals.documents.trust.certificate import Certificate
from peripherals.documents.trust.states import codes, issuing_state
from peripherals.documents.verdicts import Outcome
from tests.peripherals.trust.material import AT, validity


def authority(country: str, *states: str) -> Certificate:
    made = certificate.read(pki.make_authority(pki.UTOPIA, Algorithm(), validity(-3000), 0).certificate)
    return replace(made, country=country, states=frozenset(states))


def zone(issuer: str) -> mrz.Mrz:
    return mrz.parse(compose(DocumentFormat.TD3, make_person(0, AT.date(), issuer=issuer)))


@pytest.mark.parametrize(
    ("document", "country", "states"),
    [
        ("D<<", "DE", ["D"]),
        ("UTO", "UT", ["UTO"]),
        ("FRA", "FR", []),
        ("GRC", "GR", ["GR"]),
        ("RKS", "KS", ["RKS"]),
        ("CHN", "HK", ["HKG"]),
        ("GBD", "BM", ["BMU"]),
        ("GBR", "GB", []),
        ("UNO", "UN", []),
        ("EUE", "EU", []),
        ("ZZE", "ZZ", ["ZZE"]),
    ],
)
def test_a_state_signs_its_own(document: str, country: str, states: list[str]) -> None:
    given = authority(country, *states)
    assert issuing_state(zone(document), given, given).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("document", "country", "states"),
    [
        ("FRA", "DE", []),
        # It says of itself that it is France too.
        ("FRA", "DE", ["FRA"]),
        ("GBR", "HK", []),
        ("UTO", "ZZ", ["ZZE"]),
    ],
)
def test_a_state_signs_no_other(document: str, country: str, states: list[str]) -> None:
    honest = authority("FR" if document == "FRA" else "UT", document)
    given = authority(country, *states)
    for signer, issuer in ((given, given), (honest, given), (given, honest)):
        found = issuing_state(zone(document), signer, issuer)
        assert (found.outcome, str(found.reason)) == (Outcome.FAILED, "state-differs")


def test_whose_state_is_not_known_is_not_checked() -> None:
    nobody = authority("ZZ")
    assert codes(nobody) == frozenset()
    found = issuing_state(zone("UTO"), nobody, nobody)
    assert (found.outcome, str(found.reason)) == (Outcome.NOT_CHECKED, "state-unknown")
