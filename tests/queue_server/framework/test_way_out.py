"""Whoever is signed in finds the way out on every page (OWASP ASVS 5, 7.4.4)."""

from http import HTTPStatus
from itertools import cycle

import pytest

from queue_server.accounts.model import SERVING, Role
from tests.queue_server.house import KNOWN, House

pytestmark = pytest.mark.asyncio(loop_scope="module")


#: Pages of staff without anything in their path that has to be found first, and no part of another page.
WHOLE = [
    page.path
    for page in KNOWN.pages
    if page.method == "GET" and "{" not in page.path and not page.public and not page.path.endswith(("/page", "/lock"))
]


async def test_every_page_has_the_way_out(here: House) -> None:
    """Each page is asked for by one role after the other, until one gets it; the page of the account by every role."""
    places = {role: str(number) for number, role in enumerate(sorted(SERVING), start=1)}
    clients = [(await here.staff(role, places.get(role)))[0] for role in Role]
    seen, without, turns = set(), [], cycle(clients)
    for path in WHOLE:
        for _ in clients:
            async with here.http.get(
                f"{here.address}{path}", headers=next(turns).headers, allow_redirects=False
            ) as answer:
                is_page = answer.status == HTTPStatus.OK and answer.content_type == "text/html"
                text = await answer.text() if is_page else ""
            if "<body" in text:
                seen.add(path)
                without += [] if 'action="/sign-out"' in text else [path]
                if path != "/account":
                    break
    assert not without
    assert {"/account", "/counter"} <= seen
