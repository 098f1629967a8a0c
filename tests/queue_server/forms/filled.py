"""What the tests of forms have in common: a form of the demo centre, and somebody made up who fills it in."""

from typing import Any

from tests.queue_server.house import TICKET, Client

FORMS = "/centres/demo/forms"
SERVICE = "uto-emergency-travel"
FORM = "uto-emergency-travel"
PIN = "271828"
ANSWERS: dict[str, Any] = {
    "surname": "ERIKSSON",
    "given-names": "ANNA MARIA",
    "birth-date": "1974-08-12",
    "birth-place": "Zenith, Utopia",
    "lost": "stolen",
    "what-happened": "At the station.\nYesterday.",
    "destination": "Zenith",
    "leaves-on": "2199-01-01",
    "alone": True,
}
#: Of the purpose that may be left out.
POLICE: dict[str, Any] = {"stolen-number": "L898902C3", "police-report": "A-17"}


def filled(**more: Any) -> dict[str, Any]:
    return {
        "form": FORM,
        "answers": ANSWERS | POLICE,
        "consents": ["travel", "police"],
        "language": "en",
        "pin": PIN,
    } | more


async def saved(client: Client, **more: Any) -> dict[str, Any]:
    """Save a form; gives what was answered."""
    answer = await client.post(FORMS, filled(**more))
    assert answer.status == 201, answer
    found: dict[str, Any] = answer.body
    return found


async def visited(client: Client, **more: Any) -> str:
    """Come with a ticket; gives the id of the visit."""
    answer = await client.post("/centres/demo/visits", TICKET | {"services": [SERVICE]} | more)
    assert answer.status == 201, answer
    visit: str = answer.body["visit"]["id"]
    return visit
