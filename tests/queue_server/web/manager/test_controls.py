"""Every control of the manager page changes something: without a browser, by what each declares."""

import re
import sqlite3
from contextlib import closing

from queue_server.domain.values import HelpKind
from tests.queue_server.web.html_page import Element, HtmlPage
from tests.queue_server.web.manager.manager_client import ManagerClient
from tests.queue_server.web.manager.office import ask_priority, issue_many
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre

CONTROLS = "main button, .strip a, .panel button"
#: Who sees to an alarm is no event of the day.
TAKING = re.compile("/(warnings|alarms)/")
#: Of the services, which all have the same buttons, one is closed and given again.
OTHER_SERVICE = re.compile("act-service-[a-z]+-(?!uto-birth$)")


def all_events(centre: Centre) -> int:
    with closing(sqlite3.connect(f"file:{centre.server.data / 'queue.sqlite'}?mode=ro", uri=True)) as database:
        (count,) = database.execute(
            "SELECT count(*) FROM events WHERE stream LIKE ?", (f"queue/{centre.id}/%",)
        ).fetchone()
    return int(count)


def test_every_control_changes_something(manager: ManagerClient, clerk: PageClient) -> None:
    """Use each control once: the day gets an event, something is there to be opened, or another page is shown."""
    issue_many(manager.centre, ["uto-birth"] * 3)
    ask_priority(manager.centre)
    manager.centre.call_help(HelpKind.FAULT)
    clerk.press(clerk.get("/counter").one("#act-call-next"))
    assert len(manager.alarms()) == 2
    used, kinds = set[str](), set[str]()
    page = manager.page()
    while fresh := [one for one in page.all(CONTROLS) if one["id"] not in used and not one.is_disabled]:
        used.add(fresh[0]["id"])
        if not OTHER_SERVICE.match(fresh[0]["id"]):
            kind, page = use(manager, page, fresh[0])
            kinds.add(kind)
    assert kinds == {"act", "dialog", "popover", "link"}
    assert len(used) > 60


def use(manager: ManagerClient, page: HtmlPage, control: Element) -> tuple[str, HtmlPage]:
    """Use one control and check what it does; return its kind, and the page after it."""
    if "data-act" in control:
        before = all_events(manager.centre)
        manager.press(control)
        assert all_events(manager.centre) > before or TAKING.search(control["data-url"]), control
        after = manager.page()
        same = after.all(f'[id="{control["id"]}"]')
        assert all(one.is_disabled or one["data-slot"] != control["data-slot"] for one in same), control
        return "act", after
    if "data-dialog" in control:
        assert page.one(f'dialog[id="{control["data-dialog"]}"]').has("[data-close]"), control
        return "dialog", page
    if "popovertarget" in control:
        panel = page.one(f'[popover][id="{control["popovertarget"]}"]')
        hides = control.get("popovertargetaction") == "hide"
        assert panel.has(f'[id="{control["id"]}"]') is hides, control
        return "popover", page
    where = control["href"]
    if where.startswith("/"):
        assert manager.get(where).address == manager.server.address + where
    else:
        assert page.one(where)["tabindex"] == "-1", "it can be focused"
    return "link", page
