"""What the keys and forms of the counter page do on the rendered page, and who may ask for its parts."""

import pytest

from tests.queue_server.web.counter_page import call, form, press, search, send
from tests.queue_server.web.page_client import PageClient


def note(client: PageClient, act: str) -> str:
    return client.get("/counter").one(f"#act-{act} .act-note").text


def test_undo_names_each_act_that_it_takes_back(clerk: PageClient) -> None:
    visit = call(clerk)
    first = clerk.get("/counter").one("#act-undo")
    assert note(clerk, "undo") == "the call"
    assert press(clerk, "#act-undo").one("#now")["data-stage"] == "idle"
    press(clerk, "#act-call-next")
    assert clerk.centre.events("visit-called") == 2
    # The same moment at the counter as before is another one: what is sent now has another key.
    assert clerk.get("/counter").one("#act-undo")["data-slot"] != first["data-slot"]
    press(clerk, "#act-start")
    assert note(clerk, "undo").startswith("start ")
    assert press(clerk, "#act-undo").one("#now")["data-stage"] == "called"
    # And the call before it.
    assert note(clerk, "undo") == "the call"
    assert press(clerk, "#act-undo").one("#now")["data-stage"] == "idle"
    assert clerk.centre.events("undone") == 3
    assert visit in clerk.post("/counter/find", {"q": "", "for": "call"}).one("input[name=visit]")["value"]


def test_a_transfer_to_the_front_of_a_step_is_undone(clerk: PageClient) -> None:
    visit = call(clerk)
    transfer = form(clerk, "transfer")
    interview = transfer.with_text("label", "Interview").one("input[name=to]")
    assert (interview["data-field"], interview["data-reason"]) == ("step", "specialist")
    sent = {"visit": visit, "reason": "specialist", "where": "front", "step": interview["value"]}
    clerk.press(transfer, **sent)
    page = clerk.get("/counter")
    assert page.one("#now")["data-stage"] == "idle"
    (row,) = page.all(".queue li")
    assert "Walk-in" in row.text
    assert press(clerk, "#act-undo").one("#notes-of")["data-url"].endswith(f"/visits/{visit}/notes")


def test_a_parked_visit_is_listed_with_its_reason_and_waits_again(clerk: PageClient) -> None:
    first, second = (clerk.centre.issue().id for _ in range(2))
    for place in (2, 1):
        press(clerk, "#act-call-next")
        parking = form(clerk, "park")
        send(clerk, parking, reason=parking.all("input[name=reason]")[place]["value"])
    page = clerk.get("/counter")
    assert page.one(".parked h2 .count").text == "2"
    assert "has a photo taken" in page.all(".parked li")[0].text
    parked = form(clerk, "parked")
    assert [one["value"] for one in parked.all("input[name=visit]")] == [first, second]
    send(clerk, parked, visit=second)
    assert clerk.get("/counter").one("#notes-of")["data-url"].endswith(f"/visits/{second}/notes")
    press(clerk, "#act-undo")
    again = form(clerk, "parked").one("button[data-id=act-wait-again]")["data-url"]
    clerk.api(again.replace("{visit}", first).partition(f"/{clerk.centre.id}/")[2])
    page = clerk.get("/counter")
    assert page.one(".queue .count").text == "1"
    assert clerk.centre.events("visit-resumed") == 1


def test_a_wish_for_priority_is_answered_and_a_visit_is_changed(clerk: PageClient) -> None:
    clerk.centre.issue(asks_priority=True)
    assert "Asks for priority" in clerk.get("/counter").one(".idle-row .tags").text
    press(clerk, "#act-call-next")
    category, change = clerk.get("/counter").all("[data-form=change] form")
    assert category.has(".asks")
    send(clerk, category, category="priority")
    tags = clerk.get("/counter").one(".tags").text
    assert "Priority" in tags
    assert "Asks for priority" not in tags
    send(clerk, change, party_size=3, language="ar")
    tags = clerk.get("/counter").one(".tags").text
    assert "Party of 3" in tags
    assert "Arabic" in tags
    assert (clerk.centre.events("visit-reclassified"), clerk.centre.events("visit-changed")) == (1, 1)


def test_a_search_finds_visits_and_nothing_else(clerk: PageClient) -> None:
    visits = [clerk.centre.issue() for _ in range(12)]
    clerk.get("/counter")
    assert search(clerk, "X999").one("p").text == "No visit of today has this ticket."
    assert len(search(clerk, "", calling=True).all("li")) == 9
    (found,) = search(clerk, visits[10].code[1:].lstrip("0"), calling=True).all("li input[checked]")
    assert found["value"] == visits[10].id


@pytest.mark.parametrize("wanted", ["\0", "'\"<script>", "9" * 5000, "٤٢", "B" * 200])
def test_any_search_is_answered_and_none_without_a_token(clerk: PageClient, wanted: str) -> None:
    clerk.centre.issue()
    clerk.get("/counter")
    assert "<script" not in search(clerk, wanted).html
    clerk.post("/counter/find", {"q": wanted, "csrf": ""}, status=403)


def test_parts_of_the_page_are_for_who_sits_there(client: PageClient) -> None:
    client.centre.issue()

    def are_refused() -> None:
        client.post("/counter/find", status=401)
        for part in ("applications", "page", "document"):
            client.get(f"/counter/{part}", status=401)

    are_refused()
    # Signed in, but at no counter yet.
    client.enter("ines.moreau")
    are_refused()


def test_a_pause_has_a_reason_and_ends(clerk: PageClient) -> None:
    clerk.centre.issue()
    pause = clerk.get("/counter").one("#pause form")
    reasons = [one["value"] for one in pause.all("input[name=reason]")]
    assert reasons[2] == "training"
    send(clerk, pause, reason="training")
    page = clerk.get("/counter")
    assert page.one("#now")["data-stage"] == "paused"
    assert "training" in page.all(".work .line .second")[0].text
    assert clerk.centre.events("visit-called") == 0
    assert press(clerk, "#act-open").one("#now")["data-stage"] == "idle"
