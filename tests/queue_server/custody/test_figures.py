"""How many documents came and went on some days, and how long they were kept."""

from pathlib import Path
from typing import Any

from sqlalchemy import text

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.domain.values import HOUR, Micros, now_micros
from tests.queue_server.custody.test_custody import does, handed_in
from tests.queue_server.house import DEMO, Client, House, house

FIGURES = "/centres/demo/figures/custody"
_DAYS = 3


async def rows(client: Client, query: str = "") -> list[dict[str, Any]]:
    answer = await client.get(f"{FIGURES}{query}")
    assert answer.status == 200, answer
    found: list[dict[str, Any]] = answer.body["rows"]
    return found


def day_of(here: House) -> str:
    return here.server[Centres][DEMO].rule.day_at(here.server.clock())


async def test_documents_are_counted_on_the_days_on_which_they_came_and_went(data: Path) -> None:
    offset = [0]
    async with house(data, clock=lambda: Micros(now_micros() + offset[0])) as here:
        desk, _ = await here.staff(Role.MANAGER, None)
        first = day_of(here)
        one, two = [(await handed_in(desk))["label"] for _ in range(2)]
        await handed_in(desk, government="XAL", kind="diploma")
        await does(desk, one, "give-back", {"reason": "not-needed"})
        (of_uto, of_xal) = sorted(await rows(desk), key=lambda row: row["key"] != "UTO")
        assert (of_uto["key"], of_uto["handed_in"], of_uto["given_back"], of_uto["handed_over"]) == ("UTO", 2, 1, 0)
        assert (of_xal["key"], of_xal["handed_in"], of_xal["given_back"], of_xal["hours_p50"]) == ("XAL", 1, 0, None)
        offset[0] = _DAYS * 24 * HOUR
        desk, _ = await here.staff(Role.MANAGER, None)
        await does(desk, two, "give-back", {"reason": "not-needed"})
        # It came on another day; on this one it went.
        (now,) = await rows(desk, "?by=kind")
        assert (now["key"], now["handed_in"], now["given_back"]) == ("passport", 0, 1)
        assert now["hours_mean"] == now["hours_p50"] == now["hours_p90"] == _DAYS * 24
        (diploma, passport) = await rows(desk, f"?by=kind&from={first}&to={day_of(here)}")
        assert (diploma["handed_in"], passport["handed_in"], passport["given_back"]) == (1, 2, 2)
        assert (passport["hours_p50"], passport["hours_p90"]) == (0, _DAYS * 24)
        view = text("SELECT government, state, round(hours_kept) FROM figures_custody ORDER BY received_at")
        found = await here.server.log.run(lambda connection: [tuple(one) for one in connection.execute(view)])
        assert found == [("UTO", "given-back", 0), ("UTO", "given-back", _DAYS * 24), ("XAL", "kept", None)]


async def test_they_are_a_file_too_and_nothing_else_can_be_asked_for(here: House) -> None:
    desk, _ = await here.staff(Role.MANAGER, None)
    await handed_in(desk)
    async with desk.http.get(f"{desk.address}/api/v1{FIGURES}?format=csv", headers=desk.headers) as answer:
        lines = (await answer.text()).splitlines()
    assert lines[0] == "government,handed_in,given_back,handed_over,hours_mean,hours_p50,hours_p90"
    assert lines[1:] == ["UTO,1,0,0,,,"]
    for query in ("?by=holder", "?from=2026-11-31", "?from=2026-11-02&to=2026-11-01", "?format=xml"):
        assert (await desk.get(f"{FIGURES}{query}")).status == 400
    clerk, _ = await here.staff(Role.COUNTER, None)
    assert (await clerk.get(FIGURES)).status == 403
