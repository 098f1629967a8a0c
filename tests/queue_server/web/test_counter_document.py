"""What the counter page says of the document of a visit: the line, every check, and what to do about it."""

import msgspec

from queue_server.contract.base import People
from queue_server.contract.documents import VerdictView
from tests.queue_server.web.counter_page import call, checks, documents, form, line, press, put_aside, send
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.reader import (
    COPIED,
    DOUBTFUL,
    EXPIRED,
    FACELESS,
    GENUINE,
    OTHER,
    RESERVED,
    UNREVOKED,
    of,
)
from tests.queue_server.web.vault_look import reads

SIGNED = "Document read: signed, unchanged, no copy"


def test_the_line_says_what_the_checks_came_to_and_the_dialog_says_why(clerk: PageClient) -> None:
    call(clerk, COPIED)
    shown = checks(clerk, "Document: look at it closely")
    assert "L898902C3" in shown.one(".doc-facts").text
    verdicts = shown.all(".verdicts li")
    assert len(verdicts) == 7
    assert "Copy test of the chip (2)" in verdicts[0].text
    assert (
        "The chip could not prove that it is no copy. Compare the photo with the person, then ask a supervisor."
        in verdicts[0].text
    )
    assert "passed" in verdicts[-1].text
    assert shown.has("button.filled[data-close][data-focus]")
    # Only what is seen at a glance stands on the page itself.
    assert line(documents(clerk)).classes == {"st", "bad"}


def test_an_expired_document_asks_for_another_look_at_the_service(clerk: PageClient) -> None:
    call(clerk, EXPIRED)
    shown = checks(clerk, "Document read: it has expired")
    assert shown.one(".doc-do").text == "See whether the service takes expired documents."
    put_aside(clerk)
    # Though it is usual for a card that its chip stays closed, its last day is what the clerk must know.
    over = VerdictView("expiry", "failed", "document-expired")
    call(clerk, msgspec.structs.replace(RESERVED, standing="refused", verdicts=(RESERVED.verdicts[0], over)))
    shown = checks(clerk, "Document: by its printed lines it has expired")
    assert shown.one(".doc-do").text == "Check the document by hand. See whether the service takes expired documents."


def test_what_is_true_of_several_checks_is_said_once_and_what_to_do_stands_out(clerk: PageClient) -> None:
    nobody = [VerdictView(check, "not-checked", "issuer-unknown") for check in ("issuer", "validity", "issuing-state")]
    passed = VerdictView("content", "passed")
    call(clerk, msgspec.structs.replace(GENUINE, standing="issuer-unknown", verdicts=(passed, *nobody)))
    unknown, unnamed, unchanged = checks(clerk, "Document read: nobody here knows its issuer").all(".verdicts li")
    assert unknown.one("b").text == "Authority behind the signature, Dates of the signature, State that signed it"
    assert unknown.one("strong").text == (
        "Check the document by hand. Tell a technician: the lists of this centre may need an update."
    )
    # That no application is named yet says nothing of the document, and stands behind all that does.
    assert "The visit names no application yet." in unnamed.text
    assert "What was read is what was signed." in unchanged.text


def test_a_card_whose_chip_is_for_others_is_told_as_such(clerk: PageClient) -> None:
    call(clerk, RESERVED)
    shown = checks(clerk, "Document: its chip is for authorised devices alone")
    assert shown.one(".doc-do").text == (
        "That is usual for German identity cards and residence permits. Check the document by hand."
    )
    assert len(shown.all(".verdicts li")) == 3


def test_what_was_not_read_is_not_part_of_the_line(clerk: PageClient) -> None:
    call(clerk, FACELESS)
    shown = checks(clerk, "Document read: signed, unchanged; face not read")
    assert (
        "The kiosk does not read the face in the chip. Compare the printed photo with the person."
        in shown.one(".verdicts").text
    )


def test_what_nobody_could_look_up_is_a_degree_of_its_own(clerk: PageClient) -> None:
    """Without a list of what a state took back nobody knows, and the line has no tick."""
    call(clerk, GENUINE)
    assert line(documents(clerk)).classes == {"st", "good"}
    put_aside(clerk)
    call(clerk, UNREVOKED)
    shown = checks(clerk, f"{SIGNED}, signatures taken back: not checked")
    assert line(documents(clerk)).classes == {"st"}
    assert (
        "The list of what this authority has taken back is an old one. Check the document by hand."
        in shown.one(".verdicts").text
    )


def test_the_line_leads_to_what_to_do_and_a_number_is_corrected_first_only_where_it_is_in_doubt(
    clerk: PageClient,
) -> None:
    for reading, leads, order in (
        (GENUINE, "Checks D", ["verdicts", "doc-correct"]),
        (COPIED, "What to do D", ["verdicts", "doc-correct"]),
        (DOUBTFUL, "What to do D", ["doc-correct", "verdicts"]),
    ):
        call(clerk, reading)
        shown = documents(clerk)
        assert shown.one("button[data-code=KeyD][data-dialog=document]").text == leads
        assert [one["class"] for one in shown.all(".doc-correct, .verdicts")] == order
        put_aside(clerk)


