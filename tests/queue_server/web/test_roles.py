"""Staff made by the command line, at work in Chromium by keyboard: each lands where they can work, and money that goes
back takes two of them."""

import re
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from queue_server.contract.visits import VisitView
from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import COMMAND, Centre
from tests.queue_server.web.test_accessibility import SIZES, large_letters
from tests.queue_server.web.test_controls import Presser
from tests.queue_server.web.till import DOUBT, kiosk_asks, kiosk_hears, kiosk_tells

#: Patience alone: each person here is made by a process of the command line, and has a browser of their own.
pytestmark = pytest.mark.timeout(240)


def staff(centre: Centre, *said: str) -> str:
    """Give a command of ``queue-server staff``, while the server runs; returns the last line that it prints."""
    ran = subprocess.run(
        [COMMAND, "staff", *said, "--data", centre.server.data], check=True, capture_output=True, text=True
    )
    return ran.stdout.splitlines()[-1]


class Person(Desk):
    """Somebody whose account was made for this test; ``login`` is theirs alone among all tests."""

    def __init__(self, browser: Browser, centre: Centre, name: str, *roles: str, language: str = "en") -> None:
        super().__init__(browser, centre, language=language)
        self.login = f"{name.split(maxsplit=1)[0].lower()}.{centre.id}"
        said = [word for role in roles for word in ("--role", role)]
        self.password = staff(centre, "add", self.login, "--name", name, "--centre", centre.id, *said)

    def come(self, path: str) -> None:
        """Sign in by keyboard, and be at the page of one's role."""
        self.enter(self.login, self.password)
        self.page.wait_for_url(f"**{path}")
        self.is_live()

    def roles(self, *said: str) -> None:
        staff(self.centre, "roles", self.login, "--centre", self.centre.id, *said)

    def find(self, code: str) -> None:
        """Find a visit by its ticket, and look at its money."""
        self.dialog("Slash")
        self.page.keyboard.type(code)
        expect(self.page.locator("dialog[open] [data-find]")).to_have_attribute("data-shown", code)
        expect(self.page.locator("dialog[open] [data-found] input:checked")).to_have_count(1)
        self.press("Enter")
        self.page.wait_for_url("**/cash?visit=*")
        self.is_live()
        assert self.code() == code

    def dialog(self, key: str) -> None:
        self.press(key)
        expect(self.page.locator("dialog[open]")).to_be_visible()
        if key == "KeyS":
            expect(self.page.locator("dialog[open] [data-found] > *")).to_have_count(1)

    def does(self, *keys: str) -> None:
        """Press keys in a dialog, the last of which closes it."""
        for key in keys:
            if len(key) > 1 and re.fullmatch(r"Enter|Arrow\w+|Digit\d|Tab", key):
                self.press(key)
            else:
                self.page.keyboard.type(key)
        expect(self.page.locator("dialog[open]")).to_have_count(0)

    def walk(self, name: str) -> None:
        """Press a link or a button: with Tab until it has the focus, then Enter."""
        for _ in range(40):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.textContent.trim()") == name:
                self.press("Enter")
                return
        raise AssertionError(name)

    def line(self, text: str) -> None:
        expect(self.page.locator("#money-line")).to_have_text(text)


@pytest.fixture
def cashier(browser: Browser, centre: Centre) -> Iterator[Person]:
    with Person(browser, centre, "Hana Kovac", "cashier") as person:
        yield person


def test_a_cashier_alone_takes_waives_and_answers_kiosks_by_keyboard(cashier: Person) -> None:
    centre = cashier.centre
    copy, renewal = centre.issue("uto-certified-copy"), centre.issue("uto-passport-renewal")
    asking = kiosk_asks(centre, visit=centre.issue("uto-passport-renewal").id)
    cashier.come("/cash")
    # Whom a kiosk has in its hands is not in the list of those who have to pay here.
    expect(cashier.page.locator("#to-pay")).to_have_text("2")
    expect(cashier.page.locator(".asked")).to_contain_text("waits for EUR 82.50")
    cashier.dialog("KeyL")
    cashier.does("T-100", "Enter")
    expect(cashier.page.locator(".asked")).to_have_count(0)
    assert [(word.done, word.slip) for word in kiosk_hears(centre, asking)] == [(True, "T-100")]
    cashier.press("KeyN")
    cashier.page.wait_for_url(f"**/cash?visit={copy.id}")
    cashier.is_live()
    cashier.line("To pay: EUR 12.00")
    cashier.dialog("KeyW")
    cashier.does("Digit2", "Enter")
    cashier.line("Waived: EUR 12.00")
    cashier.find(renewal.code)
    cashier.line("To pay: EUR 82.50")
    assert cashier.note("waive") == "no fee that may be waived"
    assert cashier.note("refund") == "nothing was paid"
    cashier.dialog("KeyB")
    cashier.does("T-101", "Enter")
    cashier.line("Paid: EUR 82.50")
    expect(cashier.page.locator("#to-pay")).to_have_text("0")
    expect(cashier.page.locator(".paid tbody tr")).to_have_count(1)
    expect(cashier.page.locator(".paid tbody")).to_contain_text("slip T-101")
    # A key that does nothing now says why, and opens nothing.
    assert cashier.note("take") == "nothing to pay"
    cashier.press("KeyB")
    expect(cashier.page.locator("dialog[open]")).to_have_count(0)


