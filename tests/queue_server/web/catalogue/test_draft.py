"""Administrators write a draft of the set-up, are told what is wrong where it stands, and put it in force."""

from datetime import UTC, datetime, timedelta

from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.reader import arrive
from tests.queue_server.web.server import PASSWORD, Centre

#: The day after tomorrow is to come in every time zone.
DAY = (datetime.now(UTC).date() + timedelta(days=2)).isoformat()
SERVICE = "uto-passport-renewal"
SAVED = "/catalogue?section=services&done=saved"


def edited(administrator: PageClient, section: str, ident: str) -> HtmlPage:
    """Go to the form of a part, as people do."""
    page = administrator.get("/catalogue")
    page = administrator.get(page.one(f'.catalogue-sections [href$="section={section}"]')["href"])
    return administrator.get(page.one(f"#part-{section}-{ident} p a")["href"])


def drafted(administrator: PageClient) -> HtmlPage:
    """Read the draft."""
    return administrator.get(administrator.get("/catalogue").role("link", "There is a draft")["href"])


def renamed(administrator: PageClient) -> None:
    """Give a service another name in the draft."""
    form = edited(administrator, "services", SERVICE).one("#part-form")
    assert administrator.submit(form, **{"f.name.en": "Passport again"}).address.endswith(SAVED)  # type: ignore[arg-type]


def test_a_draft_is_written_refused_put_in_force_and_undone(administrator: PageClient) -> None:
    arrive(administrator.centre, service=SERVICE)
    form = edited(administrator, "services", SERVICE).one("#part-form")
    typed = form.fields() | {
        "f.name.en": "Passport again",
        "f.name.fr": "Passeport encore",
        "f.standard_minutes": "999",
    }
    page = administrator.post(form["action"], typed, None)
    assert page.one("#problem-standard_minutes").text == "Write here: a whole number from 0 to 239."
    assert page.one('[name="f.name.fr"]')["value"] == "Passeport encore"
    page = administrator.post(form["action"], typed | {"f.standard_minutes": "20"})
    assert page.address.endswith(SAVED)
    page = drafted(administrator)
    told = page.texts(".catalogue-differences li")
    assert len(told) == 3
    assert "then: Passport again" in told[0]
    assert "Passeport encore" in page.one(".kiosk-screen[lang=fr]").text
    assert page.has(".kiosk-screen[lang=ar][dir=rtl] .kiosk-tiles li")
    assert not page.has(".catalogue-unpaid")
    form = edited(administrator, "steps", "payment").one("#part-form")
    typed = form.fields()
    del typed["f.takes_fees"]
    administrator.post(form["action"], typed)
    assert "no stop of it takes fees" in drafted(administrator).one(".catalogue-unpaid").text
    # What other sections name cannot go alone, and who waits for it is counted.
    page = edited(administrator, "services", SERVICE)
    page = administrator.submit(page.with_text(".catalogue-ways form", "Take it out"))
    assert page.address.endswith(SAVED)
    page = drafted(administrator)
    assert "names something that is not set up" in page.one(".catalogue-main p.st.bad").text
    assert "1 visit is under way for Renew a passport" in page.one(".catalogue-uses").text
    assert not page.has("#put-in-force")
    page = administrator.submit(page.with_text("form.catalogue-act", "Throw the draft away"))
    assert page.address.endswith("/catalogue?done=dropped")
    renamed(administrator)
    page = administrator.submit(drafted(administrator).one("#put-in-force"), when="day", day=DAY, password=PASSWORD)
    assert page.address.endswith("/catalogue?done=planned")
    page = administrator.get(page.role("link", "Another one counts from")["href"])
    assert len(page.all(".catalogue-differences li")) == 1
    page = administrator.submit(page.with_text("form.catalogue-act", "Withdraw it"))
    assert page.address.endswith("/catalogue?done=withdrawn")
    auditors_see(administrator.centre)


def auditors_see(centre: Centre) -> None:
    """Look at what was done as an auditor does."""
    with PageClient(centre) as auditor:
        auditor.enter("omar.sayed")
        acts = [
            text for text in auditor.get("/audit?view=acted").texts(".audit-table tbody tr") if "Vera Lindqvist" in text
        ]
    assert len(acts) == 2
    assert "Withdrew a planned set-up" in acts[0]
    assert "Planned a set-up" in acts[1]
    assert f"from {DAY} on" in acts[1]


def test_a_second_administrator_is_told_and_forms_are_changed_as_text(administrator: PageClient) -> None:
    path = "/catalogue/edit?section=counters&part=0"
    with PageClient(administrator.centre) as other:
        other.enter("vera.lindqvist")
        form, late = administrator.get(path).one("#part-form"), other.get(path).one("#part-form")
        page = administrator.post(form["action"], form.fields() | {"f.name": "77"})
        assert page.address.endswith("/catalogue?section=counters&done=saved")
        page = other.post(late["action"], late.fields() | {"f.name": "78"}, None)
        assert "Somebody else has changed the draft" in page.one("#refused").text
        assert page.one('[name="f.name"]')["value"] == "78"
    page = administrator.submit(drafted(administrator).one("#put-in-force"), password=PASSWORD)
    assert page.address.endswith("/catalogue?done=put-back")
    assert "Version 2 is in force" in page.one("#in-force").text
    # What no form is good for is changed as text, with its comments.
    form = administrator.get("/catalogue/edit?section=forms").one("#part-form")
    typed = form.fields()
    wrong = typed["text"].replace("[[forms]]", "[[forms]]\nnonsense = 1", 1)
    page = administrator.post(form["action"], typed | {"text": wrong}, None)
    assert "nonsense" in page.one("#refused").text
    page = administrator.post(form["action"], typed | {"text": f"# looked through\n{typed['text']}"})
    assert "section=forms" in page.address
    assert "It says the same as what is in force." in drafted(administrator).one(".catalogue-main").text


def test_only_parts_of_a_section_are_moved_and_taken_out(administrator: PageClient) -> None:
    administrator.get("/catalogue/edit?section=centre")
    for section in ("centre", "forms"):
        for act in ("up", "down", "remove"):
            administrator.post("/catalogue/arrange", {"section": section, "part": "0", "act": act}, 404)
