"""What is walked past where a centre is set up: accounts, devices, pages of information and the catalogue."""

from collections.abc import Callable, Iterator

from playwright.sync_api import expect

from queue_server.database import open_database, parse_url
from queue_server.domain.values import Actor, now_micros
from queue_server.information import store as information
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.reader import arrive
from tests.queue_server.web.server import run_aside
from tests.queue_server.web.walks.walk import HELP, State, Walker

#: Looks at an account.
ACCOUNT = "samir.nasser"


def at_account(desk: Walker) -> Iterator[State]:
    """Look at one's own account, signed in here and elsewhere."""
    yield State("alone", (HELP,))
    with PageClient(desk.centre) as other:
        other.sign_in(ACCOUNT, "7")
        yield State("twice", query="done=password", away=True, then=is_signed_in_elsewhere, is_main=True)


def is_signed_in_elsewhere(desk: Walker) -> None:
    # Other tests of this server may have left the same person signed in.
    expect(desk.page.locator("#sessions-head .count")).not_to_have_text("1")


def at_colleagues(desk: Walker) -> Iterator[State]:
    """Look at the accounts of a centre, some of whose owners are signed in."""
    with PageClient(desk.centre) as other:
        other.sign_in("ruth.adeyemi", "8")
        yield State("some signed in", (HELP,), query="done=admitted", away=True, is_main=True)


def at_enrolment(desk: Walker) -> Iterator[State]:
    """Add a device whose place has a long name."""
    yield State("nothing made", (HELP,))
    yield State("without a name", query="wrong=name")
    desk.begin()
    desk.page.locator("[name=name]").fill("In the hall on the left, behind the second column, beside the way out")
    desk.page.locator("main form button").click()
    expect(desk.page.locator(".enrolment-card")).to_be_visible()
    yield State("made", query=desk.page.url.partition("?")[2], away=True, is_main=True)


def at_information(desk: Walker) -> Iterator[State]:
    """Look at what people read, in the list of its pages."""
    yield State("nothing yet", (HELP,))
    write_pages(desk)
    yield State("six pages", query="done=saved", away=True, is_main=True)


def at_editor(desk: Walker) -> Iterator[State]:
    """Write a page, and look at it as people do."""
    yield State("a new page", (HELP,))
    write_pages(desk)
    yield State("an old one", query="topic=emergency", is_main=True)
    yield State("fees", away=True, query="topic=fees")


def write_pages(desk: Walker) -> None:
    """Give the centre the pages of the demo, of which one language is behind."""
    text = information.demo_pages()[0].replace('centre = "demo"', f'centre = "{desk.centre.id}"')
    changed = text.replace("Sit where the board can be seen.", "Sit where you see a board.")

    async def write() -> None:
        async with open_database(parse_url(None, desk.centre.server.data)) as database:
            for one in (text, changed):
                await database.write(
                    lambda connection, one=one: information.import_pages(  # type: ignore[misc]
                        connection, one, actor=Actor("system"), now=now_micros()
                    )
                )

    run_aside(write())


def at_catalogue(_desk: Walker) -> Iterator[State]:
    """Look at what is set up, and at an earlier version of it."""
    yield State("the centre", (HELP,), then=shows("#to-history"))
    yield State("kinds", query="section=kinds")
    yield State("services", query="section=services", is_main=True)
    yield State("one version", query="history=1")
    yield State("rules", away=True, query="section=rules")


def at_catalogue_form(_desk: Walker) -> Iterator[State]:
    """Look at the form of a part."""
    yield State("a service", (HELP,), query="section=services&part=0", then=shows("main"), is_main=True)
    yield State("a kind", query="section=kinds&part=0")
    yield State("rules", away=True, query="section=rules")


def at_begin(_desk: Walker) -> Iterator[State]:
    """Look at the form in which a centre is outlined."""
    yield State("the outline", (HELP,), away=True, then=shows("#store-outline"), is_main=True)


def at_opening(desk: Walker) -> Iterator[State]:
    """Look at what a centre needs until it is open, and at one that is."""
    yield State("no ticket", (HELP,))
    arrive(desk.centre, service="uto-passport-renewal")
    yield State("open", then=shows("#lives"), is_main=True)


def shows(selector: str) -> Callable[[Walker], None]:
    return lambda desk: expect(desk.page.locator(selector)).to_be_visible()
