"""The documents of a party at the counter: one line for all of them, and each in its turn behind it."""

from queue_server.domain.values import VisitId
from tests.queue_server.web.counter_page import FAMILY, call, checks, documents, send
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.reader import COPIED, DOUBTFUL, EXPIRED, GENUINE, arrive, of
from tests.queue_server.web.vault_look import reads

#: The child had nothing with it, and the chip of the first adult is a copy.
READ = (
    of(COPIED, "L898902C3", 0, "adult"),
    of(GENUINE, "D23145890", 1, "adult"),
    of(GENUINE, "K01234567", 3, "small-child"),
)
TO_LOOK_AT = "Documents read: 3 of 4, 1 to look at"


def test_a_family_is_one_line_and_the_dialog_has_each_document(clerk: PageClient) -> None:
    visit = call(clerk, *READ, people=FAMILY)
    shown = checks(clerk, TO_LOOK_AT)
    assert reads(clerk.centre, visit) == 3
    assert shown.one("h2").text.startswith("Documents of")
    assert shown.texts("summary > b, p > b") == ["Adults, 1 of 2", "Adults, 2 of 2", "Children", "Small children"]
    assert shown.all(".doc-of .st")[0].text == "Document: look at it closely"
    assert shown.one("p.doc-of .st").text == "No document was read"
    # Everybody is seen at once; the one to look at is a key away, and each other one behind it.
    first, second, small = shown.all("details.doc-of")
    assert not shown.has("details[open]")
    assert [number for number in ("L898902C3", "D23145890", "K01234567") if number in first.text] == ["L898902C3"]
    assert "D23145890" in second.text
    assert "K01234567" in small.text
    assert ["data-focus" in one.one("summary") for one in (first, second, small)] == [True, False, False]


def test_in_a_family_the_number_of_the_document_that_is_meant_is_corrected(clerk: PageClient) -> None:
    call(clerk, *READ, of(DOUBTFUL, "D23145891", 2, "child"), people=FAMILY)
    child = checks(clerk, "Documents read: 4 of 4, 1 to look at").all("details")[2]
    assert child.one("summary > b").text == "Children"
    send(clerk, child.one(".doc-correct"), number="D23145892")
    _, second, corrected, small = documents(clerk).all("details")
    assert "D23145892" in corrected.text
    assert "Number put right by" in corrected.text
    assert "D23145890" in second.text
    assert not any("Number put right by" in other.text for other in (second, small))


def test_a_ticket_that_is_merged_brings_its_document_to_the_page(clerk: PageClient) -> None:
    visit = call(clerk, *READ, people=FAMILY)
    checks(clerk, TO_LOOK_AT)
    before = clerk.get("/counter").one("#document-of")["data-key"]
    _merge(clerk, visit, arrive(clerk.centre, of(EXPIRED, "AUNT12345", 0, "")).id)
    # By this the page learns that it has to read the documents once more.
    assert clerk.get("/counter").one("#document-of")["data-key"] != before
    shown = checks(clerk, "Documents read: 4 of 5, 2 to look at")
    assert shown.texts("summary > b, p > b") == [
        "Adults, 1 of 3",
        "Adults, 2 of 3",
        "Adults, 3 of 3",
        "Children",
        "Small children",
    ]
    assert "AUNT12345" in shown.all("details")[2].text


def _merge(clerk: PageClient, into: VisitId, visit: VisitId) -> None:
    """Merge two tickets as the reception does."""
    with PageClient(clerk.centre) as reception:
        reception.enter("noor.haddad")
        reception.api(f"visits/{visit}/merge", {"into": into})
