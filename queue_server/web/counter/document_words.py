"""What was found of a document, in words for whoever serves: what was checked, what that means, and what to do.

The codes are those of the kiosk's reader (``docs/document-attacks.md``); a test compares them with it. No sentence
accuses anybody: a worn chip, a mistake of an issuer and a forgery look alike from here.
"""

import re
from typing import Final

import msgspec
from markupsafe import Markup

from queue_server.contract.documents import VerdictView
from queue_server.web.wording import MarkupTranslations

#: How a verdict can end, the worst first.
OUTCOMES: Final = ("failed", "not-checked", "noted", "unsupported", "passed")
#: Said instead of ``refused`` where nothing but the last day did not pass.
EXPIRED: Final = "expired"
#: Said instead of ``unproved`` where the chip gives its data to inspection systems alone.
RESERVED: Final = "chip-reserved"
#: Said where the chip was not read, or there is none: of such a document nobody says that it was read.
PRINTED: Final = "printed"
#: The same, and its last day is over.
PRINTED_EXPIRED: Final = "printed-expired"
#: The same, and a character of the number was misread.
DOUBTFUL: Final = "check-digit-wrong"
#: Said where a page lay on the reader and could not be read.
UNREAD: Final = "page-unread"
#: Why a document is noted where somebody is older than was said of them.
OLDER: Final = "older-than-said"
#: Said where there is no reading.
NOT_READ: Final = "not-read"
_ANTI_COPY: Final = ("active-authentication", "chip-authentication")
#: What is unusual about these, staff compare with what they hold.
_TO_COMPARE: Final = ("zone", "holder")
_DATA_GROUP: Final = re.compile(r"dg(?:[1-9]|1[0-6])-(changed|unsigned|missing|malformed|unread)")


class Advice(msgspec.Struct, frozen=True):
    """What it means, and what to do about it."""

    means: Markup
    do: Markup


def standing(_: MarkupTranslations, code: str) -> Advice:
    """Say what all verdicts come to: one line for the page, and what to do."""
    hand = _("Check the document by hand.")
    face = _("Compare the photo with the person.")
    return {
        "genuine": Advice(_("Document read: signed, unchanged, no copy"), face),
        "face-unread": Advice(
            _("Document read: signed, unchanged; face not read"),
            _("Compare the printed photo with the person."),
        ),
        "unchanged": Advice(
            _("Document read: unchanged as it was signed"),
            _("Its chip has nothing to prove that it is no copy. Compare the photo with the person."),
        ),
        "issuer-unknown": Advice(_("Document read: nobody here knows its issuer"), hand),
        "unproved": Advice(_("Document read: not all could be checked"), hand),
        "refused": Advice(
            _("Document: look at it closely"),
            _("A check did not pass. A mistake of the issuer looks like this too. Read below what it was."),
        ),
        EXPIRED: Advice(_("Document read: it has expired"), _("See whether the service takes expired documents.")),
        RESERVED: Advice(
            _("Document: its chip is for authorised devices alone"),
            _("That is usual for German identity cards and residence permits. Check the document by hand."),
        ),
        PRINTED: Advice(_("Document: only its printed lines were read"), hand),
        PRINTED_EXPIRED: Advice(
            _("Document: by its printed lines it has expired"),
            _("Check the document by hand. See whether the service takes expired documents."),
        ),
        DOUBTFUL: Advice(
            _("Document: a character of its number may be wrong"),
            _("Compare the number with the document, and put it right."),
        ),
        UNREAD: Advice(
            _("Document: its page could not be read"),
            _("Check the document by hand. It may be torn or worn."),
        ),
        "not-read": Advice(_("No document was read"), _("Ask for the document where one is needed.")),
    }.get(code, Advice(_("Document read: check it by hand"), hand))


def outdated(_: MarkupTranslations) -> Markup:
    """Say what to do where lists of this centre are missing or old."""
    return _("Check the document by hand. Tell a technician: the lists of this centre may need an update.")


def check(_: MarkupTranslations, code: str) -> Markup:
    """Name what was checked."""
    return {
        "access": _("Way into the chip"),
        "signature": _("Signature in the chip"),
        "issuer": _("Authority behind the signature"),
        "validity": _("Dates of the signature"),
        "revocation": _("Search for signatures taken back"),
        "issuing-state": _("State that signed it"),
        "content": _("Content of the chip"),
        "face": _("Face in the chip"),
        "file-list": _("List of files in the chip"),
        "zone": _("Printed lines"),
        "printed": _("Print and chip agree"),
        "active-authentication": _("Copy test of the chip (1)"),
        "chip-authentication": _("Copy test of the chip (2)"),
        "expiry": _("Last day of the document"),
        "holder": _("Person the application is for"),
    }.get(code, _("Another check"))


