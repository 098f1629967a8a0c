"""A phone is told that its visit is called though the page is closed: one sentence, and gone with the visit."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, expect

from queue_server.domain.values import VisitId
from tests.queue_server.push.push_service import PATIENCE_S, PushService, push_service
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.booking.phone import Page, Phone
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import CENTRES, SETTINGS, Centre, Server

PUSH = """
[push]
contact = "mailto:push@centre.example"
private_hosts = ["localhost:{port}"]
ca_file = "{ca}"
poll_s = 0.1
retry_s = 0.1
"""
PHONE = (360, 740)
#: A browser without a screen shows no notification: what it is asked to show is looked at instead.
SHOWN = """() => {
  self.shown = [];
  ServiceWorkerRegistration.prototype.showNotification = async (...all) => { self.shown.push(all); };
}"""
#: The browser has no push service of ours, so the page is given an address there; all else is the browser's own.
SUBSCRIBED = """
  const subscription = {{ endpoint: "{endpoint}", unsubscribe: async () => true }};
  PushManager.prototype.subscribe = async function (wanted) {{
    window.wanted = {{ visible: wanted.userVisibleOnly, bytes: wanted.applicationServerKey.length }};
    window.subscribed = true;
    return subscription;
  }};
  PushManager.prototype.getSubscription = async () => (window.subscribed ? subscription : null);
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PushService]:
    with push_service(tmp_path_factory.mktemp("push")) as started:
        yield started