def test_a_wrong_character_of_the_number_is_corrected(clerk: PageClient) -> None:
    call(clerk, DOUBTFUL)
    shown = checks(clerk, "Document: a character of its number may be wrong")
    assert "A character in the printed lines was taken for another one." in shown.one(".verdicts").text
    send(clerk, shown.one(".doc-correct"), number="l898902c3")
    shown = checks(clerk, "Document: only its printed lines were read")
    facts = shown.one(".doc-facts").text
    assert "Number L898902C3" in facts
    assert "Number put right by Ines Moreau, " in facts
    assert "A character of the number was put right at this centre." in shown.one(".verdicts").text


def test_without_a_document_there_is_nothing_to_open(clerk: PageClient) -> None:
    visit = call(clerk)
    shown = documents(clerk)
    assert line(shown).text == "No document was read"
    assert not shown.has("button, [data-form]")
    assert reads(clerk.centre, visit) == 0


def test_each_time_staff_read_the_document_is_recorded(clerk: PageClient) -> None:
    visit = call(clerk, GENUINE)
    for count in (1, 2):
        checks(clerk, SIGNED)
        assert reads(clerk.centre, visit) == count


def test_an_application_that_is_ready_for_the_holder_is_offered_first(clerk: PageClient) -> None:
    call(clerk, GENUINE)
    before = clerk.get("/counter").one("#document-of")["data-key"]
    send(clerk, form(clerk, "application"))
    # By this the page learns that it has to read the document once more.
    assert clerk.get("/counter").one("#document-of")["data-key"] != before
    checks(clerk, f"{SIGNED}, the one that the application knows")
    for state in ("received", "at-authority", "returned", "ready"):
        send(clerk, clerk.get("/counter/applications").one("form[data-act=move]"), state=state)
        assert not clerk.get("/counter/applications").has(f"option[value={state}]")
    put_aside(clerk)
    call(clerk, GENUINE)
    shown = checks(clerk, f"{SIGNED}, 1 application is ready for its holder")
    ready = shown.one(".doc-ready")
    assert ready.one("h3").text == "Ready for the holder of this document"
    reference = ready.one("input[name=reference][checked][data-focus]")["value"]
    # The browser begins there, and not at the button that closes the dialog.
    assert len(shown.all("[data-focus]")) == 1
    send(clerk, ready)
    checks(clerk, f"{SIGNED}, the one that the application knows")
    assert clerk.get("/counter/applications").one("b").text == reference
    put_aside(clerk)
    # Somebody else comes for it.
    call(clerk, OTHER)
    checks(clerk, SIGNED)
    send(clerk, form(clerk, "application"), kind="", reference=reference)
    shown = checks(clerk, f"{SIGNED}, not the one that the application knows")
    first = shown.all(".verdicts li")[0]
    assert "The application knows another document than this one. Ask whom they come for" in first.text
    assert reference in first.text


def test_who_is_older_than_was_said_is_a_matter_of_the_fee_and_of_no_blame(clerk: PageClient) -> None:
    noted = VerdictView("zone", "noted", "older-than-said")
    older = msgspec.structs.replace(GENUINE, verdicts=(*GENUINE.verdicts, noted))
    read = (of(GENUINE, "L898902C3", 0, "adult"), of(older, "K01234567", 1, "child"))
    call(clerk, *read, people=(People("adult", 1), People("child", 1)))
    shown = checks(clerk, "Documents read: 2 of 2, 1 is older than was said")
    child = shown.all("details")[1]
    assert child.one("summary").text == f"Children {SIGNED}, older than was said"
    # It is the first that the browser goes to.
    assert "data-focus" in child.one("summary")
    assert "By the date of birth the person is older than was said at the kiosk. Ask which fee is right." in child.text


def test_a_seal_that_was_shown_with_a_passport_stands_beside_it(clerk: PageClient) -> None:
    seal = msgspec.structs.replace(
        GENUINE,
        kind="V",
        issuer="NOR",
        number="S12345678",
        standing="unchanged",
        verdicts=tuple(VerdictView(check, "passed") for check in ("signature", "content", "issuer", "revocation")),
        seal="visa",
        person=1,
    )
    call(clerk, GENUINE, seal)
    passport, visa = checks(clerk, "Documents read: 2 of 2").all("details.doc-of > summary")
    assert SIGNED in passport.text
    assert visa.one("b").text == "Visa"
    assert "Seal read: a state signed it, and nothing was changed" in visa.text


def test_the_page_asks_for_the_documents_of_nobody(clerk: PageClient) -> None:
    clerk.get("/counter/document", status=404)
    call(clerk, GENUINE)
    assert press(clerk, "#act-start").one("#now")["data-stage"] == "serving"
    checks(clerk, SIGNED)
