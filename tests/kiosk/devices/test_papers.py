"""What is held of a document: for one journey, for one server, and for no longer than that."""

from collections.abc import Callable
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.devices.document_session import DocumentSession, reading_of
from kiosk.journey.events import Laid
from peripherals.documents.mrz import Mrz, parse
from peripherals.documents.shown_face import FacePicture, may_be_shown
from peripherals.documents.specimens import SPECIMENS
from peripherals.documents.summary import age_of, outcome_of
from peripherals.documents.verdicts import Check, CheckVerdict, Outcome
from queue_server.contract.documents import ReadingNotOpenedError, from_text, to_text, unseal
from queue_server.contract.faces import unseal_face
from queue_server.domain.values import VisitId, new_id
from tests.queue_server.people.sealed import drawn

TODAY = date(2026, 11, 26)
KEY = X25519PrivateKey.generate()
PUBLIC = to_text(KEY.public_key().public_bytes_raw())
PASSED = (CheckVerdict(Check.ACCESS, Outcome.PASSED),)


def zone(name: str = "td3") -> Mrz:
    return parse("".join(SPECIMENS[name]))


def test_a_zone_is_taken_once_or_overwritten() -> None:
    papers = DocumentSession()
    first, second = zone(), zone("td1")
    assert (papers.hold(first), papers.hold(second)) == (1, 2)
    assert papers.release(1) is first
    assert papers.release(1) is None
    papers.settle(1)
    assert not first.wiped
    papers.settle(2)
    assert second.wiped
    third = zone("td2")
    papers.hold(third)
    papers.clear()
    assert third.wiped


@pytest.mark.parametrize(
    ("verdicts", "outcome"),
    [
        ((CheckVerdict(Check.EXPIRY, Outcome.PASSED),), "read"),
        ((CheckVerdict(Check.EXPIRY, Outcome.UNSUPPORTED, "no-expiry"),), "read"),
        ((CheckVerdict(Check.EXPIRY, Outcome.FAILED, "document-expired"),), "expired"),
        ((CheckVerdict(Check.EXPIRY, Outcome.NOT_CHECKED, "dg1-missing"),), "chip-data-invalid"),
        ((CheckVerdict(Check.EXPIRY, Outcome.NOT_CHECKED, "dg1-malformed"),), "chip-data-invalid"),
        ((CheckVerdict(Check.SIGNATURE, Outcome.FAILED, "sod-missing"),), "look"),
        ((CheckVerdict(Check.FILE_LIST, Outcome.NOTED, "com-lists-more"),), "read"),
    ],
)
def test_only_what_gave_its_zone_was_read(verdicts: tuple[CheckVerdict, ...], outcome: str) -> None:
    assert outcome_of(verdicts) == outcome


def test_a_zone_with_a_wrong_character_is_held_once_it_was_read_twice_alike() -> None:
    papers = DocumentSession()
    first, second = SPECIMENS["td3"]

    def misread(at: int) -> Mrz:
        return parse(first + second[:at] + "7" + second[at + 1 :])

    assert [papers.hold_repeated(misread(at)) for at in (1, 2, 3)] == [None, None, None]
    held = misread(2)
    assert papers.hold_repeated(held) == 1
    assert any(held._raw)
    papers.clear()
    assert held.wiped
    assert papers.hold_repeated(misread(2)) is None
    # What is wrong beside the check digits is no character taken for another.
    for _ in range(2):
        assert papers.hold_repeated(parse(first.replace("UTO", "QQ7") + second[:1] + "7" + second[2:])) is None


def test_it_is_sealed_for_its_journey_its_visit_and_its_server() -> None:
    papers = DocumentSession()
    reading = reading_of(zone(), PASSED, TODAY)
    papers.store(4, 1, reading)
    assert papers.sealer(4, (Laid(1),)) is None
    papers.seal_to(PUBLIC)
    assert papers.sealer(5, (Laid(1),)) is None
    sealer = papers.sealer(4, (Laid(1),))
    assert sealer is not None
    visit, other = VisitId(new_id()), VisitId(new_id())
    (sealed,) = map(from_text, sealer(visit).readings)
    assert unseal(sealed, visit, KEY) == reading
    assert reading.number.encode() not in sealed
    for wrong in ((other, KEY), (visit, X25519PrivateKey.generate())):
        with pytest.raises(ReadingNotOpenedError):
            unseal(sealed, *wrong)
    papers.clear()
    assert papers.sealer(4, (Laid(1),)) is None