def test_two_cashiers_give_money_back(cashier: Person, browser: Browser) -> None:
    centre = cashier.centre
    visit = centre.issue("uto-passport-renewal")
    kiosk_tells(centre, visit.id)
    cashier.come("/cash")
    cashier.find(visit.code)
    cashier.line("Paid: EUR 82.50")
    cashier.dialog("KeyE")
    cashier.page.fill("dialog[open] input[name=amount]", "20.00")
    cashier.does("Enter")
    cashier.line("Paid: EUR 82.50 · 1 refund waits")
    cashier.dialog("KeyS")
    expect(cashier.page.locator("dialog[open] .refund")).to_contain_text("somebody else has to confirm it")
    cashier.press("Escape")
    with Person(browser, centre, "Nadia Ferrer", "cashier", "counter") as second:
        second.enter(second.login, second.password)
        # Who serves at counters too chooses one first, and the cash desk is one key press away.
        second.page.wait_for_url("**/sign-in/counter")
        second.walk("Cash desk")
        second.page.wait_for_url("**/cash")
        second.is_live()
        second.dialog("KeyS")
        expect(second.page.locator("dialog[open] .refund")).to_contain_text("Asked by Hana Kovac")
        second.does("ArrowDown", "Enter")
        second.dialog("KeyS")
        expect(second.page.locator("dialog[open] .refund")).to_contain_text("Confirmed by Nadia Ferrer")
        second.does("ArrowDown", "R-7", "Enter")
    cashier.line("Paid: EUR 62.50")


def test_two_managers_see_to_a_refund_that_one_of_them_asked_for(browser: Browser, centre: Centre) -> None:
    visit = centre.issue("uto-passport-renewal")
    kiosk_tells(centre, visit.id)
    with (
        Person(browser, centre, "Daniel Okoro", "manager") as first,
        Person(browser, centre, "Mona Brandt", "manager") as second,
    ):
        first.come("/manager")
        first.walk("Cash desk")
        first.page.wait_for_url("**/cash")
        first.find(visit.code)
        first.dialog("KeyE")
        first.does("Enter")
        first.line("Paid: EUR 82.50 · 1 refund waits")
        second.come("/manager")
        alarm = second.page.locator(".alarms li").filter(has_text="EUR 82.50")
        expect(alarm).to_have_count(1)
        second.walk("Confirm the refund")
        expect(alarm.get_by_role("button", name="Confirm the refund")).to_have_count(0)
        first.dialog("KeyS")
        expect(first.page.locator("dialog[open] .refund")).to_contain_text("Confirmed by Mona Brandt")


def test_a_role_that_is_given_or_taken_reaches_an_open_page(cashier: Person) -> None:
    cashier.may_be_cut = True
    cashier.come("/cash")
    expect(cashier.page.locator("nav.pages")).to_have_count(0)
    cashier.roles("--role", "cashier", "--role", "reception")
    expect(cashier.page.locator("nav.pages a")).to_have_text(["Reception", "Cash desk"])
    cashier.roles("--role", "reception")
    cashier.page.wait_for_url("**/reception")
    cashier.go("/cash")
    expect(cashier.page.locator("h1")).to_have_text("This page is not for you")
    cashier.page.get_by_role("link", name="Go to my page").press("Enter")
    cashier.page.wait_for_url("**/reception")
    cashier.is_live()
    cashier.roles("--none")
    cashier.page.wait_for_url("**/sign-in")


