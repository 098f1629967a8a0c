"""What the counter page says of the picture from a chip: what was checked of it, why there is none, who compared it."""

import re

import msgspec

from queue_server.contract.base import People
from queue_server.contract.documents import DocumentReading, VerdictView
from tests.queue_server.people.sealed import drawn
from tests.queue_server.web.counter_page import call, checks, documents, faces, form, line, press, put_aside, send
from tests.queue_server.web.html_page import Element
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.reader import FACED, FACELESS, GENUINE, UNREVOKED, of
from tests.queue_server.web.vault_look import kinds, reads

SIGNED = "Document read: signed, unchanged, no copy"
PRINTED = "Compare the printed photo with the person."
CHANGED = VerdictView("face", "failed", "dg2-changed")


def judged(standing: str, *verdicts: VerdictView) -> DocumentReading:
    return msgspec.structs.replace(GENUINE, standing=standing, verdicts=(*GENUINE.verdicts, *verdicts))


def face(client: PageClient) -> Element:
    """Return what there is to compare the only person with."""
    return faces(documents(client)).one("li:has(.face-do)")


def test_a_picture_is_there_for_who_is_served_and_is_deleted_with_the_visit(clerk: PageClient) -> None:
    visit = call(clerk, FACED, faces={0: drawn(1)}, service="uto-collection")
    picture = face(clerk).one("img")["src"]
    # Who was called does not stand there yet.
    clerk.get(picture, status=403)
    press(clerk, "#act-start")
    seen = reads(clerk.centre, visit)
    answer = clerk.fetch(picture)
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert answer.content == drawn(1)
    assert reads(clerk.centre, visit) == seen + 1
    shown = face(clerk)
    for said in (
        "The picture is as the state signed it.",
        "Compare this picture and the printed one with the person.",
        "Picture from the chip. It goes when this visit ends. That you looked is recorded.",
    ):
        assert said in shown.text
    put_aside(clerk)
    # It stays until the visit ends, and is shown to nobody meanwhile.
    clerk.get(picture, status=404)
    assert kinds(clerk.centre, visit) == ["document", "face", "reading"]
    send(clerk, form(clerk, "parked"))
    press(clerk, "#act-start")
    assert face(clerk).one("img")["src"] == picture
    press(clerk, "#act-finish")
    assert kinds(clerk.centre, visit) == ["document", "reading"]
    press(clerk, "#act-undo")
    shown = face(clerk)
    assert not shown.has("img")
    assert "The picture from the chip is gone." in shown.text
    assert PRINTED in shown.text


def test_a_picture_that_is_missing_is_explained_and_what_to_do_instead(clerk: PageClient) -> None:
    for reading, means in (
        (FACELESS, "Face not read."),
        (judged("face-unread", VerdictView("face", "not-checked", "face-slow")), "Face not read."),
        (judged("genuine", VerdictView("face", "unsupported", "no-face")), "There is no face in the chip."),
        (
            judged("genuine", VerdictView("face", "noted", "face-not-shown")),
            "The picture in the chip cannot be shown here.",
        ),
        (
            judged("refused", VerdictView("face", "passed")),
            "The picture in the chip is not shown, since a check of the document did not pass.",
        ),
        (FACED, "The face in the chip is as it was signed. Its picture did not come along."),
    ):
        call(clerk, reading)
        shown = face(clerk)
        assert not shown.has("img"), means
        assert shown.one(".face-do").text == PRINTED
        assert shown.one(".st").text == means
        assert shown.has(".face-keys"), "the person is compared with the printed photo"
        put_aside(clerk)


def test_a_picture_that_is_not_what_was_signed_is_compared_with_nobody(clerk: PageClient) -> None:
    call(clerk, judged("refused", CHANGED))
    shown = face(clerk)
    assert shown.one(".st").text == "The picture in the chip is not what was signed. It is not shown."
    assert shown.one(".st").classes == {"st", "bad"}
    assert shown.one(".face-do").text == "Look at the document closely, then ask a supervisor."
    assert not shown.has("img, .face-keys, form")


