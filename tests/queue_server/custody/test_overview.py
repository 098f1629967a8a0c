"""What managers are told of custody as time goes by."""

from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.custody.overview import CustodyOverview, overview
from queue_server.custody.values import Holder
from queue_server.domain.values import HOUR, SECOND, Micros, now_micros
from tests.queue_server.custody.test_custody import bag, does, handed_in
from tests.queue_server.house import DEMO, Client, House, house

DAY = 24 * HOUR


async def seen(here: House) -> CustodyOverview:
    """Look with three days at the authority, and one on the way."""
    now = here.server.clock()
    late, silent = Micros(now - 3 * DAY), Micros(now - DAY)
    return await here.server.log.run(
        lambda connection: overview(connection, DEMO, late_before=late, silent_before=silent)
    )


async def sent(clerk: Client, seal: str, *items: str) -> None:
    out = await bag(clerk, "", {"government": "UTO"})
    for item in items:
        await bag(clerk, f"/{out['id']}/add", {"item": item})
    await bag(clerk, f"/{out['id']}/seal", {"seal": seal})
    await bag(clerk, f"/{seal}/dispatch")


async def test_what_is_late_is_told_until_it_is_back(data: Path) -> None:
    offset = [0]
    async with house(data, clock=lambda: Micros(now_micros() + offset[0])) as here:
        clerk, _ = await here.staff(Role.MANAGER, None)
        one, two, three = [(await handed_in(clerk))["label"] for _ in range(3)]
        await sent(clerk, "S1001", one)
        await bag(clerk, "/S1001/acknowledge", {})
        await sent(clerk, "S1002", two)
        await does(clerk, three, "miss")
        now = await seen(here)
        assert [(row.holder, row.count) for row in now.holders] == [
            (Holder.AUTHORITY, 1),
            (Holder.CARRIER, 1),
            (Holder.UNKNOWN, 1),
        ]
        assert (now.late, now.unacknowledged, now.missing_count) == ((), (), 1)
        offset[0] = 2 * DAY
        assert [one.seal for one in (await seen(here)).unacknowledged] == ["S1002"]
        offset[0] = 4 * DAY
        (late,) = (await seen(here)).late
        assert (late.government, late.count) == ("UTO", 2)
        clerk, _ = await here.staff(Role.MANAGER, None)
        back = await bag(clerk, "", {"government": "UTO", "direction": "back", "seal": "UT-9"})
        for item in (one, two):
            await bag(clerk, f"/{back['id']}/unpack", {"item": item})
        await bag(clerk, "/S1002/acknowledge", {})
        await does(clerk, three, "take")
        now = await seen(here)
        assert [(row.holder, row.count) for row in now.holders] == [(Holder.DESK, 3)]
        assert (now.late, now.unacknowledged, now.missing, now.missing_count) == ((), (), (), 0)


async def test_managers_and_the_desk_count_days_by_the_same_midnights(data: Path) -> None:
    skipped = 0
    async with house(data, clock=lambda: Micros(now_micros() + skipped)) as here:
        zone = ZoneInfo(here.server[Centres].find(DEMO).rule.zone)
        now = datetime.now(zone)
        skipped = round((datetime.combine(now.date(), time(22), zone) - now).total_seconds()) * SECOND
        clerk, _ = await here.staff(Role.MANAGER, None)
        await handed_in(clerk)
        skipped += 4 * HOUR
        clerk, _ = await here.staff(Role.MANAGER, None)
        pages = []
        for path in ("/manager/page", "/custody/page"):
            async with clerk.http.get(f"{clerk.address}{path}", headers=clerk.headers) as answer:
                assert answer.status == 200, path
                pages.append(await answer.text())
        glance = pages[0].partition('id="custody-glance"')[2].partition("</section>")[0]
        assert '<td class="num">1 day</td>' in glance
        assert '<td class="num">1 day</td>' in pages[1]