def test_whoever_serves_at_counters_no_more_leaves_the_counter(browser: Browser, centre: Centre) -> None:
    with Person(browser, centre, "Samir Nasser", "counter", "cashier") as clerk:
        clerk.may_be_cut = True
        clerk.enter(clerk.login, clerk.password)
        clerk.page.check('input[name=counter][value="3"]')
        clerk.press("Enter")
        clerk.page.wait_for_url("**/counter")
        clerk.is_live()
        clerk.open()
        clerk.roles("--role", "cashier")
        clerk.page.wait_for_url("**/cash")


def test_signing_in_says_what_is_wrong_where_there_is_nowhere_to_work(browser: Browser, centre: Centre) -> None:
    with Person(browser, centre, "Amal Haddad", "cashier") as person:
        other = next(one for one in centre.server.kiosks if one != centre.id)

        def attempt(where: str) -> None:
            person.go(f"/sign-in?centre={where}")
            person.page.fill("#login", person.login)
            person.page.fill("#password", person.password)
            person.press("Enter")

        attempt(other)
        expect(person.page.locator("#error")).to_contain_text("You have no role at this centre. Choose one of yours:")
        staff(centre, "disable", person.login)
        attempt(centre.id)
        expect(person.page.locator("#error")).to_contain_text("This account is closed.")
        staff(centre, "enable", person.login)
        person.roles("--none")
        attempt(centre.id)
        expect(person.page.locator("#error")).to_contain_text("You have no role at any centre. Ask your manager.")
        person.roles("--role", "cashier")
        person.come("/cash")


@pytest.fixture
def auditor(browser: Browser, centre: Centre) -> Iterator[Person]:
    with Person(browser, centre, "Ada Sorensen", "auditor") as person:
        yield person


def cells(desk: Desk, row: int) -> list[str]:
    return desk.page.locator(".audit-table tbody tr").nth(row).locator("th, td").all_inner_texts()


def look_for_a_payment(auditor: Person) -> None:
    """Look by the slip, by the end of the card, by the amount: each finds it; the focus is then on it."""
    for said, found in (("0042", 1), ("82.5", 1), ("0019", 0), ("0018", 1)):
        auditor.press("Slash")
        expect(auditor.page.locator("#payment-q")).to_be_focused()
        auditor.page.locator("#payment-q").fill(said)
        auditor.press("Enter")
        if found:
            expect(auditor.page.locator("#found tbody tr")).to_contain_text("EUR 82.50")
            expect(auditor.page.locator("#found-head")).to_be_focused()
        else:
            expect(auditor.page.locator("#found-head")).to_contain_text("No payment has")


def test_an_auditor_reads_the_record_by_keyboard(auditor: Person, cashier: Person) -> None:
    centre = auditor.centre
    visit = centre.issue("uto-passport-renewal")
    payment = kiosk_tells(centre, visit.id)
    cashier.come("/cash")
    cashier.find(visit.code)
    assert cashier.context.request.get(f"{cashier.server.address}/counter/receipt/{payment}").ok
    cashier.dialog("KeyE")
    cashier.does("Enter")
    cashier.line("Paid: EUR 82.50 · 1 refund waits")
    assert cashier.note("refund") == "nothing is left to give back"
    auditor.come("/audit")
    auditor.press("KeyV")
    expect(auditor.page.locator(".check")).to_contain_text("The record is whole", timeout=120_000)
    look_for_a_payment(auditor)
    auditor.walk(auditor.page.locator("#found a").inner_text())
    auditor.page.wait_for_url("**/audit?view=money&subject=*")
    auditor.is_live()
    chain = auditor.page.locator(".chain tbody tr")
    expect(chain).to_have_count(10)
    expect(chain.last).to_contain_text("Refund asked for")
    expect(chain.last).to_contain_text("Hana Kovac")
    expect(auditor.page.locator(".chain .st.good")).to_have_count(10)
    auditor.press("KeyL")
    auditor.page.wait_for_url("**view=looked")
    looked = [cells(auditor, row)[1:3] for row in range(4)]
    assert looked[-1] == ["Hana Kovac", "a receipt, to print a copy"]
    assert looked[0] == ["Ada Sorensen", "the end of a card, to find what was paid with it"]
    auditor.press("KeyA")
    auditor.page.wait_for_url("**view=acted")
    assert cells(auditor, 0)[1:3] == ["Hana Kovac", "Refund asked for"]
    auditor.page.select_option("select[name=actor]", label="devices and the server too")
    auditor.walk("Show")
    expect(auditor.page.locator(".audit-table")).to_contain_text("Ticket issued")
    expect(auditor.page.locator(".audit-table")).to_contain_text("Kiosk 2, entrance")
    # It reads only, and reads this alone.
    assert auditor.page.locator("[data-act]:not(#act-verify), form[data-act]").count() == 0
    for path in ("/cash", "/manager", "/reception"):
        auditor.go(path)
        expect(auditor.page.locator("h1")).to_have_text("This page is not for you")
    assert cashier.context.request.get(auditor.server.address + "/audit/page").status == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_auditors_in_every_view(browser: Browser, centre: Centre, language: str) -> None:
    with Person(browser, centre, "Ada Sorensen", "auditor", language=language) as desk:
        desk.may_be_cut = True
        busy(centre)
        desk.come("/audit")
        desk.page.locator("#payment-q").fill("82.50")
        desk.press("Enter")
        expect(desk.page.locator("#found tbody tr")).to_have_count(3)
        look(desk, "found")
        large_letters(desk)
        desk.go(desk.page.locator("#found a").first.get_attribute("href") or "")
        desk.is_live()
        look(desk, "chain")
        for view in ("looked", "acted"):
            desk.go(f"/audit?view={view}&actor=")
            desk.is_live()
            look(desk, view)
            large_letters(desk)
        expect(desk.page.locator(".audit-table tbody tr")).not_to_have_count(0)
        desk.press("Shift+Slash")
        assert violations(desk.page) == []


