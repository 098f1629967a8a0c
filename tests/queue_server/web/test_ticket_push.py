"""A phone is told that its visit is called though the page is closed: one sentence, and gone with the visit."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

import msgspec
import pytest
from playwright.sync_api import Browser, expect

from queue_server.domain.values import VisitId
from tests.queue_server.push.push_service import PATIENCE_S, PushService, push_service
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.booking.phone import Page, Phone
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
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
WORKERS = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
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


def press(clerk: PageClient, act: str) -> None:
    """Press a button of the counter."""
    clerk.press(clerk.get("/counter").one(f"#act-{act}"))


def test_a_call_is_told_and_each_further_one_and_nothing_is_left_of_it(clerk: PageClient, service: PushService) -> None:
    centre = clerk.centre
    visit, other = centre.issue("uto-birth"), centre.issue("uto-birth")
    service.taken.clear()
    assert subscribe(centre, visit.id, service.endpoint("first")).status == 204
    assert subscribe(centre, visit.id, service.endpoint("first")).status == 204, "twice is once"
    assert subscribe(centre, other.id, service.endpoint("other")).status == 204
    assert sealed(centre) == 2
    press(clerk, "call-next")
    assert service.wait_for(1) == ["first"]
    # A service that falters is asked again.
    service.answers = [503, 429]
    press(clerk, "recall")
    assert service.wait_for(2) == ["first", "first"]
    assert len(service.keys) == 1, "the key of this server"
    press(clerk, "start")
    press(clerk, "finish")
    # Served at this step it waits for the next one: then it is cancelled, and its phone is forgotten at once.
    clerk.api(f"visits/{visit.id}/cancel")
    wait_until_sealed(centre, 1)
    assert service.taken == ["first", "first"]
    assert b"/send/first" not in b"".join(file.read_bytes() for file in centre.server.data.glob("queue.sqlite*"))


def test_a_phone_that_is_gone_is_forgotten_and_one_that_wants_no_more_too(
    clerk: PageClient, service: PushService
) -> None:
    centre = clerk.centre
    visit = centre.issue("uto-birth")
    assert subscribe(centre, visit.id, service.endpoint("gone")).status == 204
    service.answers = [410]
    press(clerk, "call-next")
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


SENTENCES = {
    "en": "Please look at your ticket",
    "fr": "Veuillez regarder votre ticket",
    "ar": "انظر إلى تذكرتك من فضلك",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_the_worker_of_a_language_knows_one_sentence(client: PageClient, language: str, sentence: str) -> None:
    page = client.get(f"/t/{client.centre.ticket(client.centre.issue().id)}?lang={language}")
    worker = client.get(page.one("#push")["data-worker"]).html
    words = msgspec.json.decode(worker.partition("const words = ")[2].partition(";\n")[0])
    direction = "rtl" if language == "ar" else "ltr"
    assert words == {"sentence": sentence, "language": language, "direction": direction}


def test_a_phone_shows_one_sentence_and_keeps_nothing_when_the_visit_is_over(
    browser: Browser, centre: Centre, client: PageClient, service: PushService
) -> None:
    visit, language = centre.issue("uto-birth"), "ar"
    with Desk(browser, centre, size=PHONE) as phone:
        page = phone.page
        phone.context.grant_permissions(["notifications"], origin=centre.server.address)
        phone.context.add_init_script(SUBSCRIBED.format(endpoint=service.endpoint("page")))
        devtools = phone.context.new_cdp_session(page)
        registrations: list[str] = []
        devtools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda news: registrations.extend(
                told["registrationId"] for told in news["registrations"] if not told["isDeleted"]
            ),
        )
        devtools.send("ServiceWorker.enable")
        phone.go(f"/t/{centre.ticket(visit.id)}?lang={language}")
        button = page.locator("#push button")
        expect(button).to_have_attribute("aria-pressed", "false")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        assert page.evaluate("window.wanted") == {"visible": True, "bytes": 65}
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
            page.wait_for_timeout(50)
        ((title, options),) = found
        assert (title, options["lang"], options["dir"]) == (SENTENCES[language], language, "rtl")
        assert options.keys() == {"lang", "dir", "tag", "renotify", "requireInteraction", "vibrate"}, "no word more"
        # Pressed again it is over, here and there.
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false")
        assert sealed(centre) == 0
        assert page.evaluate(WORKERS) == 0
        # So it is when the visit is over.
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert sealed(centre) == 1
        client.sign_in("ines.moreau", "3")
        client.api(f"visits/{visit.id}/cancel")
        expect(page.locator("[data-state]")).to_have_attribute("data-state", "cancelled")
        expect(page.locator("#push")).to_be_hidden()
        end = time.monotonic() + PATIENCE_S
        while page.evaluate(WORKERS) and time.monotonic() < end:
            page.wait_for_timeout(50)
        assert page.evaluate(WORKERS) == 0
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
