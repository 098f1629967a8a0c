"""The day's money on the manager page: figures, what needs somebody, and the export."""

import csv
import io
from datetime import UTC, datetime

from queue_server.contract import payments as pay
from queue_server.contract.client import ApiClient
from queue_server.domain.values import new_id
from tests.queue_server.web.manager.manager_client import ManagerClient
from tests.queue_server.web.manager.office import as_kiosk
from tests.queue_server.web.page_client import PageClient
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


def test_the_day_adds_up_at_each_terminal_and_is_exported(manager: ManagerClient) -> None:
    page = manager.page()
    assert "Nothing was paid yet today." in page.one(".till").text
    assert page.one("#export")["href"] == "/manager/payments.csv"
    centre = manager.centre
    for _ in range(2):
        kiosk_tells(centre, centre.issue().id)
    dinars = ("xmr-passport-renewal", 18250, "KWD")
    kiosk_tells(centre, centre.issue(dinars[0]).id, service=dinars[0], amount=dinars[1], currency=dinars[2])
    copy = "uto-certified-copy"
    body = {"services": [copy], "amount": 1200, "currency": "EUR", "slip": "T-1"}
    manager.api(f"visits/{centre.issue(copy).id}/manual-payments", body)
    manager.api(f"visits/{centre.issue(copy).id}/waive", {"service": copy, "reason": "minor"})
    page = manager.page()
    rows = page.all(".till tbody tr")
    assert len(rows) == 4
    (euros,) = [row for row in rows if "52500038" in row.text and "EUR" in row.text]
    assert euros.texts("td") == ["EUR", "2", "EUR 165.00", "–", "–", "EUR 165.00"]  # noqa: RUF001 - a dash
    rows_with = ".till tbody tr"
    assert page.with_text(rows_with, "KWD").all("td")[-1].text == "KWD 18.250"
    assert "KWD\N{NO-BREAK SPACE}18.250" in page.html
    assert page.with_text(rows_with, "Taken by hand").all("td")[-1].text == "EUR 12.00"
    assert page.with_text(rows_with, "Waived").all("td")[4].text == "EUR 12.00"
    exported = manager.fetch(page.one("#export")["href"])
    found = list(csv.DictReader(io.StringIO(exported.text)))
    assert sorted(row["amount"] for row in found) == ["0.00", "12.00", "18.250", "82.50", "82.50"]
    assert f'filename="payments-{centre.id}-' in exported.headers["Content-Disposition"]
    assert manager.fetch(page.one("#export-before")["href"]).text.count("\n") == 1


def test_what_is_no_day_is_refused_and_nobody_but_managers_exports(manager: ManagerClient) -> None:
    for day in ("2026-13-01", "0001-01-01", "x", "9999-12-31"):
        manager.fetch(f"/manager/payments.csv?day={day}", 400)
    with PageClient(manager.centre) as cashier:
        cashier.sign_in("paula.costa", "3")
        cashier.fetch("/manager/payments.csv", 403)


def test_a_difference_is_an_alarm_that_names_the_payments_until_somebody_looked(manager: ManagerClient) -> None:
    manager.api("counters/3/open")
    payment = kiosk_tells(manager.centre, manager.centre.issue().id)
    close(manager.centre, 8000)
    alarm = manager.alarm("counted EUR 80.00, the journals say EUR 82.50")
    assert number(payment) in alarm.text
    manager.press(alarm.role("button", "I have looked into it"))
    assert manager.alarms() == []
    close(manager.centre, 0)
    assert manager.alarms() == []


def test_a_manager_confirms_what_a_cashier_asked_for_but_not_their_own(manager: ManagerClient) -> None:
    manager.api("counters/3/open")
    payment = kiosk_tells(manager.centre, manager.centre.issue().id)
    manager.api(f"payments/{payment}/refunds", {"reason": "wrong-fee", "amount": 250})
    own = manager.alarm("A refund of EUR 2.50 waits for a second person")
    assert "Asked by Elin Marsh" in own.text
    assert "you asked for it" in own.one("[aria-disabled=true]").text
    manager.press(own.role("button", "Take it back"))
    assert manager.alarms() == []
    with PageClient(manager.centre) as cashier:
        cashier.sign_in("paula.costa", "3")
        cashier.api(f"payments/{payment}/refunds", {"reason": "wrong-fee", "amount": 350})
    manager.press(manager.alarm("A refund of EUR 3.50 waits for a second person").all("button")[0])
    assert "Confirmed by Elin Marsh" in manager.alarm("EUR 3.50 has to go back").text


def test_what_is_not_certain_is_settled_from_the_page(manager: ManagerClient) -> None:
    manager.api("counters/3/open")
    payment = kiosk_tells(manager.centre, manager.centre.issue().id, DOUBT)
    alarm = manager.alarm("A payment of EUR 82.50 is not certain")
    assert number(payment) in alarm.text
    assert "1 not certain" in manager.page().one(".till tbody tr").text
    manager.press(alarm.all("button")[1])
    assert manager.alarms() == []
    assert "Nothing was paid yet today." in manager.page().one(".till").text
