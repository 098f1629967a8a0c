"""Whoever is signed in finds the way out on every page (OWASP ASVS 5, 7.4.4)."""

from http import HTTPStatus

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


@pytest.mark.parametrize("role", list(Role))
async def test_every_page_has_the_way_out(here: House, role: Role) -> None:
    client, _ = await here.staff(role, "1" if role in SERVING else None)
    seen = []
    for path in WHOLE:
        async with here.http.get(f"{here.address}{path}", headers=client.headers, allow_redirects=False) as answer:
            if answer.status != HTTPStatus.OK or answer.content_type != "text/html":
                continue
            text = await answer.text()
            if "<body" in text:
                seen.append(path)
                assert 'action="/sign-out"' in text, path
    assert "/account" in seen
