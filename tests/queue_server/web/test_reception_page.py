"""The reception page without a browser: tickets that a counter has, papers, and who may see and ask for what."""

import pytest

from queue_server.contract.visits import VisitView
from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre

NONSENSE = ("", "\0", "A" * 100_000, "/t/" + "A" * 43, "/t/../t/x", "A99999999999", "{{7*7}}", "<script>")


@pytest.fixture
def front(client: PageClient) -> PageClient:
    client.enter("noor.haddad")
    return client


def in_hand(front: PageClient, visit: VisitView) -> HtmlPage:
    """Look at a ticket as the open page does."""
    front.get("/reception")
    return front.post("/reception/page", {"visit": visit.id, "typed": "", "only": "", "service": ""})


def called(counter: PageClient) -> None:
    counter.sign_in("ines.moreau", "3")
    counter.open("3")
    counter.press(counter.get("/counter").one("#act-call-next"))


def test_a_visit_at_a_counter_is_handed_back_only_when_the_counter_is_silent(front: PageClient, centre: Centre) -> None:
    visit = centre.issue("uto-birth")
    with PageClient(centre) as counter:
        called(counter)
        front.press(in_hand(front, visit).one("#act-hand-back"), refused="counter-not-silent")
    words = front.get("/reception").one("#refusals [data-code=counter-not-silent]").text
    assert words == "Somebody is signed in at that counter. Ask them, or a manager."
    assert centre.events("visit-handed-back") == 0


def test_a_parked_visit_waits_again(front: PageClient, centre: Centre) -> None:
    visit = centre.issue("uto-birth")
    with PageClient(centre) as counter:
        called(counter)
        counter.api("counters/3/park", {"reason": "form", "minutes": 5})
        shown = in_hand(front, visit)
        assert shown.one("#hand .ticket-head").text == "parked"
        front.press(shown.one("#act-resume"))
        assert "waits for" in in_hand(front, visit).one("#hand .ticket-head").text
        assert counter.get("/counter").one(".queue .count").text == "1"
    assert centre.events("visit-resumed") == 1


def test_a_paper_that_is_told_is_in_the_history_of_its_visit(front: PageClient, centre: Centre) -> None:
    visit = centre.issue()
    paper = front.get(in_hand(front, visit).one("#act-print")["href"])
    assert paper.one(".paper .code").text.replace(" ", "") == visit.code
    front.api(paper.one("main.paper")["data-papers"].partition(f"/{centre.id}/")[2])
    assert centre.events("ticket-printed") == 1
    newest = front.get(f"/waiting?visit={visit.id}").all(".history li")[0].text
    assert "Ticket printed" in newest
    assert "you" in newest


def test_only_those_who_receive_people_see_the_page(client: PageClient) -> None:
    assert "/sign-in" in client.get("/reception").address
    client.enter("ines.moreau")
    client.get("/reception", status=403)
    client.post("/reception/page", status=403)
    client.get("/reception/paper/x", status=403)


def test_forms_of_others_and_nonsense_change_and_show_nothing(front: PageClient) -> None:
    desk = front
    asked = desk.get("/reception").one("#asked [name=csrf]")["value"]
    desk.post("/reception/page", {"csrf": "", "typed": "x"}, status=403)
    desk.post("/reception/find", {"csrf": "A" * 43, "text": "A001"}, status=403)
    with PageClient(desk.centre, headers={"Origin": "https://elsewhere.example"}) as foreign:
        foreign._http.cookies.update(desk._http.cookies)
        foreign.post("/reception/find", {"csrf": asked, "text": "A001"}, status=403)
    for text in NONSENSE:
        assert desk.post("/reception/find", {"csrf": asked, "text": text}).html == '{"found":null}'
        shown = desk.post("/reception/page", {"csrf": asked, "typed": text, "visit": text[:300], "only": text[:300]})
        assert "<script>" not in shown.html
    desk.get(f"/reception/paper/{'0' * 36}", status=404)
    desk.get(f"/t/{'A' * 43}/live", status=404)