def test_what_was_checked_of_a_picture_stands_beside_it(clerk: PageClient) -> None:
    signed, again = "The picture is as the state signed it.", "The picture is as it was signed."
    for standing, means, tone in (
        ("genuine", signed, {"st", "good"}),
        ("unchanged", signed, {"st", "good"}),
        ("issuer-unknown", "Nobody here knows who signed this picture.", {"st"}),
        ("unproved", f"{again} Not all of the document could be checked.", {"st"}),
        ("refused", f"{again} The document has expired.", {"st"}),
    ):
        call(clerk, msgspec.structs.replace(FACED, standing=standing), faces={0: drawn()})
        shown = face(clerk)
        assert shown.has("img"), standing
        assert (shown.one(".st").text, shown.one(".st").classes) == (means, tone)
        put_aside(clerk)
    # Where nobody knows whether the signature was taken back, the picture has no tick either.
    call(
        clerk,
        msgspec.structs.replace(UNREVOKED, verdicts=(*UNREVOKED.verdicts, FACED.verdicts[-1])),
        faces={0: drawn()},
    )
    shown = face(clerk)
    assert (shown.one(".st").text, shown.one(".st").classes) == (signed, {"st"})


def test_of_a_document_without_a_face_nothing_is_compared(clerk: PageClient) -> None:
    call(clerk, GENUINE)
    assert line(documents(clerk)).text == SIGNED
    assert not documents(clerk).has("template")


def test_same_and_not_sure_are_kept_for_whoever_serves_next(clerk: PageClient) -> None:
    visit = call(clerk, FACED, faces={0: drawn(1)})
    press(clerk, "#act-start")
    shown = face(clerk)
    assert not shown.has(".face-said")
    same, _ = shown.all(".face-keys button")
    clerk.press(same)
    said = face(clerk)
    assert re.fullmatch(r"Ines Moreau, \d\d:\d\d: the same person\.", said.one(".face-said").text)
    assert "data-compared" in said
    # The next press is another one, and is not taken for this one sent twice.
    assert said.all(".face-keys button")[0]["data-slot"] != same["data-slot"]
    unsure = said.one("[data-form=unsure-1]")
    assert "Nobody has done anything wrong" in unsure.text
    assert "Ask a supervisor to look too." in unsure.text
    assert unsure.has("button[data-id=act-unsure][data-focus][data-default]")
    send(clerk, unsure.one("form"))
    said = face(clerk)
    assert re.fullmatch(
        r"Ines Moreau, \d\d:\d\d: not sure\. Look once more, or ask a supervisor\.", said.one(".face-said").text
    )
    assert kinds(clerk.centre, visit).count("compared") == 2
    # Nothing else is said of the document, and it is no bad sign.
    checks(clerk, SIGNED)
    assert not said.has(".bad")


def test_each_of_a_family_is_compared_with_their_own_document(clerk: PageClient) -> None:
    read = (of(FACED, "L898902C3", 0, "adult"), of(FACELESS, "D23145890", 1, "adult"), of(FACED, "K01", 2, "child"))
    party = (People("adult", 2), People("child", 1))
    call(clerk, *read, people=party, faces={0: drawn(0), 2: drawn(2)})
    people = faces(documents(clerk)).all("li:has(.face-do)")
    assert [one.one(".face-next b").text for one in people] == ["Adults, 1 of 2", "Adults, 2 of 2", "Children"]
    assert [one.has("img") for one in people] == [True, False, True]
    assert ["It goes when this visit ends." in one.text for one in people] == [True, False, True]
    assert len({one.one("img")["src"] for one in people if one.has("img")}) == 2
    same = people[1].all(".face-keys button")[0]
    # Who was called does not stand there yet, and was compared by nobody.
    clerk.press(same, refused="people-not-permitted")
    press(clerk, "#act-start")
    clerk.press(same)
    people = faces(documents(clerk)).all("li:has(.face-do)")
    assert ["data-compared" in one for one in people] == [False, True, False]
