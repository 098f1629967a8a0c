"""A new centre is outlined in one form, without a browser; ``tests/journeys`` goes on to its first printed ticket."""

import re
from importlib.resources import files

import pytest
from msgspec.structs import replace

from queue_server.catalogue import store, toml
from queue_server.database import open_database, parse_url
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import PASSWORD, Centre, run_aside


@pytest.fixture
def newest(centre: Centre) -> Centre:
    """Give a centre whose set-up is that with which every new centre begins."""
    template = files("queue_server.catalogue") / "template" / "centre.toml"
    begun = toml.parse(template.read_text(encoding="utf-8"))
    text = toml.write(replace(begun, centre=replace(begun.centre, id=centre.id, zone="Europe/Brussels")))

    async def write() -> None:
        async with open_database(parse_url(None, centre.server.data)) as database:
            await database.write(lambda connection: store.import_catalogue(connection, text))

    run_aside(write())
    return centre


def test_an_outline_becomes_a_draft_and_counts_once_it_is_in_force(newest: Centre, administrator: PageClient) -> None:
    assert newest.id == administrator.centre.id
    page = administrator.get(administrator.get("/catalogue").one("#to-begin")["href"])
    form = page.one("#part-form")
    birth = page.with_text(".begin-kinds label", "Register a birth").one("input")["name"]
    typed = form.fields() | {
        "f.name.en": "Harbour Office",
        "f.hours": "08:30-18:00",
        "f.counters": "4",
        birth: "1",
    }
    page = administrator.post(form["action"], typed)
    told = page.one(".catalogue-differences").text
    assert "then: Harbour Office" in told
    assert "Register a birth, Utopia" in told
    assert "Open round the clock" in told
    page = administrator.submit(page.one("#put-in-force"), password=PASSWORD)
    assert page.address.startswith(f"{administrator.address}/catalogue/opening")
    assert "Version 3 is in force" in page.one("main").text
    assert "people can serve here." in page.one("main").text
    assert "LOGIN" in page.texts(".opening-commands code")[0]
    # What cannot be is said where it stands, and nothing is stored.
    form = administrator.get("/catalogue/begin").one("#part-form")
    wrong = {name: value for name, value in form.fields().items() if not name.startswith("f.governments.")}
    page = administrator.post(form["action"], wrong | {"f.hours": "noon", "f.counters": "x"}, None)
    assert "Write here: hours as 09:00-12:30" in page.one("#problem-hours").text
    assert page.one("#problem-counters").text
    assert page.one('[name="f.hours"]')["value"] == "noon"
    assert not administrator.get("/catalogue").has("#drafted")


def test_the_page_of_the_opening_tells_the_first_ticket(administrator: PageClient) -> None:
    assert not administrator.get("/catalogue/opening").has("#lives")
    visit = administrator.centre.issue()
    said = administrator.get("/catalogue/opening").one("#lives").text
    assert re.sub(r"\s", "", said).startswith(f"Thecentreisopen:itsfirstticketwas{visit.code},")