def kind(_: MarkupTranslations, code: str) -> Markup:
    """Name a kind of document by the first letter of its zone (ICAO Doc 9303-3, 4; -4, -5 and -7)."""
    names = {"P": _("Passport"), "I": _("Identity card"), "A": _("Identity card"), "C": _("Identity card")}
    return (names | {"V": _("Visa")}).get(code[:1], _("Document"))


def outcome(_: MarkupTranslations, code: str) -> Markup:
    return {
        "passed": _("passed"),
        "failed": _("did not pass"),
        "noted": _("unusual, no fault"),
        "unsupported": _("not in this document"),
    }.get(code, _("not checked"))


def advice(_: MarkupTranslations, verdict: VerdictView) -> Advice:
    """Say what a verdict means and what to do; one whose words are not known is told by its outcome."""
    if verdict.outcome == "passed":
        return Advice(_passed(_, verdict.check), Markup())
    if verdict.check in _ANTI_COPY and verdict.outcome == "failed" and verdict.reason == "signature-wrong":
        return reasons(_)["proof-wrong"]
    found = _DATA_GROUP.fullmatch(verdict.reason)
    known = reasons(_).get(verdict.reason) or (None if found is None else _data_groups(_).get(found[1]))
    if known is not None and verdict.outcome == "noted" and verdict.check not in _TO_COMPARE:
        # It is told, and there is nothing to do about it.
        return Advice(known.means, Markup())
    if known is None and verdict.check == "access":
        # Whatever was wrong with the reader, its own failure code stands here.
        return Advice(_("The chip was not read."), _("Check the document by hand."))
    return known or {
        "failed": Advice(_("This did not come out as it should."), _inspect(_)),
        "noted": Advice(_("This is unusual, and no fault."), Markup()),
        "unsupported": Advice(_("This document has nothing to check here, and need not have it."), Markup()),
    }.get(verdict.outcome, Advice(_("This could not be checked."), _hand(_)))


def _inspect(_: MarkupTranslations) -> Markup:
    return _("Look at the document closely, then ask a supervisor.")


def _hand(_: MarkupTranslations) -> Markup:
    return _("Check this by hand.")


def _passed(_: MarkupTranslations, code: str) -> Markup:
    return {
        "access": _("The chip was opened as it should be."),
        "signature": _("The signature in the chip holds."),
        "issuer": _("An authority that is known here stands behind the signature."),
        "validity": _("Signer and authority signed within their time."),
        "revocation": _("Nobody has taken the signature back."),
        "issuing-state": _("The state that issued the document has signed it."),
        "content": _("What was read is what was signed."),
        "face": _("The face in the chip is what was signed."),
        "file-list": _("All the files that were signed are listed, and no other."),
        "zone": _("The printed lines are written as they should be."),
        "printed": _("The printed lines are those in the chip."),
        "active-authentication": _("The chip has proved that it is no copy."),
        "chip-authentication": _("The chip has proved that it is no copy."),
        "expiry": _("The document has not expired."),
        "holder": _("It is the document that the application knows."),
    }.get(code, _("This is as it should be."))


def _data_groups(_: MarkupTranslations) -> dict[str, Advice]:
    return {
        "changed": Advice(_("Something in the chip is not what was signed."), _inspect(_)),
        "unsigned": Advice(_("Something in the chip was never signed."), _inspect(_)),
        "missing": Advice(_("Something that was signed is not in the chip."), _inspect(_)),
        "malformed": Advice(_("Something in the chip cannot be understood."), _inspect(_)),
        "unread": Advice(_("Something that the document should have could not be read."), _hand(_)),
    }


def reasons(_: MarkupTranslations) -> dict[str, Advice]:
    """Say of each reason what it means and what to do."""
    parts = (_of_the_signature, _of_the_issuer, _of_the_zone, _of_the_document, _of_the_chip, _of_the_holder)
    return {code: told for part in parts for code, told in part(_).items()}