@pytest.fixture(scope="module")
def pushing(service: PushService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = SETTINGS + PUSH.format(port=service.port, ca=service.ca_file)
    with Server(tmp_path_factory.mktemp("pushing") / "data", settings, CENTRES[:12]) as server:
        yield server


@pytest.fixture
def centre(pushing: Server) -> Centre:
    return Centre(pushing, pushing.unused.popleft())


def subscribe(centre: Centre, visit: VisitId, endpoint: str, verb: str = "push") -> Page:
    phone = Phone(centre.server.address, centre.id)
    return phone.post_once(f"/t/{centre.ticket(visit)}/{verb}", {"endpoint": endpoint})


def count(centre: Centre, table: str, where: str = "1 = 1") -> int:
    with closing(sqlite3.connect(centre.server.data / "queue.sqlite", timeout=60)) as database:
        statement = f"SELECT count(*) FROM {table} WHERE centre = ? AND {where}"  # noqa: S608 - words of this test
        found: int = database.execute(statement, (centre.id,)).fetchone()[0]
    return found


def sealed(centre: Centre) -> int:
    return count(centre, "people_rows", "kind = 'push-subscription'")


def wait_until_sealed(centre: Centre, wanted: int) -> None:
    end = time.monotonic() + PATIENCE_S
    while sealed(centre) != wanted and time.monotonic() < end:
        time.sleep(0.05)
    assert sealed(centre) == wanted


def test_a_call_is_told_and_each_further_one_and_nothing_is_left_of_it(
    browser: Browser, centre: Centre, service: PushService
) -> None:
    visit, other = centre.issue("uto-birth"), centre.issue("uto-birth")
    with Desk(browser, centre) as desk:
        desk.sign_in("ines.moreau", "3")
        desk.open()
        service.taken.clear()
        assert subscribe(centre, visit.id, service.endpoint("first")).status == 204
        assert subscribe(centre, visit.id, service.endpoint("first")).status == 204, "twice is once"
        assert subscribe(centre, other.id, service.endpoint("other")).status == 204
        assert sealed(centre) == 2
        desk.waits(2)
        desk.press("Space")
        desk.stage("called")
        assert service.wait_for(1) == ["first"]
        # A service that falters is asked again.
        service.answers = [503, 429]
        desk.press("KeyR")
        assert service.wait_for(2) == ["first", "first"]
        assert len(service.keys) == 1, "the key of this server"
        desk.press("Enter")
        desk.stage("serving")
        desk.press("KeyF")
        desk.stage("idle")
        # Served at this step it waits for the next one: then it is cancelled, and its phone is forgotten at once.
        cancel(desk, visit.id)
        wait_until_sealed(centre, 1)
        assert service.taken == ["first", "first"]
    assert b"/send/first" not in b"".join(one.read_bytes() for one in centre.server.data.glob("queue.sqlite*"))


def cancel(desk: Desk, visit: VisitId) -> None:
    token = desk.page.locator("#page").get_attribute("data-csrf")
    answer = desk.context.request.post(
        f"{desk.server.address}/api/v1/centres/{desk.centre.id}/visits/{visit}/cancel",
        data={},
        headers={"X-CSRF-Token": token or "", "Idempotency-Key": f"cancel-{visit}", "Origin": desk.server.address},
    )
    assert answer.ok, answer.text()


def test_a_phone_that_is_gone_is_forgotten_and_one_that_wants_no_more_too(
    browser: Browser, centre: Centre, service: PushService
) -> None:
    visit = centre.issue("uto-birth")
    with Desk(browser, centre) as desk:
        desk.sign_in("ines.moreau", "3")
        desk.open()
        desk.waits(1)
        assert subscribe(centre, visit.id, service.endpoint("gone")).status == 204
        service.answers = [410]
        desk.press("Space")
        desk.stage("called")
        wait_until_sealed(centre, 0)
        # Who asks while they are called is told at once.
        service.taken.clear()
        assert subscribe(centre, visit.id, service.endpoint("late")).status == 204
        assert service.wait_for(1) == ["late"]
        assert subscribe(centre, visit.id, service.endpoint("late"), "push-off").status == 204
        assert sealed(centre) == 0


def test_addresses_of_others_are_refused_and_few_phones_are_kept(centre: Centre, service: PushService) -> None:
    visit = centre.issue("uto-birth")
    for hostile in ("", "https://127.0.0.1/x", "https://elsewhere.example/x", "http://localhost/x", "x" * 7_000):
        for verb in ("push", "push-off"):
            assert subscribe(centre, visit.id, hostile, verb).status == 422
    for number in range(9):
        assert subscribe(centre, visit.id, service.endpoint(f"phone-{number}")).status == 204
    assert sealed(centre) == 4
    phone = Phone(centre.server.address, centre.id)
    assert phone.post_once(f"/t/{'A' * 43}/push", {"endpoint": service.endpoint("x")}).status == 404


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Please look at your ticket"),
        ("fr", "Veuillez regarder votre ticket"),
        ("ar", "انظر إلى تذكرتك من فضلك"),
    ],
)
def test_the_phone_shows_one_sentence_in_its_language(
    browser: Browser, centre: Centre, service: PushService, language: str, sentence: str
) -> None:
    visit = centre.issue("uto-birth")
    with Desk(browser, centre, size=PHONE) as phone:
        phone.context.grant_permissions(["notifications"], origin=centre.server.address)
        phone.context.add_init_script(SUBSCRIBED.format(endpoint=service.endpoint(f"page-{language}")))
        devtools = phone.context.new_cdp_session(phone.page)
        registrations: list[str] = []
        devtools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda news: registrations.extend(
                one["registrationId"] for one in news["registrations"] if not one["isDeleted"]
            ),
        )
        devtools.send("ServiceWorker.enable")
        path = f"/t/{centre.ticket(visit.id)}"
        phone.go(f"{path}?lang={language}")
        button = phone.page.locator("#push button")
        expect(button).to_have_attribute("aria-pressed", "false")
        assert violations(phone.page) == []
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert violations(phone.page) == []
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        assert phone.page.evaluate("window.wanted") == {"visible": True, "bytes": 65}
        assert sealed(centre) == 1
        assert count(centre, "push_subscriptions", "length(key) = 87") == 1, "the key of its page"
        (worker,) = phone.context.service_workers
        worker.evaluate(SHOWN)
        devtools.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": centre.server.address, "registrationId": registrations[-1], "data": ""},
        )
        end = time.monotonic() + PATIENCE_S
        while not (found := worker.evaluate("self.shown")) and time.monotonic() < end:
            phone.page.wait_for_timeout(50)
        ((title, options),) = found
        assert (title, options["lang"], options["dir"]) == (sentence, language, "rtl" if language == "ar" else "ltr")
        assert options.keys() == {"lang", "dir", "tag", "renotify", "requireInteraction", "vibrate"}, "no word more"
        # Pressed again it is over, here and there.
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false")
        assert sealed(centre) == 0
        assert phone.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_when_the_visit_is_over_the_phone_keeps_nothing(browser: Browser, centre: Centre, service: PushService) -> None:
    visit = centre.issue("uto-birth")
    with Desk(browser, centre, size=PHONE) as phone, Desk(browser, centre) as desk:
        phone.context.grant_permissions(["notifications"], origin=centre.server.address)
        phone.context.add_init_script(SUBSCRIBED.format(endpoint=service.endpoint("over")))
        phone.go(f"/t/{centre.ticket(visit.id)}")
        phone.page.locator("#push button").click()
        expect(phone.page.locator("#push button")).to_have_attribute("aria-pressed", "true")
        desk.sign_in("ines.moreau", "3")
        cancel(desk, visit.id)
        expect(phone.page.locator("[data-state]")).to_have_attribute("data-state", "cancelled")
        expect(phone.page.locator("#push")).to_be_hidden()
        end = time.monotonic() + PATIENCE_S
        workers = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
        while phone.page.evaluate(workers) and time.monotonic() < end:
            phone.page.wait_for_timeout(50)
        assert phone.page.evaluate(workers) == 0
        assert sealed(centre) == 0


def test_where_somebody_says_no_it_is_said_and_the_page_goes_on(browser: Browser, centre: Centre) -> None:
    visit = centre.issue("uto-birth")
    with Desk(browser, centre, size=PHONE) as phone:
        phone.context.add_init_script("Notification.requestPermission = async () => 'denied';")
        phone.go(f"/t/{centre.ticket(visit.id)}")
        phone.page.locator("#push button").click()
        expect(phone.page.locator("#push [role=status]")).to_contain_text("Keep the page open")
        assert violations(phone.page) == []
        assert sealed(centre) == 0
