"""The day's money on the manager page: figures, what needs somebody, and the export, in a browser; every language."""

import csv
import io
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from queue_server.contract import payments as pay
from queue_server.contract.client import ApiClient
from queue_server.domain.values import new_id
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.manager.office import Office, as_kiosk
from tests.queue_server.web.manager.test_looks import SIZES
from tests.queue_server.web.server import Centre
from tests.queue_server.web.till import DOUBT, kiosk_tells


def close(centre: Centre, amount: int) -> None:
    """Let the kiosk's terminal end its day with this total of euros."""
    told = pay.ReconciliationReport(
        id=new_id(),
        driver="zvt+tcp",
        terminal="52500038",
        at=datetime.now(UTC),
        totals=(pay.TerminalTotal("EUR", amount, 1),),
    )

    async def tell(client: ApiClient) -> pay.ReconciliationReportAnswer:
        return await client.report_reconciliation(centre.id, told)

    as_kiosk(centre, tell)


def number(ident: str) -> str:
    tail = ident.replace("-", "")[-12:].upper()
    return "-".join(tail[at : at + 4] for at in (0, 4, 8))


def test_the_day_adds_up_at_each_terminal_and_is_exported(office: Office) -> None:
    expect(office.find(".till")).to_contain_text("Nothing was paid yet today.")
    centre = office.centre
    for _ in range(2):
        kiosk_tells(centre, centre.issue().id)
    dinars = ("xmr-passport-renewal", 18250, "KWD")
    kiosk_tells(centre, centre.issue(dinars[0]).id, service=dinars[0], amount=dinars[1], currency=dinars[2])
    by_hand = centre.issue("uto-certified-copy").id
    body = {"services": ["uto-certified-copy"], "amount": 1200, "currency": "EUR", "slip": "=T-1".strip("=")}
    office.post(f"visits/{by_hand}/manual-payments", body)
    office.post(
        f"visits/{centre.issue('uto-certified-copy').id}/waive", {"service": "uto-certified-copy", "reason": "minor"}
    )
    rows = office.find(".till tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.filter(has_text="52500038").filter(has_text="EUR").locator("td")).to_have_text(
        ["EUR", "2", "EUR 165.00", "–", "–", "EUR 165.00"]  # noqa: RUF001 - an empty cell has a dash
    )
    expect(rows.filter(has_text="KWD").locator("td").last).to_have_text("KWD\N{NO-BREAK SPACE}18.250")
    expect(rows.filter(has_text="Taken by hand").locator("td").last).to_have_text("EUR 12.00")
    expect(rows.filter(has_text="Waived").locator("td").nth(4)).to_have_text("EUR 12.00")
    with office.page.expect_download() as loaded:
        office.find("#export").click()
    text = loaded.value.path().read_text()
    found = list(csv.DictReader(io.StringIO(text)))
    assert sorted(row["amount"] for row in found) == ["0.00", "12.00", "18.250", "82.50", "82.50"]
    assert loaded.value.suggested_filename.startswith(f"payments-{centre.id}-")
    with office.page.expect_download() as loaded:
        office.find("#export-before").click()
    assert loaded.value.path().read_text().count("\n") == 1


@pytest.mark.parametrize("day", ["2026-13-01", "0001-01-01", "x", "9999-12-31"])
def test_what_is_no_day_is_refused(office: Office, day: str) -> None:
    answer = office.context.request.get(f"{office.server.address}/manager/payments.csv?day={day}")
    assert answer.status == 400


def test_nobody_but_managers_exports(browser: Browser, centre: Centre) -> None:
    with Office(browser, centre) as other:
        other.sign_in("paula.costa", "3")
        assert other.context.request.get(f"{other.server.address}/manager/payments.csv").status == 403


def test_a_difference_is_an_alarm_that_names_the_payments_until_somebody_looked(office: Office) -> None:
    office.post("counters/3/open", {})
    payment = kiosk_tells(office.centre, office.centre.issue().id)
    close(office.centre, 8000)
    alarm = office.alarm("counted EUR 80.00, the journals say EUR 82.50")
    expect(alarm).to_contain_text(number(payment))
    alarm.get_by_role("button", name="I have looked into it").click()
    expect(alarm).to_have_count(0)
    close(office.centre, 0)
    office.expect_alarms(0)


def test_a_manager_confirms_what_a_cashier_asked_for_but_not_their_own(office: Office, browser: Browser) -> None:
    office.post("counters/3/open", {})
    payment = kiosk_tells(office.centre, office.centre.issue().id)
    office.post(f"payments/{payment}/refunds", {"reason": "wrong-fee", "amount": 250})
    own = office.alarm("A refund of EUR 2.50 waits for a second person")
    expect(own).to_contain_text("Asked by Elin Marsh")
    expect(own.locator("[aria-disabled=true]")).to_contain_text("you asked for it")
    own.get_by_role("button", name="Take it back").click()
    office.expect_alarms(0)
    with Office(browser, office.centre) as cashier:
        cashier.sign_in("paula.costa", "3")
        cashier.post(f"payments/{payment}/refunds", {"reason": "wrong-fee", "amount": 350})
    theirs = office.alarm("A refund of EUR 3.50 waits for a second person")
    theirs.locator("button").first.click()
    expect(office.alarm("EUR 3.50 has to go back")).to_contain_text("Confirmed by Elin Marsh")


def test_what_is_not_certain_is_settled_from_the_page(office: Office) -> None:
    office.post("counters/3/open", {})
    payment = kiosk_tells(office.centre, office.centre.issue().id, DOUBT)
    alarm = office.alarm("A payment of EUR 82.50 is not certain")
    expect(alarm).to_contain_text(number(payment))
    expect(office.find(".till tbody tr")).to_contain_text("1 not certain")
    alarm.locator("button").nth(1).click()
    office.expect_alarms(0)
    expect(office.find(".till")).to_contain_text("Nothing was paid yet today.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_cut_off(browser: Browser, centre: Centre, language: str) -> None:
    payment = kiosk_tells(centre, centre.issue().id)
    kiosk_tells(centre, centre.issue().id, DOUBT)
    close(centre, 100)
    with Office(browser, centre, language=language) as office:
        office.look()
        office.post("counters/3/open", {})
        office.post(f"payments/{payment}/refunds", {"reason": "paid-twice"})
        office.expect_alarms(3)
        for width, height in SIZES:
            office.page.set_viewport_size({"width": width, "height": height})
            assert office.cut_off() == [], (width, height)
        assert violations(office.page) == []
