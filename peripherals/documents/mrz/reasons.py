"""What is unusual in a machine-readable zone, or was wrong in it: codes for staff, who see the printed page.

``docs/document-attacks.md`` says what each means.
"""

from enum import StrEnum


class ZoneReason(StrEnum):
    #: Nothing stands where the names should be.
    NAMES_MISSING = "names-missing"
    #: Only given names: the holder has no surname, and the issuer left its place empty.
    SURNAME_MISSING = "surname-missing"
    #: Digits stand for letters that the Latin alphabet has not (Russian internal passports, GOST R 52535.1).
    NAMES_WITH_DIGITS = "names-with-digits"
    #: The names fill their place to the end, so that more may have been cut off.
    NAMES_CUT = "names-cut"
    #: In no calendar: a part is unknown and written as 00, or all of it as 999999.
    BIRTH_DATE = "birth-date-unusual"
    EXPIRY_DATE = "expiry-date-unusual"
    #: Some check digits do not hold: a character was taken for another, twice alike.
    CHECK_DIGIT = "check-digit-wrong"
    #: A page lay on the reader, and what it sent were no printed lines.
    UNREAD = "page-unread"
    #: Staff have put a character of the number right.
    NUMBER_CORRECTED = "number-corrected"
    #: The holder is older by the date of birth than a party has said of one of them.
    OLDER = "older-than-said"