def _of_the_signature(_: MarkupTranslations) -> dict[str, Advice]:
    look, hand = _inspect(_), _hand(_)
    unread = Advice(_("The signature in the chip could not be read."), hand)
    odd = Advice(_("The signature in the chip is not written as it should be."), look)
    nobody = Advice(_("Nobody has signed what is in the chip."), look)
    wrong = Advice(_("The signature does not fit what is in the chip."), look)
    unknown = Advice(_("It is signed in a way that is not known here."), hand)
    weak = Advice(_("It is signed in a way that does not count as safe any more."), look)
    return {
        "sod-missing": Advice(_("There is no signature in the chip where it should be."), look),
        "sod-unread": unread,
        "sod-malformed": odd,
        "signers-several": Advice(_("More than one has signed it, where one should have."), look),
        "signature-missing": nobody,
        "attributes-missing": odd,
        "signer-missing": Advice(_("Who signed it is not known here."), hand),
        "signer-malformed": odd,
        "signer-purpose": Advice(_("It is signed by somebody whose task is another one."), look),
        "key-unknown": unknown,
        "key-weak": weak,
        "algorithm-unknown": unknown,
        "algorithm-refused": weak,
        "algorithm-swapped": odd,
        "hash-list-changed": wrong,
        "signature-wrong": wrong,
        # A seal that is printed, not in a chip.
        "unsigned": Advice(_("The seal says itself that nobody has signed it: anybody can have printed it."), look),
        "feature-missing": Advice(_("Something that the seal should say is not in it."), look),
        "feature-length": Advice(_("Something that the seal says has a wrong length."), look),
        "feature-coding": Advice(_("Something that the seal says cannot be read."), look),
        "zone-malformed": Advice(_("The lines in the seal are not written as they should be."), look),
        "no-zone": Advice(_("The seal holds no lines to compare with the print."), Markup()),
        "paper": Advice(_("This is paper without a chip."), _("Compare the photo with the person.")),
    }


def _of_the_issuer(_: MarkupTranslations) -> dict[str, Advice]:
    look, hand = _inspect(_), _hand(_)
    lists = outdated(_)
    over = Advice(_("The signer's time was over."), look)
    early = Advice(_("The signer's time had not begun."), look)
    taken_back = Advice(_("The state has taken the signature back."), look)
    return {
        "issuer-unknown": Advice(_("The authority that stands behind it is not known here."), lists),
        "issuer-key-unknown": Advice(
            _("The authority is known here, but not by this key. It may be a new one."), lists
        ),
        "link-missing": Advice(_("Nothing here links the authority's new key to its old one."), lists),
        "signer-forged": Advice(_("It names an authority that has not signed it."), look),
        "signer-expired": over,
        "signer-not-yet-valid": early,
        "signed-in-future": Advice(
            _("It is signed on a day that has not come yet."),
            _("Look at the document closely. Tell a technician: the clock of the kiosk may be wrong."),
        ),
        "authority-expired": over,
        "authority-not-yet-valid": early,
        "signer-revoked": taken_back,
        "authority-revoked": taken_back,
        "crl-missing": Advice(_("There is no list here of what this authority has taken back."), lists),
        "crl-outdated": Advice(_("The list of what this authority has taken back is an old one."), lists),
        "state-differs": Advice(_("It is signed by another state than the one that is printed."), look),
        "state-unknown": Advice(_("The signature names no state that is known here."), hand),
    }


def _of_the_zone(_: MarkupTranslations) -> dict[str, Advice]:
    name, day = _("Read the name on the printed page."), _("Read the date on the printed page.")
    return {
        "names-missing": Advice(_("No name stands in the printed lines."), name),
        "surname-missing": Advice(_("Only given names stand in the printed lines: some people have no surname."), name),
        "names-with-digits": Advice(
            _("Digits stand for letters in the printed name, as in Russian internal passports."), name
        ),
        "names-cut": Advice(_("The name is too long for the printed lines, and may be cut off."), name),
        "birth-date-unusual": Advice(_("The date of birth is unknown, or only a part of it is known."), day),
        "check-digit-wrong": Advice(
            _("A character in the printed lines was taken for another one."),
            _("Compare the number with the document, and put it right."),
        ),
        "page-unread": Advice(_("A page lay on the reader and could not be read. It may be torn or worn."), _hand(_)),
        "number-corrected": Advice(
            _("A character of the number was put right at this centre."), _("Compare the number with the document.")
        ),
        OLDER: Advice(
            _("By the date of birth the person is older than was said at the kiosk."),
            _("Ask which fee is right. It may be a touch on the wrong line."),
        ),
        "expiry-date-unusual": Advice(_("The last day is written in an unusual way, or there is none."), day),
    }


