"""Every profile makes a document, also those that differ in nothing but cipher and group."""

from peripherals.documents.passport.profiles import PROFILES
from tests.peripherals.passport.test_profiles import broken


def test_every_profile_makes_a_whole_document() -> None:
    assert broken(PROFILES) == []
