"""The page of all centres compares them."""

from collections.abc import Iterator

import pytest

from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre


@pytest.fixture
def manager(centre: Centre) -> Iterator[PageClient]:
    """Sign Elin Marsh in, without a browser."""
    with PageClient(centre) as signed_in:
        signed_in.enter("elin.marsh")
        yield signed_in


def test_centres_are_compared(manager: PageClient) -> None:
    page = manager.get(manager.get("/organisation").one('#to-compare[data-code="KeyC"]')["href"])
    # Nobody was here on the days before: nothing is shown of any centre.
    assert page.texts(f"#compared-{manager.centre.id} td") == ["Fewer than five visits: not shown."]
    page = manager.submit(page.one("#compare-form"), service="uto-passport-renewal")
    assert page.address.startswith(f"{manager.address}/organisation/compare?")
    assert page.one("#compare-service option[selected]")["value"] == "uto-passport-renewal"
    assert page.one('a[data-code="Escape"]')["href"] == "/organisation"