def test_of_a_party_each_is_sealed_with_whose_it_is_and_only_what_is_asked_for() -> None:
    papers = DocumentSession()
    papers.seal_to(PUBLIC)
    for laid, name in enumerate(("td3", "td1", "td2"), start=1):
        papers.store(4, laid, reading_of(zone(name), PASSED, TODAY))
    asked = (Laid(1, 0, "adult"), Laid(3, 2, "child"), Laid(9, 3, "child"))
    sealer, visit = papers.sealer(4, asked), VisitId(new_id())
    assert sealer is not None
    opened = [unseal(from_text(one), visit, KEY) for one in sealer(visit).readings]
    assert [(one.person, one.band, one.number) for one in opened] == [
        (0, "adult", zone("td3").field("document_number")),
        (2, "child", zone("td2").field("document_number")),
    ]
    assert papers.sealer(4, ()) is None
    assert papers.sealer(4, (Laid(9),)) is None
    # Those of another journey are never beside them.
    papers.store(5, 7, reading_of(zone("td1"), PASSED, TODAY))
    assert papers.sealer(4, asked) is None
    assert papers.sealer(5, asked) is None


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        ("740812", date(2026, 8, 11), 51), ("740812", date(2026, 8, 12), 52), ("0001<<", date(2026, 1, 5), 25),
        ("<<<<<<", TODAY, None), ("261127", date(2026, 11, 27), 0),
        # Of two centuries the later one: nobody is made older than they may be.
        ("261128", date(2026, 11, 27), 99),
    ],
)  # fmt: skip
def test_the_age_is_the_least_that_the_printed_date_can_mean(born: str, today: date, age: int | None) -> None:
    first, second = SPECIMENS["td3"]
    read = parse(first + with_digits(second[:13] + born + second[13 + 6 :]))
    assert read.field("birth_date") == born
    assert age_of(read, today) == age


def with_digits(second: str) -> str:
    """Put the check digits of a birth date, and of the whole, right."""
    for at in "0123456789":
        for last in "0123456789":
            line = f"{second[:19]}{at}{second[20:43]}{last}"
            if parse(SPECIMENS["td3"][0] + line).valid:
                return line
    raise AssertionError(second)


def test_of_an_age_nothing_is_sealed_but_that_it_is_more_than_was_said() -> None:
    papers, visit = DocumentSession(), VisitId(new_id())
    papers.seal_to(PUBLIC)
    for laid, name, age in ((1, "td3", 52), (2, "td1", 17), (3, "td2", None)):
        papers.store(4, laid, reading_of(zone(name), PASSED, TODAY), age)
    asked = (Laid(1, 0, "child", 17), Laid(2, 1, "child", 17), Laid(3, 2, "child", 17))

    def noted(*laid: Laid) -> list[bool]:
        sealer = papers.sealer(4, laid)
        assert sealer is not None
        opened = [unseal(from_text(one), visit, KEY) for one in sealer(visit).readings]
        assert not any("52" in str(one).replace("L898902C36", "") for one in opened)
        return [any(verdict.reason == "older-than-said" for verdict in one.verdicts) for one in opened]

    assert noted(*asked) == [True, False, False]
    assert noted(Laid(1, 0, "adult")) == [False]
    papers.clear()
    assert papers._ages == {}


def test_a_document_is_known_again_by_issuer_and_number_while_it_is_held() -> None:
    papers = DocumentSession()
    assert papers.known(zone()) == 0
    for laid, name in ((3, "td3"), (4, "td1")):
        papers.store(1, laid, reading_of(zone(name), PASSED, TODAY))
    assert (papers.known(zone()), papers.known(zone("td1")), papers.known(zone("mrv-a"))) == (3, 4, 0)
    papers.hold_only((4,))
    assert (papers.known(zone()), papers.known(zone("td1"))) == (0, 4)
    papers.clear()
    assert papers.known(zone("td1")) == 0


@pytest.mark.parametrize("key", [None, "", "short", "*" * 43, "A" * 47])
def test_a_key_that_is_none_has_nothing_sent(key: str | None) -> None:
    papers = DocumentSession()
    papers.seal_to(PUBLIC)
    papers.seal_to(key)
    papers.store(1, 1, reading_of(zone(), PASSED, TODAY))
    assert papers.sealer(1, (Laid(1),)) is None


def test_of_every_form_of_document_only_what_is_needed_is_taken() -> None:
    for name in SPECIMENS:
        read = zone(name)
        reading = reading_of(read, PASSED, TODAY)
        assert set(reading.__struct_fields__) == {
            "kind",
            "issuer",
            "number",
            "expires",
            "standing",
            "verdicts",
            "person",
            "band",
            "seal",
            "face",
        }
        # The server alone says where it keeps a picture.
        assert reading.face is None
        assert reading.number == read.field("document_number")
        surname = read.field("surname").split()[0]
        assert surname not in str(reading)