def busy(centre: Centre) -> VisitView:
    """Let there be everything that the cash page can show; gives a visit that has paid."""
    for service in ("uto-passport-renewal", "uto-certified-copy") * 6:
        centre.issue(service)
    kiosk_asks(centre, visit=centre.issue("uto-passport-renewal").id)
    kiosk_tells(centre, centre.issue("uto-passport-renewal").id, DOUBT)
    paid = centre.issue("uto-passport-renewal")
    kiosk_tells(centre, paid.id)
    return paid


def look(desk: Desk, state: str) -> None:
    for width, height in SIZES:
        desk.page.set_viewport_size({"width": width, "height": height})
        desk.fits()
    desk.page.set_viewport_size({"width": 1440, "height": 900})
    assert violations(desk.page) == [], state


@pytest.mark.stops
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cash_desk_in_every_state(browser: Browser, centre: Centre, language: str) -> None:
    with Person(browser, centre, "Hana Kovac", "cashier", language=language) as desk:
        desk.may_be_cut = True
        desk.come("/cash")
        assert desk.page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        look(desk, "empty")
        paid = busy(centre)
        expect(desk.page.locator("#to-pay")).to_have_text("12")
        expect(desk.page.locator(".asked")).to_have_count(1)
        look(desk, "nobody chosen")
        large_letters(desk)
        desk.find(paid.code)
        look(desk, "paid")
        large_letters(desk)
        for key in ("KeyE", "KeyL", "KeyS", "Slash", "Shift+Slash"):
            desk.dialog(key)
            assert violations(desk.page) == [], key
            desk.press("Escape")
        desk.press("KeyN")
        expect(desk.page.locator("#act-take")).to_have_class(re.compile("primary"))
        desk.is_live()
        desk.dialog("KeyB")
        assert violations(desk.page) == []
        desk.press("Escape")
        # Whoever has the most pages has the longest bar.
        desk.roles("--role", "manager", "--role", "cashier", "--role", "reception", "--role", "counter")
        expect(desk.page.locator("nav.pages a")).to_have_count(5)
        look(desk, "all roles")
        large_letters(desk)
        desk.cut(desk.server.stop)
        desk.page.evaluate("document.getElementById('page').dataset.silence = '1000'")
        expect(desk.page.locator("#band")).to_be_visible()
        look(desk, "disconnected")


def test_every_control_of_the_cash_desk_does_something(cashier: Person) -> None:
    cashier.may_be_cut = True
    paid = busy(cashier.centre)
    cashier.come("/cash")
    cashier.find(paid.code)
    presser = Presser(cashier)
    # What locks the page is pressed by test_lock.
    buttons = cashier.page.locator("#page button:visible:not([aria-disabled=true]):not([data-lock-now])")
    for index in range(buttons.count()):
        presser.press(buttons.nth(index))
        presser.leave()
    for key in ("KeyE", "KeyL", "KeyS", "Shift+Slash"):
        presser.dialog(key)
    assert len(presser.pressed) > 15
