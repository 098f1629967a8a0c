"""Administrators see the set-up of their centre, what is planned and what was, and put an earlier version back."""

from queue_server.catalogue.schema import sections
from queue_server.framework.words import AsWritten
from queue_server.web.catalogue import labels
from tests.queue_server.web.catalogue.conftest import NAME
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import PASSWORD, Centre


def test_every_section_and_field_has_its_label() -> None:
    _ = AsWritten()
    assert set(labels.sections(_)) == set(sections())
    fields = [(section.name, field.name) for section in sections().values() for field in section.fields]
    assert [one for one in fields if labels.field(_, *one) is None] == []


def test_an_earlier_version_is_seen_and_put_back_by_who_knows_their_password(
    changed: Centre, administrator: PageClient
) -> None:
    assert changed.id == administrator.centre.id
    page = administrator.get("/catalogue")
    assert "Version 2 is in force" in page.one("#in-force").text
    services = administrator.get(page.one('.catalogue-sections [href$="section=services"]')["href"])
    assert "A new passport" in services.one(".catalogue-parts").text
    first = administrator.get(page.one("#to-history")["href"]).all(".catalogue-history > li")[0]
    assert f"before: {NAME}" in first.text
    assert "by a command at the server" in first.text
    page = administrator.get(page.one("#to-undo")["href"])
    # It is given for three governments.
    assert len(page.all(".catalogue-differences li")) == 3
    form = page.with_text("form.catalogue-act", "Put this version in force again")
    assert form["action"] == "/catalogue/undo"
    page = administrator.submit(form, None, password="something else")
    assert page.one("#refused").text == "The password is wrong."
    assert "hx-morph-skip" in page.one("div:has(> #refused)")
    page = administrator.submit(form, password=PASSWORD)
    assert page.address.endswith("/catalogue?done=put-back")
    assert "Version 3 is in force" in page.one("#in-force").text
    assert "Vera Lindqvist" in page.one("#in-force").text
    page = administrator.get(page.role("link", "Another one counts from")["href"])
    assert "then: Passports" in page.texts(".catalogue-differences li")[0]
    page = administrator.submit(page.with_text("form.catalogue-act", "Withdraw it"))
    assert page.address.endswith("/catalogue?done=withdrawn")
    assert not [text for text in page.texts("a") if text.startswith("Another one counts from")]
    # The page of another administrator, read before: what was looked at is in force no more.
    late = administrator.submit(form, 409, password=PASSWORD)
    assert "Somebody else has put another version in force" in late.text
    administrator.get("/catalogue?version=99", 404)


def test_in_arabic_words_are_joined_by_its_own_comma(changed: Centre) -> None:
    comma = "\N{ARABIC COMMA} "
    with PageClient(changed, language="ar") as administrator:
        page = administrator.enter("vera.lindqvist")
        assert page.address.endswith("/catalogue")
        assert comma in page.one("#in-force").text
        history = administrator.get(page.one("#to-history")["href"])
        assert comma in history.all(".catalogue-history > li > p")[0].text
        services = administrator.get("/catalogue?section=services")
        assert comma in services.all(".catalogue-parts summary ~ dl")[0].text


def test_managers_do_not_change_it(client: PageClient) -> None:
    client.enter("elin.marsh")
    client.get("/catalogue", 403)
