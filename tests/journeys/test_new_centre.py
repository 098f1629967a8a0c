"""A centre is set up step by step in the browser, down to its first ticket, and each action is counted."""

import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.docs.walk import Newcomer
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.chromium import chromium
from tests.queue_server.web.geometry import faults

#: From a server that runs to a ticket on paper: a field that is filled, a press, a touch or a command is one.
MAX_ACTIONS = 20

#: What is there: a server that runs, whose centre is as every new one begins, one person, and a printer.
SERVER = """
```sh
export PATH="$PWD/.venv/bin:$PATH"
queue-server init --data ~/centre/server
queue-server new-centre river --name "River Centre" --zone Europe/Brussels --data ~/centre/server
queue-server staff add ines.moreau --name "Ines Moreau" --centre river --role manager --role administrator \\
  --data ~/centre/server
queue-server serve --port 8080 --data ~/centre/server 2> ~/centre/server.log &
```
```text
{"listening": "http://127.0.0.1:8080", "ready": true}
```
```sh
peripherals simulate escpos-printer --tcp 9100 --out ~/centre/paper &
```
"""
OUTLINE = """
Open <http://127.0.0.1:8080/sign-in?centre=river>. Sign in as `ines.moreau`.
Press **Set-up**. Press **Set up step by step**.
Write **Harbour Office** into **English**.
Write **08:30-18:00** into **Opening hours**.
Write **4** into **How many counters**.
Tick **Register a birth**.
Press **Go on, and see what changes**.
"""
OPENED = """
Type your password. Press **Put the draft in force**.
Press **Make a code for a kiosk**. Copy the text.
```sh
kiosk run --enrol TEXT --data ~/centre/kiosk-1 \\
  --printer "escpos+tcp://127.0.0.1:9100?width=576" 2> ~/centre/kiosk-1.log &
```
Touch **English**. Touch **I need a number**. Touch **Birth, marriage or death record**. Touch **Yes, print my ticket**.
The kiosk shows **A 001**. The paper shows **A 001**.
"""
#: Signing in is two fields and a key; what is looked at is no action.
WEIGHTS = {"sign_in": 3, "text": 0, "kiosk": 0, "paper": 0}


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let the walk block: it has no loop."""


def is_sound(page: Page) -> None:
    assert violations(page) == []
    assert faults(page) == []


@pytest.mark.timeout(600)
def test_a_new_centre_prints_a_ticket_within_twenty_actions(tmp_path: Path) -> None:
    done: Counter[str] = Counter()
    with chromium() as browser:
        page = browser.new_context(locale="en", viewport={"width": 1440, "height": 900}).new_page()
        page.set_default_timeout(60_000)
        with Newcomer(tmp_path, page) as newcomer:
            newcomer.follow(SERVER)
            done += newcomer.follow(OUTLINE)
            told = page.locator(".catalogue-differences")
            expect(told).to_contain_text("then: Harbour Office")
            expect(told).to_contain_text("Register a birth, Utopia")
            expect(told).to_contain_text("Open round the clock")
            is_sound(page)
            done += newcomer.follow(OPENED)
            page.goto(re.sub(r"/enrolment.*", "/catalogue/opening", page.url))
            expect(page.locator("#lives")).to_contain_text("its first ticket was A 001")
            expect(page.locator("main")).to_contain_text("Version 2 is in force")
            is_sound(page)
            # The command that is shown adds somebody.
            command = page.locator(".opening-commands code").first.inner_text()
            newcomer.follow(f"```sh\n{command.replace('LOGIN', 'samir.nasser').replace('NAME', 'Samir Nasser')}\n```")
            page.reload()
            expect(page.locator("main")).to_contain_text("2 people can serve here.")
            # What cannot be is said where it stands, and nothing is stored.
            newcomer.follow("Press **Set up step by step**. Write **noon** into **Opening hours**.")
            page.locator("#part-form").get_by_label("How many counters").fill("x")
            page.get_by_role("checkbox", name="Utopia").uncheck()
            expect(page.locator("#problem-hours")).to_contain_text("Write here: hours as 09:00-12:30")
            newcomer.follow("Press **Go on, and see what changes**.")
            expect(page.locator("#problem-counters")).to_be_visible()
            expect(page.locator("#part-form").get_by_label("Opening hours", exact=True)).to_have_value("noon")
            is_sound(page)
    count = sum(many * WEIGHTS.get(kind, 1) for kind, many in done.items())
    print(f"actions from a running server to a printed ticket: {count}")
    assert count <= MAX_ACTIONS