def _of_the_document(_: MarkupTranslations) -> dict[str, Advice]:
    look, hand = _inspect(_), _hand(_)
    return {
        "dg1-missing": Advice(_("Something that the document should have could not be read."), hand),
        "face-unread": Advice(
            _("The kiosk does not read the face in the chip."), _("Compare the printed photo with the person.")
        ),
        "face-slow": Advice(
            _("There was no time for the face in the chip: this chip is slow."),
            _("Compare the printed photo with the person."),
        ),
        "face-not-shown": Advice(
            _("The face in the chip is what was signed; its picture cannot be shown here."), Markup()
        ),
        "no-face": Advice(_("There is no face in the chip."), _("Compare the printed photo with the person.")),
        "com-missing": Advice(_("The chip's list of files was not read."), Markup()),
        "com-malformed": Advice(_("The chip's list of files cannot be understood."), hand),
        "com-lists-more": Advice(_("The chip lists more than was signed."), look),
        "com-lists-fewer": Advice(_("The chip leaves out of its list what was signed."), look),
        "com-lists-unknown": Advice(_("The chip lists files that no standard knows. Some states do that."), Markup()),
        "sod-lists-unknown": Advice(_("Files are signed that no standard knows. Some states do that."), Markup()),
        "com-version-differs": Advice(_("The chip's list of files is of another version than was signed."), look),
        "document-expired": Advice(
            _("The last day of the document is over."),
            _("See whether the service takes expired documents."),
        ),
        "no-expiry": Advice(_("The document has no last day."), Markup()),
        "printed-differs": Advice(
            _("What is printed is not what the chip says."),
            _("Compare the printed page with the person, then ask a supervisor."),
        ),
        "printed-missing": Advice(
            _("The printed lines were not read."), _("Compare the printed page with the person.")
        ),
    }


def _of_the_chip(_: MarkupTranslations) -> dict[str, Advice]:
    face = _("Compare the photo with the person, then ask a supervisor.")
    unproved = Advice(_("The chip could not prove that it is no copy."), face)
    hidden = Advice(_("The chip does not show the key with which it should prove that it is no copy."), face)
    garbled = Advice(_("What the chip says cannot be understood."), face)
    way_in = Advice(_("The chip was opened by another way than the one it should offer."), face)
    return {
        "dg14-missing": hidden,
        "dg15-missing": hidden,
        "card-security-missing": hidden,
        "card-security-unsigned": Advice(
            _("The key by which the chip proved itself is not signed as it should be."), face
        ),
        "card-security-issuer-unknown": Advice(
            _("Who signed the key by which the chip proved itself is not known here."),
            _("Compare the photo with the person."),
        ),
        "proof-wrong": unproved,
        "refused": unproved,
        "channel-broken": Advice(_("The chip stopped answering when it was to prove that it is no copy."), face),
        "answer-too-long": Advice(
            _("The proof of the chip is too long for the reader of this kiosk."),
            _("Compare the photo with the person."),
        ),
        "downgraded": way_in,
        "offer-altered": way_in,
        "pace-unknown": Advice(
            _("The chip offers a newer way in that is not known here. It was opened by the older one."), Markup()
        ),
        # The chip was not read: the reason is the failure's own code.
        "chip": garbled,
        "document-removed": Advice(
            _("The document was taken away before it was read."), _("Let it be read once more, or check it by hand.")
        ),
        "chip-absent": Advice(
            _("The document has no chip, or none that answers."), _("Compare the photo with the person.")
        ),
        RESERVED: Advice(
            _("This kind of card gives what is in its chip to authorised devices alone. That is usual."), _hand(_)
        ),
        "chip-access-refused": Advice(_("The chip could not be opened with what is printed."), face),
        "chip-answer-invalid": garbled,
        "chip-channel-broken": Advice(_("The chip broke off while it was being read."), face),
        "chip-data-invalid": garbled,
        "not-in-document": Advice(_("This document has nothing to check here, and need not have it."), Markup()),
    }


def _of_the_holder(_: MarkupTranslations) -> dict[str, Advice]:
    return {
        "another-holder": Advice(
            _("The application knows another document than this one."),
            _("Ask whom they come for, and whether they may. A new document has a new number."),
        ),
        "no-booking": Advice(
            _("The visit names no application yet."),
            _("Open or name it with A, where there is one."),
        ),
        "holder-unknown": Advice(
            _("No document is known for this application."), _("Compare the name in the document with your papers.")
        ),
        "number-alone": Advice(
            _("It has the number that the application knows. Which state had issued that document is not known here."),
            _("Compare the name in the document with your papers."),
        ),
        "state-unread": Advice(
            _("Which state issued the document was not read."), _("Compare the name in the document with your papers.")
        ),
        "number-missing": Advice(
            _("The number of the document was not read."), _("Compare the number in the document with your papers.")
        ),
    }
