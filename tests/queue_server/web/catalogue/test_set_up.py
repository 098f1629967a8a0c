"""Administrators see the set-up of their centre, what is planned and what was, and put an earlier version back."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import Connection

from queue_server.catalogue import planning, store, toml, versions
from queue_server.catalogue.schema import sections
from queue_server.database import open_database, parse_url
from queue_server.domain.values import now_micros
from queue_server.framework.words import AsWritten
from queue_server.web.catalogue import labels
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import PASSWORD, Centre, run_aside

NAME = "Renew a passport"
DAY = (datetime.now(UTC).date() + timedelta(days=9)).isoformat()


@pytest.fixture
def changed(centre: Centre) -> Centre:
    """Give a centre in whose second version a service is called otherwise, and others from a day on."""

    def change(connection: Connection) -> None:
        text = store.export_catalogue(connection, centre.id) or ""
        assert NAME in text
        store.import_catalogue(connection, text.replace(NAME, "A new passport"))
        later = text.replace(NAME, "Passports")
        planning.plan(
            connection,
            toml.parse(later),
            later,
            from_day=datetime.fromisoformat(DAY).date(),
            actor=versions.SYSTEM,
            now=now_micros(),
        )

    async def write() -> None:
        async with open_database(parse_url(None, centre.server.data)) as database:
            await database.write(change)

    run_aside(write())
    return centre


_DRAWN_ANEW = """() => new Promise((drawn) => {
  const page = document.getElementById('page');
  page.addEventListener('htmx:after:swap', () => drawn(), { once: true });
  htmx.trigger(page, 'live:refresh');
})"""


def test_every_section_and_field_has_its_label() -> None:
    _ = AsWritten()
    assert set(labels.sections(_)) == set(sections())
    fields = [(section.name, field.name) for section in sections().values() for field in section.fields]
    assert [one for one in fields if labels.field(_, *one) is None] == []


def test_an_earlier_version_is_seen_and_put_back_by_who_knows_their_password(browser: Browser, changed: Centre) -> None:
    with Desk(browser, changed) as desk:
        page = desk.page
        desk.enter("vera.lindqvist")
        page.wait_for_url("**/catalogue")
        expect(page.locator("#in-force")).to_contain_text("Version 2 is in force")
        page.locator('.catalogue-sections [href$="section=services"]').click()
        expect(page.locator(".catalogue-parts")).to_contain_text("A new passport")
        page.locator("#to-history").click()
        first = page.locator(".catalogue-history > li").first
        expect(first).to_contain_text(f"before: {NAME}")
        expect(first).to_contain_text("by a command at the server")
        assert violations(page) == []
        page.locator("#to-undo").click()
        # It is given for three governments.
        expect(page.locator(".catalogue-differences li")).to_have_count(3)
        page.fill("#undo-password", "something else")
        page.get_by_role("button", name="Put this version in force again").click()
        expect(page.locator("#refused")).to_have_text("The password is wrong.")
        # It is not gone with the next event of the centre.
        page.evaluate(_DRAWN_ANEW)
        expect(page.locator("#refused")).to_have_text("The password is wrong.")
        assert violations(page) == []
        page.fill("#undo-password", PASSWORD)
        page.get_by_role("button", name="Put this version in force again").click()
        page.wait_for_url("**/catalogue?done=put-back")
        expect(page.locator("#in-force")).to_contain_text("Version 3 is in force")
        expect(page.locator("#in-force")).to_contain_text("Vera Lindqvist")
        page.get_by_role("link", name="Another one counts from").click()
        expect(page.locator(".catalogue-differences li").first).to_contain_text("then: Passports")
        page.get_by_role("button", name="Withdraw it").click()
        page.wait_for_url("**/catalogue?done=withdrawn")
        expect(page.get_by_role("link", name="Another one counts from")).to_have_count(0)
        # The page of another administrator, drawn before: what was looked at is in force no more.
        csrf = page.locator("#sign-out [name=csrf]").input_value()
        late = desk.context.request.post(
            f"{desk.server.address}/catalogue/undo",
            form={"csrf": csrf, "version": "1", "over": "2", "password": PASSWORD},
            headers={"Origin": desk.server.address},
        )
        assert late.status == 409
        assert "Somebody else has put another version in force" in late.text()
        assert desk.context.request.get(f"{desk.server.address}/catalogue?version=99").status == 404


def test_in_arabic_words_are_joined_by_its_own_comma(browser: Browser, changed: Centre) -> None:
    with Desk(browser, changed, language="ar") as desk:
        desk.enter("vera.lindqvist")
        desk.page.wait_for_url("**/catalogue")
        expect(desk.page.locator("#in-force")).to_contain_text("\N{ARABIC COMMA} ")
        desk.page.locator("#to-history").click()
        expect(desk.page.locator(".catalogue-history > li > p").first).to_contain_text("\N{ARABIC COMMA} ")
        desk.page.goto(f"{desk.server.address}/catalogue?section=services")
        expect(desk.page.locator(".catalogue-main summary").first).to_contain_text("\N{ARABIC COMMA} ")


def test_managers_do_not_change_it(browser: Browser, centre: Centre) -> None:
    with Desk(browser, centre) as desk:
        desk.enter("elin.marsh")
        assert desk.context.request.get(f"{desk.server.address}/catalogue").status == 403
