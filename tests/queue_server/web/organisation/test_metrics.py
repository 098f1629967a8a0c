"""Figures of centres for a monitoring system: off unless asked, bounded, about nobody, and as their page says."""

import re
from pathlib import Path
from typing import Final

from prometheus_client.parser import text_string_to_metric_families

from queue_server.accounts.model import Role
from queue_server.domain.values import new_id
from queue_server.web.organisation.settings import OrganisationSettings
from tests.queue_server.house import QUICK, TICKET, Client, House, house

PAGE: Final = Path(__file__).parents[4] / "docs" / "monitoring.md"
ON: Final = QUICK.but(OrganisationSettings(snapshot_ms=0, metrics=True))
#: The labels that there are, in all figures of the server.
LABELS: Final = {"centre", "state", "kind", "type", "code", "task", "route", "status", "device", "le", "version"}


async def scraped(here: House, client: Client | None = None) -> str:
    async with here.http.get(f"{here.address}/metrics", headers=client.headers if client else {}) as answer:
        assert answer.status == 200
        return await answer.text()


def series(text: str, name: str) -> dict[tuple[str, ...], float]:
    """Read one metric, by the values of its labels."""
    return {
        tuple(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name
    }


async def test_centres_are_in_it_only_where_that_was_asked_for(data: Path) -> None:
    async with house(data) as here:
        text = await scraped(here)
    assert "queue_answers_total" in text
    assert "queue_centre_" not in text


async def test_they_say_how_each_centre_stands(data: Path) -> None:
    async with house(data, ON) as here:
        kiosk = await here.kiosk()
        desk, _ = await here.staff(Role.COUNTER, "1")
        for _ in range(3):
            assert (await kiosk.post("/centres/demo/visits", TICKET)).status == 201
        assert (await desk.post("/centres/demo/counters/1/open")).status == 200
        called = await desk.post("/centres/demo/counters/1/call-next")
        assert called.body["visit"] is not None
        text = await scraped(here)
    assert series(text, "queue_centre_waiting") == {("demo",): 2.0, ("harbour",): 0.0}
    assert series(text, "queue_centre_with_staff")["demo",] == 1.0
    assert (
        series(text, "queue_centre_calls_today")["demo",] == series(text, "queue_centre_calls_kept_today")["demo",] == 1
    )
    assert series(text, "queue_centre_counters")["demo", "open"] == 1.0
    assert series(text, "queue_centre_counters")["demo", "closed"] > 1
    assert series(text, "queue_centre_ready") == {("demo",): 1.0, ("harbour",): 1.0}


async def test_managers_read_the_figures_of_their_own_centre_alone(data: Path) -> None:
    """Behind a proxy nobody is of this machine."""
    async with house(data, ON, behind_proxy=True) as here:
        kiosk = await here.kiosk()
        assert (await kiosk.post("/centres/demo/visits", TICKET)).status == 201
        watcher, _ = await here.device("integration", "metrics")
        program, _ = await here.device("integration", "manager", "harbour")
        manager, _ = await here.staff(Role.MANAGER, None, "harbour")
        everything = centres_in(await scraped(here, watcher))
        assert everything == {"demo", "harbour"}
        for client in (program, manager):
            text = await scraped(here, client)
            assert centres_in(text) == {"harbour"}
            assert series(text, "queue_centre_waiting") == {("harbour",): 0.0}
            assert series(text, "queue_ready") == {(): 1.0}


def centres_in(text: str) -> set[str]:
    return {
        sample.labels["centre"]
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if "centre" in sample.labels
    }


async def test_their_number_does_not_grow_with_people_and_nobody_is_in_them(data: Path) -> None:
    async with house(data, ON) as here:
        kiosk, (desk, session) = await here.kiosk(), await here.staff(Role.COUNTER, "1")
        await desk.post("/centres/demo/counters/1/open")
        ids = [await one_visit(kiosk, desk) for _ in range(2)]
        # What is asked for by address is counted by its route: what stands in the address is not.
        await desk.get(f"/centres/demo/visits/{new_id()}")
        await scraped(here)
        before = await scraped(here)
        ids += [await one_visit(kiosk, desk) for _ in range(12)]
        await desk.get(f"/centres/demo/visits/{new_id()}")
        await here.anonymous().get(f"/centres/{new_id()}/queue")
        after = await scraped(here)
    grown = names(after) - names(before)
    assert {name for name, labels in grown if "route" not in dict(labels)} == set()
    assert {key for _, labels in names(after) for key, _ in labels} <= LABELS
    for secret in (session.staff, session.login, "Somebody", kiosk.headers["Authorization"][7:], *ids):
        assert secret not in after


async def one_visit(kiosk: Client, desk: Client) -> str:
    """Serve somebody at their first step."""
    visit = (await kiosk.post("/centres/demo/visits", TICKET)).body["visit"]
    for verb in ("call-next", "start", "finish"):
        assert (await desk.post(f"/centres/demo/counters/1/{verb}")).status == 200
    return str(visit["id"])


def names(text: str) -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    return {
        (sample.name, tuple(sorted(sample.labels.items())))
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_what_a_kiosk_holds_that_the_server_does_not_have_is_told(data: Path) -> None:
    async with house(data, ON) as here:
        kiosk, device = await here.device("kiosk")
        status = {"mode": "in-service", "waiting": 12, "refused": 1}
        assert (await kiosk.post("/centres/demo/devices/self/status", status)).status == 200
        text = await scraped(here)
    assert series(text, "queue_kiosk_tickets_waiting")["demo", device.id] == 12.0
    assert series(text, "queue_kiosk_tickets_refused")["demo", device.id] == 1.0


async def test_the_page_about_them_names_each_and_no_other(data: Path) -> None:
    async with house(data, ON) as here:
        await (await here.kiosk()).post("/centres/demo/visits", TICKET)
        text = await scraped(here)
    told = {name for line in PAGE.read_text().splitlines() if line.startswith("| `queue_") for name in of_line(line)}
    # Those of the process are what every exporter has, and this server speaks no TLS.
    given = {one for one in re.findall(r"^# TYPE (\S+) ", text, re.MULTILINE) if one.startswith("queue_")}
    assert "process_resident_memory_bytes" in text
    told -= {"queue_certificate_end_timestamp_seconds", "queue_authority_end_timestamp_seconds"}
    patterns = [re.compile(re.escape(name).replace(r"\*", ".*") + "$") for name in told]
    assert [name for name in given if not any(one.match(name) for one in patterns)] == []
    assert [one.pattern for one in patterns if not any(one.match(name) for name in given)] == []


def of_line(line: str) -> list[str]:
    return re.findall(r"`(queue_[a-z_*]+)`", line.split("|")[1])
