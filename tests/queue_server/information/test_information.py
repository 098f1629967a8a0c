"""Pages of information through the API: stored with history, in and out as a file, and no change is lost."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from queue_server.accounts.model import Role
from queue_server.accounts.permissions import of_session
from queue_server.framework.parts import PartContext
from queue_server.framework.words import Languages
from queue_server.information import alarms
from queue_server.information.library import InformationLibrary
from queue_server.information.settings import InformationRules
from tests.queue_server.house import Client, House

pytestmark = pytest.mark.asyncio(loop_scope="module")
#: For a test that needs a server of its own.
ALONE = pytest.mark.asyncio(loop_scope="function")

PAGES = "/centres/demo/information/pages"


def wanted(version: int = 0, **changed: Any) -> dict[str, Any]:
    texts = {
        "en": {"title": "Toilets", "text": "Behind the stairs."},
        "fr": {"title": "Toilettes", "text": "Derrière la porte."},
        "ar": {"title": "دورات المياه", "text": "خلف الدرج."},
    }
    return {
        "version": version,
        "kind": "other",
        "owner": "Front of house",
        "reviewed": "2026-11-02",
        "texts": texts,
    } | changed


def edited(language: str, text: str) -> dict[str, Any]:
    texts = wanted()["texts"]
    changed: dict[str, Any] = texts | {language: texts[language] | {"text": text}}
    return changed


async def manager(here: House) -> Client:
    return (await here.staff(Role.MANAGER, None))[0]


async def topics(client: Client) -> dict[str, Any]:
    read = await client.get("/centres/demo/information")
    assert read.status == 200
    return {one["topic"]: one for one in read.body["topics"]}


async def test_a_page_is_stored_read_by_a_kiosk_and_taken_out(here: House) -> None:
    office, kiosk = await manager(here), await here.kiosk()
    stored = await office.post(f"{PAGES}/toilets", wanted())
    assert (stored.status, stored.body["version"]) == (200, 1)
    shown = (await topics(kiosk))["toilets"]
    assert shown["texts"]["fr"] == {
        "title": "Toilettes",
        "blocks": [{"kind": "paragraph", "text": "Derrière la porte.", "value": ""}],
    }
    gone = await office.post(f"{PAGES}/toilets/remove", {"version": 1})
    assert (gone.status, gone.body["version"]) == (200, 2)
    assert "toilets" not in await topics(kiosk)
    assert (await office.post(f"{PAGES}/toilets/remove", {"version": 2})).code == "information-unknown"
    # A page of that name may be written anew; what was stays in its history.
    assert (await office.post(f"{PAGES}/toilets", wanted())).body["version"] == 3
    history = (await office.get(f"{PAGES}/toilets/history")).body["revisions"]
    assert [(one["version"], one["removed"]) for one in history] == [(3, False), (2, True), (1, False)]
    assert (await office.get(f"{PAGES}/nothing/history")).code == "information-unknown"


async def test_of_two_managers_who_open_the_same_version_one_is_told(here: House) -> None:
    one, other = await manager(here), (await here.staff(Role.MANAGER, None))[0]
    await one.post(f"{PAGES}/toilets", wanted())
    first = await one.post(f"{PAGES}/toilets", wanted(1, texts=edited("en", "On the left.")))
    assert first.body["version"] == 2
    assert {tag: text["stale"] for tag, text in first.body["texts"].items()} == {"en": False, "fr": True, "ar": True}
    second = await other.post(f"{PAGES}/toilets", wanted(1, texts=edited("en", "On the right.")))
    assert (second.status, second.code, second.body["placeholders"]["version"]) == (409, "information-changed", 2)
    # The answer was lost and the same is asked again: it is there once.
    again = await one.post(f"{PAGES}/toilets", wanted(1, texts=edited("en", "On the left.")))
    assert again.body["version"] == 2
    confirmed = await other.post(
        f"{PAGES}/toilets", wanted(2, texts=edited("en", "On the left."), confirmed=["fr", "ar"])
    )
    assert not any(text["stale"] for text in confirmed.body["texts"].values())


async def test_space_around_a_text_is_no_change(here: House) -> None:
    office = await manager(here)
    await office.post(f"{PAGES}/toilets", wanted(texts=edited("en", "\nBehind the stairs.\n")))
    again = await office.post(f"{PAGES}/toilets", wanted(1, owner="Porters"))
    assert not any(text["stale"] for text in again.body["texts"].values())


@ALONE
async def test_two_servers_of_one_database_keep_one_of_many_changes(two: tuple[House, House]) -> None:
    offices = [await manager(two[0]), await manager(two[1])]
    assert (await offices[0].post(f"{PAGES}/toilets", wanted())).body["version"] == 1
    told = await asyncio.gather(
        *(offices[number % 2].post(f"{PAGES}/toilets", wanted(1, owner=f"Desk {number}")) for number in range(8))
    )
    assert sorted(one.status for one in told) == [200] + [409] * 7
    (kept,) = (one.body["owner"] for one in told if one.status == 200)
    for office in offices:
        pages = (await office.get(PAGES)).body["pages"]
        assert [one["owner"] for one in pages if one["topic"] == "toilets"] == [kept]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "advert"}, "information-invalid"),
        ({"owner": " "}, "information-invalid"),
        ({"texts": {"fr": {"title": "A", "text": "B"}}}, "information-invalid"),
        ({"texts": {"en": {"title": "A\nB", "text": "B"}}}, "information-invalid"),
        ({"texts": edited("fr", " \n ")}, "information-invalid"),
        ({"texts": {"en": {"title": "A", "text": "a\u202eb"}}}, "information-invalid"),
        ({"texts": edited("fr", "<b>x</b>")}, "information-markdown"),
        ({"texts": edited("ar", "{{fee:nothing}}")}, "information-placeholder"),
        ({"contacts": [{"name": {"en": "Us"}, "telephone": "112"}]}, "information-telephone"),
        ({"contacts": [{"name": {"en": "Us"}, "telephone": "+44 20 7946"}]}, "information-telephone"),
        ({"contacts": [{"name": {"fr": "Nous"}, "telephone": "+3225550142"}]}, "information-invalid"),
        ({"government": "ABC"}, "information-reference"),
        ({"service": "nothing"}, "information-reference"),
    ],
)
async def test_what_is_wrong_with_a_page_is_said_and_nothing_is_stored(
    here: House, changed: dict[str, Any], code: str
) -> None:
    office = await manager(here)
    refused = await office.post(f"{PAGES}/toilets", wanted(**changed))
    assert (refused.status, refused.code) == (422, code)
    assert "toilets" not in await topics(office)


async def test_numbers_are_kept_as_they_are_dialled_and_shown_as_they_are_read(here: House) -> None:
    office = await manager(here)
    contacts = [{"name": {"en": "Night desk"}, "telephone": "+44 (20) 7946-0958"}]
    stored = await office.post(f"{PAGES}/night", wanted(kind="emergency", contacts=contacts))
    assert [(one["telephone"], one["shown"]) for one in stored.body["contacts"]] == [
        ("+442079460958", "+44 20 7946 0958")
    ]


async def test_a_client_that_holds_the_pages_is_told_so_until_one_changes(here: House) -> None:
    office, kiosk = await manager(here), await here.kiosk()
    reply = await kiosk.get("/centres/demo/information")
    held = reply.headers["ETag"]
    assert (await kiosk.get("/centres/demo/information", **{"If-None-Match": held})).status == 304
    await office.post(f"{PAGES}/toilets", wanted())
    assert (await kiosk.get("/centres/demo/information", **{"If-None-Match": held})).status == 200


async def test_a_preview_is_what_people_would_read_and_stores_nothing(here: House) -> None:
    office = await manager(here)
    seen = await office.post("/centres/demo/information/preview", {"language": "fr", "text": "# Bonjour\n\n{{centre}}"})
    assert seen.body["html"] == "<h2>Bonjour</h2>\n<p>Centre de démonstration</p>\n"
    assert [one["kind"] for one in seen.body["blocks"]] == ["heading", "paragraph"]
    refused = await office.post("/centres/demo/information/preview", {"language": "fr", "text": "{{no}}"})
    assert refused.code == "information-placeholder"


async def test_managers_are_told_of_pages_that_need_somebody(here: House) -> None:
    (office, session), library = await here.staff(Role.MANAGER, None), here.server[InformationLibrary]
    today = (await library.get(here.centre)).day
    days = here.server.settings[InformationRules].review_days

    async def told() -> set[str]:
        context = PartContext(
            None,  # type: ignore[arg-type]  # nobody asks for the request
            here.server,
            of_session(session),
            here.centre,
            None,
            here.server[Languages]["en"],
            here.server.clock(),
        )
        return {one.id for one in await alarms.alarms(context)}

    assert await told() == set()
    last = (today - timedelta(days=days)).isoformat()
    await office.post(f"{PAGES}/toilets", wanted(reviewed=last, valid_until=today.isoformat()))
    assert await told() == set()
    before = (today - timedelta(days=days + 1)).isoformat()
    yesterday = (today - timedelta(days=1)).isoformat()
    await office.post(f"{PAGES}/toilets", wanted(1, reviewed=before, valid_until=yesterday))
    assert await told() == {"information-unreviewed", "information-over"}
    await office.post(
        f"{PAGES}/toilets", wanted(2, reviewed=today.isoformat(), texts=edited("fr", "Au fond à gauche."))
    )
    assert await told() == {"information-behind"}
