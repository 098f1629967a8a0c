"""A visit in detail, on the page of who waits as HTML: its whole history, and who may have it forgotten."""

from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre

NOTE = "Wears a hearing aid"


def history(page: HtmlPage) -> list[str]:
    """Return the lines of a history, newest first."""
    return page.texts(".history li")


def test_the_whole_history_of_a_visit_names_who_acted(centre: Centre) -> None:
    with PageClient(centre) as one, PageClient(centre) as two:
        one.sign_in("samir.nasser", "4")
        one.open("4")
        visit = centre.issue()
        one.press(one.get("/counter").one("#act-call-next"))
        one.press(one.get("/counter").one("#act-start"))
        one.api(f"visits/{visit.id}/notes", {"text": NOTE})
        one.press(one.get("/counter").one("#act-finish"))
        two.sign_in("ines.moreau", "3")
        two.open("3")
        two.press(two.get("/counter").one("#act-call-next"))
        said = history(two.get("/counter"))
        expected = [
            ("Called to counter 3", "you"),
            ("Reception finished, on to Check your papers", "Samir Nasser"),
            ("Note written", "Samir Nasser"),
            ("Started", "Samir Nasser"),
            ("Called to counter 4", "Samir Nasser"),
            ("Ticket issued", "Kiosk 2, entrance"),
        ]
        assert [line.partition(" ")[2] for line in said] == [f"{what}{who}" for what, who in expected]
        two.press(two.get("/counter").one("#act-undo"))
        page = two.get(f"/waiting?visit={visit.id}")
        assert page.texts(".history s") == ["Called to counter 3"]
        # What colleagues wrote is for the counter that has the visit, and for reception and managers.
        two.fetch(page.one("#notes-of")["data-url"], status=403)
        assert page.one("#written")["data-others"] == "They are for the counter that has this visit."
        assert NOTE not in page.html


def test_only_managers_have_it_forgotten_who_came(centre: Centre, clerk: PageClient) -> None:
    visit = centre.issue()
    assert not clerk.get(f"/waiting?visit={visit.id}").has("#act-forget")
    with PageClient(centre) as manager:
        manager.enter("elin.marsh")
        page = manager.get(f"/waiting?visit={visit.id}")
        notes = page.one("#notes-of")["data-url"]
        manager.press(page.one("form[data-act=note]"), text="Asked for Mrs Example")
        assert "Mrs Example" in manager.fetch(notes).text
        page = manager.get(f"/waiting?visit={visit.id}")
        assert page.one("#notes-of")["data-count"] == "1"
        assert page.one("#act-forget")["data-dialog"] == "forget-it"
        dialog = page.one("[data-form=forget-it]")
        assert "cannot be taken back" in dialog.one("form p").text
        manager.press(dialog.one("form"))
        assert "Mrs Example" not in manager.fetch(notes).text
