"""A cashier at the counter page without a browser: the line of the fee, and the forms behind it."""

from queue_server.domain.values import VisitId
from tests.queue_server.web.counter_page import form, press, send
from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.page_client import PageClient


def sit(client: PageClient, login: str = "paula.costa", counter: str = "3") -> PageClient:
    """Sign a cashier in at a counter, open."""
    client.sign_in(login, counter)
    client.open(counter)
    return client


def come(client: PageClient, service: str) -> VisitId:
    """Let somebody come who is called at once."""
    visit = client.centre.issue(service)
    press(client, "#act-call-next")
    return visit.id


def fee(client: PageClient) -> str:
    """Return the line of the fee of the visit at the counter."""
    return client.get("/counter").one("#money-line").text


def take(client: PageClient, slip: str = "T-004711", *, refused: str = "") -> None:
    """Write down that the fee was taken by hand."""
    send(client, form(client, "take"), refused=refused, slip=slip)


def needed(client: PageClient) -> int:
    """Return how many payments need somebody: the number beside the list."""
    counts = client.get("/counter").texts(".bar .count")
    return int(counts[0].split()[0]) if counts else 0


def listed(client: PageClient, number: str = "") -> HtmlPage:
    """Return the list of payments that need somebody, or those with a number."""
    return client.post("/cash/payments", {"q": number})


def refusal(client: PageClient, code: str) -> str:
    """Return what the page says of a refusal."""
    return client.get("/counter").one(f"#refusals [data-code={code}]").text