def test_what_the_person_is_told_is_the_worst_that_they_can_do_something_about() -> None:
    expired = CheckVerdict(Check.EXPIRY, Outcome.FAILED, "document-expired")
    changed = CheckVerdict(Check.CONTENT, Outcome.FAILED, "dg1-changed")
    unknown = CheckVerdict(Check.ISSUER, Outcome.NOT_CHECKED, "issuer-unknown")
    assert outcome_of((*PASSED, unknown)) == "read"
    assert outcome_of((*PASSED, expired)) == "expired"
    assert outcome_of((expired, changed)) == "look"


# --- pictures from chips ---------------------------------------------------------------------------------------------


def picture(variant: int = 0) -> tuple[FacePicture, bytearray]:
    """Make a picture, and give the memory that it is in."""
    memory = bytearray(drawn(variant))
    return FacePicture(memory), memory


def holding(*pictures: FacePicture) -> DocumentSession:
    papers = DocumentSession()
    papers.seal_to(PUBLIC)
    for laid, (one, name) in enumerate(zip(pictures, ("td3", "td1", "td2"), strict=False), start=1):
        papers.store(4, laid, reading_of(zone(name), PASSED, TODAY), face=one)
    return papers


def test_pictures_are_sealed_each_to_its_person_and_only_what_is_asked_for() -> None:
    made = [picture(variant) for variant in range(3)]
    papers = holding(*(face for face, _ in made))
    sealer, visit = papers.sealer(4, (Laid(1, 0, "adult"), Laid(3, 2, "child"))), VisitId(new_id())
    assert sealer is not None
    sealed = sealer(visit)
    opened = [unseal_face(from_text(one), visit, KEY) for one in sealed.faces]
    assert [(one.person, one.jpeg) for one in opened] == [(0, drawn(0)), (2, drawn(2))]
    assert len(sealed.readings) == 2
    assert "jpeg" not in repr(made[0][0])
    # Whoever began and has left brings the codes of their documents along, and no picture.
    papers.drop_faces(4)
    later = sealer(visit)
    assert (len(later.readings), later.faces) == (2, ())
    assert papers.sealer(4, (Laid(1),)) is not None


def test_every_way_out_overwrites_a_picture() -> None:
    ways: dict[str, Callable[[DocumentSession], None]] = {
        "the person leaves": lambda papers: papers.clear(),
        "the ticket is issued": lambda papers: papers.drop_faces(4),
        "they begin with another": lambda papers: papers.hold_only(()),
        "another journey": lambda papers: papers.store(5, 1, reading_of(zone(), PASSED, TODAY)),
        "the same document again": lambda papers: papers.store(4, 1, reading_of(zone(), PASSED, TODAY)),
    }
    for way, leave in ways.items():
        face, memory = picture()
        papers = holding(face)
        leave(papers)
        assert not any(memory), way
        assert face.copy() is None
        assert papers._faces == {}
    # What ends for whoever was here before takes nothing from who stands here now.
    stays, memory = picture()
    papers = holding(stays)
    papers.drop_faces(3)
    assert (stays.copy(), any(memory)) == (drawn(), True)
    (kept, memory), (other, gone) = picture(), picture(1)
    papers = holding(kept, other)
    papers.hold_only((1,))
    assert (kept.copy(), any(memory)) == (drawn(), True)
    assert (other.copy(), any(gone)) == (None, False)


HOLDS = tuple(CheckVerdict(one, Outcome.PASSED) for one in (Check.SIGNATURE, Check.CONTENT, Check.FACE, Check.EXPIRY))


@pytest.mark.parametrize("check", [Check.SIGNATURE, Check.CONTENT, Check.FACE])
@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.NOT_CHECKED, Outcome.UNSUPPORTED])
def test_a_picture_that_is_not_what_was_signed_is_shown_to_nobody(check: Check, outcome: Outcome) -> None:
    assert may_be_shown(HOLDS)
    assert not may_be_shown(tuple(CheckVerdict(check, outcome) if one.check is check else one for one in HOLDS))
    assert not may_be_shown(tuple(one for one in HOLDS if one.check is not check))


def test_nor_is_that_of_a_document_with_which_anything_is_wrong_but_its_last_day() -> None:
    assert may_be_shown((*HOLDS[:3], CheckVerdict(Check.EXPIRY, Outcome.FAILED)))
    for check in set(Check) - {Check.EXPIRY, Check.SIGNATURE, Check.CONTENT, Check.FACE}:
        assert not may_be_shown((*HOLDS, CheckVerdict(check, Outcome.FAILED)))
