"""Words for what a reader finds of a document: for every check, outcome, standing and reason that there is."""

import importlib
import pkgutil
import re
from enum import StrEnum
from pathlib import Path

import pytest
from babel.support import NullTranslations

from peripherals import documents, errors
from peripherals.documents.verdicts import Check, DocumentStanding, Outcome
from queue_server.contract.documents import VerdictView
from queue_server.people import vault_reading
from queue_server.web.counter import document_words as words
from queue_server.web.site import LANGUAGES
from queue_server.web.wording import MarkupTranslations
from tests.queue_server.known import site

DESCRIBED = Path(__file__).parents[3] / "docs" / "document-attacks.md"
ENGLISH = MarkupTranslations(NullTranslations())
UNKNOWN = "something-new"
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
#: Nobody is accused, whatever was found.
ACCUSING = re.compile(
    r"forg|fake|fals|fraud|crim|stol|steal|counterfeit|tamper|suspect|impostor|cheat|illegal", re.IGNORECASE
)


def enumerated() -> set[str]:
    """Find the reasons of all readers: the enumerations of modules that are called ``reasons``."""
    names = [one.name for one in pkgutil.walk_packages(documents.__path__, f"{documents.__name__}.")]
    modules = [importlib.import_module(name) for name in names if name.endswith(".reasons")]
    kinds = [kind for module in modules for kind in vars(module).values() if isinstance(kind, type)]
    return {str(one) for kind in kinds if issubclass(kind, StrEnum) for one in kind}


def described() -> set[str]:
    """Find the reasons that are described: the first cells of tables whose head says so."""
    found, inside = set(), False
    for row in DESCRIBED.read_text("utf-8").splitlines():
        inside = row.startswith("| reason |") or (inside and row.startswith("|"))
        if inside:
            found |= set(re.findall(r"`([a-z0-9-]+)`", row.split("|")[1]))
    return found


def failures() -> set[str]:
    """Find the codes of all that can go wrong at a chip: each may be why it was not read."""
    found: list[type[errors.ChipError]] = [errors.ChipError]
    for kind in found:
        found += kind.__subclasses__()
    return {kind.code for kind in found}


def judged_here() -> set[str]:
    """Find the reasons that the server itself gives."""
    text = Path(vault_reading.__file__).read_text("utf-8")
    return set(re.findall(r'VerdictView\(_HOLDER, _\w+, "([a-z-]+)"\)', text))


def every_reason() -> list[str]:
    whats = ("changed", "unsigned", "missing", "malformed", "unread")
    groups = {f"dg{number}-{what}" for number in range(1, 17) for what in whats}
    return sorted(enumerated() | described() | failures() | judged_here() | groups)


def test_the_search_finds_reasons() -> None:
    assert {"not-in-document", "proof-wrong", "crl-missing", "feature-coding"} <= enumerated()
    assert {"dg16-malformed", "printed-differs", "card-security-missing"} <= described()
    assert {"document-removed", "chip-absent", "chip-channel-broken"} <= failures()
    assert judged_here() == {
        "no-booking",
        "holder-unknown",
        "number-alone",
        "number-missing",
        "state-unread",
        "another-holder",
    }
    assert len(every_reason()) > 140


@pytest.mark.parametrize("reason", every_reason())
def test_every_reason_has_words_of_its_own(reason: str) -> None:
    assert CODE.fullmatch(reason)
    for outcome in ("failed", "not-checked", "unsupported"):
        told = words.advice(ENGLISH, VerdictView(Check.CONTENT, outcome, reason))
        assert told.means
        assert told.means not in {
            words.advice(ENGLISH, VerdictView(Check.CONTENT, other, UNKNOWN)).means
            for other in ("failed", "not-checked")
        }


def test_what_is_not_known_is_told_by_its_outcome() -> None:
    told = [words.advice(ENGLISH, VerdictView(Check.CONTENT, outcome, UNKNOWN)) for outcome in words.OUTCOMES]
    assert len({one.means for one in told}) == len(words.OUTCOMES)
    assert words.advice(ENGLISH, VerdictView(UNKNOWN, UNKNOWN, UNKNOWN)).do == "Check this by hand."
    unread = words.advice(ENGLISH, VerdictView(Check.ACCESS, "not-checked", "device-offline"))
    assert (unread.means, unread.do) == ("The chip was not read.", "Check the document by hand.")
    assert (words.check(ENGLISH, UNKNOWN), words.outcome(ENGLISH, UNKNOWN)) == ("Another check", "not checked")
    assert words.standing(ENGLISH, UNKNOWN).means == "Document read: check it by hand"


def test_checks_outcomes_and_standings_are_those_of_the_readers() -> None:
    assert set(words.OUTCOMES) == set(Outcome)
    for names in (
        [words.check(ENGLISH, one) for one in (*Check, UNKNOWN)],
        [
            words.standing(ENGLISH, one).means
            for one in (
                *DocumentStanding,
                words.EXPIRED,
                words.RESERVED,
                words.PRINTED,
                words.PRINTED_EXPIRED,
                words.DOUBTFUL,
                words.NOT_READ,
                UNKNOWN,
            )
        ],
        [words.outcome(ENGLISH, one) for one in Outcome],
    ):
        assert len(set(names)) == len(names)
    passed = [words.advice(ENGLISH, VerdictView(one, "passed")).means for one in (*Check, UNKNOWN)]
    # Two ways lead to the same.
    assert len(set(passed)) == len(passed) - 1


@pytest.mark.parametrize("check", [Check.ACTIVE_AUTHENTICATION, Check.CHIP_AUTHENTICATION])
@pytest.mark.parametrize("reason", ["proof-wrong", "signature-wrong", "refused"])
def test_a_chip_that_does_not_prove_itself_is_told_as_what_it_may_be(check: Check, reason: str) -> None:
    told = words.advice(ENGLISH, VerdictView(check, "failed", reason))
    assert told.means == "The chip could not prove that it is no copy."
    assert told.do == "Compare the photo with the person, then ask a supervisor."


def test_whatever_did_not_pass_says_what_to_do() -> None:
    harmless = {"not-in-document", "paper", "no-zone", "no-expiry", "com-missing", "crl-missing", "crl-outdated"}
    harmless |= {"com-lists-unknown", "sod-lists-unknown", "pace-unknown", "face-not-shown"}
    silent = {
        reason for reason in every_reason() if not words.advice(ENGLISH, VerdictView("content", "failed", reason)).do
    }
    assert silent <= harmless


def test_what_is_only_unusual_asks_for_nothing() -> None:
    told = words.advice(ENGLISH, VerdictView(Check.FILE_LIST, "noted", "com-lists-more"))
    assert (told.means, told.do) == ("The chip lists more than was signed.", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_there_in_every_language(language: str) -> None:
    spoken = site().words[language]
    english = {one.means for one in words.reasons(ENGLISH).values()}
    said = {one.means for one in words.reasons(spoken).values()}
    assert len(said) == len(english)
    assert language == "en" or not said & english


def test_no_word_accuses() -> None:
    said = [text for reason in every_reason() for text in _texts(reason)]
    for one in (*DocumentStanding, words.RESERVED, words.NOT_READ):
        told = words.standing(ENGLISH, one)
        said += [told.means, told.do]
    assert [text for text in said if ACCUSING.search(text)] == []
    assert ACCUSING.search("The document is a forgery")


def _texts(reason: str) -> tuple[str, str]:
    told = words.advice(ENGLISH, VerdictView("content", "failed", reason))
    return told.means, told.do
