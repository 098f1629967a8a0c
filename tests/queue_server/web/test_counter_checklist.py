"""What people bring, on the counter page: the list, what was said at the kiosk, and the paper about what is missing."""

from typing import Any

from queue_server.contract.base import People
from queue_server.contract.requirements import StatedItem
from queue_server.domain.values import VisitId
from tests.queue_server.web.counter_page import press
from tests.queue_server.web.html_page import Element
from tests.queue_server.web.page_client import PageClient

SERVICE = "uto-passport-renewal"
GATED = "uto-permit-work"


def serve(client: PageClient, service: str = SERVICE, **more: Any) -> VisitId:
    visit = client.centre.issue(service, **more)
    press(client, "#act-call-next")
    press(client, "#act-start")
    return visit.id


def cell(client: PageClient, requirement: str, whose: str = "adult-1") -> Element:
    return client.get("/counter").one(f"#paper-{SERVICE}-{requirement}-{whose}")


def tick(client: PageClient, requirement: str, status: str, whose: str = "adult-1") -> None:
    """Say what was found of a paper, as the keys of the list do."""
    body = client.get("/counter").data(f"#paper-{SERVICE}-{requirement}-{whose}", "paper")
    client.press(client.get("/counter").one("#papers"), **body, status=status)


def test_the_line_counts_what_was_seen_and_names_what_is_missing(clerk: PageClient) -> None:
    serve(clerk)
    assert clerk.get("/counter").one("#papers-line").text == "Papers: 0 of 5 seen"
    for requirement, status, said in (
        ("old-passport", "seen", "Seen"),
        ("form", "differs", "Differs"),
        ("photo", "missing", "Missing"),
        ("address", "will-bring", "Will bring"),
    ):
        assert cell(clerk, requirement).text == "Not yet"
        tick(clerk, requirement, status)
        found = cell(clerk, requirement)
        assert (found.text, found["data-status"]) == (said, status)
    assert clerk.get("/counter").one("#papers-line").text == (
        "Papers: 1 of 5 seen · missing: Application form, signed, One photo, Proof of address"
    )


def test_each_person_of_a_family_has_a_column(clerk: PageClient) -> None:
    serve(clerk, people=(People("adult", 2), People("child", 1)))
    page = clerk.get("/counter")
    assert page.texts("#papers thead th") == [
        "To bring",
        "Person 1 (Adults)",
        "Person 2 (Adults)",
        "Person 3 (Children)",
        "All together",
        "Wanted",
    ]
    tick(clerk, "old-passport", "seen", "child-1")
    assert [cell(clerk, "old-passport", who).text for who in ("adult-1", "adult-2", "child-1")] == [
        "Not yet",
        "Not yet",
        "Seen",
    ]
    assert cell(clerk, "both-parents", "party-1").text == "Not yet"
    assert not page.has(f"#paper-{SERVICE}-address-child-1")


def test_what_is_missing_is_printed_in_the_language_of_the_person(clerk: PageClient) -> None:
    visit = serve(clerk, language="fr")
    tick(clerk, "old-passport", "seen")
    tick(clerk, "form", "missing")
    link = clerk.get("/counter").one("a[data-print-missing][target=paper]")
    assert link["href"] == f"/counter/missing/{visit}"
    page = clerk.get(link["href"])
    assert page.one("h1").text == "Veuillez apporter"
    paper = page.one(".paper").text
    for said in ("Formulaire de demande signé", "45 mm", "Application form, signed: Missing"):
        assert said in paper
    assert "Votre ancien passeport" not in paper


def test_what_was_said_at_the_kiosk_stands_there_until_somebody_has_looked(clerk: PageClient) -> None:
    lacking = (StatedItem(SERVICE, "photo", "adult"), StatedItem(SERVICE, "fee", "party"))
    visit = serve(clerk, lacking=lacking)
    assert clerk.get("/counter").one(".papers-said").text == "Said at the kiosk: 2 things are not here."
    assert cell(clerk, "photo").text == "Says: not here"
    assert cell(clerk, "form").text == "Not yet"
    tick(clerk, "photo", "seen")
    assert cell(clerk, "photo").text == "Seen"
    assert clerk.get("/counter").one(".papers-said").text == "Said at the kiosk: they have all but the money."
    assert clerk.centre.events("checklist-stated", f"checklist/{visit}") == 1


def test_a_step_that_needs_all_papers_is_named_with_what_is_missing(clerk: PageClient) -> None:
    serve(clerk, GATED)
    press(clerk, "#act-finish")
    press(clerk, "#act-call-next")
    press(clerk, "#act-start")
    page = clerk.get("/counter")
    assert "Hand in your application needs all of it" in page.one(".papers-gate").text
    shown = page.one("[data-form=papers-missing]")
    assert shown.one("h2").text.startswith("Something is missing")
    assert len(shown.all(".missing-list li")) == 5
