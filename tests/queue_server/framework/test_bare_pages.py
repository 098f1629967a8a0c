"""Every page answers a request that holds nothing but its address and, for a form, its token."""

import pytest

from queue_server.accounts.model import SERVING, Role
from tests.queue_server.house import KNOWN, House

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let the first page of a process load the names of languages from the disk."""


def without_ids(path: str) -> str:
    """Return the path with a word that is nobody's id in place of each id."""
    return "/".join("x" if part.startswith("{") else part for part in path.split("/"))


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_no_page_fails_where_fields_are_missing(here: House, method: str) -> None:
    logins = {role: (await here.somebody_with_password(role))["login"] for role in Role}
    counters = {role: str(number) for number, role in enumerate(sorted(SERVING), start=1 if method == "GET" else 4)}
    people = {role: await here.signed_in(login, counters.get(role)) for role, login in logins.items()}
    failed = []
    for page in KNOWN.pages:
        if page.method != method:
            continue
        for role, (client, session) in people.items():
            url, form = f"{here.address}{without_ids(page.path)}", {"csrf": session.csrf} if method == "POST" else None
            sent = here.http.request(method, url, headers=client.headers, data=form, allow_redirects=False)
            async with sent as answer:
                failed += [f"{method} {page.path} as {role}: {answer.status}"] if answer.status >= 500 else []
                ended = method == "POST" and answer.headers.get("Location", "").startswith("/sign-in")
            if ended:
                people[role] = await here.signed_in(logins[role], counters.get(role))
    assert not failed, "\n".join(failed)
